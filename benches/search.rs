//! How long a search takes over 100,000 nodes of made-up names, the real ones among them.
//!
//! `cargo bench --bench search` prints the median and the 95th percentile for each sort of question.

mod world;

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use pactgraph::dataset::{Files, ValidDataset};
use pactgraph::graph::{Graph, View};
use pactgraph::model::Language;

/// How many nodes there are in all.
const NODES: usize = 100_000;
/// How often each question is asked.
const ROUNDS: usize = 101;

fn graph() -> Graph {
    let records = ValidDataset::from_files(&Files::embedded()).expect("valid facts").into_records();
    let dataset = ValidDataset::from_records(world::beside(records, NODES), "0".repeat(64));
    let graph = Graph::new(dataset.unwrap_or_else(|faults| panic!("{}", faults.to_short())));
    let start = Instant::now();
    graph.prepare();
    println!("{} nodes indexed in {:.1?}", graph.counts().nodes, start.elapsed());
    graph
}

fn main() {
    let view = View::new(Arc::new(graph()));
    let questions = [
        ("a name", "Métis"),
        ("an acronym", "CMPA"),
        ("a rare word", "Kananaskis"),
        ("the commonest word", "minerals"),
        ("the commonest words", "critical minerals partnership"),
        ("a word being typed", "mi"),
        ("a typing error", "Kananaksis"),
        ("a typing error in a long word", "partnershpi"),
        ("words and a typing error", "minéraux critiques Allemange"),
        ("words of a language", "déclaration entre le Canada et l'Allemagne"),
        ("nothing at all", "wqxzvbkj"),
        ("nothing, of many words", "wqxzvbkj qqjjvvww xxzzwwqq vvkkqqzz jjxxqqww zzvvkkjj"),
    ];
    println!("{:<32} {:>8} {:>10} {:>10}", "question", "hits", "median", "95 %");
    let mut medians = Vec::new();
    for (what, text) in questions {
        let mut hits = 0;
        let mut times: Vec<Duration> = (0..ROUNDS)
            .map(|_| {
                let start = Instant::now();
                let mut found = view.search(text, Some(Language::En), None, None).expect("an answer");
                for hit in found.page(0..20) {
                    black_box(hit.matches());
                }
                hits = found.total();
                start.elapsed()
            })
            .collect();
        times.sort_unstable();
        medians.push(times[ROUNDS / 2]);
        println!("{what:<32} {hits:>8} {:>10.1?} {:>10.1?}", times[ROUNDS / 2], times[ROUNDS * 95 / 100]);
    }
    medians.sort_unstable();
    println!("median over all questions: {:.1?}", medians[medians.len() / 2]);
}
