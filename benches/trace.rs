//! How long closures, shortest paths and simple paths take, each as a ratio to a plain breadth-first
//! search over compressed sparse rows on the same graph in the same run.
//!
//! `cargo bench --bench trace` prints a table for `benches/README.md`. Worlds are made up from a seed:
//! five relationships a node, signatories by Zipf's law, one hub.

use std::hint::black_box;
use std::time::{Duration, Instant};

use pactgraph::dataset::{Files, ValidDataset};
use pactgraph::graph::trace::closure::closure;
use pactgraph::graph::trace::shortest::{Ends, Outcome, shortest};
use pactgraph::graph::trace::simple::simple;
use pactgraph::graph::trace::{Budget, Rows};
use pactgraph::graph::{Adjacency, Bounds, Follow, Graph, Step, SubgraphQuestion, View, Way};
use pactgraph::model::RelationshipKind;

/// A seeded generator (splitmix64), so that every run has the same worlds.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> u32 {
        (self.next() % limit as u64) as u32
    }

    /// Small numbers far more often than large ones.
    fn zipf(&mut self, limit: usize) -> u32 {
        let share = f64::from(self.below(1 << 20)) / f64::from(1 << 20);
        ((limit as f64).powf(share) - 1.0) as u32
    }
}

/// A world: its rows for us, and the same as plain arrays for the limit.
struct World {
    adjacency: Adjacency,
    offsets: Vec<u32>,
    targets: Vec<u32>,
}

fn world(nodes: usize) -> World {
    let mut random = Random(2026);
    let mut relationships = Vec::with_capacity(nodes * 5);
    for node in 1..nodes as u32 {
        relationships.push((random.zipf(nodes), RelationshipKind::Signed, node));
        relationships.push((node, RelationshipKind::BuildsOn, random.below(node as usize)));
        relationships.push((node, RelationshipKind::Covers, random.below(nodes)));
        relationships.push((random.below(nodes), RelationshipKind::MemberOf, node));
        relationships.push((node, RelationshipKind::RefersTo, random.below(nodes)));
    }
    let adjacency =
        Adjacency::new(nodes, relationships.len(), |number| relationships[number as usize], |number| number);
    let mut offsets = vec![0];
    let mut targets = Vec::with_capacity(relationships.len() * 2);
    for node in 0..nodes as u32 {
        targets.extend(adjacency.others(adjacency.row(node)));
        offsets.push(targets.len() as u32);
    }
    World { adjacency, offsets, targets }
}

impl World {
    /// The limit: a plain search that notes parents, as a closure with witnesses must, and stops at
    /// `goal`.
    fn plain(&self, start: u32, goal: Option<u32>) -> usize {
        let mut parent = vec![u32::MAX; self.offsets.len() - 1];
        parent[start as usize] = start;
        let mut queue = vec![start];
        let mut head = 0;
        while let Some(&node) = queue.get(head) {
            head += 1;
            let row = self.offsets[node as usize] as usize..self.offsets[node as usize + 1] as usize;
            for &other in &self.targets[row] {
                if parent[other as usize] == u32::MAX {
                    parent[other as usize] = node;
                    if goal == Some(other) {
                        return queue.len();
                    }
                    queue.push(other);
                }
            }
        }
        queue.len()
    }
}

/// The medians of the time of each, asked in turn so that both see the same machine.
fn medians(rounds: usize, mut ours: impl FnMut(usize), mut limit: impl FnMut(usize)) -> (Duration, Duration) {
    let time = |work: &mut dyn FnMut(usize), round: usize| {
        let start = Instant::now();
        work(round);
        start.elapsed()
    };
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        a.push(time(&mut ours, round));
        b.push(time(&mut limit, round));
    }
    a.sort_unstable();
    b.sort_unstable();
    (a[rounds / 2], b[rounds / 2])
}

