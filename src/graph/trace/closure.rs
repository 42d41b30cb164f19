//! Everything that can be reached, breadth first.

use fixedbitset::FixedBitSet;

use super::{Budget, Rows, StopReason};
use crate::graph::Step;

/// What a walk found, nearest first.
#[derive(Debug)]
pub struct Closure {
    /// The starts, then every node found, each once and in the order of its first path by (kind,
    /// date, node) of its steps.
    pub found: Vec<Found>,
    /// Whether more lies beyond, or the budget ended.
    pub stopped: StopReason,
}

/// A node found.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    /// The node.
    pub node: u32,
    /// How many steps from the nearest start.
    pub depth: u32,
    /// The position in [`Closure::found`] of the node before it on its first shortest path.
    parent: u32,
    /// The step from there.
    step: Option<Step>,
}

impl Closure {
    /// The first shortest path to the node at `position`: its start, and the steps.
    pub fn witness(&self, position: usize) -> (u32, Vec<Step>) {
        let mut found = &self.found[position];
        let mut steps = Vec::with_capacity(found.depth as usize);
        while let Some(step) = found.step {
            steps.push(step);
            found = &self.found[found.parent as usize];
        }
        steps.reverse();
        (found.node, steps)
    }
}

/// Walks from `starts` to all nodes at most `max_depth` steps away. A node other than a start is
/// walked on from only where `passes` says so.
///
/// Time O(relationships visited), at most those of `budget`; space 24 bytes for each node found and
/// a bit for each node.
pub fn closure(
    rows: Rows<'_>,
    starts: &[u32],
    max_depth: usize,
    passes: impl Fn(u32) -> bool,
    budget: &mut Budget,
) -> Closure {
    let mut seen = FixedBitSet::with_capacity(rows.node_count());
    let mut found = Vec::with_capacity(starts.len());
    for &node in starts {
        if !seen.put(node as usize) {
            found.push(Found { node, depth: 0, parent: 0, step: None });
        }
    }
    let mut position = 0;
    while let Some(&Found { node, depth, .. }) = found.get(position) {
        if depth == 0 || passes(node) {
            if !budget.spend(rows.width(node)) {
                return Closure { found, stopped: StopReason::WorkBudget };
            }
            for step in rows.steps(node) {
                if depth as usize == max_depth {
                    if !seen.contains(step.other as usize) {
                        return Closure { found, stopped: StopReason::MaxDepth };
                    }
                } else if !seen.put(step.other as usize) {
                    found.push(Found {
                        node: step.other,
                        depth: depth + 1,
                        parent: position as u32,
                        step: Some(*step),
                    });
                }
            }
        }
        position += 1;
    }
    Closure { found, stopped: StopReason::None }
}
