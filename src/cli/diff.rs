//! `pactgraph diff`: what differs between two releases.

use std::path::PathBuf;
use std::process::ExitCode;

use pactgraph::export::{DifferenceForm, write_difference};
use pactgraph::graph::{View, diff};

use super::data::{self, DataArgs};
use super::output;

/// Say what was added, removed and changed from one release to another
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit status: 0 if it was written, whether or not there is a difference, 1 if the facts have faults or it \
could not be written, 2 if the command line is wrong.

Examples:
  pactgraph diff old.pack graph-data
  pactgraph diff old.pack new.pack --format markdown > release-notes.md
  pactgraph diff old.pack new.pack --format json | jq '.nodes.added[].id'")]
pub(crate) struct Args {
    /// The older release: a folder of fact sheets or a pack
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// The newer release: a folder of fact sheets or a pack
    #[arg(value_name = "NEW")]
    new: PathBuf,

    /// The form of the answer
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,

    /// The file to write; without it, standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The form of the answer.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Form {
    /// Lines to read.
    Text,
    /// One JSON object.
    Json,
    /// For release notes.
    Markdown,
}

/// Compares the two releases.
pub(crate) fn run(args: &Args, data: &DataArgs) -> ExitCode {
    let open = |path: &PathBuf| data::open(&DataArgs::at(path, &data.bounds)).map(|opened| View::new(opened.graph));
    let (old, new) = match (open(&args.old), open(&args.new)) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(code), _) | (_, Err(code)) => return code,
    };
    let form = match args.format {
        Form::Text => DifferenceForm::Text,
        Form::Json => DifferenceForm::Json,
        Form::Markdown => DifferenceForm::Markdown,
    };
    let difference = diff(old.graph(), new.graph());
    let write = |out: &mut dyn std::io::Write| write_difference(form, &difference, (&old, &new), out);
    let written = match &args.output {
        Some(file) => output::write(file, write),
        None => output::write_to(std::io::stdout().lock(), write),
    };
    super::finish(written, ExitCode::SUCCESS)
}
