//! Which data an answer comes from.

use std::sync::Arc;

use async_graphql::{Object, SimpleObject};

use super::enums::PartialDate;
use crate::graph::{self, View};
use crate::graphql::query::{Graph, Shown};
use crate::graphql::written::{One, written};

/// How many of everything a release holds.
#[derive(SimpleObject)]
pub struct GraphCounts {
    /// Nodes of all kinds.
    nodes: usize,
    /// Relationships: dated, sourced statements about two nodes.
    relationships: usize,
    /// Sources.
    sources: usize,
}

impl GraphCounts {
    /// The counts of a graph.
    pub(super) fn of(counts: graph::Counts) -> Self {
        Self { nodes: counts.nodes, relationships: counts.relationships, sources: counts.sources }
    }
}

/// Which data an answer comes from.
pub struct Release<'c>(Shown<'c>);

written! { ['c] Release<'c>, [] GraphCounts }

impl<'c> Release<'c> {
    /// The release that a view shows.
    pub fn new(view: &'c View) -> Self {
        Self(Shown::Request(view))
    }

    /// The release of another view.
    pub fn of(view: View) -> Self {
        Self(Shown::Own(Arc::new(view)))
    }

    fn data(&self) -> &graph::Graph {
        self.0.view().graph()
    }
}

/// Which data an answer comes from.
#[Object]
impl<'c> Release<'c> {
    /// Its name, as in `2026-11-23`.
    async fn id(&self) -> &str {
        &self.data().release().id
    }

    /// The BLAKE3 digest of the data: equal digests, equal answers.
    async fn digest(&self) -> &str {
        self.data().digest()
    }

    /// When it was published.
    async fn published(&self) -> PartialDate {
        PartialDate(self.data().release().published)
    }

    /// The licence of the data, as an SPDX identifier.
    async fn license(&self) -> &str {
        &self.data().release().license
    }

    /// When this server loaded it, as an ISO 8601 instant.
    async fn loaded_at(&self) -> String {
        self.data().loaded_at().to_string()
    }

    /// How many of everything it holds.
    async fn counts(&self) -> One<GraphCounts> {
        One(GraphCounts::of(self.data().counts()))
    }

    /// The graph of this release: every question about nodes, relationships and sources again.
    async fn graph(&self) -> One<Graph<'c>> {
        One(Graph::new(self.0.clone()))
    }
}
