//! Every root field.

mod nodes;
mod questions;

use std::sync::Arc;

use async_graphql::{Context, MergedObject, Object};

use super::request::view;
use super::types;
use super::types::enums::{Certainty, PartialDate};
use crate::graph::{AsOf, View};
use crate::model;

/// Every question one can ask of the graph of Canada's critical-minerals partnerships.
///
/// Nodes (agreements, countries, organizations, forums, initiatives, jurisdictions, Indigenous
/// peoples, themes) stand in relationships, and each relationship is a fact of its own with dates and
/// sources. Ids are readable, as in `canada-eu-raw-materials-partnership`; find them with `search`.
pub struct Query;

/// Every question one can ask of the graph of Canada's critical-minerals partnerships.
///
/// Nodes (agreements, countries, organizations, forums, initiatives, jurisdictions, Indigenous
/// peoples, themes) stand in relationships, and each relationship is a fact of its own with dates and
/// sources. Ids are readable, as in `canada-eu-raw-materials-partnership`; find them with `search`.
#[Object]
impl Query {
    #[graphql(flatten)]
    async fn graph<'c>(&self, ctx: &Context<'c>) -> Graph<'c> {
        Graph::new(Shown::Request(view(ctx)))
    }

    /// All of these fields again, over the graph as it stood on a date. A node or relationship that
    /// had not begun by then, or had ended, is gone, from traversals and counts too. A relationship
    /// goes with either of its nodes. Countries, organizations, jurisdictions, Indigenous peoples and
    /// themes stand at any date.
    async fn as_of<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(
            desc = "The date, as in `2022`, `2022-12` or `2022-12-31`; a vague one asks for every day it may mean (CERTAIN) or any of them (POSSIBLE)."
        )]
        date: PartialDate,
        #[graphql(desc = "How vague and missing dates are treated.", default_with = "Some(Certainty::Possible)")]
        certainty: Option<Certainty>,
    ) -> Graph<'c> {
        let as_of = AsOf { date: date.0, certainty: certainty.map_or(model::Certainty::Possible, Into::into) };
        Graph::new(Shown::AsOf(Arc::new(view(ctx).as_of(as_of))))
    }

    /// Which data this is: release, digest, counts, when loaded.
    async fn release<'c>(&self, ctx: &Context<'c>) -> types::Release<'c> {
        types::Release(view(ctx).graph())
    }
}

/// The graph as it stood on a date: every question of `Query` again.
#[derive(MergedObject)]
pub struct Graph<'c>(nodes::Nodes<'c>, questions::Questions<'c>);

impl<'c> Graph<'c> {
    fn new(shown: Shown<'c>) -> Self {
        Self(nodes::Nodes(shown.clone()), questions::Questions(shown))
    }
}

/// The view that the fields answer from: that of the request, or one as of a date.
#[derive(Clone)]
enum Shown<'c> {
    Request(&'c View),
    AsOf(Arc<View>),
}

impl Shown<'_> {
    fn view(&self) -> &View {
        match self {
            Self::Request(view) => view,
            Self::AsOf(view) => view,
        }
    }
}
