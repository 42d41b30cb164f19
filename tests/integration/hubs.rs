//! What hubs hide is counted and named: what a question finds where hubs are allowed, and does not find
//! where they are avoided, is what leads through the hubs it names, and nothing else.

use std::collections::BTreeSet;
use std::sync::Arc;

use pactgraph::graph::trace::closure::closure;
use pactgraph::graph::trace::hidden;
use pactgraph::graph::trace::shortest::Ends;
use pactgraph::graph::trace::{Budget, Hidden, Rows};
use pactgraph::graph::{
    Direction, HubPolicy, NodeFilter, PathMode, Paths, PathsQuestion, Reach, ReachQuestion, Step, StopReason,
    SubgraphQuestion, View,
};
use pactgraph::model::{Completeness, NodeKind, RelationshipKind};
use proptest::prelude::*;

use crate::queries::{REAL, WORLD};
use crate::trace::{World, cases, plenty, world};

/// A world in which `blocked` are hubs, nodes that are kept out, nodes behind which a walk stops, and
/// nodes that are listed.
fn question() -> impl Strategy<Value = (World, Vec<bool>, Vec<bool>, Vec<bool>)> {
    world().prop_flat_map(|world| {
        let some = |chance| prop::collection::vec(prop::bool::weighted(chance), world.nodes as usize);
        (Just(world.clone()), some(0.1), some(0.1), some(0.7))
    })
}

fn inner(path: &[Step]) -> impl Iterator<Item = u32> {
    path[..path.len() - 1].iter().map(|step| step.other)
}

/// What is hidden of paths, by definition.
fn hidden_paths(allowed: &[Vec<Step>], avoided: &[Vec<Step>], is_hub: impl Fn(u32) -> bool) -> Hidden {
    let hidden: Vec<_> = allowed.iter().filter(|path| !avoided.contains(path)).collect();
    let hubs: BTreeSet<u32> = hidden.iter().flat_map(|path| inner(path)).filter(|node| is_hub(*node)).collect();
    Hidden {
        by_hubs: hidden.len(),
        at_least: false,
        nearest: hidden.first().map(|path| path.len()),
        hubs: hubs.into_iter().collect(),
    }
}

/// The simple paths from any of `starts`, none of which is come to again.
fn walks(rows: Rows<'_>, starts: &[u32], longest: usize, passes: &dyn Fn(u32) -> bool) -> Vec<Vec<Step>> {
    let mut found = Vec::new();
    let mut open: Vec<(u32, Vec<Step>)> = starts.iter().map(|start| (*start, Vec::new())).collect();
    while let Some((start, path)) = open.pop() {
        let end = path.last().map_or(start, |step| step.other);
        if path.len() < longest && (path.is_empty() || passes(end)) {
            for step in rows.steps(end) {
                let back = starts.contains(&step.other) || path.iter().any(|before| before.other == step.other);
                if !back {
                    open.push((start, path.iter().copied().chain([step]).collect()));
                }
            }
        }
        if !path.is_empty() {
            found.push(path);
        }
    }
    found
}

