//! What is known of sheets that could not be understood, so that a fault in one sheet is not
//! reported again as faults of the sheets that have to do with it.

use std::collections::HashSet;
use std::sync::Arc;

use super::Dataset;
use super::rules::nearest;

/// A sheet that is there but is not among the records.
#[derive(Debug)]
pub(super) struct UnreadSheet {
    /// The id that its file name is meant to give.
    pub(super) id: String,
    /// What it holds, where that is text.
    pub(super) text: Option<Arc<str>>,
}

/// What the sheets that were not understood may say.
pub(super) struct Unread<'d> {
    dataset: &'d Dataset,
    /// Their ids, as they would be if they were well written.
    ids: HashSet<String>,
    /// Every word in them that may be an id.
    words: HashSet<&'d str>,
    /// Whether they may say anything at all.
    may_say_anything: bool,
}

impl<'d> Unread<'d> {
    /// Goes through the text of every sheet that was not understood, once.
    pub(super) fn of(dataset: &'d Dataset) -> Self {
        let texts = dataset.unread.iter().filter_map(|sheet| sheet.text.as_deref());
        let words = texts.flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-'));
        Self {
            dataset,
            ids: dataset.unread.iter().map(|sheet| slug(&sheet.id)).collect(),
            words: words.collect(),
            may_say_anything: dataset.has_unknown_sheets || dataset.unread.iter().any(|sheet| sheet.text.is_none()),
        }
    }

    /// Whether there may be a sheet of the id `id` that is not among the records.
    pub(super) fn may_be(&self, id: &str) -> bool {
        self.dataset.has_unknown_sheets || self.ids.contains(id)
    }

    /// Whether something that was not understood may name `id`.
    pub(super) fn may_name(&self, id: &str) -> bool {
        let is_meant = |written: &String| nearest(&slug(written), [id].into_iter()).is_some();
        self.may_say_anything || self.words.contains(id) || self.dataset.misspelt.iter().any(is_meant)
    }
}

/// The id that `text` was probably meant to be.
fn slug(text: &str) -> String {
    text.trim().to_lowercase().replace([' ', '_'], "-")
}
