//! Parts of the graph, to draw.

use async_graphql::Object;

use super::enums::StopReason;
use super::{Node, Relationship};
use crate::graph;
use crate::graphql::written::{Many, written};

/// A part of the graph.
pub struct Subgraph<'g>(graph::Subgraph<'g>);

written! { ['g] Subgraph<'g> }

impl<'g> From<graph::Subgraph<'g>> for Subgraph<'g> {
    fn from(subgraph: graph::Subgraph<'g>) -> Self {
        Self(subgraph)
    }
}

/// A part of the graph: some nodes, and all relationships among them that may be followed.
#[Object]
impl<'g> Subgraph<'g> {
    /// The nodes asked about, then those around them by distance, then id.
    async fn nodes(&self) -> Many<Node<'g>> {
        self.0.nodes.iter().copied().map(Node::from).collect()
    }

    /// The relationships among these nodes, by subject, kind, object and date.
    async fn relationships(&self) -> Many<Relationship<'g>> {
        self.0.relationships.iter().copied().map(Relationship::from).collect()
    }

    /// Whether every node and relationship that was asked about is here.
    async fn complete(&self) -> bool {
        self.0.stopped == graph::StopReason::None
    }

    /// Why not: PAGE where `limit` hid nodes.
    async fn stopped_by(&self) -> StopReason {
        self.0.stopped.into()
    }

    /// How many nodes were found and are not shown.
    async fn hidden_nodes(&self) -> usize {
        self.0.hidden_nodes
    }

    /// The hubs shown that were not walked on from, by id.
    async fn avoided_hubs(&self) -> Many<Node<'g>> {
        self.0.avoided_hubs.iter().copied().map(Node::from).collect()
    }
}
