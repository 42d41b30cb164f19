//! `pactgraph check`: whether a folder of facts, or a pack, is valid, and every fault if it is not.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use pactgraph::dataset::{Diagnostics, Files, ValidDataset};
use pactgraph::graphql;

use super::data::{self, DataArgs};

/// Check a folder of fact sheets and named queries, or a pack, and name every fault at once
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit status: 0 if the facts are valid, 1 if it has faults, 2 if the command line is wrong.

Examples:
  pactgraph check
  pactgraph check my-data --format short
  pactgraph check world.pack
  pactgraph check --format json | jq -r '.[].code' | sort | uniq -c")]
pub(crate) struct Args {
    /// The folder of fact sheets, or the pack
    #[arg(value_name = "PATH", default_value = "graph-data")]
    dir: PathBuf,

    /// How faults are shown: with excerpts, as a JSON array on standard output, or in one line each
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

/// How faults are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// With the lines they are in, on standard error.
    Human,
    /// As an array of objects, on standard output; empty if there are none.
    Json,
    /// `file:line:column: code: message`, on standard error.
    Short,
}

/// Checks the folder and says what was found.
pub(crate) fn run(args: &Args, data: &DataArgs) -> ExitCode {
    let bounds = data.bounds.bounds();
    if let Some(code) = data::missing(&args.dir, &bounds) {
        return code;
    }
    let files = Files::within(&args.dir, &bounds);
    let queries = files.as_ref().map_or(0, |files| files.queries().len());
    let checked = files.and_then(|files| graphql::check(&files));
    let (said, code) = match (&checked, args.format) {
        (Ok(dataset), Format::Human | Format::Short) => (print(&summary(args, dataset, queries)), 0),
        (Ok(_), Format::Json) => (print("[]\n"), 0),
        (Err(faults), Format::Json) => (print(&json(faults)), 1),
        (Err(faults), Format::Human) => (print_fault(&human(faults)), 1),
        (Err(faults), Format::Short) => (print_fault(&faults.to_short()), 1),
    };
    super::finish(said, ExitCode::from(code))
}

fn summary(args: &Args, dataset: &ValidDataset, queries: usize) -> String {
    format!(
        "{}: release {}, digest {}\n{} nodes, {} relationships, {} sources, {queries} queries, no faults\n",
        args.dir.display(),
        dataset.release().id,
        dataset.digest(),
        dataset.nodes().len(),
        dataset.statements().len(),
        dataset.sources().len(),
    )
}

/// Shows every fault on standard error, with the lines they are in.
pub(crate) fn show(faults: &Diagnostics) {
    // Where standard error cannot be written to, nobody can be told.
    let _ = print_fault(&human(faults));
}

fn human(faults: &Diagnostics) -> String {
    let color = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let count = faults.len();
    let found = if count == 1 { "1 fault" } else { &format!("{count} faults") };
    format!("{}\n{found} found\n", faults.to_human(color).trim_end())
}

fn json(faults: &Diagnostics) -> String {
    // Faults are texts and numbers, which always have a JSON form.
    serde_json::to_string_pretty(faults).unwrap_or_default() + "\n"
}

fn print(text: &str) -> std::io::Result<()> {
    std::io::stdout().write_all(text.as_bytes())
}

fn print_fault(text: &str) -> std::io::Result<()> {
    std::io::stderr().write_all(text.as_bytes())
}
