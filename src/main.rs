//! The `pactgraph` program.

#![allow(dead_code)]
mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
