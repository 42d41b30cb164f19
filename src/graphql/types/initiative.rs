//! Initiatives.

use async_graphql::Context;

use super::input::{NodeFilter, NodeOrder};
use super::neighbors::{Neighbors, NodeConnection, ThemeConnection};
use super::node::node_object;
use super::{Chain, LifeCycleEvent, Membership, ReachConnection, foundations};
use crate::graph::{Direction, PageArgs};
use crate::graphql::error::Refusal;
use crate::graphql::written::{Many, One};
use crate::model::RelationshipKind;

node_object! {
    /// A strategy, programme, plan or alliance, such as `g7-critical-minerals-action-plan`.
    Initiative {
        /// Its life cycle, by date.
        async fn events(&self) -> Many<LifeCycleEvent<'g>> {
            LifeCycleEvent::of(self.node()).into_iter().collect()
        }

        /// Those who created or released it.
        async fn launched_by(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Only nodes that fit.", name = "where")] filter: Option<NodeFilter>,
            #[graphql(desc = "Their order; by id where left out.")] order_by: Option<NodeOrder>,
            #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        ) -> Result<NodeConnection<'g>, Refusal> {
            let launchers = Neighbors::new(self.node(), &[RelationshipKind::Launched], Direction::In);
            launchers.page(ctx, filter, order_by.map(NodeOrder::into_graph), PageArgs::forward(first, after))
        }

        /// Those who run it.
        async fn administered_by(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Only nodes that fit.", name = "where")] filter: Option<NodeFilter>,
            #[graphql(desc = "Their order; by id where left out.")] order_by: Option<NodeOrder>,
            #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        ) -> Result<NodeConnection<'g>, Refusal> {
            let administrators = Neighbors::new(self.node(), &[RelationshipKind::Administers], Direction::In);
            administrators.page(ctx, filter, order_by.map(NodeOrder::into_graph), PageArgs::forward(first, after))
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

        /// Those who take part without (known) membership, or are meant to benefit.
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

        /// What this rests on: what its sources say it builds on. With `transitive` the whole chain, each
        /// item with its distance and one shortest path.
        async fn builds_on(
            &self,
            #[graphql(desc = "Whether to walk the whole chain; else only what it builds on directly.", default_with = "Some(false)")]
            transitive: Option<bool>,
            #[graphql(desc = "The most steps of the chain, from 1 to 32 unless the service sets another limit.", default_with = "Some(10)")] max_depth: Option<i32>,
            #[graphql(desc = "Which of the nodes reached are listed.", name = "where")] filter: Option<NodeFilter>,
            #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        ) -> Result<ReachConnection<'g>, Refusal> {
            foundations(self.node(), Direction::Out, Chain { transitive, max_depth, filter }, PageArgs::forward(first, after))
        }

        /// What builds on this: whatever says of itself that it rests on it. With `transitive` the whole
        /// chain, each item with its distance and one shortest path.
        async fn built_on_by(
            &self,
            #[graphql(desc = "Whether to walk the whole chain; else only what builds on it directly.", default_with = "Some(false)")]
            transitive: Option<bool>,
            #[graphql(desc = "The most steps of the chain, from 1 to 32 unless the service sets another limit.", default_with = "Some(10)")] max_depth: Option<i32>,
            #[graphql(desc = "Which of the nodes reached are listed.", name = "where")] filter: Option<NodeFilter>,
            #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        ) -> Result<ReachConnection<'g>, Refusal> {
            foundations(self.node(), Direction::In, Chain { transitive, max_depth, filter }, PageArgs::forward(first, after))
        }
    }
}
