//! Organizations.

use async_graphql::Context;

use super::Membership;
use super::enums::OrganizationType;
use super::input::{NodeFilter, NodeOrder};
use super::neighbors::{Neighbors, NodeConnection};
use super::party::party_object;
use crate::graph::{Direction, PageArgs};
use crate::graphql::error::Refusal;
use crate::graphql::written::One;
use crate::model::RelationshipKind;

party_object! {
    /// A body: a department, a union of states, a bank, an institute, such as `european-union`.
    Organization {
        /// What kind of body it is.
        async fn organization_type(&self) -> OrganizationType {
            self.node().organization_type().expect("only organizations are shown as such").into()
        }

        /// Its members on the day spoken of: today, or the date of `asOf`. Within `allDates` former ones too.
        async fn members(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Only nodes that fit.", name = "where")] filter: Option<NodeFilter>,
            #[graphql(desc = "Their order; by id where left out.")] order_by: Option<NodeOrder>,
            #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        ) -> Result<NodeConnection<'g>, Refusal> {
            let members = Neighbors::new(self.node(), &[RelationshipKind::MemberOf], Direction::In);
            members.page(ctx, filter, order_by.map(NodeOrder::into_graph), PageArgs::forward(first, after))
        }

        /// How whole the list of its members is; null where its sheet does not say.
        async fn membership(&self) -> Option<One<Membership<'g>>> {
            Membership::of(self.node())
        }

        /// What it is a component of: the country of a department, the union of a commission.
        async fn part_of(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Only nodes that fit.", name = "where")] filter: Option<NodeFilter>,
            #[graphql(desc = "Their order; by id where left out.")] order_by: Option<NodeOrder>,
            #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        ) -> Result<NodeConnection<'g>, Refusal> {
            let wholes = Neighbors::new(self.node(), &[RelationshipKind::PartOf], Direction::Out);
            wholes.page(ctx, filter, order_by.map(NodeOrder::into_graph), PageArgs::forward(first, after))
        }
    }
}
