//! The releases held beside the data, read anew with them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::local::Read;
use super::look::{Look, look};
use super::{Fault, Source, Watch};
use crate::dataset::{Bounds, Diagnostics, ValidDataset, apart};
use crate::graph::Graph;

/// A folder of packs of other releases.
pub struct Shelf {
    folder: PathBuf,
    read: Read,
    time: Duration,
    held: Vec<(PathBuf, Option<Look>, Arc<Graph>)>,
}

/// The releases on a shelf.
#[derive(Clone)]
pub struct Shelved {
    /// All of them.
    pub releases: Vec<Arc<Graph>>,
    /// Whether they are others than when last asked for.
    pub is_new: bool,
}

impl Shelf {
    /// What `read` makes of each file in `folder` whose name ends in `.pack`.
    pub fn new(
        folder: impl Into<PathBuf>,
        read: impl Fn(&Path) -> Result<ValidDataset, Diagnostics> + Send + Sync + 'static,
    ) -> Self {
        let time = Bounds::default().read_time;
        Self { folder: folder.into(), read: Arc::new(read), time, held: Vec::new() }
    }

    /// With another bound on how long the system may take to tell of one file.
    #[must_use]
    pub fn within(self, bounds: &Bounds) -> Self {
        Self { time: bounds.read_time, ..self }
    }

    /// The releases as they are now. A pack that has not changed is not read again.
    ///
    /// # Errors
    ///
    /// With every reason why a pack cannot be held.
    pub fn load(&mut self) -> Result<Shelved, Vec<Fault>> {
        let folder = self.folder.clone();
        let unlisted =
            |error: &str| vec![Fault::unreachable(format!("the folder of releases cannot be listed: {error}"))];
        let packs = match apart(&self.folder, self.time, move |_| packs(&folder)) {
            Ok(packs) => packs.map_err(|error| unlisted(&error.to_string()))?,
            Err(stalled) => return Err(unlisted(&stalled.why)),
        };
        let mut held = Vec::with_capacity(packs.len());
        for path in packs {
            let seen = look(&path, self.time);
            let known = self.held.iter().find(|(known, look, _)| *known == path && look.is_some() && *look == seen);
            let graph = match known {
                Some((.., graph)) => graph.clone(),
                None => self.read(&path)?,
            };
            held.push((path, seen, graph));
        }
        let digests = |held: &[(PathBuf, Option<Look>, Arc<Graph>)]| -> Vec<String> {
            held.iter().map(|(.., graph)| graph.digest().to_owned()).collect()
        };
        let is_new = digests(&held) != digests(&self.held);
        self.held = held;
        Ok(Shelved { releases: self.held.iter().map(|(.., graph)| graph.clone()).collect(), is_new })
    }

    fn read(&self, path: &Path) -> Result<Arc<Graph>, Vec<Fault>> {
        let dataset = (self.read)(path);
        let dataset = dataset.map_err(|faults| Fault::of_data(&faults, &self.folder.display().to_string()))?;
        Ok(Arc::new(Graph::new(dataset)))
    }
}

fn packs(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut packs = entries.collect::<std::io::Result<Vec<_>>>()?;
    packs.retain(|path| path.extension().is_some_and(|ending| ending == "pack"));
    packs.sort();
    Ok(packs)
}

/// A source with a shelf of other releases beside it.
pub struct Beside {
    source: Box<dyn Source>,
    shelf: Shelf,
}

impl Beside {
    /// The data of `source`, and the releases of `shelf`.
    pub fn new(source: Box<dyn Source>, shelf: Shelf) -> Self {
        Self { source, shelf }
    }
}

impl Source for Beside {
    fn name(&self) -> String {
        self.source.name()
    }

    fn load(&mut self) -> Result<Option<ValidDataset>, Vec<Fault>> {
        self.source.load()
    }

    fn kept(&mut self) -> Option<ValidDataset> {
        self.source.kept()
    }

    fn shelved(&mut self) -> Result<Option<Shelved>, Vec<Fault>> {
        self.shelf.load().map(Some)
    }

    fn watch(&self) -> Watch {
        self.source.watch()
    }

    fn answer_time(&self) -> Duration {
        self.source.answer_time()
    }
}
