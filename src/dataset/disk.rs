//! What lies on disk, read within bounds: size before content, regular files alone, and never for longer
//! than the system may take.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use super::apart::{Progress, apart};
use super::folder::{Entry, is_ignored, is_read, is_read_folder};
use super::pack::{PREFIX, first_bytes};
use super::{Bounds, Code, Diagnostic, Diagnostics, Location};

/// What each file and folder counts beside its size.
const ENTRY: u64 = 1024;

/// So much of a pack is one step.
const STEP: u64 = 1 << 20;

/// What lies at a path.
pub(super) enum Found {
    Folder(BTreeMap<String, Entry>),
    /// The bytes of a file, which begin as those of a pack do.
    Pack(Vec<u8>),
}

/// Reads the folder of facts or the pack at `path`.
pub(super) fn read(path: &Path, bounds: &Bounds) -> Result<Found, Diagnostics> {
    let (own, bounds) = (path.to_owned(), *bounds);
    let found = apart(path, bounds.read_time, move |progress| {
        // What is not there is told by the attempt to list it.
        if fs::metadata(&own).is_ok_and(|found| found.is_file()) {
            pack(&own, &bounds, progress).map(Found::Pack)
        } else {
            folder(&own, &bounds, progress).map(Found::Folder)
        }
    });
    found.unwrap_or_else(|stalled| {
        let location = Location::whole(stalled.path.display().to_string().into());
        let fault = unreadable(location, &stalled.why);
        Err(Diagnostics::of(fault.help("see whether its drive is there, and whether it is a file and no device")))
    })
}

/// Whether there is anything at `path`; a drive that gives no answer is taken for there, since reading it
/// tells more.
pub fn exists(path: &Path, bounds: &Bounds) -> bool {
    let own = path.to_owned();
    apart(path, bounds.read_time, move |_| own.exists()).unwrap_or(true)
}

fn folder(dir: &Path, bounds: &Bounds, progress: &Progress) -> Result<BTreeMap<String, Entry>, Diagnostics> {
    let mut listing = Listing { bounds, progress, entries: BTreeMap::new(), taken: 0 };
    let shown = || -> Arc<str> { dir.display().to_string().trim_end_matches('/').into() };
    match listing.list(dir, "") {
        Ok(()) => Ok(listing.entries),
        Err(Unlisted::Unreadable(error)) => Err(Diagnostics::of(unreadable(Location::whole(shown()), &error))),
        Err(Unlisted::TooLarge) => {
            let most = bounds.folder_bytes;
            let message = format!("the folder holds more than {most} bytes, with {ENTRY} for each file");
            let fault = Diagnostic::new(Code::TooLarge, Location::whole(shown()), message);
            Err(Diagnostics::of(
                fault.help("take out what are no facts, make a pack of it, or allow more by --folder-bytes"),
            ))
        }
    }
}

/// Why a folder is not listed.
enum Unlisted {
    Unreadable(String),
    TooLarge,
}

struct Listing<'a> {
    bounds: &'a Bounds,
    progress: &'a Progress,
    entries: BTreeMap<String, Entry>,
    taken: u64,
}

