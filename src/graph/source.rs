//! Sources and citations as a view shows them.

use super::{NodeRef, RelationshipRef, View};
use crate::model::{Citation, Source};

/// A source.
#[derive(Clone, Copy)]
pub struct SourceRef<'g> {
    view: &'g View,
    number: u32,
}

impl<'g> SourceRef<'g> {
    pub(super) fn new(view: &'g View, number: u32) -> Self {
        Self { view, number }
    }

    /// The view it was found in.
    pub fn view(self) -> &'g View {
        self.view
    }

    /// Its number in the snapshot; ids and numbers have the same order.
    pub fn number(self) -> u32 {
        self.number
    }

    /// What is known of it.
    pub fn data(self) -> &'g Source {
        &self.view.graph().sources()[self.number as usize]
    }

    /// The source of which it is only another copy.
    pub fn copy_of(self) -> Option<Self> {
        self.view.source(self.data().copy_of.as_ref()?.as_str())
    }

    /// The nodes whose fact sheets cite it, by id.
    pub fn nodes(self) -> impl Iterator<Item = NodeRef<'g>> {
        let nodes = &self.view.graph().uses(self.number).nodes;
        let shown = if self.view.spend(nodes.len()) { &nodes[..] } else { &[] };
        shown.iter().map(move |&node| NodeRef::new(self.view, node)).filter(|node| node.is_visible())
    }

    /// The relationships that cite it.
    pub fn relationships(self) -> impl Iterator<Item = RelationshipRef<'g>> {
        let relationships = &self.view.graph().uses(self.number).relationships;
        let shown = if self.view.spend(relationships.len()) { &relationships[..] } else { &[] };
        shown
            .iter()
            .copied()
            .filter(move |&r| self.view.shows_relationship(r))
            .map(move |r| RelationshipRef::new(self.view, r))
    }
}

/// A source and where in it.
#[derive(Clone, Copy)]
pub struct CitationRef<'g> {
    view: &'g View,
    citation: &'g Citation,
}

impl<'g> CitationRef<'g> {
    pub(super) fn new(view: &'g View, citation: &'g Citation) -> Self {
        Self { view, citation }
    }

    /// The source.
    pub fn source(self) -> SourceRef<'g> {
        let number = self.view.graph().source_number(self.citation.source.as_str());
        SourceRef::new(self.view, number.expect("a valid dataset cites only sources it holds"))
    }

    /// Where in it.
    pub fn locator(self) -> Option<&'g str> {
        self.citation.locator.as_deref()
    }
}

impl PartialEq for CitationRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.citation == other.citation
    }
}

impl Eq for CitationRef<'_> {}
