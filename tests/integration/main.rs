//! Every integration test, by what it tests.

mod architecture;
mod diagnostics;
mod schema;
