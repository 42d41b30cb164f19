//! Which nodes fit a question, and how well.

use super::fold::fold;
use super::index::{Index, Posting, Whole, squeezed};
use super::plan::{Found, Plan, PlanWord};
use super::spelling::Spelling;
use super::text::{TextKind, texts};
use crate::graph::{Filter, NodeRef, View};
use crate::model::{Language, Node, NodeKind};

/// The score, in ten-thousandths, of a node that has all words in its name.
const WORDS: u32 = 7000;
/// The least score of a node that has what was typed. Those found only by guessing that it has typing
/// errors stay below.
pub(super) const LEAST: u16 = 3000;
/// What a guess keeps of its score, in hundredths.
const GUESS: u32 = 29;
/// Units of work to score a node for one word.
const SCORED: usize = 4;
/// What a whole text in the other language loses.
const OTHER_LANGUAGE: u16 = 100;
/// What an abbreviation loses that is spelled otherwise: `EU` where `É.-U.` was typed.
const OTHER_SPELLING: u16 = 300;
/// The longest abbreviation, in letters, whose spelling matters.
const ABBREVIATION: usize = 4;
/// What another name of what a word stands for is worth, in thousandths.
pub(super) const SYNONYM: u16 = 800;

/// A node that fits, as one number, so that sorting is fast: how well, then the number of its
/// relationships, then the node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ranked(u64);

impl Ranked {
    fn new(node: u32, score: u16, degree: usize) -> Self {
        let degree = u16::try_from(degree).unwrap_or(u16::MAX);
        Self(u64::from(u16::MAX - score) << 48 | u64::from(u16::MAX - degree) << 32 | u64::from(node))
    }

    pub(super) fn node(self) -> u32 {
        self.0 as u32
    }

    /// How well it fits, in ten-thousandths.
    pub(super) fn score(self) -> u16 {
        u16::MAX - (self.0 >> 48) as u16
    }
}

/// The nodes among which one searches.
pub(super) struct Among<'g> {
    pub(super) view: &'g View,
    pub(super) filter: Option<Filter>,
}

impl Among<'_> {
    fn has(&self, node: u32) -> bool {
        let fits = |filter: &Filter| filter.fits(NodeRef::new(self.view, node));
        self.view.shows_node(node) && self.filter.as_ref().is_none_or(fits)
    }
}

/// Every node among some that fits, in no order; before `kinds` is asked, they are counted by kind.
///
/// Costs the postings of the words looked for, and a few bytes for every node of the graph.
pub(super) fn ranked(
    among: &Among<'_>,
    index: &Index,
    plan: &Plan,
    language: Option<Language>,
    kinds: Option<&[NodeKind]>,
) -> (Vec<Ranked>, [usize; NodeKind::ALL.len()]) {
    let (view, graph) = (among.view, among.view.graph());
    let mut scores = Scores { of_node: vec![0; graph.counts().nodes], touched: Vec::new() };
    // Two numbers for each node, and the postings of every word, each with its node's score.
    let postings: usize =
        plan.words.iter().flat_map(|word| &word.found).map(|found| index.postings(found.word).len()).sum();
    if !view.spend(graph.counts().nodes / 8 + SCORED * postings) {
        return (Vec::new(), [0; NodeKind::ALL.len()]);
    }
    scores.by_words(among, index, plan, language);
    scores.by_wholes(among, index, plan, language);
    let mut counts = [0; NodeKind::ALL.len()];
    view.spend(SCORED * scores.touched.len());
    let mut hits = Vec::with_capacity(scores.touched.len());
    for &node in &scores.touched {
        let kind = graph.kind(node);
        counts[kind as usize] += 1;
        if kinds.is_none_or(|kinds| kinds.contains(&kind)) {
            hits.push(Ranked::new(node, scores.of_node[node as usize], view.degree(node)));
        }
    }
    (hits, counts)
}

/// The best score of every node, and the nodes that have one.
struct Scores {
    of_node: Vec<u16>,
    touched: Vec<u32>,
}

impl Scores {
    fn raise(&mut self, node: u32, score: u16) {
        let best = &mut self.of_node[node as usize];
        if *best == 0 {
            self.touched.push(node);
        }
        *best = score.max(*best);
    }

    /// Nodes that have a text which is, or begins with, what was typed, its typing errors mended.
    fn by_wholes(&mut self, among: &Among<'_>, index: &Index, plan: &Plan, language: Option<Language>) {
        if plan.folded.is_empty() {
            return;
        }
        let mut raise = |whole: Whole, score: Option<u16>, worth: u16| {
            let less = if whole.spoken.serves(language) { 0 } else { OTHER_LANGUAGE };
            if let Some(score) = score.filter(|_| among.has(whole.node)) {
                let score = u32::from(score - less) * u32::from(worth) / 1000;
                let score = if worth == 1000 { score } else { score * GUESS / 100 };
                self.raise(whole.node, score as u16);
            }
        };
        let spelled = |whole: Whole, score: u16| {
            let is_short = plan.squeezed.len() <= ABBREVIATION && whole.kind.is_abbreviation();
            let other = is_short && !is_spelled(among.view.graph().node(whole.node), whole.kind, plan);
            score - if other { OTHER_SPELLING } else { 0 }
        };
        let as_typed = std::iter::once((&plan.folded, 1000));
        for (text, worth) in as_typed.chain(plan.mended.iter().map(|(text, worth)| (text, *worth))) {
            for whole in index.whole(&squeezed(text)) {
                raise(whole, whole.kind.as_a_whole().map(|(exact, _)| spelled(whole, exact)), worth);
            }
            for whole in index.names_beginning_with(text) {
                raise(whole, whole.kind.as_a_whole().and_then(|(_, beginning)| beginning), worth);
            }
        }
    }

