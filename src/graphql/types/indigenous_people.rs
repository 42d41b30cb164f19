//! Indigenous peoples.

use async_graphql::Context;

use super::input::{NodeFilter, NodeOrder};
use super::neighbors::{Neighbors, NodeConnection};
use super::party::party_object;
use crate::graph::{Direction, PageArgs};
use crate::graphql::error::Refusal;
use crate::model::RelationshipKind;

party_object! {
    /// An Indigenous people or nation, or several together, such as `inuit`. Names stand as the people write them.
    IndigenousPeople {
        /// The tables, strategies and programmes it takes part in or is meant to benefit from.
        async fn participates_in(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Only nodes that fit.", name = "where")] filter: Option<NodeFilter>,
            #[graphql(desc = "Their order; by id where left out.")] order_by: Option<NodeOrder>,
            #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        ) -> Result<NodeConnection<'g>, Refusal> {
            let tables = Neighbors::new(self.node(), &[RelationshipKind::ParticipatesIn], Direction::Out);
            tables.page(ctx, filter, order_by.map(NodeOrder::into_graph), PageArgs::forward(first, after))
        }
    }
}
