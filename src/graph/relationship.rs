//! A relationship of the graph: a fact of its own.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::{CitationRef, NodeRef, View};
use crate::model::{DateInterval, Language, RelationshipKind, Role, Signer, Statement};

/// A relationship: a statement whose ends are numbers of nodes.
pub type Relationship = Statement<u32>;

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
        self.data().interval()
    }

    /// As what the subject stands in it.
    pub fn role(self) -> Option<Role> {
        self.data().role
    }

    /// Who signed for the subject, of what it signed or is party to. Costs the signers of the agreement.
    pub fn signers(self) -> impl Iterator<Item = &'g Signer> {
        let agreement = self.to().agreement().filter(|_| self.kind().has_signers());
        let party = &self.from().data().id;
        agreement.into_iter().flat_map(|details| &details.signers).filter(move |signer| signer.party == *party)
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
