//! Where facts come from.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

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

/// The sources of something, each and where in it. Equal lists can be one in memory: most of a million
/// relationships cite what others cite.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Citations(Option<Arc<Vec<Citation>>>);

impl Citations {
    /// Equal for lists that are one in memory; `None` for the empty one.
    pub fn place(&self) -> Option<usize> {
        self.0.as_ref().map(|list| Arc::as_ptr(list).addr())
    }
}

impl Deref for Citations {
    type Target = [Citation];

    fn deref(&self) -> &[Citation] {
        self.0.as_ref().map_or(&[], |list| list)
    }
}

impl From<Vec<Citation>> for Citations {
    fn from(list: Vec<Citation>) -> Self {
        Self((!list.is_empty()).then(|| Arc::new(list)))
    }
}

impl FromIterator<Citation> for Citations {
    fn from_iter<I: IntoIterator<Item = Citation>>(list: I) -> Self {
        list.into_iter().collect::<Vec<_>>().into()
    }
}

impl<'a> IntoIterator for &'a Citations {
    type Item = &'a Citation;
    type IntoIter = std::slice::Iter<'a, Citation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Debug for Citations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&**self).finish()
    }
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
