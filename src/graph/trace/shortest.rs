//! Shortest paths, searched from both ends at once.

use std::collections::BTreeSet;

use fixedbitset::FixedBitSet;

use super::{Budget, Rows};
use crate::graph::Step;

/// What is searched: the ends, and what may not be passed through.
pub struct Ends<'a> {
    /// Where paths begin.
    pub from: u32,
    /// Where they end; another node.
    pub to: u32,
    /// The most steps.
    pub max_length: usize,
    /// Whether a path may not pass through a node; never true of its ends.
    pub blocked: &'a dyn Fn(u32) -> bool,
}

/// All shortest paths between two nodes, found but not yet listed.
pub struct Shortest<'a> {
    rows: Rows<'a>,
    from: u32,
    /// Steps in each path.
    pub length: usize,
    near_from: Side,
    near_to: Side,
    /// Of the nodes near the start, those from which a shortest path goes on.
    useful: FixedBitSet,
}

/// What came of looking for a shortest path.
pub enum Outcome<'a> {
    /// There are some.
    Found(Box<Shortest<'a>>),
    /// There are none within `max_length`; `beyond` tells whether there may be longer ones.
    Absent {
        /// Whether the search ended at `max_length` and not for want of steps.
        beyond: bool,
    },
    /// The budget ended before anything was known.
    OutOfBudget,
}

/// One side of the search.
struct Side {
    /// Steps from the side's end to each node, and one more; 0 where not reached.
    distance: Vec<u8>,
    frontier: Vec<u32>,
    depth: usize,
    /// Blocked nodes met.
    met: BTreeSet<u32>,
}

impl Side {
    fn new(end: u32, node_count: usize) -> Self {
        let mut distance = vec![0; node_count];
        distance[end as usize] = 1;
        Self { distance, frontier: vec![end], depth: 0, met: BTreeSet::new() }
    }

    fn at(&self, node: u32) -> Option<usize> {
        (self.distance[node as usize] as usize).checked_sub(1)
    }

    /// Goes one step on; says whether it met `other`, or none where the budget ended.
    fn advance(
        &mut self,
        rows: Rows<'_>,
        other: &Self,
        blocked: &dyn Fn(u32) -> bool,
        budget: &mut Budget,
    ) -> Option<bool> {
        let mut next = Vec::new();
        let mut met = false;
        for &node in &self.frontier {
            if !budget.spend(rows.width(node)) {
                return None;
            }
            for (_, node) in rows.places(node) {
                let slot = &mut self.distance[node as usize];
                if *slot != 0 {
                    continue;
                }
                if blocked(node) {
                    self.met.insert(node);
                    continue;
                }
                *slot = self.depth as u8 + 2;
                met |= other.distance[node as usize] != 0;
                next.push(node);
            }
        }
        self.frontier = next;
        self.depth += 1;
        Some(met)
    }
}

/// Looks for the shortest paths between two different nodes, and puts into `hubs` the blocked nodes
/// that stand between them: those met from both ends, or where no path was found from either.
///
/// Breadth first from both ends, always the smaller side, until they meet: in a graph where each step
/// multiplies the nodes reached, about the square root of the work of a search from one end. Time
/// O(relationships visited), at most those of `budget`; space two bytes a node.
pub fn shortest<'a>(rows: Rows<'a>, ends: &Ends<'_>, budget: &mut Budget, hubs: &mut Vec<u32>) -> Outcome<'a> {
    let mut near_from = Side::new(ends.from, rows.node_count());
    let mut near_to = Side::new(ends.to, rows.node_count());
    loop {
        let length = near_from.depth + near_to.depth;
        let exhausted = near_from.frontier.is_empty() || near_to.frontier.is_empty();
        if exhausted || length == ends.max_length {
            hubs.extend(near_from.met.union(&near_to.met));
            return Outcome::Absent { beyond: !exhausted };
        }
        let met = if near_from.frontier.len() <= near_to.frontier.len() {
            near_from.advance(rows, &near_to, ends.blocked, budget)
        } else {
            near_to.advance(rows.reversed(), &near_from, ends.blocked, budget)
        };
        match met {
            None => return Outcome::OutOfBudget,
            Some(false) => {}
            Some(true) => break,
        }
    }
    hubs.extend(near_from.met.intersection(&near_to.met));
    let useful = useful(rows, &near_from, &near_to);
    let length = near_from.depth + near_to.depth;
    Outcome::Found(Box::new(Shortest { rows, from: ends.from, length, near_from, near_to, useful }))
}

/// The nodes near the start from which a shortest path goes on, back from where the sides met.
fn useful(rows: Rows<'_>, near_from: &Side, near_to: &Side) -> FixedBitSet {
    let mut useful = FixedBitSet::with_capacity(rows.node_count());
    let met = |node: &u32| near_from.at(*node) == Some(near_from.depth) && near_to.at(*node) == Some(near_to.depth);
    // The side that went last met the other on its frontier; the other's frontier holds the same nodes.
    let mut level: Vec<u32> = near_from.frontier.iter().copied().filter(met).collect();
    useful.extend(level.iter().map(|node| *node as usize));
    for depth in (0..near_from.depth).rev() {
        let mut before = Vec::new();
        for &node in &level {
            for (_, other) in rows.reversed().places(node) {
                if near_from.at(other) == Some(depth) && !useful.put(other as usize) {
                    before.push(other);
                }
            }
        }
        level = before;
    }
    useful
}

impl Shortest<'_> {
    /// Lists the paths, by (kind, date, node) of their steps, until `visit` says false. Says whether
    /// the budget lasted.
    pub fn list(&self, budget: &mut Budget, mut visit: impl FnMut(&[Step]) -> bool) -> bool {
        let mut steps = Vec::with_capacity(self.length);
        self.extend(self.from, &mut steps, budget, &mut visit) != Some(Ended::OutOfBudget)
    }

    fn extend(
        &self,
        node: u32,
        steps: &mut Vec<Step>,
        budget: &mut Budget,
        visit: &mut impl FnMut(&[Step]) -> bool,
    ) -> Option<Ended> {
        if steps.len() == self.length {
            return (!visit(steps)).then_some(Ended::Enough);
        }
        if !budget.spend(self.rows.width(node)) {
            return Some(Ended::OutOfBudget);
        }
        let depth = steps.len() + 1;
        for step in self.rows.steps(node) {
            let goes_on = if depth <= self.near_from.depth {
                self.near_from.at(step.other) == Some(depth) && self.useful.contains(step.other as usize)
            } else {
                self.near_to.at(step.other) == Some(self.length - depth)
            };
            if goes_on {
                steps.push(step);
                let ended = self.extend(step.other, steps, budget, visit);
                steps.pop();
                if ended.is_some() {
                    return ended;
                }
            }
        }
        None
    }
}

/// Why a listing ended early.
#[derive(PartialEq, Eq)]
enum Ended {
    Enough,
    OutOfBudget,
}