fn ends_of(paths: &[Vec<Step>]) -> BTreeSet<u32> {
    paths.iter().filter_map(|path| path.last()).map(|step| step.other).collect()
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn hidden_paths_are_those_through_the_hubs_named((world, kept_out, ..) in question(), visits in 0u64..200) {
        let adjacency = world.adjacency();
        let rows = Rows::new(&adjacency, world.shown.as_ref(), world.follow);
        let is_kept_out = |node: u32| {
            kept_out[node as usize] && node != world.from && node != world.to && !world.via.contains(&node)
        };
        let is_hub = |node: u32| world.is_blocked(node);
        let all = world.nodes as usize;
        let allowed = world.naive_paths(rows, all, &is_kept_out);
        let avoided = world.naive_paths(rows, all, &|node| is_hub(node) || is_kept_out(node));
        let ends = Ends { from: world.from, to: world.to, max_length: world.max_length, blocked: &is_kept_out };

        let within = |paths: &[Vec<Step>]| paths.iter().filter(|path| path.len() <= world.max_length).cloned().collect::<Vec<_>>();
        let simple = |budget: &mut Budget| hidden::simple_paths(rows, &ends, &world.via, false, &is_hub, budget);
        let naive = hidden_paths(&within(&allowed), &within(&avoided), is_hub);
        prop_assert_eq!(&simple(&mut plenty()), &naive);
        let cut = simple(&mut Budget::new(visits));
        prop_assert!(cut == naive || cut.at_least && cut.by_hubs <= naive.by_hubs && cut.hubs.iter().all(|hub| naive.hubs.contains(hub)));

        // Those no longer than the shortest path without hubs; without one, the shortest.
        let free = avoided.first().map(Vec::len).filter(|length| *length <= world.max_length);
        let longest = free.or(allowed.first().map(Vec::len).filter(|length| *length <= world.max_length)).unwrap_or(0);
        let no_longer: Vec<_> = allowed.iter().filter(|path| path.len() <= longest).cloned().collect();
        let naive = hidden_paths(&no_longer, &avoided, is_hub);
        let shortest = |budget: &mut Budget| hidden::shortest_paths(rows, &ends, &world.via, free, &is_hub, budget);
        prop_assert_eq!(&shortest(&mut plenty()), &naive);
        let cut = shortest(&mut Budget::new(visits));
        prop_assert!(cut == naive || cut.at_least && cut.by_hubs <= naive.by_hubs);
    }

    #[test]
    fn hidden_nodes_are_those_behind_the_hubs_named(
        (world, _, until, listed) in question(), max_depth in 1usize..5, visits in 0u64..120,
    ) {
        let adjacency = world.adjacency();
        let rows = Rows::new(&adjacency, world.shown.as_ref(), world.follow);
        let starts = [world.from, world.to];
        let is_hub = |node: u32| world.blocked[node as usize];
        let passes = |node: u32| !until[node as usize];
        let is_listed = |node: u32| listed[node as usize];
        let hide = |budget: &mut Budget| {
            let avoided = closure(rows, &starts, max_depth, |node| passes(node) && !is_hub(node), budget);
            hidden::nodes(rows, &avoided, max_depth, passes, is_hub, is_listed, budget)
        };
        let found = hide(&mut plenty());

        let allowed = walks(rows, &starts, max_depth, &passes);
        let reached = |blocked: &dyn Fn(u32) -> bool| ends_of(&walks(rows, &starts, max_depth, &|node| passes(node) && !blocked(node)));
        let avoided = reached(&is_hub);
        let left_out: BTreeSet<u32> = ends_of(&allowed).difference(&avoided).copied().filter(|node| is_listed(*node)).collect();
        let hidden: Vec<_> = allowed.iter().filter(|path| left_out.contains(&path[path.len() - 1].other)).collect();
        prop_assert!(!found.at_least);
        prop_assert_eq!(found.by_hubs, left_out.len());
        prop_assert_eq!(found.nearest, hidden.iter().map(|path| path.len()).min());

        let named = |node: u32| found.hubs.contains(&node);
        prop_assert!(hidden.iter().all(|path| inner(path).any(named)), "each way to a hidden node leads through a hub named");
        for hub in &found.hubs {
            let first_hub = |path: &&&Vec<Step>| inner(path).find(|node| is_hub(*node)) == Some(*hub);
            prop_assert!(hidden.iter().any(|path| first_hub(&path)), "{hub} hides something");
        }
        let only_named: BTreeSet<u32> = reached(&named).into_iter().filter(|node| is_listed(*node)).collect();
        prop_assert_eq!(only_named, avoided.into_iter().filter(|node| is_listed(*node)).collect::<BTreeSet<_>>());

        let cut = hide(&mut Budget::new(visits));
        prop_assert!(cut == found || cut.at_least && cut.by_hubs <= found.by_hubs);
    }
}

