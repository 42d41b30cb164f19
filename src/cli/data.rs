//! Where the data come from: a folder that is named, `./graph-data`, or the copy in the binary.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use indicatif::ProgressBar;
use pactgraph::dataset::{self, Bounds, Diagnostics, Files, ValidDataset};
use pactgraph::graph::Graph;
use pactgraph::graphql;
use pactgraph::live::{Beside, Local, Shelf, Source};

use super::settings::Settings;

/// Which data to take.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct DataArgs {
    /// The folder of fact sheets, a pack, or the address of a pack (s3://, gs://, az://, https://);
    /// without it `./graph-data`, or else the copy inside the program
    #[arg(long, value_name = "PATH", env = "PACTGRAPH_DATA", global = true)]
    pub(crate) data: Option<PathBuf>,

    /// A folder of packs of other releases, to be held beside the data: for `release(id)`, `changes(since)`
    /// and `/releases.atom`
    #[arg(long, value_name = "DIR", env = "PACTGRAPH_RELEASES", global = true)]
    pub(crate) releases: Option<PathBuf>,

    /// Seconds from one look at the address of a pack to the next, about [default: 30]
    #[arg(long, value_name = "SECONDS", env = "PACTGRAPH_POLL", global = true)]
    pub(crate) poll: Option<u32>,

    /// The folder for the last good pack from an address, to start from when that is away
    #[arg(long, value_name = "DIR", env = "PACTGRAPH_CACHE_DIR", global = true)]
    pub(crate) cache_dir: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) bounds: BoundArgs,
}

/// What is read of the data at most. Most never need to know.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct BoundArgs {
    /// Bytes of a fact sheet, or of a file of a named query [default: 1MiB]
    #[arg(long, value_name = "BYTES", env = "PACTGRAPH_SHEET_BYTES", global = true, hide_short_help = true)]
    #[arg(value_parser = |text: &str| possible("sheet_bytes", text))]
    pub(crate) sheet_bytes: Option<String>,

    /// Bytes of all sheets and queries of a folder; each file and folder in it counts as 1 KiB more
    /// [default: 256MiB]
    #[arg(long, value_name = "BYTES", env = "PACTGRAPH_FOLDER_BYTES", global = true, hide_short_help = true)]
    #[arg(value_parser = |text: &str| possible("folder_bytes", text))]
    pub(crate) folder_bytes: Option<String>,

    /// Bytes of a pack [default: 1GiB]
    #[arg(long, value_name = "BYTES", env = "PACTGRAPH_PACK_BYTES", global = true, hide_short_help = true)]
    #[arg(value_parser = |text: &str| possible("pack_bytes", text))]
    pub(crate) pack_bytes: Option<String>,

    /// How long the system may take to give one file, or a store to send the next part of a pack
    /// [default: 30s]
    #[arg(long, value_name = "TIME", env = "PACTGRAPH_READ_TIME", global = true, hide_short_help = true)]
    #[arg(value_parser = |text: &str| possible("read_time", text))]
    pub(crate) read_time: Option<String>,
}

/// The text of a value that an option may have, as the table of options says.
fn possible(key: &str, text: &str) -> Result<String, String> {
    let expected = |expected| format!("it takes {expected}");
    Settings::default().set(key, text).map(|()| text.to_owned()).map_err(expected)
}

impl BoundArgs {
    /// Their names in the table of options, and what was given.
    pub(crate) fn texts(&self) -> [(&'static str, Option<&String>); 4] {
        [
            ("sheet_bytes", self.sheet_bytes.as_ref()),
            ("folder_bytes", self.folder_bytes.as_ref()),
            ("pack_bytes", self.pack_bytes.as_ref()),
            ("read_time", self.read_time.as_ref()),
        ]
    }

    /// What they come to.
    pub(crate) fn bounds(&self) -> Bounds {
        let mut settings = Settings::default();
        for (key, text) in self.texts() {
            // What cannot be was refused before.
            let _ = text.map(|text| settings.set(key, text));
        }
        settings.bounds()
    }
}

impl DataArgs {
    /// Only this folder or pack.
    pub(crate) fn at(path: &Path, bounds: &BoundArgs) -> Self {
        Self { data: Some(path.to_owned()), releases: None, poll: None, cache_dir: None, bounds: bounds.clone() }
    }

    /// The address of the data, where they are not on this machine.
    fn address(&self) -> Option<&str> {
        let text = self.data.as_ref()?.to_str()?;
        let (scheme, _) = text.split_once("://")?;
        scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()).then_some(text)
    }
}

/// A graph and where it came from.
pub(crate) struct Opened {
    /// The graph.
    pub(crate) graph: Arc<Graph>,
    /// Where it came from, for people to read.
    pub(crate) origin: String,
    /// What it came from, which may change; nothing where it came from the program itself.
    pub(crate) source: Option<Box<dyn Source>>,
}

