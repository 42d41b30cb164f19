//! Paths that visit no node twice, shortest first.

use super::shortest::Ends;
use super::{Budget, Rows};
use crate::graph::Step;

/// What came of listing simple paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Whether `visit` ended the listing.
    pub enough: bool,
    /// Whether longer paths than `max_length` may exist.
    pub beyond: bool,
    /// Whether the budget ended first.
    pub out_of_budget: bool,
    /// Where `visit` did not end the listing: every path of so many steps or fewer was listed.
    pub whole_to: usize,
}

/// Lists the paths between two different nodes that visit no node twice and all nodes of `via`: by
/// length, then by (kind, date, node) of their steps. `visit` is told each path and whether it is the
/// first of its length, and ends the listing by saying false.
///
/// Deepens by one step at a time. Distances to the end, and to each of `via`, are measured once, from
/// there, and cut every branch that cannot arrive any more, so without `via` no branch is walked in
/// vain save for meeting itself. Their measuring takes at most half of `budget`; where that ends
/// early, a node not yet reached counts as one step further than the last level measured. Time
/// O(relationships visited); space a byte a node for the end and each of `via`.
pub fn simple(
    rows: Rows<'_>,
    ends: &Ends<'_>,
    via: &[u32],
    budget: &mut Budget<'_>,
    visit: &mut dyn FnMut(&[Step], bool) -> bool,
) -> Outcome {
    let mut measuring = budget.split(2);
    let mut measure = |end: u32, parts: u64| {
        let mut share = measuring.split(parts);
        let distances = Distances::new(rows.reversed(), end, ends, &mut share);
        measuring.join(share);
        distances
    };
    let mut to_via = Vec::with_capacity(via.len());
    for (position, &node) in via.iter().enumerate() {
        to_via.push((node, measure(node, (via.len() + 1 - position) as u64)));
    }
    let to_end = measure(ends.to, 1);
    budget.join(measuring);
    let mut walk = Walk {
        rows,
        ends,
        to_end,
        to_via,
        steps: Vec::with_capacity(ends.max_length),
        nodes: vec![ends.from],
        budget,
        first: true,
        beyond: false,
        visit,
    };
    let mut outcome = Outcome { enough: false, beyond: false, out_of_budget: false, whole_to: ends.max_length };
    let nearest = walk.bound(ends.from);
    walk.beyond = nearest > ends.max_length && nearest < FAR;
    for length in nearest..=ends.max_length {
        walk.first = true;
        match walk.extend(ends.from, length, length == ends.max_length) {
            Some(Ended::Enough) => outcome.enough = true,
            Some(Ended::OutOfBudget) => (outcome.out_of_budget, outcome.whole_to) = (true, length - 1),
            None => continue,
        }
        break;
    }
    outcome.beyond = walk.beyond && !outcome.enough;
    outcome
}

/// Further than any path goes.
const FAR: usize = usize::MAX / 4;

/// How far each node is from one end, at least.
struct Distances {
    /// Steps, and one more; 0 where not reached.
    steps: Vec<u8>,
    /// How far a node is, at least, that was not reached.
    elsewhere: usize,
}

impl Distances {
    /// Breadth first from `end`, along `rows`.
    fn new(rows: Rows<'_>, end: u32, ends: &Ends<'_>, budget: &mut Budget) -> Self {
        let mut steps = vec![0u8; rows.node_count()];
        steps[end as usize] = 1;
        let mut distances = Self { steps, elsewhere: FAR };
        let mut frontier = vec![end];
        for depth in 1..=ends.max_length {
            let mut next = Vec::new();
            for &node in &frontier {
                if !budget.spend(rows.width(node)) {
                    distances.elsewhere = depth;
                    return distances;
                }
                for (_, other) in rows.places(node) {
                    if distances.steps[other as usize] != 0 || (ends.blocked)(other) {
                        continue;
                    }
                    distances.steps[other as usize] = depth as u8 + 1;
                    // No path passes through either of its ends.
                    if other != ends.from && other != ends.to {
                        next.push(other);
                    }
                }
            }
            if next.is_empty() {
                return distances;
            }
            frontier = next;
        }
        distances.elsewhere = ends.max_length + 1;
        distances
    }

    fn from(&self, node: u32) -> usize {
        (self.steps[node as usize] as usize).checked_sub(1).unwrap_or(self.elsewhere)
    }
}

struct Walk<'a, 'b, 'w> {
    rows: Rows<'a>,
    ends: &'w Ends<'w>,
    to_end: Distances,
    to_via: Vec<(u32, Distances)>,
    steps: Vec<Step>,
    nodes: Vec<u32>,
    budget: &'w mut Budget<'b>,
    first: bool,
    beyond: bool,
    visit: &'w mut dyn FnMut(&[Step], bool) -> bool,
}

/// Why a listing ended early.
enum Ended {
    Enough,
    OutOfBudget,
}

impl Walk<'_, '_, '_> {
    /// How many steps a path from `node` still needs, at least, with the nodes of `via` that are not
    /// on it yet.
    fn bound(&self, node: u32) -> usize {
        let missing = self.to_via.iter().filter(|(via, _)| *via != node && !self.nodes.contains(via));
        let over = missing.map(|(via, distances)| distances.from(node).saturating_add(self.to_end.from(*via)));
        over.fold(self.to_end.from(node), usize::max)
    }

    /// Lists the paths that go on from `node` with `remaining` more steps.
    fn extend(&mut self, node: u32, remaining: usize, longest: bool) -> Option<Ended> {
        let rows = self.rows;
        if !self.budget.spend(rows.width(node)) {
            return Some(Ended::OutOfBudget);
        }
        for step in rows.steps(node) {
            let other = step.other;
            if other == self.ends.to {
                let all_visited = self.to_via.iter().all(|(via, _)| self.nodes.contains(via));
                if remaining == 1 && all_visited {
                    self.steps.push(step);
                    let goes_on = (self.visit)(&self.steps, self.first);
                    self.steps.pop();
                    self.first = false;
                    if !goes_on {
                        return Some(Ended::Enough);
                    }
                }
                continue;
            }
            if self.nodes.contains(&other) || (self.ends.blocked)(other) {
                continue;
            }
            let bound = self.bound(other);
            if bound > remaining - 1 {
                self.beyond |= longest && bound < FAR;
                continue;
            }
            self.steps.push(step);
            self.nodes.push(other);
            let ended = self.extend(other, remaining - 1, longest);
            self.steps.pop();
            self.nodes.pop();
            if ended.is_some() {
                return ended;
            }
        }
        None
    }
}