    /// Nodes that have all the words; where none has, those which have the most of them, if that is
    /// at least half.
    fn by_words(&mut self, among: &Among<'_>, index: &Index, plan: &Plan, language: Option<Language>) {
        let mut sums = Sums { of_node: vec![0; self.of_node.len()], touched: Vec::new() };
        let mut best = Vec::new();
        let mut all_rarities = 0;
        for word in &plan.words {
            all_rarities += sums.add(index, word, language, &mut best);
        }
        sums.touched.retain(|&node| among.has(node));
        let most = sums.touched.iter().map(|&node| sums.count(node)).max().unwrap_or_default();
        if most as usize * 2 < plan.words.len() {
            return;
        }
        for &node in sums.touched.iter().filter(|&&node| sums.count(node) == most) {
            let share = |all: u32| (all * sums.worth(node) / 1000 / all_rarities.max(1)) as u16;
            let score = if sums.is_guess(node) {
                share(WORDS * GUESS / 100).max(1)
            } else {
                LEAST + share(WORDS - u32::from(LEAST))
            };
            self.raise(node, score);
        }
    }
}

/// Whether a node has what was typed as an abbreviation of some kind in that very spelling.
fn is_spelled(node: &Node, kind: TextKind, plan: &Plan) -> bool {
    let mut own = texts(node).into_iter().filter(|text| text.kind == kind);
    own.any(|text| squeezed(&fold(text.text)) == plan.squeezed && plan.spelling.may_be(&Spelling::of(text.text)))
}

/// How many of the words each node has, and what they are worth together, each times its rarity; and
/// the nodes that have any.
struct Sums {
    /// Whether any of the words is a guess in the highest bit, the count in the next 7. Twelve words,
    /// worth at most 1000 each and at most 32 times as rare as a word can be, fit in the lower 24.
    of_node: Vec<u32>,
    touched: Vec<u32>,
}

impl Sums {
    const COUNT: u32 = 24;
    const GUESS: u32 = 31;

    fn count(&self, node: u32) -> u32 {
        self.of_node[node as usize] >> Self::COUNT & ((1 << (Self::GUESS - Self::COUNT)) - 1)
    }

    fn is_guess(&self, node: u32) -> bool {
        self.of_node[node as usize] >> Self::GUESS == 1
    }

    fn worth(&self, node: u32) -> u32 {
        self.of_node[node as usize] & ((1 << Self::COUNT) - 1)
    }

    fn raise(&mut self, node: u32, worth: u32, is_guess: bool) {
        let sum = &mut self.of_node[node as usize];
        if *sum == 0 {
            self.touched.push(node);
        }
        *sum += (1 << Self::COUNT) + worth;
        *sum |= u32::from(is_guess) << Self::GUESS;
    }

    /// Adds what a word is worth to the nodes that have it, and tells how rare it is: from 1 for a word
    /// that all have to about 20 for a unique one. `best` holds a zero for every node, or is empty.
    fn add(&mut self, index: &Index, word: &PlanWord, language: Option<Language>, best: &mut Vec<u16>) -> u32 {
        let all = self.of_node.len();
        let rarity = |nodes: usize| (all / nodes.max(1) + 1).ilog2();
        let worth = |posting: Posting, found: &Found| {
            (u32::from(posting.worth(language)) * u32::from(found.worth) / 100) as u16
        };
        let is_guess = word.is_guess();
        if let ([found], []) = (&*word.found, &*word.synonyms) {
            let postings = index.postings(found.word);
            let rarity = rarity(postings.len());
            for posting in postings {
                self.raise(posting.node, rarity * u32::from(worth(posting, found)), is_guess);
            }
            return rarity;
        }
        best.resize(all, 0);
        let mut nodes = Vec::new();
        let mut better = |posting: Posting, worth: u16| {
            let best = &mut best[posting.node as usize];
            if *best == 0 {
                nodes.push(posting.node);
            }
            *best = worth.max(*best);
        };
        for found in &word.found {
            index.postings(found.word).for_each(|posting| better(posting, worth(posting, found)));
        }
        for synonym in &word.synonyms {
            for posting in index.postings_of_all(synonym, language) {
                better(posting, (u32::from(posting.worth(language)) * u32::from(SYNONYM) / 100) as u16);
            }
        }
        let rarity = rarity(nodes.len());
        for node in nodes {
            self.raise(node, rarity * u32::from(std::mem::take(&mut best[node as usize])), is_guess);
        }
        rarity
    }
}
