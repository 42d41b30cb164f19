//! Every integration test, by what it tests.

mod architecture;
mod http;
mod schema;
mod server;
