//! `pactgraph openapi`: the description of the addresses that answer without GraphQL.

use std::io::Write;
use std::process::ExitCode;

use pactgraph::graphql::Api;
use pactgraph::http;

use super::data::{self, DataArgs};

/// Print an OpenAPI 3.1 description of the named queries and exports
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The same is served at /openapi.json. It is made of the named queries of the data and of the schema.

Example:
  pactgraph openapi > openapi.json")]
pub(crate) struct Args {}

/// Prints the description.
pub(crate) fn run(_: &Args, data: &DataArgs) -> ExitCode {
    let graph = match data::open(data) {
        Ok(opened) => opened.graph,
        Err(code) => return code,
    };
    let description = http::openapi(&Api::default(), &graph);
    super::finish(writeln!(std::io::stdout(), "{description:#}"), ExitCode::SUCCESS)
}
