//! Every integration test, by what it tests.

mod architecture;
mod schema;
mod search;
