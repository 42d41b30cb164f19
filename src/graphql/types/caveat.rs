//! What an answer cannot know.

use async_graphql::Object;

use super::enums::{Completeness, PartialDate, RelationshipKind};
use super::{Citation, Node};
use crate::graph;
use crate::graphql::connection::{ByNode, Edge, Listing, connection_object};
use crate::graphql::written::{Many, One, Written, written};

/// A list that an answer walked, and that is not known to be whole.
pub struct Caveat<'g>(graph::Caveat<'g>);

written! { ['g] Caveat<'g> }

impl<'g> From<graph::Caveat<'g>> for Caveat<'g> {
    fn from(caveat: graph::Caveat<'g>) -> Self {
        Self(caveat)
    }
}

/// A list that this answer walked, and that is not known to be whole: so more may be true than the answer
/// says. As in "the graph names 9 of the 82 members of the IGF".
#[Object]
impl<'g> Caveat<'g> {
    /// Whose list it is: that of a body's members, of an agreement's parties, or of those who take part in a
    /// body without members.
    async fn node(&self) -> One<Node<'g>> {
        One(self.0.node.into())
    }

    /// What is listed: members (MEMBER_OF), parties and signatories (PARTY_TO), or those who take part
    /// (PARTICIPATES_IN).
    async fn list(&self) -> RelationshipKind {
        self.0.list().into()
    }

    /// Whether some are known to be missing (PARTIAL), or nobody can tell (UNKNOWN); never COMPLETE.
    async fn whole(&self) -> Completeness {
        self.0.membership.whole.into()
    }

    /// How many the graph names; in `asOf`, as of its date.
    async fn listed(&self) -> usize {
        self.0.listed()
    }

    /// How many there are, as the sources declare it; null where none does.
    async fn declared(&self) -> Option<u32> {
        self.0.membership.declared
    }

    /// The date of that count, no more precise than its source.
    async fn as_of(&self) -> Option<PartialDate> {
        self.0.membership.as_of.map(PartialDate)
    }

    /// Who declares it.
    async fn citations(&self) -> Many<Citation<'g>> {
        self.0.node.membership_citations().map(Citation::from).collect()
    }
}

/// What is said of a whole list.
pub struct Notes<'g>(Vec<graph::Caveat<'g>>);

impl<'g> From<Vec<graph::Caveat<'g>>> for Notes<'g> {
    fn from(caveats: Vec<graph::Caveat<'g>>) -> Self {
        Self(caveats)
    }
}

/// What is said of a list, in terms that name no lifetime: async-graphql cannot prove its futures `Send`
/// where the object's own bounds name one.
pub trait Noted: Send + Sync {
    /// A caveat.
    type Caveat: Written;

    /// The caveats.
    fn caveats(&self) -> Vec<Self::Caveat>;
}

impl<'g> Noted for Notes<'g> {
    type Caveat = Caveat<'g>;

    fn caveats(&self) -> Vec<Caveat<'g>> {
        self.0.iter().copied().map(Caveat::from).collect()
    }
}

connection_object! {
    [N: Written, E: Send + Sync, C: Noted] Listing<N, E, C, ByNode>, Edge<N, E, ByNode>, N {
        /// The lists of members and parties that this list was made of and that are not known to be whole,
        /// by id: that of the body whose members are listed, and those of bodies that `where` names by
        /// their ids. So some may be missing here; `totalCount` counts those that the graph names.
        async fn caveats(&self) -> Many<C::Caveat> {
            Many(self.extra.caveats())
        }
    }
}
