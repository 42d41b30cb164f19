//! What is asked of a world to see how its costs grow.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use pactgraph::graph::trace::closure::closure;
use pactgraph::graph::trace::shortest::{Ends, Outcome, shortest};
use pactgraph::graph::trace::{Budget, Rows};
use pactgraph::graph::{Direction, Filter, Follow, Graph, NodeFilter, Quantifier, RelatedFilter, View};
use pactgraph::model::{Certainty, DateRange, Language, NodeKind, RelationshipKind};

use super::Random;
use super::measure::{Measured, measured, median, milliseconds};
use super::plain::Plain;

/// Pages have so many nodes.
const PAGE: usize = 50;

/// A closure of all that is connected, and a shortest path between two nodes; both to a plain search.
pub fn traces(graph: &Graph, rounds: usize) -> [Measured; 2] {
    let nodes = graph.counts().nodes;
    let plain = Plain::new(graph.adjacency());
    let rows = Rows::new(graph.adjacency(), None, Follow::ALL);
    let mut random = Random(7);
    let pairs: Vec<_> = (0..rounds).map(|_| (random.below(nodes) as u32, random.below(nodes) as u32)).collect();
    let plenty = || Budget::new(u64::MAX / 4);
    let all = |round: usize| {
        black_box(closure(rows, &[pairs[round].0], 32, |_| true, &mut plenty()).found.len());
    };
    let plain_all = |round: usize| {
        black_box(plain.search(pairs[round].0, None));
    };
    let path = |round: usize| {
        let (from, to) = pairs[round];
        let ends = Ends { from, to, max_length: 32, blocked: &|_| false };
        let Outcome::Found(found) = shortest(rows, &ends, &mut plenty()) else { return };
        found.list(&mut plenty(), |steps| {
            black_box(steps.len());
            false
        });
    };
    let plain_path = |round: usize| {
        black_box(plain.search(pairs[round].0, Some(pairs[round].1)));
    };
    [measured(rounds, all, plain_all), measured(rounds, path, plain_path)]
}

/// The time of a search for words that many nodes have, for a rare word and for one with a typing error;
/// the median of all, in milliseconds.
pub fn search(view: &View, rounds: usize) -> f64 {
    let texts = ["critical minerals partnership", "made-up-0000123", "minerasl", "partnership"];
    median((0..rounds * texts.len()).map(|round| {
        let start = Instant::now();
        let mut found = view.search(texts[round % texts.len()], Some(Language::En), None, None).expect("an answer");
        for hit in found.page(0..20) {
            black_box(hit.matches());
        }
        milliseconds(start.elapsed())
    }))
}

/// The first page of agreements that fit, and how many there are, by index and by looking at each.
pub fn filters(graph: &Arc<Graph>, rounds: usize) -> Vec<(&'static str, usize, Measured)> {
    let view = View::new(graph.clone());
    let range = |from: &str, to: &str| {
        let range = DateRange { from: from.parse().ok(), to: to.parse().ok() };
        NodeFilter { date: Some((range, Certainty::Possible)), ..NodeFilter::default() }
    };
    let beside = |kind, direction, id: &str| {
        let ids = NodeFilter { ids: Some(vec![id.to_owned()]), ..NodeFilter::default() };
        let related = vec![RelatedFilter { kind, direction, node: Some(ids), quantifier: Quantifier::Some }];
        NodeFilter { related, ..NodeFilter::default() }
    };
    // Of those made up the first are the ones that sign most.
    let party = beside(RelationshipKind::Signed, Direction::In, "made-up-0000101");
    let theme = beside(RelationshipKind::Covers, Direction::Out, "made-up-0000199");
    let named = NodeFilter { name_contains: Some("ticment".into()), ..NodeFilter::default() };
    let with = |a: &NodeFilter, b: &NodeFilter| NodeFilter { and: vec![a.clone(), b.clone()], ..NodeFilter::default() };
    let questions = [
        ("all", NodeFilter::default()),
        ("of a month", range("2001-05", "2001-05")),
        ("of thirty years", range("1970", "1999")),
        ("of a party", party.clone()),
        ("of the hub", beside(RelationshipKind::Signed, Direction::In, "canada")),
        ("of a theme", theme.clone()),
        ("of a party and a theme", with(&party, &theme)),
        ("of a party, of thirty years", with(&party, &range("1970", "1999"))),
        ("of a party, by a part of the name", with(&party, &named)),
    ];
    let asked = |(what, filter): (&'static str, NodeFilter)| {
        let mut total = 0;
        let by_index = |_| {
            let filter = Some(&filter).filter(|_| what != "all");
            let found = view.list(NodeKind::Agreement, filter, None, Language::En).expect("an answer");
            total = found.total();
            black_box(found.at(0..PAGE.min(total)));
        };
        let by_each = |_| {
            let filter = Filter::new(&view, &filter).expect("a filter");
            let found: Vec<_> = view.of_kind(NodeKind::Agreement).filter(|node| filter.fits(*node)).collect();
            black_box(&found[..PAGE.min(found.len())]);
        };
        let measured = measured(rounds, by_index, by_each);
        (what, total, measured)
    };
    questions.into_iter().map(asked).collect()
}
