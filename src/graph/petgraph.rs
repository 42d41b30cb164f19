//! The snapshot as petgraph sees a graph, so that its algorithms run on it as it is: nodes and
//! relationships by number, in the direction in which they are stated.

use std::ops::Range;

use fixedbitset::FixedBitSet;
use petgraph::visit::{
    Data, EdgeRef, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges, IntoNeighbors, IntoNeighborsDirected,
    IntoNodeIdentifiers, NodeCompactIndexable, NodeCount, NodeIndexable, Visitable,
};
use petgraph::{Directed, Direction as Towards};

use super::{Adjacency, Direction, Graph, Relationship};
use crate::model::Node;

impl GraphBase for Graph {
    type NodeId = u32;
    type EdgeId = u32;
}

impl GraphProp for Graph {
    type EdgeType = Directed;
}

impl Data for Graph {
    type NodeWeight = Node;
    type EdgeWeight = Relationship;
}

impl NodeCount for Graph {
    fn node_count(&self) -> usize {
        self.counts().nodes
    }
}

impl NodeIndexable for Graph {
    fn node_bound(&self) -> usize {
        self.counts().nodes
    }

    fn to_index(&self, node: u32) -> usize {
        node as usize
    }

    fn from_index(&self, index: usize) -> u32 {
        index as u32
    }
}

impl NodeCompactIndexable for Graph {}

impl Visitable for Graph {
    type Map = FixedBitSet;

    fn visit_map(&self) -> FixedBitSet {
        FixedBitSet::with_capacity(self.counts().nodes)
    }

    fn reset_map(&self, map: &mut FixedBitSet) {
        map.clear();
    }
}

impl IntoNodeIdentifiers for &Graph {
    type NodeIdentifiers = Range<u32>;

    fn node_identifiers(self) -> Range<u32> {
        0..self.counts().nodes as u32
    }
}

/// The nodes next to one, sorted by kind of relationship, date and number.
#[derive(Clone)]
pub struct Neighbors<'g> {
    adjacency: &'g Adjacency,
    row: Range<usize>,
    direction: Direction,
}

impl Iterator for Neighbors<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let step = self.row.by_ref().map(|place| self.adjacency.step(place));
        step.into_iter().find(|step| step.direction == self.direction).map(|step| step.other)
    }
}

impl<'g> IntoNeighborsDirected for &'g Graph {
    type NeighborsDirected = Neighbors<'g>;

    fn neighbors_directed(self, node: u32, direction: Towards) -> Neighbors<'g> {
        let direction = match direction {
            Towards::Outgoing => Direction::Out,
            Towards::Incoming => Direction::In,
        };
        Neighbors { adjacency: self.adjacency(), row: self.adjacency().row(node), direction }
    }
}

impl<'g> IntoNeighbors for &'g Graph {
    type Neighbors = Neighbors<'g>;

    fn neighbors(self, node: u32) -> Neighbors<'g> {
        self.neighbors_directed(node, Towards::Outgoing)
    }
}

/// A relationship as petgraph sees an edge.
#[derive(Clone, Copy)]
pub struct Edge<'g> {
    number: u32,
    relationship: &'g Relationship,
}

impl<'g> EdgeRef for Edge<'g> {
    type NodeId = u32;
    type EdgeId = u32;
    type Weight = Relationship;

    fn source(&self) -> u32 {
        self.relationship.from
    }

    fn target(&self) -> u32 {
        self.relationship.to
    }

    fn weight(&self) -> &'g Relationship {
        self.relationship
    }

    fn id(&self) -> u32 {
        self.number
    }
}

/// Some relationships, by number.
pub struct Edges<'g> {
    graph: &'g Graph,
    numbers: Range<u32>,
}

impl<'g> Iterator for Edges<'g> {
    type Item = Edge<'g>;

    fn next(&mut self) -> Option<Edge<'g>> {
        let number = self.numbers.next()?;
        Some(Edge { number, relationship: self.graph.relationship(number) })
    }
}

impl<'g> IntoEdgeReferences for &'g Graph {
    type EdgeRef = Edge<'g>;
    type EdgeReferences = Edges<'g>;

    fn edge_references(self) -> Edges<'g> {
        Edges { graph: self, numbers: 0..self.counts().relationships as u32 }
    }
}

impl<'g> IntoEdges for &'g Graph {
    type Edges = Edges<'g>;

    fn edges(self, node: u32) -> Edges<'g> {
        Edges { graph: self, numbers: self.stated_by(node) }
    }
}
