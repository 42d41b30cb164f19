//! Shortest paths, searched from both ends at once.

use std::collections::{BTreeMap, BTreeSet};

use fixedbitset::FixedBitSet;

use super::{Budget, Hidden, Rows};
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
    /// The budget ended before a path was found.
    OutOfBudget {
        /// No path has so many steps or fewer.
        none_to: usize,
    },
}

/// One side of the search.
struct Side {
    /// Steps from the side's end to each node, and one more; 0 where not reached.
    distance: Vec<u8>,
    frontier: Vec<u32>,
    depth: usize,
}

impl Side {
    fn new(end: u32, node_count: usize) -> Self {
        let mut distance = vec![0; node_count];
        distance[end as usize] = 1;
        Self { distance, frontier: vec![end], depth: 0 }
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
                if *slot != 0 || blocked(node) {
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

/// Looks for the shortest paths between two different nodes.
///
/// Breadth first from both ends, always the smaller side, until they meet: in a graph where each step
/// multiplies the nodes reached, about the square root of the work of a search from one end. Time
/// O(relationships visited), at most those of `budget`; space two bytes a node.
pub fn shortest<'a>(rows: Rows<'a>, ends: &Ends<'_>, budget: &mut Budget) -> Outcome<'a> {
    let mut near_from = Side::new(ends.from, rows.node_count());
    let mut near_to = Side::new(ends.to, rows.node_count());
    loop {
        let length = near_from.depth + near_to.depth;
        let exhausted = near_from.frontier.is_empty() || near_to.frontier.is_empty();
        if exhausted || length == ends.max_length {
            return Outcome::Absent { beyond: !exhausted };
        }
        let met = if near_from.frontier.len() <= near_to.frontier.len() {
            near_from.advance(rows, &near_to, ends.blocked, budget)
        } else {
            near_to.advance(rows.reversed(), &near_from, ends.blocked, budget)
        };
        match met {
            None => return Outcome::OutOfBudget { none_to: length },
            Some(false) => {}
            Some(true) => break,
        }
    }
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

    /// Whether a shortest path that has come to a node on it goes on to `other`, its node at `depth`.
    fn goes_to(&self, other: u32, depth: usize) -> bool {
        if depth <= self.near_from.depth {
            self.near_from.at(other) == Some(depth) && self.useful.contains(other as usize)
        } else {
            self.near_to.at(other) == Some(self.length - depth)
        }
    }

    /// Counts the paths that pass through hubs, without listing them, and names those hubs.
    ///
    /// Time O(relationships of the nodes on shortest paths, times log of their number).
    pub fn through(&self, is_hub: impl Fn(u32) -> bool, budget: &mut Budget) -> Hidden {
        let mut hubs = BTreeSet::new();
        // Of each node at one distance: the paths to it that pass through no hub, and those that do.
        let mut level = BTreeMap::from([(self.from, (1u64, 0u64))]);
        for depth in 1..=self.length {
            let mut next = BTreeMap::<u32, (u64, u64)>::new();
            for (node, (free, through)) in level {
                if !budget.spend(self.rows.width(node)) {
                    return Hidden::stopped(0, hubs);
                }
                for (_, other) in self.rows.places(node).filter(|(_, other)| self.goes_to(*other, depth)) {
                    let slot = next.entry(other).or_default();
                    if depth < self.length && is_hub(other) {
                        hubs.insert(other);
                        slot.1 = slot.1.saturating_add(free).saturating_add(through);
                    } else {
                        slot.0 = slot.0.saturating_add(free);
                        slot.1 = slot.1.saturating_add(through);
                    }
                }
            }
            level = next;
        }
        let through: u64 = level.into_values().map(|(_, through)| through).fold(0, u64::saturating_add);
        Hidden::counted(through, (through > 0).then_some(self.length), hubs)
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
            if self.goes_to(step.other, depth) {
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
