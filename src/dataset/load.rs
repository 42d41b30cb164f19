//! Files: the texts of a folder of facts, or a pack of them. The only code that opens files of facts.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use super::disk::{self, Found, too_large, unreadable};
use super::folder::{Entry, QUERIES, Role, stray};
use super::query::{QueryFile, query_files};
use super::{Bounds, Code, Diagnostic, Diagnostics, Location, Pack};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/graph-data");

/// The fact sheets of one folder as texts, and what was wrong with reading them; or a pack.
#[derive(Debug, Clone)]
pub struct Files {
    /// The folder, as it is shown.
    root: Arc<str>,
    sheets: Vec<SourceFile>,
    unread: Vec<Diagnostic>,
    /// Sheets that are there but could not be read.
    lost_sheets: Vec<LostSheet>,
    /// Whether a whole folder of sheets could not be read.
    lost_folder: bool,
    queries: Vec<QueryFile>,
    pack: Option<Pack>,
}

/// One fact sheet as text.
#[derive(Debug, Clone)]
pub(super) struct SourceFile {
    /// The path within the folder, with `/` between its parts.
    pub(super) path: String,
    /// The path as it is shown.
    pub(super) name: Arc<str>,
    /// What the file holds.
    pub(super) text: Arc<str>,
}

/// A fact sheet that could not be read.
#[derive(Debug, Clone)]
pub(super) struct LostSheet {
    /// The path within the folder.
    pub(super) path: String,
    /// The path as it is shown.
    pub(super) name: Arc<str>,
    /// What can be made of the file.
    pub(super) text: Option<Arc<str>>,
}

impl SourceFile {
    /// The folder it lies in, or nothing.
    pub(super) fn folder(&self) -> &str {
        folder_and_id(&self.path).0
    }

    /// The file name without its ending: the id of what it is about.
    pub(super) fn id(&self) -> &str {
        folder_and_id(&self.path).1
    }
}

/// The folder and the id of the sheet at `path`.
pub(super) fn folder_and_id(path: &str) -> (&str, &str) {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    (folder, name.strip_suffix(".ron").unwrap_or(name))
}

impl Files {
    /// Reads the folder of fact sheets, or the pack, at `path`, within the default bounds.
    ///
    /// # Errors
    ///
    /// Those of [`Files::within`].
    pub fn from_path(path: &Path) -> Result<Self, Diagnostics> {
        Self::within(path, &Bounds::default())
    }

    /// Reads the folder of fact sheets, or the pack, at `path`. What cannot be read in a folder is kept as a
    /// fault to be reported with all others.
    ///
    /// # Errors
    ///
    /// If the folder cannot be listed, or the file is no pack that this program reads, or the whole exceeds
    /// a bound.
    pub fn within(path: &Path, bounds: &Bounds) -> Result<Self, Diagnostics> {
        let name = path.display().to_string();
        match disk::read(path, bounds)? {
            Found::Folder(entries) => Ok(Self::sort_out(name.trim_end_matches('/'), entries, bounds)),
            Found::Pack(bytes) => Self::from_pack(Pack::open(&name, bytes)?),
        }
    }

    /// The facts and named queries in a pack.
    ///
    /// # Errors
    ///
    /// If its queries cannot be read.
    pub fn from_pack(pack: Pack) -> Result<Self, Diagnostics> {
        let mut entries = BTreeMap::new();
        for (name, document, variables) in pack.queries()? {
            // The number keeps one that is part of the name.
            let stem = format!("{QUERIES}/0-{name}");
            let variables = variables.map(|values| (format!("{stem}.variables.json"), values));
            for (path, text) in std::iter::once((format!("{stem}.graphql"), document)).chain(variables) {
                entries.insert(path, Entry::File(text.into_bytes()));
            }
        }
        let mut files = Self::sort_out(pack.name(), entries, &Bounds::default());
        files.pack = Some(pack);
        Ok(files)
    }

    /// Reads the fact sheets of the folder `dir`, within the default bounds.
    ///
    /// # Errors
    ///
    /// Those of [`Files::within`].
    pub fn from_dir(dir: &Path) -> Result<Self, Diagnostics> {
        Self::from_path(dir)
    }

    /// The fact sheets built into the program.
    pub fn embedded() -> Self {
        fn walk(dir: &Dir<'_>, entries: &mut BTreeMap<String, Entry>) {
            for file in dir.files() {
                entries.insert(slashed(file.path()), Entry::File(file.contents().to_vec()));
            }
            for folder in dir.dirs() {
                entries.insert(slashed(folder.path()), Entry::Folder);
                walk(folder, entries);
            }
        }
        let mut entries = BTreeMap::new();
        walk(&EMBEDDED, &mut entries);
        Self::sort_out("graph-data", entries, &Bounds::default())
    }

