//! What a question that avoids hubs leaves out, and because of which hubs.

use std::collections::BTreeSet;

use super::closure::{Closure, closure};
use super::shortest::{Ends, Outcome, shortest};
use super::simple::simple;
use super::{Budget, Rows};

/// What was left out because it leads through hubs: what the same question finds where hubs are
/// allowed, and does not find where they are avoided.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hidden {
    /// How many paths or nodes.
    pub by_hubs: usize,
    /// Whether there may be more, since the budget ended before all were counted.
    pub at_least: bool,
    /// How many steps the shortest of the paths has, or how far the nearest of the nodes is; none where
    /// none was found.
    pub nearest: Option<usize>,
    /// The hubs through which they lead, by number; where the budget ended, those known by then.
    pub hubs: Vec<u32>,
}

/// The most that is counted, which is what a GraphQL `Int` holds.
const MOST: u64 = i32::MAX as u64;

impl Hidden {
    /// All of them were counted.
    pub(super) fn counted(count: u64, nearest: Option<usize>, hubs: impl IntoIterator<Item = u32>) -> Self {
        let by_hubs = count.min(MOST) as usize;
        Self { by_hubs, at_least: count > MOST, nearest, hubs: hubs.into_iter().collect() }
    }

    /// The budget ended when so many were counted.
    pub(super) fn stopped(count: u64, hubs: impl IntoIterator<Item = u32>) -> Self {
        Self { at_least: true, ..Self::counted(count, None, hubs) }
    }
}

/// The paths that pass through hubs and are no longer than the shortest that avoids them, which has
/// `shortest_free` steps; where there is none, those as short as the shortest of all. `ends` block what a
/// path may not pass through even where hubs are allowed.
///
/// Time O(relationships visited), at most those of `budget`. Where nothing is shorter than
/// `shortest_free`, the paths are counted without being walked one by one.
pub fn shortest_paths(
    rows: Rows<'_>,
    ends: &Ends<'_>,
    via: &[u32],
    shortest_free: Option<usize>,
    is_hub: &dyn Fn(u32) -> bool,
    budget: &mut Budget,
) -> Hidden {
    let no_longer = Ends { max_length: shortest_free.unwrap_or(ends.max_length), ..*ends };
    if via.is_empty() {
        match shortest(rows, &no_longer, budget) {
            Outcome::Absent { .. } => return Hidden::default(),
            Outcome::OutOfBudget { .. } => return Hidden::stopped(0, []),
            Outcome::Found(found) if shortest_free.is_none_or(|length| length == found.length) => {
                return found.through(is_hub, budget);
            }
            Outcome::Found(_) => {}
        }
    }
    simple_paths(rows, &no_longer, via, shortest_free.is_none(), is_hub, budget)
}

/// The paths that visit no node twice and all nodes of `via`, and pass through hubs: all of them, or
/// with `only_shortest` those as short as the shortest of all.
///
/// Time O(relationships visited), at most those of `budget`: each path is walked.
pub fn simple_paths(
    rows: Rows<'_>,
    ends: &Ends<'_>,
    via: &[u32],
    only_shortest: bool,
    is_hub: &dyn Fn(u32) -> bool,
    budget: &mut Budget,
) -> Hidden {
    let (mut count, mut nearest, mut listed) = (0u64, None, 0u64);
    let mut hubs = BTreeSet::new();
    let outcome = simple(rows, ends, via, budget, &mut |steps, first_of_length| {
        if only_shortest && first_of_length && listed > 0 {
            return false;
        }
        listed += 1;
        let inner = steps[..steps.len() - 1].iter().map(|step| step.other);
        let passed: Vec<u32> = inner.filter(|node| is_hub(*node)).collect();
        if !passed.is_empty() {
            hubs.extend(passed);
            count += 1;
            nearest.get_or_insert(steps.len());
        }
        true
    });
    let hidden = if outcome.out_of_budget { Hidden::stopped(count, hubs) } else { Hidden::counted(count, None, hubs) };
    Hidden { nearest, ..hidden }
}

