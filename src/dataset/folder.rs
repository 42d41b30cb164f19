//! A folder of facts: what lies in it, and what each path in it is for.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
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
        let is_file = matches!(entry, Entry::File(_) | Entry::Unreadable(_));
        let (folder, file) = path.split_once('/').unwrap_or(("", path));
        if path.split('/').any(is_temporary) {
            Self::Ignored
        } else if folder == QUERIES {
            if is_query(file) { Self::Query } else { Self::Ignored }
        } else if folder.is_empty() {
            match entry {
                Entry::Folder | Entry::Unreadable(_) if is_kind_folder(file) || file == QUERIES => Self::Folder,
                Entry::Folder => Self::Stray,
                Entry::File(_) | Entry::Other | Entry::Unreadable(_) => match file {
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

/// Whether a file in the folder of queries is part of one; others are notes.
fn is_query(file: &str) -> bool {
    !file.contains('/') && (file.ends_with(".graphql") || file.ends_with(".variables.json"))
}

/// Whether editors, and programs that write beside a file and then rename, leave files of this name
/// behind while they work. Vim tries names of digits.
fn is_temporary(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || name.ends_with(".tmp")
        || (name.starts_with('#') && name.ends_with('#'))
        || name.bytes().all(|byte| byte.is_ascii_digit())
}

/// Lists a folder, and the folders of kinds and of queries in it, but never deeper: no link can lead in circles.
pub(super) fn list(dir: &Path, within: &str, entries: &mut BTreeMap<String, Entry>) -> Result<(), String> {
    for item in fs::read_dir(dir).map_err(|error| error.to_string())? {
        let item = item.map_err(|error| error.to_string())?;
        let path = item.path();
        let file_name = item.file_name();
        let file_name = file_name.to_string_lossy();
        let name = format!("{within}{file_name}");
        // Links are followed, so that a linked sheet counts as a sheet.
        let entry = match fs::metadata(&path) {
            Err(error) => Entry::Unreadable(error.to_string()),
            Ok(found) if found.is_dir() => {
                let is_read = within.is_empty() && (is_kind_folder(&name) || name == QUERIES);
                let listed = if is_read { list(&path, &format!("{name}/"), entries) } else { Ok(()) };
                listed.map_or_else(Entry::Unreadable, |()| Entry::Folder)
            }
            Ok(found) if !found.is_file() => Entry::Other,
            // Only sheets and queries are read: a stray file may be of any size.
            Ok(_) if !is_read(within, &file_name) => Entry::File(Vec::new()),
            Ok(_) => fs::read(&path).map_or_else(|error| Entry::Unreadable(error.to_string()), Entry::File),
        };
        entries.insert(name, entry);
    }
    Ok(())
}

/// Whether what a file holds matters.
fn is_read(within: &str, file: &str) -> bool {
    let is_query = || within.strip_suffix('/') == Some(QUERIES) && is_query(file);
    !is_temporary(file) && (file.ends_with(".ron") || is_query())
}

/// That something lies where nothing is read.
pub(super) fn stray(name: Arc<str>, path: &str, entry: &Entry) -> Diagnostic {
    let what = match entry {
        Entry::Folder => "a folder",
        Entry::File(_) | Entry::Unreadable(_) => "a file",
        Entry::Other => "something that is neither a file nor a folder",
    };
    let folders = NodeKind::ALL.map(NodeKind::folder).join(", ");
    let message = format!("`{path}` is {what} that is not read");
    Diagnostic::new(Code::StrayFile, Location::whole(name), message)
        .expected(format!("{RELEASE}, and files named `<id>.ron` in the folders {folders}, {SOURCES}"))
        .help("move it into the folder of its kind, or out of the folder of facts")
}
