//! Where the data come from: a folder that is named, `./graph-data`, or the copy in the binary.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use indicatif::ProgressBar;
use pactgraph::dataset::Files;
use pactgraph::graph::Graph;
use pactgraph::graphql;

/// Which data to take.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct DataArgs {
    /// The folder of fact sheets; without it `./graph-data`, or else the copy inside the program
    #[arg(long, value_name = "DIR", env = "PACTGRAPH_DATA", global = true)]
    pub(crate) data: Option<PathBuf>,
}

/// A graph and where it came from.
pub(crate) struct Opened {
    /// The graph.
    pub(crate) graph: Arc<Graph>,
    /// Where it came from, for people to read.
    pub(crate) origin: String,
}

/// Reads, checks and indexes the data. Faults go to standard error, all of them at once.
pub(crate) fn open(args: &DataArgs) -> Result<Opened, ExitCode> {
    with_progress("reading the data", || {
        let (files, origin) = match &args.data {
            Some(dir) if !dir.is_dir() => {
                eprintln!("error: there is no folder `{}`", dir.display());
                eprintln!(
                    "\nGive a folder of fact sheets with --data, or leave it out to use the data inside the program."
                );
                return Err(ExitCode::from(2));
            }
            Some(dir) => (Files::from_dir(dir), dir.display().to_string()),
            None if Path::new("graph-data").is_dir() => {
                (Files::from_dir(Path::new("graph-data")), "./graph-data".into())
            }
            None => (Ok(Files::embedded()), "the copy inside the program".into()),
        };
        match files.and_then(|files| graphql::check(&files)) {
            Ok(dataset) => Ok(Opened { graph: Arc::new(Graph::new(dataset)), origin }),
            Err(faults) => {
                super::check::show(&faults);
                Err(ExitCode::FAILURE)
            }
        }
    })
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
