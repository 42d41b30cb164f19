//! Relationships.

use async_graphql::{Context, ID, Object};

use super::caveat::Notes;
use super::enums::{Language, PartialDate, RelationshipKind, RelationshipNature, Role, StatementCertainty};
use super::{Citation, Node, Signer};
use crate::graph::{Caveat, Listed, PageArgs, RelationshipFilter, RelationshipRef, View};
use crate::graphql::connection::{Connection, page};
use crate::graphql::error::Refusal;
use crate::graphql::request::language_or;
use crate::graphql::written::{Many, One, written};

/// A list of relationships.
pub type RelationshipConnection<'g> = Connection<Relationship<'g>, (), Notes<'g>>;

/// One relationship of the graph: a fact of its own, with dates and sources.
#[derive(Clone, Copy)]
pub struct Relationship<'g>(RelationshipRef<'g>);

impl<'g> From<RelationshipRef<'g>> for Relationship<'g> {
    fn from(relationship: RelationshipRef<'g>) -> Self {
        Self(relationship)
    }
}

/// One relationship of the graph: a fact of its own, with dates and sources.
#[Object]
impl<'g> Relationship<'g> {
    /// Subject, kind and object joined by dots, as in
    /// `germany.SIGNED.canada-germany-critical-minerals-jdoi`; `.2` and so on behind it where the same
    /// is stated again for another date.
    async fn id(&self) -> ID {
        self.0.id().into()
    }

    /// How the subject stands to the object.
    async fn kind(&self) -> RelationshipKind {
        self.0.kind().into()
    }

    /// The subject.
    async fn from(&self) -> One<Node<'g>> {
        One(self.0.from().into())
    }

    /// The object.
    async fn to(&self) -> One<Node<'g>> {
        One(self.0.to().into())
    }

    /// Since when it holds, or when it came about, no more precise than the source.
    async fn start(&self) -> Option<PartialDate> {
        self.0.interval().start.map(PartialDate)
    }

    /// From when on it is known to hold or to have happened, where `start` is null: the publication of its
    /// earliest source, or its end. It may have held before. Null where it has a start.
    async fn known_from(&self) -> Option<PartialDate> {
        self.0.known_from().map(PartialDate)
    }

    /// Until when it held, inclusive; null where it is not known to have ended. A meeting hosted on
    /// a date ends with it, and a state with the first of its two ends.
    async fn end(&self) -> Option<PartialDate> {
        self.0.interval().end.map(PartialDate)
    }

    /// As what the subject stands in it, where its sources say more than the kind does.
    async fn role(&self) -> Option<Role> {
        self.0.role().map(Role::from)
    }

    /// How sure it is: stated by its sources unless this says otherwise.
    async fn certainty(&self) -> StatementCertainty {
        self.0.data().certainty.into()
    }

    /// Who signed for the subject, of what it signed or is party to; empty where that is not known.
    async fn signers(&self) -> Many<Signer<'g>> {
        self.0.signers().map(|signer| Signer::new(self.0.to(), signer)).collect()
    }

    /// Whether it lasts or happened.
    async fn nature(&self) -> RelationshipNature {
        self.0.nature().into()
    }

    /// Whether it holds on the day spoken of, or has happened by then; false for a state that ended and for
    /// a plan, which only `allDates` lists. Inside `asOf` that day is its date, elsewhere it is today.
    async fn is_current(&self) -> bool {
        self.0.is_current()
    }

    /// What else the source says of it.
    async fn note(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The language; the request's own where left out.")] language: Option<Language>,
    ) -> Option<&'g str> {
        self.0.note(language_or(ctx, language))
    }

    /// A sentence that says it, ready to quote, in the tense of the day spoken of: "was a member of … until
    /// February 2026".
    async fn sentence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The language; the request's own where left out.")] language: Option<Language>,
    ) -> String {
        self.0.sentence(language_or(ctx, language))
    }

    /// Whether the Government of Canada's own page of partnerships states it.
    async fn listed_by_canada(&self) -> bool {
        self.0.data().listed_by_canada
    }

    /// Who says so; never empty.
    async fn citations(&self) -> Many<Citation<'g>> {
        self.0.citations().map(Citation::from).collect()
    }
}

written! {
    ['g] Relationship<'g> {
        "id": id(),
        "kind": kind(),
        "start": start(),
        "knownFrom": known_from(),
        "end": end(),
        "note": note(None),
        "sentence": sentence(None),
        "listedByCanada": listed_by_canada(),
    }
}

/// One page of a list of relationships.
pub fn connection<'g>(
    view: &View,
    list: &[RelationshipRef<'g>],
    caveats: Vec<Caveat<'g>>,
    page: PageArgs,
) -> Result<RelationshipConnection<'g>, Refusal> {
    let edge = |relationship: &RelationshipRef<'g>| (Relationship(*relationship), ());
    Connection::cut(view, list, page, caveats.into(), |relationship| relationship.id(), edge)
}

/// One page of the relationships that were found, of which only those of the page are looked at.
pub fn listed<'g>(
    view: &'g View,
    list: &Listed<'g>,
    filter: Option<&RelationshipFilter>,
    args: PageArgs,
) -> Result<RelationshipConnection<'g>, Refusal> {
    let page = page(view, args, list.total(), |wanted| list.position(wanted))?;
    let edge = |relationship: &RelationshipRef<'g>| (Relationship(*relationship), ());
    let shown = list.at(page.range.clone());
    let notes = Caveat::of_relationships(view, filter).into();
    Ok(Connection::of_page(view, &shown, &page, list.total(), notes, |relationship| relationship.id(), edge))
}
