//! How whole the list of a body's members is.

use async_graphql::Object;

use super::Citation;
use super::enums::{Completeness, PartialDate};
use crate::graph::NodeRef;
use crate::graphql::written::{Many, One, written};
use crate::model;

/// How whole the list of a body's members is.
#[derive(Clone, Copy)]
pub struct Membership<'g> {
    node: NodeRef<'g>,
    membership: &'g model::Membership,
}

written! { ['g] Membership<'g> }

impl<'g> Membership<'g> {
    /// Of a node, where its sheet says so.
    pub fn of(node: NodeRef<'g>) -> Option<One<Self>> {
        node.membership().map(|membership| One(Self { node, membership }))
    }
}

/// How whole the graph's list of a body's members is; of an agreement, that of its parties; of a body
/// without members, that of those who take part.
#[Object]
impl<'g> Membership<'g> {
    /// Whether all are named.
    async fn whole(&self) -> Completeness {
        self.membership.whole.into()
    }

    /// How many there are, as the sources declare it; null where none does. Former ones are not counted.
    async fn declared(&self) -> Option<u32> {
        self.membership.declared
    }

    /// The date of that count, no more precise than its source.
    async fn as_of(&self) -> Option<PartialDate> {
        self.membership.as_of.map(PartialDate)
    }

    /// Who declares it.
    async fn citations(&self) -> Many<Citation<'g>> {
        self.node.membership_citations().map(Citation::from).collect()
    }
}
