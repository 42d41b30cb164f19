//! Counts for charts.

use async_graphql::{Context, Object};

use super::Node;
use super::enums::{GroupKey, Language};
use super::input::{NodeFilter, NodeOrder};
use super::neighbors::{NodeConnection, selected};
use crate::graph::{self, PageArgs};
use crate::graphql::error::Refusal;
use crate::graphql::request::language_or;
use crate::graphql::written::{Many, One, written};

/// The nodes that share one value of each key.
pub struct Group<'g>(graph::Group<'g>);

impl<'g> From<graph::Group<'g>> for Group<'g> {
    fn from(group: graph::Group<'g>) -> Self {
        Self(group)
    }
}

/// The nodes that share one value of each key: a bar of a chart, or a cell of a matrix.
#[Object]
impl<'g> Group<'g> {
    /// One value for each key, in the order of the keys.
    async fn keys(&self) -> Many<GroupKeyValue<'g>> {
        self.0.keys.iter().copied().map(GroupKeyValue).collect()
    }

    /// How many nodes there are, each counted once.
    async fn count(&self) -> usize {
        self.0.nodes.len()
    }

    /// The nodes behind the count, by id.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only nodes that fit.", name = "where")] filter: Option<NodeFilter>,
        #[graphql(desc = "Their order; by id where left out.")] order_by: Option<NodeOrder>,
        #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
    ) -> Result<NodeConnection<'g>, Refusal> {
        selected(ctx, self.0.view, self.0.nodes.clone(), filter, order_by, PageArgs::forward(first, after))
    }
}

/// A value that nodes are counted under.
pub struct GroupKeyValue<'g>(graph::GroupValue<'g>);

written! { ['g] Group<'g>, ['g] GroupKeyValue<'g> }

/// A value that nodes are counted under.
#[Object]
impl<'g> GroupKeyValue<'g> {
    /// What was counted by.
    async fn key(&self) -> GroupKey {
        self.0.key.into()
    }

    /// The value: an id as in `germany`, a year as in `2025`, or a word of this API as in `SIGNED`.
    async fn value(&self) -> String {
        self.0.text()
    }

    /// What to print beside a bar: the name of a node, the title of a source, else the value.
    async fn label(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The language; the request's own where left out.")] language: Option<Language>,
    ) -> String {
        self.0.label(language_or(ctx, language))
    }

    /// The party or theme, where the value is one.
    async fn node(&self) -> Option<One<Node<'g>>> {
        self.0.node().map(Node::from).map(One)
    }
}
