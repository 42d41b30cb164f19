//! Every search against a naive enumeration, on thousands of small random multigraphs: parallel
//! relationships, relationships from a node to itself, cycles, parts that are not connected.

use std::collections::{BTreeMap, BTreeSet};

use fixedbitset::FixedBitSet;
use pactgraph::graph::trace::closure::{Closure, closure};
use pactgraph::graph::trace::shortest::{Ends, Outcome, shortest};
use pactgraph::graph::trace::simple::simple;
use pactgraph::graph::trace::{Budget, Rows};
use pactgraph::graph::{Adjacency, Direction, Follow, Step, StopReason};
use pactgraph::model::RelationshipKind;
use proptest::prelude::*;

const KINDS: [RelationshipKind; 3] = [RelationshipKind::BuildsOn, RelationshipKind::Covers, RelationshipKind::Signed];

/// A small multigraph and a question.
#[derive(Debug, Clone)]
pub struct World {
    pub nodes: u32,
    pub relationships: Vec<(u32, RelationshipKind, u32)>,
    pub dates: Vec<u8>,
    pub shown: Option<FixedBitSet>,
    pub follow: Follow,
    /// Nodes that are not passed through: hubs, where the question is about them.
    pub blocked: Vec<bool>,
    pub from: u32,
    pub to: u32,
    pub via: Vec<u32>,
    pub max_length: usize,
}

impl World {
    pub fn adjacency(&self) -> Adjacency {
        let ends = |relationship: u32| self.relationships[relationship as usize];
        let rank = |relationship: u32| self.dates[relationship as usize];
        Adjacency::new(self.nodes as usize, self.relationships.len(), ends, rank)
    }

    pub fn is_blocked(&self, node: u32) -> bool {
        self.blocked[node as usize] && node != self.from && node != self.to && !self.via.contains(&node)
    }

    /// Every simple path of at most `longest` steps from `from` to `to` through no node that is blocked, in
    /// the promised order.
    pub fn naive_paths(&self, rows: Rows<'_>, longest: usize, blocked: &dyn Fn(u32) -> bool) -> Vec<Vec<Step>> {
        let mut found = Vec::new();
        let mut open = vec![Vec::<Step>::new()];
        while let Some(path) = open.pop() {
            let end = path.last().map_or(self.from, |step| step.other);
            if end == self.to {
                let visits = |via: &u32| path.iter().any(|step| step.other == *via);
                if self.via.iter().all(visits) {
                    found.push(path);
                }
                continue;
            }
            for step in rows.steps(end) {
                let back = step.other == self.from || path.iter().any(|before| before.other == step.other);
                if path.len() < longest && !back && !blocked(step.other) {
                    open.push(path.iter().copied().chain([step]).collect());
                }
            }
        }
        let place =
            |node: u32, step: &Step| rows.steps(node).position(|other| other == *step).expect("a step of the node");
        let order = |path: &Vec<Step>| {
            let starts = std::iter::once(self.from).chain(path.iter().map(|step| step.other));
            (path.len(), starts.zip(path).map(|(node, step)| place(node, step)).collect::<Vec<_>>())
        };
        found.sort_by_key(order);
        found
    }
}

