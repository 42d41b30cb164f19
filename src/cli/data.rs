//! Where the data come from: a folder that is named, `./graph-data`, or the copy in the binary.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use indicatif::ProgressBar;
use pactgraph::dataset::{Diagnostics, Files, ValidDataset};
use pactgraph::graph::Graph;
use pactgraph::graphql;
use pactgraph::live::Local;

/// Which data to take.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct DataArgs {
    /// The folder of fact sheets, or a pack; without it `./graph-data`, or else the copy inside the program
    #[arg(long, value_name = "PATH", env = "PACTGRAPH_DATA", global = true)]
    pub(crate) data: Option<PathBuf>,

    /// A folder of packs of other releases, to be held beside the data: for `release(id)`, `changes(since)`
    /// and `/releases.atom`
    #[arg(long, value_name = "DIR", env = "PACTGRAPH_RELEASES", global = true)]
    pub(crate) releases: Option<PathBuf>,
}

/// A graph and where it came from.
pub(crate) struct Opened {
    /// The graph.
    pub(crate) graph: Arc<Graph>,
    /// Where it came from, for people to read.
    pub(crate) origin: String,
    /// The folder or pack it came from, which may change; nothing where it came from the program itself.
    pub(crate) local: Option<Local>,
}

/// Reads, checks and indexes the data. Faults go to standard error, all of them at once.
pub(crate) fn open(args: &DataArgs) -> Result<Opened, ExitCode> {
    with_progress("reading the data", || {
        let path = match &args.data {
            Some(path) => Some(path.as_path()),
            None => Some(Path::new("graph-data")).filter(|dir| dir.is_dir()),
        };
        if let Some(code) = path.and_then(missing) {
            return Err(code);
        }
        let (checked, origin) = match path {
            Some(path) if args.data.is_some() => (read(path), path.display().to_string()),
            Some(path) => (read(path), format!("./{}", path.display())),
            None => (graphql::check(&Files::embedded()), "the copy inside the program".into()),
        };
        match checked {
            Ok(dataset) => {
                let graph = Graph::new(dataset).beside(releases(args)?);
                let local = path.map(|path| Local::new(path, read));
                Ok(Opened { graph: Arc::new(graph), origin, local })
            }
            Err(faults) => {
                super::check::show(&faults);
                Err(ExitCode::FAILURE)
            }
        }
    })
}

/// The releases to be held beside the data.
fn releases(args: &DataArgs) -> Result<Vec<Arc<Graph>>, ExitCode> {
    let Some(dir) = &args.releases else { return Ok(Vec::new()) };
    let listed = std::fs::read_dir(dir).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
    let mut packs: Vec<PathBuf> = listed.map_err(|error: std::io::Error| {
        eprintln!("error: the releases in `{}` cannot be listed: {error}", dir.display());
        eprintln!("\nGive a folder of packs with --releases, or leave it out.");
        ExitCode::from(2)
    })?;
    packs.retain(|path| path.extension().is_some_and(|ending| ending == "pack"));
    packs.sort();
    let load = |path: &PathBuf| {
        let dataset = Files::from_path(path).and_then(|files| graphql::check(&files));
        dataset.map(|dataset| Arc::new(Graph::new(dataset))).map_err(|faults| {
            super::check::show(&faults);
            ExitCode::FAILURE
        })
    };
    packs.iter().map(load).collect()
}

/// The exit code where there is nothing at `path`, which is then said.
pub(crate) fn missing(path: &Path) -> Option<ExitCode> {
    if path.exists() {
        return None;
    }
    eprintln!("error: there is no folder or pack `{}`", path.display());
    eprintln!("\nGive a folder of fact sheets or a pack; without one, the data inside the program are taken.");
    Some(ExitCode::from(2))
}

/// Reads and checks the facts and the named queries of a folder or a pack.
fn read(path: &Path) -> Result<ValidDataset, Diagnostics> {
    Files::from_path(path).and_then(|files| graphql::check(&files))
}

/// Does `work`, and says on a terminal what it waits for where that takes over a second.
pub(crate) fn with_progress<T>(message: &'static str, work: impl FnOnce() -> T) -> T {
    let (done, waiting) = channel::<()>();
    let spinner = std::thread::spawn(move || {
        if waiting.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Timeout) {
            let bar = ProgressBar::new_spinner().with_message(message);
            bar.enable_steady_tick(Duration::from_millis(100));
            // Ends with an error when `done` is dropped, which is what it waits for.
            let _ = waiting.recv();
            bar.finish_and_clear();
        }
    });
    let result = work();
    drop(done);
    // The thread only draws; were it to fail, nothing would be lost.
    let _ = spinner.join();
    result
}
