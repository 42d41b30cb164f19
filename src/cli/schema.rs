//! `pactgraph schema`: the contract of the API.

use std::io::Write;
use std::process::ExitCode;

/// Print the schema of the API as SDL
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  pactgraph schema > schema.graphql")]
pub(crate) struct Args {}

/// Prints the schema.
pub(crate) fn run(_: &Args) -> ExitCode {
    super::finish(std::io::stdout().write_all(pactgraph::graphql::sdl().as_bytes()), ExitCode::SUCCESS)
}
