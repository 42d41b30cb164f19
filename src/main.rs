//! The `pactgraph` program.

mod cli;

use std::process::ExitCode;

/// Faster than the system's where many small values are made and dropped, as in every answer.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
