//! Diagnostic: one fault with its place, its code and a way out; Diagnostics: all faults of one run.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::ser::{Serialize, SerializeSeq, SerializeStruct, Serializer};

use super::{Code, Files};

/// A place in a file: from one character to just before another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file, as it was named when it was read.
    pub file: Arc<str>,
    /// The bytes of the file.
    pub span: Range<usize>,
    /// The line of the first character, from 1.
    pub line: usize,
    /// The column of the first character, from 1, in characters.
    pub column: usize,
    /// The line of the end.
    pub end_line: usize,
    /// The column just after the last character.
    pub end_column: usize,
}

impl Location {
    /// The place `span` of the file called `file` that holds `text`.
    pub(super) fn new(file: Arc<str>, text: &str, span: Range<usize>) -> Self {
        let (line, column) = line_and_column(text, span.start);
        let (end_line, end_column) = line_and_column(text, span.end);
        Self { file, span, line, column, end_line, end_column }
    }

    /// The beginning of a file without a text to point into.
    pub(super) fn whole(file: Arc<str>) -> Self {
        Self { file, span: 0..0, line: 1, column: 1, end_line: 1, end_column: 1 }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// The line and column, both from 1, of the byte at `offset`.
fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = 1 + before.bytes().filter(|&byte| byte == b'\n').count();
    (line, 1 + before[line_start..].chars().count())
}

/// A second place that has to do with a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub location: Location,
    /// What is there.
    pub message: String,
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which fault.
    pub code: Code,
    /// Where.
    pub location: Location,
    /// What is wrong, in one line.
    pub message: String,
    /// What would have been right, where that can be said.
    pub expected: Option<String>,
    /// What to do about it, where that can be said.
    pub help: Option<String>,
    /// Other places that have to do with it.
    pub related: Vec<Related>,
}

impl Diagnostic {
    /// A fault that says no more than what is wrong and where.
    pub(super) fn new(code: Code, location: Location, message: impl Into<String>) -> Self {
        Self { code, location, message: one_line(message), expected: None, help: None, related: Vec::new() }
    }

    /// Says what would have been right.
    pub(super) fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(one_line(expected));
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(one_line(help));
        self
    }

    /// Points to another place.
    pub(super) fn related(mut self, location: Location, message: impl Into<String>) -> Self {
        self.related.push(Related { location, message: one_line(message) });
        self
    }
}

/// A text without line breaks and other control characters, which a quoted value may have brought.
fn one_line(text: impl Into<String>) -> String {
    let text = text.into();
    if !text.contains(char::is_control) {
        return text;
    }
    let escape = |c: char| if c.is_control() { c.escape_debug().to_string() } else { c.to_string() };
    text.chars().map(escape).collect()
}

impl fmt::Display for Diagnostic {
    /// One line that editors and scripts can read: `file:line:column: code: message`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.location, self.code, self.message)
    }
}

/// All faults of one run, sorted by file, line and column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// The texts that the places point into, by file, for excerpts.
    texts: BTreeMap<Arc<str>, Arc<str>>,
}

impl Diagnostics {
    /// One fault, of which there is no text to show.
    pub(super) fn of(fault: Diagnostic) -> Self {
        Self { list: vec![fault], texts: BTreeMap::new() }
    }

    /// How many faults there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is no fault.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Every fault, sorted by file, line and column.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// One line for each fault: `file:line:column: code: message`.
    pub fn to_short(&self) -> String {
        self.list.iter().map(|fault| format!("{fault}\n")).collect()
    }

    /// The text of a file that a place points into, where it could be read.
    pub(super) fn text(&self, file: &str) -> Option<&str> {
        self.texts.get(file).map(|text| &**text)
    }

    /// These faults and others of the same files.
    #[must_use]
    pub fn and(mut self, others: impl IntoIterator<Item = Diagnostic>, files: &Files) -> Self {
        self.list.extend(others);
        self.finish(files.texts())
    }

    /// Adds a fault.
    pub(super) fn push(&mut self, fault: Diagnostic) {
        self.list.push(fault);
    }

    /// Takes in faults that were found elsewhere.
    pub(super) fn append(&mut self, other: Self) {
        self.list.extend(other.list);
    }

    /// Sorts the faults and keeps those of `texts` that they point into.
    pub(super) fn finish<'t>(mut self, texts: impl Iterator<Item = (&'t Arc<str>, &'t Arc<str>)>) -> Self {
        self.list.sort_by(|a, b| {
            let key = |fault: &Diagnostic| (fault.location.file.clone(), fault.location.span.start, fault.code);
            key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
        });
        let places =
            self.list.iter().flat_map(|f| [&f.location].into_iter().chain(f.related.iter().map(|r| &r.location)));
        let pointed_into: BTreeSet<&Arc<str>> = places.map(|place| &place.file).collect();
        self.texts = texts
            .filter(|(file, _)| pointed_into.contains(file))
            .map(|(file, text)| (file.clone(), text.clone()))
            .collect();
        self
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.to_short().trim_end())
    }
}

impl std::error::Error for Diagnostics {}

impl Serialize for Diagnostics {
    /// An array with one object for each fault.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut array = serializer.serialize_seq(Some(self.list.len()))?;
        for fault in &self.list {
            array.serialize_element(fault)?;
        }
        array.end()
    }
}

impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Diagnostic", 9)?;
        object.serialize_field("code", self.code.name())?;
        serialize_place(&mut object, &self.location)?;
        object.serialize_field("message", &self.message)?;
        object.serialize_field("expected", &self.expected)?;
        object.serialize_field("help", &self.help)?;
        object.serialize_field("related", &self.related)?;
        object.end()
    }
}

impl Serialize for Related {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Related", 6)?;
        serialize_place(&mut object, &self.location)?;
        object.serialize_field("message", &self.message)?;
        object.end()
    }
}

/// The members of an object that say where.
fn serialize_place<O: SerializeStruct>(object: &mut O, place: &Location) -> Result<(), O::Error> {
    object.serialize_field("file", &*place.file)?;
    object.serialize_field("line", &place.line)?;
    object.serialize_field("column", &place.column)?;
    object.serialize_field("endLine", &place.end_line)?;
    object.serialize_field("endColumn", &place.end_column)
}
