//! The command line: one file for each command.

mod check;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Canada's critical-minerals partnerships as a graph of dated, sourced facts
#[derive(Debug, Parser)]
#[command(name = "pactgraph", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Args),
}

/// Does what the command line asks for.
pub(crate) fn run() -> ExitCode {
    match Cli::parse().command {
        Command::Check(args) => check::run(&args),
    }
}
