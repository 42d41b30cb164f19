//! The command line: one file for each command.

mod check;
mod data;
mod diff;
mod export;
mod log;
mod openapi;
mod output;
mod pack;
mod part;
mod query;
mod schema;
mod serve;
mod settings;
mod signals;
mod telemetry;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

/// Canada's critical-minerals partnerships as a graph of dated, sourced facts
///
/// Without a command it serves the graph over GraphQL, with a page to explore it.
#[derive(Debug, Parser)]
#[command(
    name = "pactgraph",
    version,
    after_help = "\
Examples:
  pactgraph                             serve on http://127.0.0.1:8080
  pactgraph --listen 127.0.0.1:0        serve on a free port
  pactgraph check graph-data            name every fault of a folder of fact sheets
  pactgraph diff old.pack graph-data    what changed between two releases
  pactgraph pack -o world.pack          all facts in one file, for --data
  pactgraph query '{ canada { name } }' answer one question and stop
  pactgraph export --format graphml     the graph for other tools, on standard output"
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: serve::Args,
    #[command(flatten)]
    data: data::DataArgs,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Args),
    Check(check::Args),
    Diff(diff::Args),
    Export(Box<export::Args>),
    Openapi(openapi::Args),
    Pack(pack::Args),
    Query(query::Args),
    Schema(schema::Args),
}

/// Does what the command line asks for.
pub(crate) fn run() -> ExitCode {
    let Cli { command, serve, data } = Cli::parse();
    match command {
        None => serve::run(&serve, &data),
        Some(_) if serve.is_given() => {
            let error = Cli::command().error(
                clap::error::ErrorKind::ArgumentConflict,
                "options of `serve` go behind it: pactgraph serve --listen ADDRESS",
            );
            error.exit()
        }
        Some(Command::Serve(args)) => serve::run(&args, &data),
        Some(Command::Check(args)) => check::run(&args, &data),
        Some(Command::Diff(args)) => diff::run(&args, &data),
        Some(Command::Export(args)) => export::run(&args, &data),
        Some(Command::Openapi(args)) => openapi::run(&args, &data),
        Some(Command::Pack(args)) => pack::run(&args, &data),
        Some(Command::Query(args)) => query::run(&args, &data),
        Some(Command::Schema(args)) => schema::run(&args),
    }
}

/// The exit code of a command that wrote its result.
fn finish(written: std::io::Result<()>, code: ExitCode) -> ExitCode {
    match written {
        Ok(()) => code,
        // Whoever read the output may have seen enough and closed it.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => code,
        Err(error) => {
            eprintln!("error: cannot write the result: {error}");
            ExitCode::FAILURE
        }
    }
}