/// A place among the nodes of the real data, and the kinds that are followed.
fn asked() -> impl Strategy<Value = (prop::sample::Index, prop::sample::Index, Vec<(RelationshipKind, Direction)>)> {
    let kind = prop::sample::select(&RelationshipKind::ALL[..]);
    let follow = prop::collection::vec(kind, 0..6)
        .prop_map(|kinds| kinds.into_iter().map(|kind| (kind, Direction::Any)).collect());
    (any::<prop::sample::Index>(), any::<prop::sample::Index>(), follow)
}

fn policies() -> [HubPolicy; 3] {
    [HubPolicy::Avoid, HubPolicy::AvoidDeclared, HubPolicy::Allow]
}

/// What is listed of paths: their relationships.
fn listed(paths: &Paths<'_>) -> BTreeSet<Vec<String>> {
    paths.paths.iter().map(|path| path.relationships().map(|r| r.id()).collect()).collect()
}

fn hits(reach: &Reach<'_>) -> BTreeSet<u32> {
    reach.reached.iter().map(|hit| hit.node.number()).collect()
}

proptest! {
    #![proptest_config(cases(150))]

    /// What is a hub depends on the policy alone, so to follow all kinds is to follow whatever there is.
    #[test]
    fn all_kinds_are_the_same_as_none((from, to, _) in asked(), mode in 0usize..3) {
        let view = View::new(REAL.clone());
        let nodes: Vec<&str> = view.nodes().map(|node| node.id()).collect();
        let (from, to) = (*from.get(&nodes), *to.get(&nodes));
        let every: Vec<_> = RelationshipKind::ALL.into_iter().map(|kind| (kind, Direction::Any)).collect();
        for hubs in policies() {
            let mode = [PathMode::Shortest, PathMode::AllShortest, PathMode::Simple][mode];
            let paths = |follow| {
                let view = View::new(REAL.clone());
                let question = PathsQuestion { mode, hubs, follow, max_length: 4, first: 100, ..PathsQuestion::default() };
                view.paths(from, to, &question).map(|paths| (listed(&paths), paths.total, paths.stopped, paths.hidden().clone())).ok()
            };
            prop_assert_eq!(paths(every.clone()), paths(Vec::new()));
            let reach = |follow| {
                let view = View::new(REAL.clone());
                let question = ReachQuestion { hubs, follow, max_depth: 3, ..ReachQuestion::default() };
                view.reach(&[from], &question).map(|reach| (hits(&reach), reach.stopped, reach.hidden().clone())).ok()
            };
            prop_assert_eq!(reach(every.clone()), reach(Vec::new()));
        }
    }

    /// Avoided and hidden together are what is allowed, in every kind of question that takes a policy.
    #[test]
    fn what_is_hidden_is_what_is_allowed_and_not_avoided((from, to, follow) in asked(), kind in prop::option::of(0usize..NodeKind::ALL.len())) {
        let view = View::new(REAL.clone());
        let nodes: Vec<&str> = view.nodes().map(|node| node.id()).collect();
        let (from, to) = (*from.get(&nodes), *to.get(&nodes));
        let filter = kind.map(|kind| NodeFilter { kinds: Some(vec![NodeKind::ALL[kind]]), ..NodeFilter::default() });
        for policy in policies() {
            let view = || View::new(Arc::clone(&REAL));
            let reach_with = |view: &View, hubs| {
                let question = ReachQuestion { hubs, follow: follow.clone(), filter: filter.clone(), max_depth: 3, until: None };
                let reach = view.reach(&[from], &question).expect("a valid question");
                (hits(&reach), reach.hidden().by_hubs)
            };
            let ((avoided, by_hubs), (allowed, none)) = (reach_with(&view(), policy), reach_with(&view(), HubPolicy::Allow));
            prop_assert!(avoided.is_subset(&allowed));
            prop_assert_eq!((allowed.len() - avoided.len(), 0), (by_hubs, none));

            let around = SubgraphQuestion { depth: 2, follow: follow.clone(), filter: filter.clone(), hubs: policy, limit: 2000 };
            let whole = SubgraphQuestion { hubs: HubPolicy::Allow, ..around.clone() };
            let size = |question| view().subgraph(&[from], question).map(|part| (part.nodes.len(), part.hidden().by_hubs)).expect("a valid question");
            let ((shown, hidden), (all, _)) = (size(&around), size(&whole));
            prop_assert_eq!(shown + hidden, all);

            for mode in [PathMode::AllShortest, PathMode::Simple] {
                let (avoiding, allowing) = (view(), view());
                let question = |mode, hubs, max_length| PathsQuestion {
                    mode, hubs, max_length, follow: follow.clone(), first: 500, ..PathsQuestion::default()
                };
                let Ok(avoided) = avoiding.paths(from, to, &question(mode, policy, 3)) else { continue };
                let allowed = match avoided.paths.first().filter(|_| mode == PathMode::AllShortest) {
                    Some(path) => question(PathMode::Simple, HubPolicy::Allow, path.length() as i32),
                    None => question(mode, HubPolicy::Allow, 3),
                };
                let allowed = allowing.paths(from, to, &allowed).expect("a valid question");
                if allowed.stopped >= StopReason::Page {
                    continue;
                }
                let hidden: BTreeSet<_> = listed(&allowed).difference(&listed(&avoided)).cloned().collect();
                prop_assert_eq!(avoided.hidden().by_hubs, hidden.len());
                let named: BTreeSet<String> = avoided.avoided_hubs().iter().map(|hub| hub.id().to_owned()).collect();
                let paths = allowed.paths.iter().filter(|path| hidden.contains(&path.relationships().map(|r| r.id()).collect::<Vec<_>>()));
                let inner = paths.flat_map(|path| path.steps().map(|step| step.from).skip(1).collect::<Vec<_>>());
                let hubs: BTreeSet<String> = inner.filter(|node| avoiding.avoids(node.number(), policy)).map(|hub| hub.id().to_owned()).collect();
                prop_assert_eq!(named, hubs);
            }
        }
    }
}

