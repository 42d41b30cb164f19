//! `pactgraph pack`: a folder of facts as one file.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use pactgraph::dataset::{About, Bounds, Diagnostics, Files, write_pack};
use pactgraph::graphql;

use super::data::{self, DataArgs};
use super::{check, output};

/// Pack a folder of fact sheets and queries into one file, which every `--data` takes in its place
///
/// A pack is compressed and checksummed, loads many times faster than its folder, and has the same
/// digest. Nothing is packed that has faults.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit status: 0 if it was written, 1 if the facts have faults or it could not be written, 2 if the \
command line is wrong.

Examples:
  pactgraph pack graph-data -o world.pack
  pactgraph --data world.pack
  pactgraph pack --inspect world.pack    what a pack holds")]
pub(crate) struct Args {
    /// The folder of fact sheets
    #[arg(value_name = "DIR", default_value = "graph-data")]
    dir: PathBuf,

    /// The file to write
    #[arg(long, short, value_name = "FILE", required_unless_present = "inspect")]
    output: Option<PathBuf>,

    /// Only say what the pack FILE holds; its checksum and its digest are verified
    #[arg(long, value_name = "FILE", conflicts_with_all = ["dir", "output"])]
    inspect: Option<PathBuf>,
}

/// Packs the folder, or says what a pack holds.
pub(crate) fn run(args: &Args, data: &DataArgs) -> ExitCode {
    let bounds = data.bounds.bounds();
    match (&args.inspect, &args.output) {
        (Some(file), _) => inspect(file, &bounds),
        (None, Some(file)) => pack(args, file, &bounds),
        (None, None) => ExitCode::from(2),
    }
}

fn pack(args: &Args, file: &std::path::Path, bounds: &Bounds) -> ExitCode {
    if let Some(code) = data::missing(&args.dir, bounds) {
        return code;
    }
    let read = data::with_progress("reading the data", || {
        Files::within(&args.dir, bounds).and_then(|files| graphql::check(&files))
    });
    let dataset = match read {
        Ok(dataset) => dataset,
        Err(faults) => return refuse(&faults),
    };
    let written = data::with_progress("packing", || output::write(file, |out| write_pack(&dataset, out)));
    if let Err(error) = written {
        eprintln!("error: the pack cannot be written: {error}");
        return ExitCode::FAILURE;
    }
    // What was written is read again, so that what is said of it is true of it.
    inspect(file, bounds)
}

fn inspect(file: &std::path::Path, bounds: &Bounds) -> ExitCode {
    if let Some(code) = data::missing(file, bounds) {
        return code;
    }
    match Files::within(file, bounds) {
        Ok(files) => match files.pack() {
            Some(pack) => {
                if let Err(faults) = pack.verify() {
                    return refuse(&faults);
                }
                let said = write!(std::io::stdout(), "{}", described(file, pack.about()));
                super::finish(said, ExitCode::SUCCESS)
            }
            None => {
                eprintln!("error: `{}` is a folder; a pack is a file", file.display());
                eprintln!("\nMake one of it: pactgraph pack {} -o world.pack", file.display());
                ExitCode::from(2)
            }
        },
        Err(faults) => refuse(&faults),
    }
}

fn refuse(faults: &Diagnostics) -> ExitCode {
    check::show(faults);
    ExitCode::FAILURE
}

fn described(file: &std::path::Path, about: &About) -> String {
    let About { release, digest, nodes, relationships, sources, queries, format } = about;
    format!(
        "{}: release {}, published {}, {}\n  digest  {digest}\n  holds   {nodes} nodes, {relationships} relationships, \
         {sources} sources, {queries} queries\n  format  {format}\n",
        file.display(),
        release.id,
        release.published,
        release.license,
    )
}
