//! Initiatives.

use async_graphql::Context;

use super::LifeCycleEvent;
use super::neighbors::{Neighbors, NodeConnection, ThemeConnection};
use super::node::node_object;
use crate::graph::{Direction, PageArgs};
use crate::graphql::error::Refusal;
use crate::model::RelationshipKind;

node_object! {
    /// A strategy, programme, plan or alliance, such as `g7-critical-minerals-action-plan`.
    Initiative {
        /// Its life cycle, by date.
        async fn events(&self) -> Vec<LifeCycleEvent<'g>> {
            LifeCycleEvent::of(self.node())
        }

        /// Those who created or released it.
        async fn launched_by(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        ) -> Result<NodeConnection<'g>, Refusal> {
            let launchers = Neighbors::new(self.node(), &[RelationshipKind::Launched], Direction::In);
            launchers.page(ctx, None, None, PageArgs::forward(first, after))
        }

        /// Those who run it.
        async fn administered_by(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        ) -> Result<NodeConnection<'g>, Refusal> {
            let administrators = Neighbors::new(self.node(), &[RelationshipKind::Administers], Direction::In);
            administrators.page(ctx, None, None, PageArgs::forward(first, after))
        }

        /// Its members.
        async fn members(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        ) -> Result<NodeConnection<'g>, Refusal> {
            let members = Neighbors::new(self.node(), &[RelationshipKind::MemberOf], Direction::In);
            members.page(ctx, None, None, PageArgs::forward(first, after))
        }

        /// Those who take part without (known) membership, or are meant to benefit.
        async fn participants(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        ) -> Result<NodeConnection<'g>, Refusal> {
            let participants = Neighbors::new(self.node(), &[RelationshipKind::ParticipatesIn], Direction::In);
            participants.page(ctx, None, None, PageArgs::forward(first, after))
        }

        /// The themes it works on.
        async fn themes(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        ) -> Result<ThemeConnection<'g>, Refusal> {
            let themes = Neighbors::new(self.node(), &[RelationshipKind::Covers], Direction::Out);
            themes.page(ctx, None, None, PageArgs::forward(first, after))
        }
    }
}
