//! Where facts come from.

use super::{LanguageTag, PartialDate, SourceId};

/// A public document that facts were read in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its id.
    pub id: SourceId,
    /// Its title as printed.
    pub title: Box<str>,
    /// Who published it.
    pub publisher: Box<str>,
    /// Its public address.
    pub url: Box<str>,
    /// When it was published, as precisely as it prints.
    pub published: Option<PartialDate>,
    /// The language it is in.
    pub language: LanguageTag,
    /// How it was read.
    pub accessed_via: Box<str>,
    /// The source of which this is only another copy.
    pub copy_of: Option<SourceId>,
    /// A caveat about the address, the date or the copy, in English.
    pub note: Option<Box<str>>,
}

/// A source, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Which source.
    pub source: SourceId,
    /// Where in it: a section, a page, a table.
    pub locator: Option<Box<str>>,
}

/// Which edition of the data this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its name, a slug.
    pub id: Box<str>,
    /// When it was published.
    pub published: PartialDate,
    /// The licence of the data, an SPDX identifier.
    pub license: Box<str>,
}
