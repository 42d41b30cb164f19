//! How long closures, shortest paths and simple paths take, each as a ratio to a plain breadth-first
//! search over compressed sparse rows on the same graph in the same run.
//!
//! `cargo bench --bench trace` prints a table for `benches/README.md`.

mod world;

use std::hint::black_box;
use std::time::Instant;

use pactgraph::dataset::{Files, ValidDataset};
use pactgraph::graph::trace::closure::closure;
use pactgraph::graph::trace::shortest::Ends;
use pactgraph::graph::trace::simple::simple;
use pactgraph::graph::trace::{Budget, Rows};
use pactgraph::graph::{Bounds, Follow, Graph, Step, SubgraphQuestion, View, Way};
use world::measure::measured;
use world::plain::Plain;
use world::questions::traces;

fn main() {
    println!("| question | ours | plain search | ratio | middle half |\n| --- | --- | --- | --- | --- |");
    for (nodes, rounds) in [(10_000, 101), (1_000_000, 9)] {
        let dataset = ValidDataset::from_records(world::world(nodes), "0".repeat(64));
        let graph = Graph::new(dataset.unwrap_or_else(|faults| panic!("{}", faults.to_short())));
        let [all, path] = traces(&graph, rounds);
        all.print(&format!("closure, {nodes} nodes"));
        path.print(&format!("shortest path, {nodes} nodes"));

        let rows = Rows::new(graph.adjacency(), None, Follow::ALL);
        let mut random = world::Random(7);
        let start = Instant::now();
        let (from, to) = (random.below(nodes) as u32, random.below(nodes) as u32);
        let ends = Ends { from, to, max_length: 12, blocked: &|_| false };
        let mut found = 0;
        let mut count = |_: &[Step], _: bool| {
            found += 1;
            true
        };
        let outcome = simple(rows, &ends, &[], &mut Budget::new(Bounds::default().work), &mut count);
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
    let plain = Plain::new(view.graph().adjacency());
    let germany = view.node("germany").expect("a node").number();
    println!("| on the real graph | ours | plain search | ratio | middle half |\n| --- | --- | --- | --- | --- |");
    let rows = Rows::new(view.graph().adjacency(), None, Follow::ALL);
    let all = |_| {
        black_box(closure(rows, &[germany], 32, |_| true, &mut Budget::new(u64::MAX / 4)).found.len());
    };
    let limit = |_| {
        black_box(plain.search(germany, None));
    };
    measured(1001, all, limit).print("closure");
    let subgraph = |_| {
        // A view is as old as its request, which has a budget of its own.
        let view = View::new(view.graph().clone());
        black_box(view.subgraph(&["germany"], &question).expect("a part of the graph").nodes.len());
    };
    measured(1001, subgraph, limit).print("subgraph of two steps");
}
