//! Forums.

use async_graphql::Context;

use super::input::{NodeFilter, NodeOrder};
use super::neighbors::{Neighbors, NodeConnection, ThemeConnection};
use super::node::node_object;
use super::{LifeCycleEvent, Membership};
use crate::graph::{Direction, PageArgs};
use crate::graphql::error::Refusal;
use crate::graphql::written::{Many, One};
use crate::model::RelationshipKind;

node_object! {
    /// A place where states or others meet, such as `g7`.
    Forum {
        /// Its life cycle, by date.
        async fn events(&self) -> Many<LifeCycleEvent<'g>> {
            LifeCycleEvent::of(self.node()).into_iter().collect()
        }

        /// Its members.
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

        /// How whole the list of its members, or of those who take part where it has none, is; null where its sheet does not say.
        async fn membership(&self) -> Option<One<Membership<'g>>> {
            Membership::of(self.node())
        }

        /// Those who take part without (known) membership.
        async fn participants(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Only nodes that fit.", name = "where")] filter: Option<NodeFilter>,
            #[graphql(desc = "Their order; by id where left out.")] order_by: Option<NodeOrder>,
            #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        ) -> Result<NodeConnection<'g>, Refusal> {
            let participants = Neighbors::new(self.node(), &[RelationshipKind::ParticipatesIn], Direction::In);
            participants.page(ctx, filter, order_by.map(NodeOrder::into_graph), PageArgs::forward(first, after))
        }

        /// Those who host or chair it, one of its meetings, or its secretariat.
        async fn hosts(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Only nodes that fit.", name = "where")] filter: Option<NodeFilter>,
            #[graphql(desc = "Their order; by id where left out.")] order_by: Option<NodeOrder>,
            #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        ) -> Result<NodeConnection<'g>, Refusal> {
            let hosts = Neighbors::new(self.node(), &[RelationshipKind::Hosts], Direction::In);
            hosts.page(ctx, filter, order_by.map(NodeOrder::into_graph), PageArgs::forward(first, after))
        }

        /// The themes it works on.
        async fn themes(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Only nodes that fit.", name = "where")] filter: Option<NodeFilter>,
            #[graphql(desc = "Their order; by id where left out.")] order_by: Option<NodeOrder>,
            #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        ) -> Result<ThemeConnection<'g>, Refusal> {
            let themes = Neighbors::new(self.node(), &[RelationshipKind::Covers], Direction::Out);
            themes.page(ctx, filter, order_by.map(NodeOrder::into_graph), PageArgs::forward(first, after))
        }
    }
}