/// Reads, checks and indexes the data. Faults go to standard error, all of them at once.
pub(crate) fn open(args: &DataArgs) -> Result<Opened, ExitCode> {
    with_progress("reading the data", || {
        if let Some(source) = away(args)? {
            return load_away(args, source);
        }
        let path = match &args.data {
            Some(path) => Some(path.as_path()),
            None => Some(Path::new("graph-data")).filter(|dir| dir.is_dir()),
        };
        let bounds = args.bounds.bounds();
        if let Some(code) = path.and_then(|path| missing(path, &bounds)) {
            return Err(code);
        }
        let (checked, origin) = match path {
            Some(path) if args.data.is_some() => (read(path, &bounds), path.display().to_string()),
            Some(path) => (read(path, &bounds), format!("./{}", path.display())),
            None => (graphql::check(&Files::embedded()), "the copy inside the program".into()),
        };
        match checked {
            Ok(dataset) => {
                let local = path.map(|path| {
                    let local = Local::new(path, move |path| read(path, &bounds)).within(&bounds);
                    Box::new(local) as Box<dyn Source>
                });
                opened(args, Graph::new(dataset), origin, local)
            }
            Err(faults) => {
                super::check::show(&faults);
                Err(ExitCode::FAILURE)
            }
        }
    })
}

/// The data at an address, where that is what is asked for.
pub(crate) fn away(args: &DataArgs) -> Result<Option<Box<dyn Source>>, ExitCode> {
    let Some(address) = args.address() else { return Ok(None) };
    remote(args, address).map(Some).map_err(|error| {
        eprintln!("error: {error}");
        ExitCode::from(2)
    })
}

#[cfg(feature = "remote")]
fn remote(args: &DataArgs, address: &str) -> Result<Box<dyn Source>, String> {
    let every = Duration::from_secs(args.poll.unwrap_or(30).max(1).into());
    let remote = pactgraph::live::Remote::new(address, every, args.cache_dir.as_deref(), graphql::check)?;
    Ok(Box::new(remote.within(&args.bounds.bounds())))
}

#[cfg(not(feature = "remote"))]
fn remote(_: &DataArgs, address: &str) -> Result<Box<dyn Source>, String> {
    Err(format!(
        "`{address}` is an address, and this program was built to read only what is on this machine\n\n\
         Build it without `--no-default-features`, or give a path."
    ))
}

/// Loads the data at an address once.
fn load_away(args: &DataArgs, mut source: Box<dyn Source>) -> Result<Opened, ExitCode> {
    match source.load() {
        Ok(Some(data)) => opened_away(args, data, source),
        Ok(None) => Err(ExitCode::FAILURE),
        Err(faults) => {
            for fault in faults {
                eprintln!("error: {fault}");
            }
            Err(ExitCode::FAILURE)
        }
    }
}

/// Waits for the first good data at an address: what is there, or else what an earlier run has kept.
pub(crate) fn wait_for(args: &DataArgs, mut source: Box<dyn Source>) -> Result<Opened, ExitCode> {
    loop {
        let faults = match source.load() {
            Ok(Some(data)) => return opened_away(args, data, source),
            Ok(None) => Vec::new(),
            Err(faults) => faults,
        };
        for fault in faults {
            tracing::error!(source = source.name(), "{fault}");
        }
        if let Some(data) = source.kept() {
            tracing::warn!(source = source.name(), "served is what was kept on disk");
            return opened_away(args, data, source);
        }
        std::thread::sleep(AGAIN);
    }
}

/// From one attempt to get first data to the next.
const AGAIN: Duration = Duration::from_secs(1);

fn opened_away(args: &DataArgs, data: ValidDataset, source: Box<dyn Source>) -> Result<Opened, ExitCode> {
    let origin = source.name();
    opened(args, Graph::new(data), origin, Some(source))
}

/// A graph with the releases to be held beside it, and its source with the folder they came from.
fn opened(args: &DataArgs, graph: Graph, origin: String, source: Option<Box<dyn Source>>) -> Result<Opened, ExitCode> {
    let Some(dir) = &args.releases else { return Ok(Opened { graph: Arc::new(graph), origin, source }) };
    let bounds = args.bounds.bounds();
    if !dataset::exists(dir, &bounds) {
        eprintln!("error: the releases in `{}` cannot be listed: there is no such folder", dir.display());
        eprintln!("\nGive a folder of packs with --releases, or leave it out.");
        return Err(ExitCode::from(2));
    }
    let mut shelf = Shelf::new(dir, move |path| read(path, &bounds)).within(&bounds);
    let shelved = shelf.load().map_err(|faults| {
        for fault in faults {
            eprintln!("error: {}: {fault}", dir.display());
        }
        ExitCode::FAILURE
    })?;
    let source = source.map(|source| Box::new(Beside::new(source, shelf)) as Box<dyn Source>);
    Ok(Opened { graph: Arc::new(graph.beside(shelved.releases)), origin, source })
}

/// The exit code where there is nothing at `path`, which is then said.
pub(crate) fn missing(path: &Path, bounds: &Bounds) -> Option<ExitCode> {
    if dataset::exists(path, bounds) {
        return None;
    }
    eprintln!("error: there is no folder or pack `{}`", path.display());
    eprintln!("\nGive a folder of fact sheets or a pack; without one, the data inside the program are taken.");
    Some(ExitCode::from(2))
}

/// Reads and checks the facts and the named queries of a folder or a pack.
fn read(path: &Path, bounds: &Bounds) -> Result<ValidDataset, Diagnostics> {
    Files::within(path, bounds).and_then(|files| graphql::check(&files))
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
