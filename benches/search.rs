//! How long a search takes over 100,000 nodes of made-up names, the real ones among them.
//!
//! `cargo bench --bench search` prints the median and the 95th percentile for each sort of question.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use pactgraph::dataset::{Files, Records, ValidDataset};
use pactgraph::graph::{Graph, View};
use pactgraph::model::{Details, Language, Localized, Node, NodeKind, RelationshipKind, Statement};

/// How many nodes there are in all.
const NODES: usize = 100_000;
/// How many different made-up words there are; natural texts of this size have about as many.
const WORDS: usize = 30_000;
/// How often each question is asked.
const ROUNDS: usize = 101;

/// A seeded generator (splitmix64), so that every run has the same names.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// Small numbers far more often than large ones, as with the words of a language.
    fn skewed(&mut self, limit: usize) -> usize {
        let share = self.below(1 << 20) as f64 / f64::from(1 << 20);
        ((limit as f64).powf(share) - 1.0) as usize
    }
}

fn made_up_words(random: &mut Random) -> Vec<String> {
    const SYLLABLES: [&str; 40] = [
        "al", "ber", "ca", "dé", "en", "fo", "gra", "hy", "in", "jo", "ka", "li", "mé", "na", "or", "pla", "qué", "ri",
        "sa", "ti", "ul", "va", "wi", "xe", "yu", "zé", "mi", "ne", "ra", "ux", "cri", "tic", "al", "tion", "ment",
        "ium", "ance", "ship", "er", "s",
    ];
    let word = |random: &mut Random| (0..2 + random.below(3)).map(|_| SYLLABLES[random.below(40)]).collect();
    (0..WORDS).map(|_| word(random)).collect()
}

fn graph() -> Graph {
    let files = Files::embedded();
    let mut records = ValidDataset::from_files(&files).expect("valid facts").into_records();
    let digest = files.digest();
    let pattern = records.nodes.iter().find(|node| node.kind() == NodeKind::Theme).expect("a theme").clone();
    let covers = records.statements.iter().filter(|statement| statement.kind == RelationshipKind::Covers);
    let covers: Vec<Statement> = covers.cloned().collect();
    let mut random = Random(2026);
    let words = made_up_words(&mut random);
    let common = ["Canada", "critical", "minerals", "minéraux", "critiques", "partnership", "déclaration"];
    let text = |random: &mut Random, length: usize| {
        let word = |random: &mut Random| match random.below(8) {
            0 => common[random.below(common.len())],
            _ => words[random.skewed(WORDS)].as_str(),
        };
        (0..length).map(|_| word(random)).collect::<Vec<_>>().join(" ")
    };
    let both =
        |random: &mut Random, length| Localized { en: text(random, length).into(), fr: text(random, length).into() };
    for number in records.nodes.len()..NODES {
        let mut node = Node { details: Details::Theme, ..pattern.clone() };
        node.id = format!("made-up-{number}").parse().expect("an id");
        let length = 3 + random.below(6);
        node.name.text = both(&mut random, length);
        node.summary = both(&mut random, 15);
        let statement = &covers[random.below(covers.len())];
        records.statements.push(Statement { to: node.id.clone(), ..statement.clone() });
        records.nodes.push(node);
    }
    let Records { nodes, statements, sources, release } = records;
    let dataset = ValidDataset::from_records(Records { nodes, statements, sources, release }, digest);
    let start = Instant::now();
    let graph = Graph::new(dataset.expect("valid facts"));
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
