//! A folder of facts: what each path in it is for.

use std::sync::Arc;

use super::{Code, Diagnostic, Location};
use crate::model::NodeKind;

/// The folder of the sheets of sources.
pub(super) const SOURCES: &str = "sources";
/// The one sheet that lies in no folder.
pub(super) const RELEASE: &str = "release.ron";
/// The folder of named queries, which are no facts.
pub(super) const QUERIES: &str = "queries";

/// What lies at a path.
pub(super) enum Entry {
    File(Vec<u8>),
    /// A file of so many bytes, more than are read.
    TooLarge(u64),
    Folder,
    /// Neither a file nor a folder: a pipe, a device.
    Other,
    Unreadable(String),
}

/// What a path in the folder is for.
pub(super) enum Role {
    Sheet,
    Query,
    Folder,
    Ignored,
    Stray,
}

impl Role {
    pub(super) fn of(path: &str, entry: &Entry) -> Self {
        let is_file = matches!(entry, Entry::File(_) | Entry::TooLarge(_) | Entry::Unreadable(_));
        let (folder, file) = path.split_once('/').unwrap_or(("", path));
        if path.split('/').any(is_ignored) {
            Self::Ignored
        } else if folder == QUERIES {
            if is_query(file) { Self::Query } else { Self::Ignored }
        } else if folder.is_empty() {
            match entry {
                Entry::Folder | Entry::Unreadable(_) if is_read_folder(file) => Self::Folder,
                Entry::Folder => Self::Stray,
                Entry::File(_) | Entry::TooLarge(_) | Entry::Other | Entry::Unreadable(_) => match file {
                    RELEASE => Self::Sheet,
                    _ if file.ends_with(".ron") => Self::Stray,
                    _ => Self::Ignored,
                },
            }
        } else if !is_kind_folder(folder) {
            // The folder itself is named once.
            Self::Ignored
        } else if is_file && file.ends_with(".ron") && !file.contains('/') {
            Self::Sheet
        } else if file.contains('/') {
            Self::Ignored
        } else {
            Self::Stray
        }
    }
}

/// Whether sheets of some kind lie in a folder of this name.
fn is_kind_folder(name: &str) -> bool {
    name == SOURCES || NodeKind::ALL.iter().any(|kind| kind.folder() == name)
}

/// Whether a folder of this name is looked into.
pub(super) fn is_read_folder(name: &str) -> bool {
    is_kind_folder(name) || name == QUERIES
}

/// Whether a file in the folder of queries is part of one; others are notes.
fn is_query(file: &str) -> bool {
    !file.contains('/') && (file.ends_with(".graphql") || file.ends_with(".variables.json"))
}

/// Whether what a file holds matters. `within` is the folder it lies in, with a slash, or nothing.
pub(super) fn is_read(within: &str, file: &str) -> bool {
    let is_query = || within.strip_suffix('/') == Some(QUERIES) && is_query(file);
    !is_ignored(file) && (file.ends_with(".ron") || is_query())
}

/// Names that file systems, desktops and programs that carry files from one machine to another give to
/// files of their own, in lower case. Whoever keeps the facts has not made them and cannot get rid of them.
const OF_SYSTEMS: [&str; 12] = [
    "lost+found",
    "thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    "icon\r",
    "$recycle.bin",
    "recycler",
    "system volume information",
    "__macosx",
    "@eadir",
    "#recycle",
    "#snapshot",
];

/// Endings of files that editors, and programs that write beside a file and then rename, leave behind.
const OF_EDITORS: [&str; 13] = [
    "~",
    ".tmp",
    ".temp",
    ".bak",
    ".orig",
    ".rej",
    ".swp",
    ".swo",
    ".swx",
    ".part",
    ".partial",
    ".crdownload",
    ".lock",
];

/// What the name of a file holds of which Dropbox, Nextcloud, Syncthing or Git keep both states.
const OF_CONFLICTS: [&str; 8] = [
    "conflicted copy",
    "copie en conflit",
    ".sync-conflict-",
    "_conflict-",
    "_base_",
    "_local_",
    "_remote_",
    "_backup_",
];

/// Whether a file or folder of this name is none of the facts: it belongs to a system, an editor at work or
/// a program that carries files. It is not opened, and not even looked at.
pub(super) fn is_ignored(name: &str) -> bool {
    let lower = name.to_lowercase();
    name.starts_with(['.', '~'])
        || OF_SYSTEMS.contains(&lower.as_str())
        || OF_EDITORS.iter().any(|ending| lower.ends_with(ending))
        || OF_CONFLICTS.iter().any(|part| lower.contains(part))
        || (name.starts_with('#') && name.ends_with('#'))
        // Vim tries names of digits.
        || name.bytes().all(|byte| byte.is_ascii_digit())
}

/// That something lies where nothing is read.
pub(super) fn stray(name: Arc<str>, path: &str, entry: &Entry) -> Diagnostic {
    let what = match entry {
        Entry::Folder => "a folder",
        Entry::File(_) | Entry::TooLarge(_) | Entry::Unreadable(_) => "a file",
        Entry::Other => "something that is neither a file nor a folder",
    };
    let folders = NodeKind::ALL.map(NodeKind::folder).join(", ");
    let message = format!("`{path}` is {what} that is not read");
    Diagnostic::new(Code::StrayFile, Location::whole(name), message)
        .expected(format!("{RELEASE}, and files named `<id>.ron` in the folders {folders}, {SOURCES}"))
        .help("move it into the folder of its kind, or out of the folder of facts")
}