fn row(name: &str, (ours, limit): (Duration, Duration)) {
    let ratio = ours.as_secs_f64() / limit.as_secs_f64();
    println!("| {name} | {:.3} ms | {:.3} ms | {ratio:.2} |", ours.as_secs_f64() * 1e3, limit.as_secs_f64() * 1e3);
}

fn main() {
    println!("| question | ours | plain search | ratio |\n| --- | --- | --- | --- |");
    for (nodes, rounds) in [(10_000, 101), (1_000_000, 9)] {
        let world = world(nodes);
        let rows = Rows::new(&world.adjacency, None, Follow::ALL);
        let mut random = Random(7);
        let pairs: Vec<(u32, u32)> = (0..rounds).map(|_| (random.below(nodes), random.below(nodes))).collect();
        let plenty = || Budget::new(u64::MAX / 4);
        let all = |round: usize| {
            let found = closure(rows, &[pairs[round].0], 32, |_| true, &mut plenty());
            black_box(found.found.len());
        };
        let plain_all = |round: usize| {
            black_box(world.plain(pairs[round].0, None));
        };
        row(&format!("closure, {nodes} nodes"), medians(rounds, all, plain_all));
        let path = |round: usize| {
            let (from, to) = pairs[round];
            let ends = Ends { from, to, max_length: 32, blocked: &|_| false };
            let Outcome::Found(found) = shortest(rows, &ends, &mut plenty(), &mut Vec::new()) else { return };
            found.list(&mut plenty(), |steps| {
                black_box(steps.len());
                false
            });
        };
        let plain_path = |round: usize| {
            black_box(world.plain(pairs[round].0, Some(pairs[round].1)));
        };
        row(&format!("shortest path, {nodes} nodes"), medians(rounds, path, plain_path));

        let start = Instant::now();
        let (from, to) = pairs[0];
        let ends = Ends { from, to, max_length: 12, blocked: &|_| false };
        let mut found = 0;
        let mut count = |_: &[Step], _: bool| {
            found += 1;
            true
        };
        let outcome = simple(rows, &ends, &[], &mut Budget::new(Bounds::default().work), &mut Vec::new(), &mut count);
        let took = start.elapsed().as_secs_f64() * 1e3;
        println!(
            "\nSimple paths of at most 12 steps, {nodes} nodes: {found} found, budget used up: {}, {took:.0} ms\n",
            outcome.out_of_budget
        );
        let bytes = 2 * (2 * size_of::<u32>() + size_of::<Way>());
        println!("Memory: {bytes} bytes a relationship and 4 a node.\n");
    }
    let dataset = ValidDataset::from_files(&Files::embedded()).expect("valid facts");
    let view = View::new(std::sync::Arc::new(Graph::new(dataset)));
    let question = SubgraphQuestion { depth: 2, limit: 500, ..SubgraphQuestion::default() };
    let world = {
        let adjacency = view.graph().adjacency().clone();
        let mut offsets = vec![0];
        let mut targets = Vec::new();
        for node in 0..adjacency.node_count() as u32 {
            targets.extend(adjacency.others(adjacency.row(node)));
            offsets.push(targets.len() as u32);
        }
        World { adjacency, offsets, targets }
    };
    let germany = view.node("germany").expect("a node").number();
    println!("| on the real graph | ours | plain search | ratio |\n| --- | --- | --- | --- |");
    let rows = Rows::new(&world.adjacency, None, Follow::ALL);
    let all = |_| {
        black_box(closure(rows, &[germany], 32, |_| true, &mut Budget::new(u64::MAX / 4)).found.len());
    };
    row(
        "closure",
        medians(1001, all, |_| {
            black_box(world.plain(germany, None));
        }),
    );
    let subgraph = |_| {
        // A view is as old as its request, which has a budget of its own.
        let view = View::new(view.graph().clone());
        black_box(view.subgraph(&["germany"], &question).expect("a part of the graph").nodes.len());
    };
    row(
        "subgraph of two steps",
        medians(1001, subgraph, |_| {
            black_box(world.plain(germany, None));
        }),
    );
}
