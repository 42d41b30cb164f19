//! A relationship of the graph: a fact of its own.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::{CitationRef, NodeRef, View};
use crate::model::{Citation, DateInterval, Language, Localized, RelationshipKind, Statement, When};

/// What a relationship says, its ends apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relationship {
    /// The kind.
    pub kind: RelationshipKind,
    /// When, in the terms of the source.
    pub when: When,
    /// What else the source says.
    pub note: Option<Localized>,
    /// Whether the Government of Canada's page of partnerships says so.
    pub listed_by_canada: bool,
    /// The sources.
    pub citations: Vec<Citation>,
    interval: DateInterval,
    /// 1, or higher for a further statement of the same kind between the same nodes.
    ordinal: u32,
}

impl Relationship {
    pub(super) fn new(statement: Statement, ordinal: u32) -> Self {
        let interval = statement.interval();
        let Statement { kind, when, note, listed_by_canada, citations, from: _, to: _ } = statement;
        Self { kind, when, note, listed_by_canada, citations, interval, ordinal }
    }

    /// The time in which it holds.
    pub fn interval(&self) -> DateInterval {
        self.interval
    }

    /// 1, or higher for a further statement of the same kind between the same nodes.
    pub fn ordinal(&self) -> u32 {
        self.ordinal
    }
}

/// A relationship as a view shows it.
#[derive(Clone, Copy)]
pub struct RelationshipRef<'g> {
    view: &'g View,
    number: u32,
}

impl<'g> RelationshipRef<'g> {
    pub(super) fn new(view: &'g View, number: u32) -> Self {
        Self { view, number }
    }

    /// Its number in the snapshot.
    pub fn number(self) -> u32 {
        self.number
    }

    /// What it says.
    pub fn data(self) -> &'g Relationship {
        self.view.graph().relationship(self.number)
    }

    /// Its id: subject, kind and object joined by dots, with `.2` and so on behind it where the same
    /// is stated again for another date.
    pub fn id(self) -> String {
        self.view.graph().relationship_id(self.number)
    }

    /// The kind.
    pub fn kind(self) -> RelationshipKind {
        self.data().kind
    }

    /// The subject.
    pub fn from(self) -> NodeRef<'g> {
        NodeRef::new(self.view, self.view.graph().ends(self.number).0)
    }

    /// The object.
    pub fn to(self) -> NodeRef<'g> {
        NodeRef::new(self.view, self.view.graph().ends(self.number).1)
    }

    /// The time in which it holds.
    pub fn interval(self) -> DateInterval {
        self.data().interval
    }

    /// What else the source says.
    pub fn note(self, language: Language) -> Option<&'g str> {
        self.data().note.as_ref().map(|note| note.get(language))
    }

    /// Who says so.
    pub fn citations(self) -> impl Iterator<Item = CitationRef<'g>> {
        self.data().citations.iter().map(move |citation| CitationRef::new(self.view, citation))
    }
}

impl PartialEq for RelationshipRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Eq for RelationshipRef<'_> {}

impl Hash for RelationshipRef<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}

impl PartialOrd for RelationshipRef<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for RelationshipRef<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.number.cmp(&other.number)
    }
}
