//! A relationship of the graph: a fact of its own.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::{CitationRef, NodeRef, View};
use crate::model::{Certainty, DateInterval, Language, Nature, PartialDate, RelationshipKind, Role, Signer, Statement};

/// A relationship: a statement whose ends are numbers of nodes.
pub type Relationship = Statement<u32>;

/// How a relationship stands to the day a view speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// It held and holds no more, or has happened.
    Past,
    /// It holds.
    Present,
    /// It is to hold or to happen.
    Future,
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

    /// Whether it lasts or happened.
    pub fn nature(self) -> Nature {
        self.data().nature()
    }

    /// The time in which it holds: a state no longer than both of its ends last. As of a date, an end that is
    /// later is not known.
    pub fn interval(self) -> DateInterval {
        let DateInterval { start, end } = self.view.graph().holding(self.number);
        DateInterval { start, end: end.filter(|end| self.view.has_come(*end)) }
    }

    /// From when on it is known to hold or to have happened, where its start is not known: the publication of
    /// its earliest source, or its end.
    pub fn known_from(self) -> Option<PartialDate> {
        self.interval().start.is_none().then(|| self.view.graph().known().relationship(self.number))
    }

    /// How it stands to the day its view speaks of.
    pub fn tense(self) -> Tense {
        let day = self.view.day();
        let later = |date: Option<PartialDate>| date.is_some_and(|date| day.before(date, Certainty::Certain));
        let DateInterval { start, end } = self.interval();
        if later(start) || later(self.from().life().start) || later(self.to().life().start) {
            return Tense::Future;
        }
        match self.nature() {
            Nature::Event => Tense::Past,
            Nature::State if end.is_some_and(|end| end.before(day, Certainty::Certain)) => Tense::Past,
            Nature::State => Tense::Present,
        }
    }

    /// Whether it holds on the day its view speaks of, or has happened by then.
    pub fn is_current(self) -> bool {
        match (self.nature(), self.tense()) {
            (Nature::State, Tense::Present) | (Nature::Event, Tense::Past) => true,
            (_, Tense::Future | Tense::Past | Tense::Present) => false,
        }
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
