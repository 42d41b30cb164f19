//! Whether files have changed, told without reading them.

use std::fs::{self, Metadata};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::dataset::apart;

/// Folders within folders that are looked into: those of the kinds, and what lies in them.
const DEPTH: usize = 2;

/// What was seen of a path: equal looks, and with near certainty nothing has changed in between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look(u64);

/// No more files and folders are looked at: of so many, no folder of facts is read.
const MOST: usize = 1_000_000;

/// Looks at a path: which file or folder it leads to, and name, size and times of all that lies in it.
/// Links are followed, so it does not matter which of them is changed. O(n) in files; opens none. None if the
/// system gives no answer for longer than `time`.
pub(super) fn look(path: &Path, time: Duration) -> Option<Look> {
    let own = path.to_owned();
    let looked = apart(path, time, move |progress| {
        let mut hasher = DefaultHasher::new();
        fs::canonicalize(&own).ok().hash(&mut hasher);
        let mut left = MOST;
        add(&own, DEPTH, &mut left, &mut hasher, &|path| progress.at(path));
        Look(hasher.finish())
    });
    looked.ok()
}

/// Where a path leads; itself where it leads nowhere. None if the system gives no answer.
pub(super) fn place_of(path: &Path, time: Duration) -> Option<PathBuf> {
    let own = path.to_owned();
    apart(path, time, move |_| own.canonicalize().unwrap_or(own)).ok()
}

fn add(path: &Path, depth: usize, left: &mut usize, hasher: &mut DefaultHasher, at: &impl Fn(&Path)) {
    at(path);
    let found = match fs::metadata(path) {
        Ok(found) => found,
        Err(error) => return error.kind().hash(hasher),
    };
    add_metadata(&found, hasher);
    if !found.is_dir() || depth == 0 {
        return;
    }
    let mut entries: Vec<_> = match fs::read_dir(path) {
        Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).take(*left).collect(),
        Err(error) => return error.kind().hash(hasher),
    };
    *left -= entries.len();
    entries.sort_unstable();
    for entry in entries {
        entry.hash(hasher);
        add(&entry, depth - 1, left, hasher, at);
    }
}

#[cfg(unix)]
fn add_metadata(found: &Metadata, hasher: &mut DefaultHasher) {
    use std::os::unix::fs::MetadataExt;
    (found.dev(), found.ino(), found.mode(), found.size()).hash(hasher);
    // The time of change moves with every write, and nobody can set it back.
    (found.mtime(), found.mtime_nsec(), found.ctime(), found.ctime_nsec()).hash(hasher);
}

#[cfg(not(unix))]
fn add_metadata(found: &Metadata, hasher: &mut DefaultHasher) {
    (found.is_dir(), found.len(), found.modified().ok(), found.created().ok()).hash(hasher);
}
