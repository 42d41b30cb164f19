//! Which nodes fit a question, and how well.

use super::index::{Index, Place};
use super::plan::Plan;
use super::text::TextKind;
use crate::graph::View;
use crate::model::{Language, NodeKind};

/// The score, in ten-thousandths, of a node that has all words in its name.
const WORDS: u32 = 7000;
/// What a whole text in the other language loses.
const OTHER_LANGUAGE: u16 = 100;

/// A node that fits, and how well, in ten-thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ranked {
    pub(super) node: u32,
    pub(super) score: u16,
}

/// Every node of a view that fits, the best first; before `kinds` is asked, they are counted by kind.
///
/// Costs the places of the words looked for, and O(h log h) for h hits.
pub(super) fn ranked(
    view: &View,
    index: &Index,
    plan: &Plan,
    language: Option<Language>,
    kinds: Option<&[NodeKind]>,
) -> (Vec<Ranked>, [usize; NodeKind::ALL.len()]) {
    let graph = view.graph();
    let mut scores = Scores::new(graph.counts().nodes);
    scores.by_words(view, index, plan, language);
    scores.by_wholes(index, plan, language);
    let mut counts = [0; NodeKind::ALL.len()];
    let mut hits = Vec::new();
    for node in scores.touched.iter().copied().filter(|&node| view.shows_node(node)) {
        let (kind, score) = (index.kind(node), scores.of_node[node as usize]);
        counts[kind as usize] += 1;
        if kinds.is_none_or(|kinds| kinds.contains(&kind)) {
            let degree = match view.date() {
                None => graph.adjacency().steps(node).len(),
                Some(_) => view.steps(node).count(),
            };
            // One number to sort by: the score, then the number of relationships, then the node.
            let (score, degree) = (u16::MAX - score, u16::MAX - degree.min(usize::from(u16::MAX)) as u16);
            hits.push(u64::from(score) << 48 | u64::from(degree) << 32 | u64::from(node));
        }
    }
    hits.sort_unstable();
    let ranked = |key: u64| Ranked { node: key as u32, score: u16::MAX - (key >> 48) as u16 };
    let hits = hits.into_iter().map(ranked).collect();
    (hits, counts)
}

/// The best score of every node, and the nodes that have one.
struct Scores {
    of_node: Vec<u16>,
    touched: Vec<u32>,
}

impl Scores {
    fn new(nodes: usize) -> Self {
        Self { of_node: vec![0; nodes], touched: Vec::new() }
    }

    fn raise(&mut self, node: u32, score: u16) {
        let best = &mut self.of_node[node as usize];
        if *best == 0 {
            self.touched.push(node);
        }
        *best = score.max(*best);
    }

    /// Nodes that have a text which is, or begins with, what was typed.
    fn by_wholes(&mut self, index: &Index, plan: &Plan, language: Option<Language>) {
        if plan.folded.is_empty() {
            return;
        }
        let less = |place: &Place| if place.spoken.serves(language) { 0 } else { OTHER_LANGUAGE };
        for place in index.whole(&plan.squeezed) {
            if let Some((exact, _)) = place.kind.as_a_whole() {
                self.raise(place.node, exact - less(place));
            }
        }
        for place in index.names_beginning_with(&plan.folded) {
            if let Some((_, Some(beginning))) = place.kind.as_a_whole() {
                self.raise(place.node, beginning - less(&place));
            }
        }
    }

    /// Nodes that have all the words; where none has, those which have the most of them, if that is
    /// at least half.
    fn by_words(&mut self, view: &View, index: &Index, plan: &Plan, language: Option<Language>) {
        let nodes = self.of_node.len();
        let mut best = vec![0u16; nodes];
        // How many words a node has, and what they are worth together, each times its rarity.
        let mut sums = vec![(0u8, 0u32); nodes];
        let mut all_rarities = 0;
        let (mut of_word, mut touched) = (Vec::new(), Vec::new());
        for word in &plan.words {
            for found in &word.found {
                // What each sort of text is worth, in and out of the language asked for.
                let worths = TextKind::ALL.map(|kind| {
                    [10, 0].map(|less| (u32::from(kind.weight() - less) * u32::from(found.worth) / 1000) as u16)
                });
                for place in index.places(found.word) {
                    let worth = worths[place.kind as usize][usize::from(place.spoken.serves(language))];
                    let best = &mut best[place.node as usize];
                    if *best == 0 {
                        of_word.push(place.node);
                    }
                    *best = worth.max(*best);
                }
            }
            // Rarer words say more: from 1 for a word that all have to about 20 for a unique one.
            let rarity = (nodes / of_word.len().max(1) + 1).ilog2();
            all_rarities += rarity;
            for node in of_word.drain(..) {
                let sum = &mut sums[node as usize];
                if sum.0 == 0 {
                    touched.push(node);
                }
                *sum = (sum.0 + 1, sum.1 + rarity * u32::from(std::mem::take(&mut best[node as usize])));
            }
        }
        touched.retain(|&node| view.shows_node(node));
        let most = touched.iter().map(|&node| sums[node as usize].0).max().unwrap_or_default();
        if usize::from(most) * 2 < plan.words.len() {
            return;
        }
        for node in touched {
            let (count, worth) = sums[node as usize];
            if count == most {
                self.raise(node, (WORDS * worth / 1000 / all_rarities.max(1)).max(1) as u16);
            }
        }
    }
}