/// The nodes that are listed and reached within `max_depth` steps only through hubs. `avoided` is the walk
/// that went on from no hub; where hubs are allowed, a walk goes on from the nodes of `passes`.
///
/// A hub is named where a path of at most `max_depth` steps leads through it to a node left out, and no
/// node behind it on that path is reached as soon without hubs: it is the place where such a path
/// leaves what was walked. So whatever is left out lies behind one of those named on every path to it.
///
/// Time O(relationships visited), at most those of `budget`; space 12 bytes a node.
pub fn nodes(
    rows: Rows<'_>,
    avoided: &Closure,
    max_depth: usize,
    passes: impl Fn(u32) -> bool,
    is_hub: impl Fn(u32) -> bool,
    is_listed: impl Fn(u32) -> bool,
    budget: &mut Budget,
) -> Hidden {
    let blocks = |node: u32| is_hub(node) && passes(node);
    // How far each node is without hubs; further than anything where it is not reached.
    let mut distance = vec![u32::MAX; rows.node_count()];
    let mut met = Vec::new();
    let mut starts = Vec::new();
    for (position, found) in avoided.found.iter().enumerate() {
        let depth = avoided.depth(position);
        distance[found.node as usize] = depth as u32;
        if depth == 0 {
            starts.push(found.node);
        } else if depth < max_depth && blocks(found.node) {
            met.push(found.node);
        }
    }
    met.sort_unstable();
    if avoided.whole_to < max_depth {
        // What was not found may have been, without hubs, with more work.
        return Hidden::stopped(0, met);
    }
    if met.is_empty() {
        return Hidden::default();
    }
    let allowed = closure(rows, &starts, max_depth, &passes, budget);
    let is_left_out = |node: u32| distance[node as usize] == u32::MAX && is_listed(node);
    let left_out = allowed.found.iter().enumerate().filter(|(_, found)| is_left_out(found.node));
    let (positions, left_out): (Vec<usize>, Vec<u32>) =
        left_out.map(|(position, found)| (position, found.node)).unzip();
    let nearest = positions.first().map(|position| allowed.depth(*position));
    let count = left_out.len() as u64;
    let goes_on = |node: u32| distance[node as usize] == 0 || passes(node);
    if allowed.whole_to == max_depth
        && let Some(latest) = leading(rows, &distance, &left_out, max_depth, goes_on, budget)
    {
        met.retain(|hub| distance[*hub as usize] < latest[*hub as usize]);
        return Hidden::counted(count, nearest, met);
    }
    Hidden { nearest, ..Hidden::stopped(count, met) }
}

/// For each node, the latest step, and one more, at which a path may come to it and still reach one of
/// `left_out` within `max_depth` steps, along nodes that are not reached as soon without hubs; 0 where it
/// cannot. None where the budget ended.
fn leading(
    rows: Rows<'_>,
    distance: &[u32],
    left_out: &[u32],
    max_depth: usize,
    passes: impl Fn(u32) -> bool,
    budget: &mut Budget,
) -> Option<Vec<u32>> {
    let mut latest = vec![0u32; distance.len()];
    // Nodes by the latest step at which they may stand on such a path.
    let mut by_step = vec![Vec::new(); max_depth + 1];
    for &node in left_out {
        latest[node as usize] = max_depth as u32 + 1;
        by_step[max_depth].push(node);
    }
    for step in (1..=max_depth).rev() {
        for node in std::mem::take(&mut by_step[step]) {
            if !budget.spend(rows.width(node)) {
                return None;
            }
            for (_, before) in rows.reversed().places(node) {
                let slot = &mut latest[before as usize];
                if *slot != 0 || !passes(before) {
                    continue;
                }
                *slot = step as u32;
                // A path that comes to a node no sooner than it is reached without hubs needs none before it.
                let sooner = distance[before as usize].checked_sub(1).map_or(0, |sooner| sooner as usize);
                by_step[sooner.min(step - 1)].push(before);
            }
        }
    }
    Some(latest)
}