    /// The named queries built into the program.
    pub(super) fn embedded_queries() -> Vec<QueryFile> {
        let folder = EMBEDDED.get_dir(QUERIES);
        let texts =
            folder.into_iter().flat_map(Dir::files).map(|file| (slashed(file.path()), file.contents().to_vec()));
        Self::from_texts("graph-data", texts).queries
    }

    /// The fact sheets given as pairs of a path such as `agreements/ceta.ron` and what the file
    /// holds, shown as lying in `root`.
    pub fn from_texts(root: &str, texts: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut entries = BTreeMap::new();
        for (path, bytes) in texts {
            for (slash, _) in path.match_indices('/') {
                entries.insert(path[..slash].to_owned(), Entry::Folder);
            }
            entries.insert(path, Entry::File(bytes));
        }
        Self::sort_out(root, entries, &Bounds::default())
    }

    /// The folder, as it is shown.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The pack, where the facts are in one.
    pub fn pack(&self) -> Option<&Pack> {
        self.pack.as_ref()
    }

    /// The sheets, sorted by path.
    pub(super) fn sheets(&self) -> &[SourceFile] {
        &self.sheets
    }

    /// The named queries, by name.
    pub fn queries(&self) -> &[QueryFile] {
        &self.queries
    }

    /// Every text there is, by the path that is shown.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<str>)> {
        let lost = self.lost_sheets.iter().filter_map(|file| Some((&file.name, file.text.as_ref()?)));
        let sheets = self.sheets.iter().map(|file| (&file.name, &file.text));
        sheets.chain(lost).chain(self.queries.iter().flat_map(QueryFile::texts))
    }

    /// What was wrong with reading the folder.
    pub(super) fn unread(&self) -> &[Diagnostic] {
        &self.unread
    }

    /// Sheets that are there but could not be read.
    pub(super) fn lost_sheets(&self) -> &[LostSheet] {
        &self.lost_sheets
    }

    /// Whether a whole folder of sheets could not be read.
    pub(super) fn has_lost_folder(&self) -> bool {
        self.lost_folder
    }

    /// Tells fact sheets from what is ignored and from what should not be there.
    fn sort_out(root: &str, entries: BTreeMap<String, Entry>, bounds: &Bounds) -> Self {
        let mut files = Self {
            root: root.into(),
            sheets: Vec::new(),
            unread: Vec::new(),
            lost_sheets: Vec::new(),
            lost_folder: false,
            queries: Vec::new(),
            pack: None,
        };
        let mut queries = BTreeMap::new();
        for (path, entry) in entries {
            let name: Arc<str> = format!("{root}/{path}").into();
            match (Role::of(&path, &entry), entry) {
                (Role::Ignored, _) => {}
                (Role::Sheet, Entry::File(bytes)) => files.add_sheet(path, name, bytes),
                (Role::Sheet, Entry::Unreadable(error)) => {
                    files.unread.push(unreadable(Location::whole(name.clone()), &error));
                    files.lost_sheets.push(LostSheet { path, name, text: None });
                }
                (Role::Sheet, Entry::TooLarge(length)) => {
                    files.unread.push(too_large(name.clone(), length, bounds));
                    files.lost_sheets.push(LostSheet { path, name, text: None });
                }
                (Role::Query, Entry::TooLarge(length)) => files.unread.push(too_large(name, length, bounds)),
                (Role::Query, Entry::File(bytes)) => {
                    queries.insert(path, (name, bytes));
                }
                (Role::Query, Entry::Unreadable(error)) => {
                    files.unread.push(unreadable(Location::whole(name), &error));
                }
                (Role::Folder, Entry::Unreadable(error)) => {
                    files.lost_folder = true;
                    files.unread.push(unreadable(Location::whole(name), &error));
                }
                (Role::Folder, _) => {}
                (Role::Sheet | Role::Query | Role::Stray, entry) => files.unread.push(stray(name, &path, &entry)),
            }
        }
        files.queries = query_files(queries, &mut files.unread);
        files
    }

    fn add_sheet(&mut self, path: String, name: Arc<str>, bytes: Vec<u8>) {
        match utf8(&name, bytes) {
            Ok(text) => self.sheets.push(SourceFile { path, name, text }),
            Err(lost) => {
                let (text, fault) = *lost;
                self.lost_sheets.push(LostSheet { path, name, text: Some(text) });
                self.unread.push(fault);
            }
        }
    }
}

/// The text of a file; or what can be made of it, and the fault.
pub(super) fn utf8(name: &Arc<str>, bytes: Vec<u8>) -> Result<Arc<str>, Box<(Arc<str>, Diagnostic)>> {
    String::from_utf8(bytes).map(Arc::from).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(error.as_bytes());
        // The first bad byte shows as the replacement character.
        let span = good..good + char::REPLACEMENT_CHARACTER.len_utf8();
        let location = Location::new(name.clone(), &text, span);
        let fault = Diagnostic::new(Code::NotUtf8, location, "the file is not UTF-8 text from here on");
        Box::new((text.into(), fault.help("save the file again in the encoding UTF-8")))
    })
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
