//! Where data come from, and how one learns that they have changed.

use std::path::PathBuf;
use std::time::Duration;

use super::{Fault, Shelved};
use crate::dataset::{Bounds, ValidDataset};

/// A source of data that may change. Called on a thread of its own, so it may wait.
pub trait Source: Send {
    /// What it is, for people to read.
    fn name(&self) -> String;

    /// Reads and checks the data as they are now; nothing where they are as at the last call.
    ///
    /// # Errors
    ///
    /// With every reason why the data cannot be served.
    fn load(&mut self) -> Result<Option<ValidDataset>, Vec<Fault>>;

    /// The last good data kept from an earlier run of the program, for when there are none to be had.
    fn kept(&mut self) -> Option<ValidDataset> {
        None
    }

    /// The releases to be held beside the data; nothing where those held stay.
    ///
    /// # Errors
    ///
    /// With every reason why one cannot be held.
    fn shelved(&mut self) -> Result<Option<Shelved>, Vec<Fault>> {
        Ok(None)
    }

    /// How a change is noticed.
    fn watch(&self) -> Watch;

    /// How long the system may take to tell of one file, where a path is looked at for changes.
    fn answer_time(&self) -> Duration {
        Bounds::default().read_time
    }
}

impl<S: Source + ?Sized> Source for Box<S> {
    fn name(&self) -> String {
        (**self).name()
    }

    fn load(&mut self) -> Result<Option<ValidDataset>, Vec<Fault>> {
        (**self).load()
    }

    fn kept(&mut self) -> Option<ValidDataset> {
        (**self).kept()
    }

    fn shelved(&mut self) -> Result<Option<Shelved>, Vec<Fault>> {
        (**self).shelved()
    }

    fn watch(&self) -> Watch {
        (**self).watch()
    }

    fn answer_time(&self) -> Duration {
        (**self).answer_time()
    }
}

/// How a change is noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Watch {
    /// Whatever happens to this file or folder is a reason to load.
    Path(PathBuf),
    /// To load again, after this time each, is the only way.
    Every(Duration),
}
