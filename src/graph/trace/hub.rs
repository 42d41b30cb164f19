//! Nodes that touch so much that a path through them says little.

use fixedbitset::FixedBitSet;

use crate::graph::Adjacency;
use crate::model::{Node, NodeKind};

/// Whether paths may pass through hubs. Which nodes are hubs depends on this alone, and not on what a
/// question follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HubPolicy {
    /// Hubs may be ends of a path, and may be reached, but nothing goes through them.
    #[default]
    Avoid,
    /// The same of the hubs that are declared so in their fact sheets; the others are like other nodes.
    AvoidDeclared,
    /// Hubs are like other nodes.
    Allow,
}

/// Which nodes are hubs.
#[derive(Debug, Clone, Default)]
pub struct Hubs {
    declared: FixedBitSet,
    found: FixedBitSet,
}

/// However small the graph, a node with fewer neighbours is no hub.
const FEWEST_NEIGHBORS: usize = 12;

impl Hubs {
    /// Hubs are the nodes declared so in their fact sheets; every theme, since to share a subject is
    /// not to be connected; and every forum, initiative and organization with at least as many
    /// neighbours as the square root of the number of nodes, and at least twelve.
    pub fn new<'n>(nodes: impl Iterator<Item = &'n Node>, adjacency: &Adjacency) -> Self {
        let count = adjacency.node_count();
        let threshold = FEWEST_NEIGHBORS.max((count as f64).sqrt().ceil() as usize);
        let mut hubs = Self { declared: FixedBitSet::with_capacity(count), found: FixedBitSet::with_capacity(count) };
        for (number, node) in nodes.enumerate() {
            hubs.declared.set(number, node.hub);
            let found = match node.kind() {
                NodeKind::Theme => true,
                NodeKind::Forum | NodeKind::Initiative | NodeKind::Organization => {
                    let others = adjacency.others(adjacency.row(number as u32));
                    if others.len() < threshold {
                        continue;
                    }
                    let mut neighbors: Vec<u32> = others.to_vec();
                    neighbors.sort_unstable();
                    neighbors.dedup();
                    neighbors.len() >= threshold
                }
                NodeKind::Agreement | NodeKind::Country | NodeKind::IndigenousPeople | NodeKind::Jurisdiction => false,
            };
            hubs.found.set(number, found);
        }
        hubs
    }

    /// Whether a node is a hub that `policy` avoids.
    pub fn avoids(&self, node: u32, policy: HubPolicy) -> bool {
        let node = node as usize;
        match policy {
            HubPolicy::Avoid => self.declared.contains(node) || self.found.contains(node),
            HubPolicy::AvoidDeclared => self.declared.contains(node),
            HubPolicy::Allow => false,
        }
    }
}
