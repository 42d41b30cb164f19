//! The `pactgraph` program.
fn main() {}
