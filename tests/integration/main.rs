//! Every integration test, by what it tests.

mod architecture;
mod data;
mod diagnostics;
mod schema;
mod search;
mod trace;