impl Listing<'_> {
    /// Lists a folder, and the folders of kinds and of queries in it, but never deeper: no link can lead in
    /// circles.
    fn list(&mut self, dir: &Path, within: &str) -> Result<(), Unlisted> {
        let unreadable = |error: io::Error| Unlisted::Unreadable(error.to_string());
        self.progress.at(dir);
        for item in fs::read_dir(dir).map_err(unreadable)? {
            let item = item.map_err(unreadable)?;
            self.take(ENTRY)?;
            let file_name = item.file_name();
            let file_name = file_name.to_string_lossy();
            if is_ignored(&file_name) {
                continue;
            }
            let name = format!("{within}{file_name}");
            let entry = self.entry(&item.path(), within, &file_name)?;
            self.entries.insert(name, entry);
        }
        Ok(())
    }

    fn entry(&mut self, path: &Path, within: &str, file_name: &str) -> Result<Entry, Unlisted> {
        self.progress.at(path);
        // Links are followed, so that a linked sheet counts as a sheet.
        let found = match fs::metadata(path) {
            Ok(found) => found,
            Err(error) => return Ok(Entry::Unreadable(error.to_string())),
        };
        if found.is_dir() {
            if !within.is_empty() || !is_read_folder(file_name) {
                return Ok(Entry::Folder);
            }
            return match self.list(path, &format!("{file_name}/")) {
                Ok(()) => Ok(Entry::Folder),
                Err(Unlisted::Unreadable(error)) => Ok(Entry::Unreadable(error)),
                Err(Unlisted::TooLarge) => Err(Unlisted::TooLarge),
            };
        }
        if !found.is_file() {
            return Ok(Entry::Other);
        }
        // Only sheets and queries are read: a stray file may be of any size.
        if !is_read(within, file_name) {
            return Ok(Entry::File(Vec::new()));
        }
        let entry =
            read_file(path, self.bounds.sheet_bytes).unwrap_or_else(|error| Entry::Unreadable(error.to_string()));
        if let Entry::File(bytes) = &entry {
            self.take(bytes.len() as u64)?;
        }
        Ok(entry)
    }

    fn take(&mut self, bytes: u64) -> Result<(), Unlisted> {
        self.taken += bytes;
        if self.taken > self.bounds.folder_bytes { Err(Unlisted::TooLarge) } else { Ok(()) }
    }
}

/// The file at `path`, if it has at most so many bytes.
fn read_file(path: &Path, most: u64) -> io::Result<Entry> {
    let file = File::open(path)?;
    // Of what was opened: the path may lead elsewhere by now.
    let found = file.metadata()?;
    if !found.is_file() {
        return Ok(Entry::Other);
    }
    // Files that the system makes up, as those in /proc, have no size, and some of them no end.
    if found.len() == 0 {
        return Ok(Entry::File(Vec::new()));
    }
    if found.len() > most {
        return Ok(Entry::TooLarge(found.len()));
    }
    let mut bytes = Vec::new();
    reserve(&mut bytes, found.len())?;
    // It may have grown since.
    file.take(most + 1).read_to_end(&mut bytes)?;
    let read = bytes.len() as u64;
    Ok(if read > most { Entry::TooLarge(read) } else { Entry::File(bytes) })
}

/// Makes room, which the system may not have.
fn reserve(bytes: &mut Vec<u8>, more: u64) -> io::Result<()> {
    let more = usize::try_from(more).map_err(|_| io::ErrorKind::OutOfMemory)?;
    bytes.try_reserve_exact(more).map_err(|_| io::ErrorKind::OutOfMemory.into())
}

/// The bytes of the pack at `path`. Whether it is one, and how long, is asked before it is read.
fn pack(path: &Path, bounds: &Bounds, progress: &Progress) -> Result<Vec<u8>, Diagnostics> {
    let shown: Arc<str> = path.display().to_string().into();
    let failed = |error: io::Error| Diagnostics::of(unreadable(Location::whole(shown.clone()), &error.to_string()));
    let file = File::open(path).map_err(failed)?;
    let found = file.metadata().map_err(failed)?;
    let length = if found.is_file() { found.len() } else { 0 };
    let mut bytes = Vec::new();
    let mut file = file.take(length);
    (&mut file).take(PREFIX as u64).read_to_end(&mut bytes).map_err(failed)?;
    first_bytes(&bytes, length, bounds).map_err(|fault| fault.at(&shown))?;
    let left = length - bytes.len() as u64;
    reserve(&mut bytes, left).map_err(failed)?;
    while (&mut file).take(STEP).read_to_end(&mut bytes).map_err(failed)? > 0 {
        progress.at(path);
    }
    Ok(bytes)
}

/// That a file has more bytes than are read.
pub(super) fn too_large(name: Arc<str>, length: u64, bounds: &Bounds) -> Diagnostic {
    let message = format!("the file has {length} bytes; at most {} are read", bounds.sheet_bytes);
    Diagnostic::new(Code::TooLarge, Location::whole(name), message)
        .help("a fact sheet has some kilobytes: see whether it is one, or allow more by --sheet-bytes")
}

/// That a place cannot be read.
pub(super) fn unreadable(location: Location, error: &str) -> Diagnostic {
    Diagnostic::new(Code::UnreadableFile, location, format!("cannot be read: {error}"))
}