pub fn world() -> impl Strategy<Value = World> {
    (2u32..8, 0usize..14, 1usize..6).prop_flat_map(|(nodes, count, max_length)| {
        let relationship = (0..nodes, 0..KINDS.len(), 0..nodes).prop_map(|(from, kind, to)| (from, KINDS[kind], to));
        let direction = prop_oneof![Just(Direction::Out), Just(Direction::In), Just(Direction::Any)];
        let follow = prop::collection::vec(((0..KINDS.len()).prop_map(|kind| KINDS[kind]), direction), 0..4);
        (
            prop::collection::vec(relationship, count),
            prop::collection::vec(0u8..3, count),
            prop::option::of(prop::collection::vec(prop::bool::weighted(0.8), count)),
            follow,
            prop::collection::vec(prop::bool::weighted(0.2), nodes as usize),
            (0..nodes, 1..nodes),
            prop::collection::vec(0..nodes, 0..3),
        )
            .prop_map(move |(relationships, dates, shown, follow, blocked, (from, offset), via)| {
                let to = (from + offset) % nodes;
                let via: BTreeSet<u32> = via.into_iter().filter(|node| *node != from && *node != to).collect();
                World {
                    nodes,
                    relationships,
                    dates,
                    shown: shown
                        .map(|bits| bits.into_iter().enumerate().filter(|(_, bit)| *bit).map(|(n, _)| n).collect()),
                    follow: Follow::new(&follow),
                    blocked,
                    from,
                    to,
                    via: via.into_iter().collect(),
                    max_length,
                }
            })
    })
}

pub fn plenty() -> Budget<'static> {
    Budget::new(u64::MAX / 4)
}

