//! Which data an answer comes from.

use async_graphql::{Object, SimpleObject};

use super::enums::PartialDate;
use crate::graph::Graph;

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

/// Which data an answer comes from.
pub struct Release<'g>(pub &'g Graph);

/// Which data an answer comes from.
#[Object]
impl<'g> Release<'g> {
    /// Its name, as in `2026-11-23`.
    async fn id(&self) -> &'g str {
        &self.0.release().id
    }

    /// The BLAKE3 digest of the data: equal digests, equal answers.
    async fn digest(&self) -> &'g str {
        self.0.digest()
    }

    /// When it was published.
    async fn published(&self) -> PartialDate {
        PartialDate(self.0.release().published)
    }

    /// The licence of the data, as an SPDX identifier.
    async fn license(&self) -> &'g str {
        &self.0.release().license
    }

    /// When this server loaded it, as an ISO 8601 instant.
    async fn loaded_at(&self) -> String {
        self.0.loaded_at().to_string()
    }

    /// How many of everything it holds.
    async fn counts(&self) -> GraphCounts {
        let counts = self.0.counts();
        GraphCounts { nodes: counts.nodes, relationships: counts.relationships, sources: counts.sources }
    }
}
