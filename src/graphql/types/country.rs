//! Countries.

use async_graphql::Context;

use super::enums::NodeKind;
use super::input::NodeFilter;
use super::neighbors::{JurisdictionConnection, Neighbors, NodeConnection};
use super::party::party_object;
use crate::graph::{Direction, PageArgs};
use crate::graphql::error::Refusal;
use crate::model::RelationshipKind;

party_object! {
    /// A state, such as `germany`.
    Country {
        /// Its provinces, territories and other parts with a government of their own.
        async fn jurisdictions(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        ) -> Result<JurisdictionConnection<'g>, Refusal> {
            let parts = Neighbors::new(self.node(), &[RelationshipKind::PartOf], Direction::In);
            parts.page(ctx, Some(NodeFilter::of_kind(NodeKind::Jurisdiction)), None, PageArgs::forward(first, after))
        }

        /// Its departments and other public bodies.
        async fn bodies(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        ) -> Result<NodeConnection<'g>, Refusal> {
            let parts = Neighbors::new(self.node(), &[RelationshipKind::PartOf], Direction::In);
            parts.page(ctx, Some(NodeFilter::of_kind(NodeKind::Organization)), None, PageArgs::forward(first, after))
        }
    }
}