/// An answer has a caveat of every list that it walked and that is not known to be whole, and of no other.
#[test]
fn a_walk_has_the_caveats_of_the_lists_it_walked() {
    let view = View::new(WORLD.clone());
    let mut met = 0;
    for start in view.nodes() {
        for kind in RelationshipKind::ALL {
            for direction in [Direction::Out, Direction::In, Direction::Any] {
                let view = View::new(WORLD.clone());
                let question = ReachQuestion {
                    follow: vec![(kind, direction)],
                    max_depth: 2,
                    hubs: HubPolicy::Allow,
                    ..ReachQuestion::default()
                };
                let reach = view.reach(&[start.id()], &question).expect("a valid question");
                let walked = reach.reached.iter().filter(|hit| hit.depth < 2).map(|hit| hit.node).chain([start]);
                let expected: BTreeSet<&str> = walked
                    .filter(|node| {
                        direction.includes(Direction::In)
                            && node.membership().is_some_and(|m| m.whole != Completeness::Complete)
                    })
                    .filter(|node| {
                        let has = |kind| !node.neighbors(&[kind], Direction::In).is_empty();
                        if node.kind() == NodeKind::Agreement {
                            [RelationshipKind::PartyTo, RelationshipKind::Signed].contains(&kind)
                        } else if kind == RelationshipKind::ParticipatesIn {
                            has(kind) && !has(RelationshipKind::MemberOf)
                        } else {
                            kind == RelationshipKind::MemberOf
                        }
                    })
                    .map(|node| node.id())
                    .collect();
                let caveats: BTreeSet<&str> = reach.caveats().iter().map(|caveat| caveat.node.id()).collect();
                assert_eq!(caveats, expected, "{} {kind:?} {direction:?}", start.id());
                met += caveats.len();
            }
        }
    }
    assert!(met > 0, "some list is not whole");
}
