//! Themes.

use async_graphql::Context;

use super::input::{NodeFilter, NodeOrder};
use super::neighbors::{Neighbors, NodeConnection};
use super::node::node_object;
use crate::graph::{Direction, PageArgs};
use crate::graphql::error::Refusal;
use crate::model::RelationshipKind;

node_object! {
    /// An aim or an area of cooperation, such as `theme-supply-chain-resilience`.
    Theme {
        /// The agreements, forums and initiatives that have it as an aim or area of cooperation.
        #[allow(clippy::too_many_arguments)] // the arguments of the API
        async fn covered_by(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Only nodes that fit, as in `{ kinds: [AGREEMENT] }`.", name = "where")] filter: Option<
                NodeFilter,
            >,
            #[graphql(desc = "Their order; by id where left out.")] order_by: Option<NodeOrder>,
            #[graphql(desc = "How many from the start; 50 where neither `first` nor `last` is given.")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
            #[graphql(desc = "How many from the end.")] last: Option<i32>,
            #[graphql(desc = "Only what comes before the item with this cursor.")] before: Option<String>,
        ) -> Result<NodeConnection<'g>, Refusal> {
            let coverers = Neighbors::new(self.node(), &[RelationshipKind::Covers], Direction::In);
            coverers.page(ctx, filter, order_by.map(NodeOrder::into_graph), PageArgs { first, after, last, before })
        }
    }
}
