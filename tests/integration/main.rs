//! Every integration test, by what it tests.

mod architecture;
mod browser;
mod data;
mod diagnostics;
mod http;
mod properties;
mod queries;
mod schema;
mod search;
mod server;
mod trace;
