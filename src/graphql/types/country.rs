//! Countries.

use async_graphql::Context;

use super::enums::NodeKind;
use super::input::{NodeFilter, NodeOrder};
use super::neighbors::{JurisdictionConnection, Neighbors, NodeConnection};
use super::party::party_object;
use crate::graph::{Direction, PageArgs};
use crate::graphql::error::Refusal;
use crate::model::RelationshipKind;

party_object! {
    /// A state, such as `germany`.
    Country {
        /// Whatever is a part of it: its provinces and territories, departments and other bodies.
        async fn members(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Only nodes that fit.", name = "where")] filter: Option<NodeFilter>,
            #[graphql(desc = "Their order; by id where left out.")] order_by: Option<NodeOrder>,
            #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        ) -> Result<NodeConnection<'g>, Refusal> {
            let parts = Neighbors::new(self.node(), &[RelationshipKind::PartOf], Direction::In);
            parts.page(ctx, filter, order_by.map(NodeOrder::into_graph), PageArgs::forward(first, after))
        }

        /// Its provinces, territories and other parts with a government of their own.
        async fn jurisdictions(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Only nodes that fit.", name = "where")] filter: Option<NodeFilter>,
            #[graphql(desc = "Their order; by id where left out.")] order_by: Option<NodeOrder>,
            #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        ) -> Result<JurisdictionConnection<'g>, Refusal> {
            let parts = Neighbors::new(self.node(), &[RelationshipKind::PartOf], Direction::In);
            parts.page(ctx, Some(NodeFilter::of_kind(NodeKind::Jurisdiction).and(filter)), order_by.map(NodeOrder::into_graph), PageArgs::forward(first, after))
        }

        /// Its departments and other public bodies.
        async fn bodies(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Only nodes that fit.", name = "where")] filter: Option<NodeFilter>,
            #[graphql(desc = "Their order; by id where left out.")] order_by: Option<NodeOrder>,
            #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        ) -> Result<NodeConnection<'g>, Refusal> {
            let parts = Neighbors::new(self.node(), &[RelationshipKind::PartOf], Direction::In);
            parts.page(ctx, Some(NodeFilter::of_kind(NodeKind::Organization).and(filter)), order_by.map(NodeOrder::into_graph), PageArgs::forward(first, after))
        }
    }
}
