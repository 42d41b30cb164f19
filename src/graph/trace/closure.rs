//! Everything that can be reached, breadth first.

use super::{Budget, Rows, StopReason};
use crate::graph::Step;

/// What a walk found, nearest first.
#[derive(Debug)]
pub struct Closure {
    /// The starts, then every node found, each once and in the order of its first path by (kind,
    /// date, node) of its steps.
    pub found: Vec<Found>,
    /// Where in `found` each depth begins.
    levels: Vec<usize>,
    /// Whether more lies beyond, or the budget ended.
    pub stopped: StopReason,
    /// Every node up to so many steps away was found: `max_depth`, unless the budget ended sooner.
    pub whole_to: usize,
}

/// A node found.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    /// The node.
    pub node: u32,
    /// The position in [`Closure::found`] of the node before it on its first shortest path; of a
    /// start, its own.
    parent: u32,
    /// The place of the step from there.
    place: u32,
}

impl Closure {
    /// How many steps the node at `position` is from the nearest start. O(log depth).
    pub fn depth(&self, position: usize) -> usize {
        self.levels.partition_point(|start| *start <= position) - 1
    }

    /// The first shortest path to the node at `position`: its start, and the steps.
    pub fn witness(&self, rows: Rows<'_>, position: usize) -> (u32, Vec<Step>) {
        let mut position = position;
        let mut steps = Vec::new();
        while self.found[position].parent as usize != position {
            steps.push(rows.step(self.found[position].place as usize));
            position = self.found[position].parent as usize;
        }
        steps.reverse();
        (self.found[position].node, steps)
    }
}

/// Walks from `starts` to all nodes at most `max_depth` steps away. A node other than a start is
/// walked on from only where `passes` says so.
///
/// Time O(relationships visited), at most those of `budget`; space 12 bytes for each node found and
/// one for each node.
pub fn closure(
    rows: Rows<'_>,
    starts: &[u32],
    max_depth: usize,
    passes: impl Fn(u32) -> bool,
    budget: &mut Budget,
) -> Closure {
    // A byte for each node is looked at faster than a bit.
    let mut seen = vec![false; rows.node_count()];
    let mut found: Vec<Found> = Vec::with_capacity(rows.node_count().min(1024));
    for &node in starts {
        if !std::mem::replace(&mut seen[node as usize], true) {
            found.push(Found { node, parent: found.len() as u32, place: 0 });
        }
    }
    let mut levels = Vec::with_capacity(16);
    levels.push(0);
    let mut level = 0..found.len();
    let mut stopped = StopReason::None;
    let mut whole_to = max_depth;
    'walk: for depth in 0..=max_depth {
        if level.is_empty() {
            break;
        }
        for position in level.clone() {
            let node = found[position].node;
            if depth > 0 && !passes(node) {
                continue;
            }
            let row = rows.row(node);
            if !budget.spend(row.len()) {
                stopped = StopReason::WorkBudget;
                whole_to = depth;
                break 'walk;
            }
            if depth == max_depth {
                if rows.places(node).any(|(_, other)| !seen[other as usize]) {
                    stopped = StopReason::MaxDepth;
                    break 'walk;
                }
            } else {
                rows.visit(row, |place, other| {
                    let seen = &mut seen[other as usize];
                    if !*seen {
                        *seen = true;
                        found.push(Found { node: other, parent: position as u32, place: place as u32 });
                    }
                });
            }
            if found.len() == seen.len() {
                // Nothing is left to be found.
                break 'walk;
            }
        }
        levels.push(level.end);
        level = level.end..found.len();
    }
    // The level that was begun when the walk stopped; an empty one says nothing.
    levels.push(level.end);
    Closure { found, levels, stopped, whole_to }
}
