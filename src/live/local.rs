//! A folder or file on this machine as a source.

use std::path::{Path, PathBuf};

use super::{Fault, Source, Watch};
use crate::dataset::{Diagnostics, ValidDataset};

/// Reads and checks what lies at a path.
pub type Read = fn(&Path) -> Result<ValidDataset, Diagnostics>;

/// Facts on this machine.
#[derive(Debug, Clone)]
pub struct Local {
    path: PathBuf,
    read: Read,
}

impl Local {
    /// Whatever `read` makes of `path`, which need not be there all the time.
    pub fn new(path: impl Into<PathBuf>, read: Read) -> Self {
        Self { path: path.into(), read }
    }
}

impl Source for Local {
    fn name(&self) -> String {
        self.path.display().to_string()
    }

    fn load(&mut self) -> Result<Option<ValidDataset>, Vec<Fault>> {
        (self.read)(&self.path).map(Some).map_err(|faults| Fault::of_data(&faults, &self.name()))
    }

    fn watch(&self) -> Watch {
        Watch::Path(self.path.clone())
    }
}
