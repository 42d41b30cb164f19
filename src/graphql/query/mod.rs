//! Every root field.

mod nodes;
mod questions;

use std::borrow::Cow;
use std::sync::Arc;

use async_graphql::{ContainerType, Context, ID, MergedObject, Object, OutputType, ServerResult, Value};

use super::error::Refusal;
use super::introspection;
use super::request::view;
use super::types;
use super::types::enums::{Certainty, PartialDate};
use super::written::{Fields, Many, One, at_once, written};
use crate::graph::{self, AsOf, View};
use crate::model;

/// Every question one can ask of the graph of Canada's critical-minerals partnerships.
///
/// Nodes (agreements, countries, organizations, forums, initiatives, jurisdictions, Indigenous
/// peoples, themes) stand in relationships, and each relationship is a fact of its own with dates and
/// sources. Ids are readable, as in `canada-eu-raw-materials-partnership`; find them with `search`.
///
/// All fields speak of today, in UTC: a relationship that is a state (see `RelationshipKind`) is listed,
/// counted and walked where it holds today, and one that is an event stays. Nodes are always found,
/// whatever became of them, with their status and end. `asOf` gives all fields again for another date,
/// `allDates` over everything ever stated.
pub struct Query;

/// Every question one can ask of the graph of Canada's critical-minerals partnerships.
///
/// Nodes (agreements, countries, organizations, forums, initiatives, jurisdictions, Indigenous
/// peoples, themes) stand in relationships, and each relationship is a fact of its own with dates and
/// sources. Ids are readable, as in `canada-eu-raw-materials-partnership`; find them with `search`.
///
/// All fields speak of today, in UTC: a relationship that is a state (see `RelationshipKind`) is listed,
/// counted and walked where it holds today, and one that is an event stays. Nodes are always found,
/// whatever became of them, with their status and end. `asOf` gives all fields again for another date,
/// `allDates` over everything ever stated.
#[Object]
impl Query {
    #[graphql(flatten)]
    async fn graph<'c>(&self, ctx: &Context<'c>) -> Graph<'c> {
        Graph::new(Shown::Request(view(ctx)))
    }

    /// All of these fields again, over the graph as it was known to stand on a date. What began or happened
    /// later is gone, from lists, counts, traversals, facts and standing, and so are states that had
    /// ended; a relationship goes with either of its nodes. A node that had ended stays, with its end. A
    /// statement without a date is known to hold from the publication of its earliest source; before
    /// that it is not listed but counted in `undated`. Countries, organizations, jurisdictions,
    /// Indigenous peoples and themes stand at any date; names and summaries are those of this release.
    async fn as_of<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "The date, as in `2022`, `2022-12` or `2022-12-31`; a year or a month means its last day.")]
        date: PartialDate,
        #[graphql(
            desc = "How vague dates of what is asked about are treated: whether something began must be certain, or may be possible.",
            default_with = "Some(Certainty::Possible)"
        )]
        certainty: Option<Certainty>,
        #[graphql(
            desc = "Whether to list also what may have been there by then, because it has no date of its own.",
            default_with = "Some(false)"
        )]
        undated: Option<bool>,
    ) -> One<Graph<'c>> {
        let as_of = AsOf { date: date.0, certainty: certainty.map_or(model::Certainty::Possible, Into::into) };
        let view = view(ctx);
        let view = if undated == Some(true) { view.as_of_with_undated(as_of) } else { view.as_of(as_of) };
        One(Graph::new(Shown::Own(Arc::new(view))))
    }

    /// All of these fields again, over everything ever stated: states that ended and plans too. Sentences
    /// are in the tense of today.
    async fn all_dates<'c>(&self, ctx: &Context<'c>) -> One<Graph<'c>> {
        One(Graph::new(Shown::Own(Arc::new(view(ctx).all_dates()))))
    }

    /// Which data this is: release, digest, counts, when loaded; or another release that the service
    /// holds, with its own `graph`.
    async fn release<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(
            desc = "The name of a release, as in `2026-11-23`, or at least eight characters of its digest; the one that is served where left out."
        )]
        id: Option<ID>,
    ) -> Result<One<types::Release<'c>>, Refusal> {
        let view = view(ctx);
        let Some(id) = id else { return Ok(One(types::Release::new(view))) };
        let found = view.graph().release_named("id", &id)?;
        Ok(One(types::Release::of(view.of(found.clone()))))
    }

    /// The releases that the service holds, the newest first.
    async fn releases<'c>(&self, ctx: &Context<'c>) -> Many<types::Release<'c>> {
        let view = view(ctx);
        let others = view.graph().releases().iter().rev();
        std::iter::once(types::Release::new(view))
            .chain(others.map(|graph| types::Release::of(view.of(graph.clone()))))
            .collect()
    }

    /// What was added, removed and changed since another release that the service holds.
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The name of a release, or at least eight characters of its digest; see `releases`.")]
        since: ID,
    ) -> Result<One<types::Changes>, Refusal> {
        let view = view(ctx);
        let older = view.graph().release_named("since", &since)?;
        let difference = view.graph().difference_since(older);
        // Only the release itself is not held beside itself, and from it nothing differs.
        let difference = difference.unwrap_or_else(|| Arc::new(graph::diff(older, view.graph())));
        Ok(One(types::Changes::new(older.clone(), view, difference)))
    }
}

/// The graph as of a date, over all dates, or in another release: every question of `Query` again.
#[derive(MergedObject)]
pub struct Graph<'c>(nodes::Nodes<'c>, questions::Questions<'c>);

written! { ['c] Graph<'c> }

impl Fields for Query {
    fn type_of(&self) -> Cow<'static, str> {
        Self::type_name()
    }

    fn field(&self, ctx: &Context<'_>) -> ServerResult<Value> {
        introspection::field(ctx).unwrap_or_else(|| at_once(self.resolve_field(ctx)).map(Option::unwrap_or_default))
    }
}

impl<'c> Graph<'c> {
    pub(super) fn new(shown: Shown<'c>) -> Self {
        Self(nodes::Nodes(shown.clone()), questions::Questions(shown))
    }
}

/// The view that the fields answer from: that of the request, or one of another date or release.
#[derive(Clone)]
pub enum Shown<'c> {
    /// That of the request.
    Request(&'c View),
    /// One of another date or release.
    Own(Arc<View>),
}

impl Shown<'_> {
    /// The view.
    pub fn view(&self) -> &View {
        match self {
            Self::Request(view) => view,
            Self::Own(view) => view,
        }
    }
}
