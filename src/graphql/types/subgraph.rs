//! Parts of the graph, to draw.

use async_graphql::Object;

use super::caveat::Caveat;
use super::enums::StopReason;
use super::hidden::Hidden;
use super::{Node, Relationship};
use crate::graph;
use crate::graphql::written::{Many, One, written};

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

    /// Whether every node and relationship that was asked about is here. What only hubs lead to was not
    /// asked about, where they are avoided: `hidden` counts it. It does not mean that lists of members are
    /// whole: see `caveats`.
    async fn complete(&self) -> bool {
        self.0.stopped == graph::StopReason::None
    }

    /// Why not: PAGE where `limit` hid nodes.
    async fn stopped_by(&self) -> StopReason {
        self.0.stopped.into()
    }

    /// Every node and relationship up to so many steps away is here, unless only hubs lead to it: `depth`,
    /// where nothing was cut. Null where not even the relationships among the nodes asked about all are.
    async fn complete_to_depth(&self) -> Option<usize> {
        self.0.whole_to
    }

    /// How many nodes were found and are not shown, for want of room.
    async fn hidden_nodes(&self) -> usize {
        self.0.hidden_nodes
    }

    /// The lists of members and parties that were walked and are not known to be whole, by id.
    async fn caveats(&self) -> Many<Caveat<'g>> {
        self.0.caveats().into_iter().map(Caveat::from).collect()
    }

    /// The nodes that were left out because only hubs lead to them.
    async fn hidden(&self) -> One<Hidden> {
        One(self.0.hidden().into())
    }

    /// The hubs that were not walked on from, and through which the `hidden` nodes are reached, by id;
    /// among `nodes` where they fit and there was room.
    async fn avoided_hubs(&self) -> Many<Node<'g>> {
        self.0.avoided_hubs().into_iter().map(Node::from).collect()
    }
}