/// So many cases; as many as `PROPTEST_CASES` says, where it does.
pub fn cases(default: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(default), failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(10_000))]

    #[test]
    fn closures_are_those_of_a_naive_walk(world in world(), max_depth in 1usize..5) {
        let adjacency = world.adjacency();
        let rows = Rows::new(&adjacency, world.shown.as_ref(), world.follow);
        let passes = |node: u32| !world.blocked[node as usize];
        let starts = [world.from, world.to];
        let found = closure(rows, &starts, max_depth, passes, &mut plenty());

        // Distances, relaxed until nothing changes.
        let mut naive: BTreeMap<u32, u32> = starts.iter().map(|start| (*start, 0)).collect();
        loop {
            let before = naive.clone();
            for (&node, &depth) in &before {
                if depth == 0 || passes(node) {
                    for step in rows.steps(node) {
                        let slot = naive.entry(step.other).or_insert(u32::MAX);
                        *slot = (*slot).min(depth + 1);
                    }
                }
            }
            if naive == before {
                break;
            }
        }
        let within: BTreeMap<u32, u32> = naive.iter().filter(|(_, d)| **d as usize <= max_depth).map(|(n, d)| (*n, *d)).collect();
        let got: BTreeMap<u32, u32> = found.found.iter().enumerate().map(|(position, node)| (node.node, found.depth(position) as u32)).collect();
        prop_assert_eq!(got.len(), found.found.len(), "each node once");
        prop_assert_eq!(&got, &within);
        let more = naive.len() > within.len();
        prop_assert_eq!(found.stopped, if more { StopReason::MaxDepth } else { StopReason::None });

        for position in 0..found.found.len() {
            let (start, steps) = found.witness(rows, position);
            prop_assert!(starts.contains(&start));
            prop_assert_eq!(steps.len(), found.depth(position));
            let mut node = start;
            for step in &steps {
                prop_assert!(node == start || passes(node), "walks through {node}");
                prop_assert!(rows.steps(node).any(|other| other == *step), "a step of {node}");
                node = step.other;
            }
            prop_assert_eq!(node, found.found[position].node);
        }
    }

    #[test]
    fn shortest_paths_are_those_of_a_naive_enumeration(world in world()) {
        let world = World { via: Vec::new(), ..world };
        let adjacency = world.adjacency();
        let rows = Rows::new(&adjacency, world.shown.as_ref(), world.follow);
        let blocked = |node| world.is_blocked(node);
        let all = world.naive_paths(rows, world.nodes as usize, &blocked);
        let length = all.first().map_or(usize::MAX, Vec::len);
        let ends = Ends { from: world.from, to: world.to, max_length: world.max_length, blocked: &blocked };
        match shortest(rows, &ends, &mut plenty()) {
            Outcome::Found(found) => {
                let mut listed = Vec::new();
                let lasted = found.list(&mut plenty(), |steps| { listed.push(steps.to_vec()); true });
                prop_assert!(lasted);
                let naive: Vec<_> = all.into_iter().filter(|path| path.len() == length).collect();
                prop_assert_eq!(listed, naive);
                prop_assert_eq!(found.length, length);
            }
            Outcome::Absent { beyond } => {
                prop_assert!(length > world.max_length);
                prop_assert!(beyond || all.is_empty(), "longer paths are not denied");
            }
            Outcome::OutOfBudget { .. } => prop_assert!(false, "the budget was plenty"),
        }
    }

    #[test]
    fn simple_paths_are_those_of_a_naive_enumeration(world in world()) {
        let adjacency = world.adjacency();
        let rows = Rows::new(&adjacency, world.shown.as_ref(), world.follow);
        let blocked = |node| world.is_blocked(node);
        let all = world.naive_paths(rows, world.nodes as usize, &blocked);
        let ends = Ends { from: world.from, to: world.to, max_length: world.max_length, blocked: &blocked };
        let (mut listed, mut firsts) = (Vec::new(), Vec::new());
        let outcome = simple(rows, &ends, &world.via, &mut plenty(), &mut |steps, first| {
            if first { firsts.push(steps.len()); }
            listed.push(steps.to_vec());
            true
        });
        let (naive, longer): (Vec<_>, Vec<_>) = all.into_iter().partition(|path| path.len() <= world.max_length);
        let lengths: BTreeSet<usize> = naive.iter().map(Vec::len).collect();
        prop_assert_eq!(&listed, &naive);
        prop_assert_eq!(firsts, lengths.into_iter().collect::<Vec<_>>());
        prop_assert!(!outcome.enough && !outcome.out_of_budget);
        prop_assert!(outcome.beyond || longer.is_empty(), "longer paths are not denied");
        prop_assert_eq!(outcome.whole_to, world.max_length);
    }

    #[test]
    fn a_small_budget_lists_only_true_paths_and_says_so(world in world(), visits in 0u64..60) {
        let adjacency = world.adjacency();
        let rows = Rows::new(&adjacency, world.shown.as_ref(), world.follow);
        let blocked = |node| world.is_blocked(node);
        let all: Vec<_> = world.naive_paths(rows, world.max_length, &blocked);
        let ends = Ends { from: world.from, to: world.to, max_length: world.max_length, blocked: &blocked };
        let mut listed = Vec::new();
        let outcome = simple(rows, &ends, &world.via, &mut Budget::new(visits), &mut |steps, _| {
            listed.push(steps.to_vec());
            true
        });
        prop_assert!(listed.iter().all(|path| all.contains(path)));
        prop_assert!(outcome.out_of_budget || listed == all);
        let whole = all.iter().take_while(|path| path.len() <= outcome.whole_to).count();
        prop_assert_eq!(listed.get(..whole), Some(&all[..whole]), "whole up to {} steps", outcome.whole_to);

        match shortest(rows, &ends, &mut Budget::new(visits)) {
            Outcome::OutOfBudget { none_to } => {
                let without_via = World { via: Vec::new(), ..world.clone() };
                prop_assert!(without_via.naive_paths(rows, none_to, &blocked).is_empty());
            }
            Outcome::Found(_) | Outcome::Absent { .. } => {}
        }

        let found = closure(rows, &[world.from], 4, |_| true, &mut Budget::new(visits));
        let whole = closure(rows, &[world.from], 4, |_| true, &mut plenty());
        let near = |closure: &Closure| -> BTreeSet<u32> {
            let near = closure.found.iter().enumerate().filter(|(position, _)| closure.depth(*position) <= found.whole_to);
            near.map(|(_, found)| found.node).collect()
        };
        prop_assert_eq!(near(&found), near(&whole), "whole up to {} steps", found.whole_to);
        prop_assert!(found.whole_to == 4 || found.stopped == StopReason::WorkBudget);
        for position in 0..found.found.len() {
            prop_assert_eq!(found.witness(rows, position).1.len(), found.depth(position));
        }
        prop_assert!(found.stopped == StopReason::WorkBudget || found.found.len() == whole.found.len());
    }
}
