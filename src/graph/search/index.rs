//! The index of a release: its words, who has them, and its names as a whole.

use std::collections::HashMap;

use fst::{Automaton, IntoStreamer, Streamer};
use rust_stemmers::{Algorithm, Stemmer};

use super::fold::{fold, forms, initials, is_stop_word, without_article};
use super::text::{Spoken, TextKind, texts};
use super::typo::Near;
use crate::model::{Language, Node, NodeKind};

/// Who is found by what. Built once for a release; 40 to 60 bytes a word of text.
pub(in crate::graph) struct Index {
    /// Every word, folded, with its number; numbers follow the alphabet.
    vocabulary: fst::Map<Vec<u8>>,
    /// Where the places of each word begin in `places`.
    offsets: Vec<u32>,
    places: Vec<Place>,
    /// For each language, the words of each stem.
    stems: [HashMap<Box<str>, Vec<u32>>; Language::ALL.len()],
    /// Names, codes, ids and initials as a whole, without spaces and leading articles.
    wholes: HashMap<Box<str>, Vec<Whole>>,
    /// Names in the order of the alphabet, without leading articles.
    names: Vec<(Box<str>, Whole)>,
    /// The kind of each node, close together.
    kinds: Vec<NodeKind>,
}

/// A node that has a word, and where.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub(super) node: u32,
    pub(super) kind: TextKind,
    pub(super) spoken: Spoken,
}

/// A node that has a text as a whole.
pub(super) type Whole = Place;

/// The stemmers of both languages, which also take words without accents.
pub(super) struct Stemmers([Stemmer; Language::ALL.len()]);

impl Stemmers {
    pub(super) fn new() -> Self {
        Self([Algorithm::English, Algorithm::French].map(Stemmer::create))
    }

    fn stem<'w>(&self, language: Language, word: &'w str) -> std::borrow::Cow<'w, str> {
        self.0[language as usize].stem(word)
    }
}

/// A text without its spaces: `G 7` is `G7`, and `e.u.` is `EU`.
pub(super) fn squeezed(folded: &str) -> String {
    folded.replace(' ', "")
}

impl Index {
    /// Indexes nodes, numbered as they come. O(w log w) for w words of text.
    pub(in crate::graph) fn new<'n>(nodes: impl Iterator<Item = &'n Node>) -> Self {
        let mut words: HashMap<String, Vec<Place>> = HashMap::new();
        let mut wholes: HashMap<Box<str>, Vec<Whole>> = HashMap::new();
        let mut names = Vec::new();
        let mut kinds = Vec::new();
        for (node, data) in (0u32..).zip(nodes) {
            kinds.push(data.kind());
            for text in texts(data) {
                let place = Place { node, kind: text.kind, spoken: Spoken::of(text.language) };
                // `UN` is no article, and `or` is gold in French.
                let takes_all = matches!(text.kind, TextKind::Acronym | TextKind::Code | TextKind::Mineral);
                for form in forms(text.text).into_iter().filter(|form| takes_all || !is_stop_word(&form.text)) {
                    add(&mut words, form.text, place);
                }
                if text.kind.as_a_whole().is_some() {
                    let folded = fold(text.text);
                    let name = without_article(&folded);
                    wholes.entry(squeezed(name).into()).or_default().push(place);
                    if text.kind.is_name() {
                        names.push((name.into(), place));
                    }
                }
                if let Some((letters, _)) = initials(text.text).filter(|_| text.kind == TextKind::Name) {
                    let place = Place { kind: TextKind::Initials, ..place };
                    wholes.entry(letters.as_str().into()).or_default().push(place);
                    add(&mut words, letters, place);
                }
            }
        }
        names.sort_unstable_by(|(a, at), (b, bt)| (a, at.node, at.kind).cmp(&(b, bt.node, bt.kind)));
        let mut words: Vec<_> = words.into_iter().collect();
        words.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        Self { kinds, ..Self::of_words(words, wholes, names) }
    }

    fn of_words(
        words: Vec<(String, Vec<Place>)>,
        wholes: HashMap<Box<str>, Vec<Whole>>,
        names: Vec<(Box<str>, Whole)>,
    ) -> Self {
        let stemmers = Stemmers::new();
        let mut stems: [HashMap<Box<str>, Vec<u32>>; Language::ALL.len()] = Default::default();
        let mut offsets = vec![0];
        let mut places = Vec::new();
        for (number, (word, of_word)) in (0u32..).zip(&words) {
            places.extend_from_slice(of_word);
            offsets.push(places.len() as u32);
            for language in Language::ALL {
                // A word belongs to the stems of the languages it is used in; abbreviations have no endings.
                if of_word.iter().any(|place| place.kind.is_prose() && place.spoken.serves(Some(language))) {
                    let stem = stemmers.stem(language, word);
                    stems[language as usize].entry(stem.into()).or_default().push(number);
                }
            }
        }
        let numbered = words.iter().map(|(word, _)| word).zip(0u64..);
        let vocabulary = fst::Map::from_iter(numbered).expect("the words are sorted and each is there once");
        Self { vocabulary, offsets, places, stems, wholes, names, kinds: Vec::new() }
    }

    /// The kind of a node.
    pub(super) fn kind(&self, node: u32) -> NodeKind {
        self.kinds[node as usize]
    }

    /// The number of a folded word.
    pub(super) fn word(&self, folded: &str) -> Option<u32> {
        self.vocabulary.get(folded).map(|number| number as u32)
    }

    /// Where a word is found, by node.
    pub(super) fn places(&self, word: u32) -> &[Place] {
        &self.places[self.offsets[word as usize] as usize..self.offsets[word as usize + 1] as usize]
    }

    /// The words that share their stem with a folded word in either language, itself among them.
    pub(super) fn of_same_stem(&self, stemmers: &Stemmers, folded: &str) -> Vec<u32> {
        let of = |language| self.stems[language as usize].get(&*stemmers.stem(language, folded));
        let mut words: Vec<u32> = Language::ALL.into_iter().filter_map(of).flatten().copied().collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// The words that begin with a folded word.
    pub(super) fn beginning_with(&self, folded: &str) -> Vec<u32> {
        let mut words = Vec::new();
        let begins = fst::automaton::Str::new(folded).starts_with();
        let mut stream = self.vocabulary.search(begins).ge(folded).into_stream();
        while let Some((_, word)) = stream.next() {
            words.push(word as u32);
        }
        words
    }

    /// The words within a number of errors of a folded word, with the number of each, by the alphabet.
    pub(super) fn near(&self, folded: &str, errors: u8, as_beginning: bool) -> Vec<(u32, u8)> {
        let Some(near) = Near::new(folded, errors, as_beginning) else { return Vec::new() };
        let mut words = Vec::new();
        let mut stream = self.vocabulary.search_with_state(&near).into_stream();
        while let Some((_, word, state)) = stream.next() {
            words.push((word as u32, near.distance(&state)));
        }
        words
    }

    /// The folded text of a word. O(vocabulary) at the worst, asked only for a suggestion.
    pub(super) fn spelling(&self, word: u32) -> Option<String> {
        let mut stream = self.vocabulary.stream();
        while let Some((key, number)) = stream.next() {
            if number == u64::from(word) {
                return String::from_utf8(key.to_vec()).ok();
            }
        }
        None
    }

    /// Who has a text as a whole, given without spaces and leading articles.
    pub(super) fn whole(&self, squeezed: &str) -> &[Whole] {
        self.wholes.get(squeezed).map_or(&[], Vec::as_slice)
    }

    /// Whose name begins with a folded text, given without leading articles.
    pub(super) fn names_beginning_with<'i>(&'i self, folded: &'i str) -> impl Iterator<Item = Whole> + 'i {
        let start = self.names.partition_point(|(name, _)| &**name < folded);
        let begins = move |(name, _): &&(Box<str>, Whole)| name.starts_with(folded);
        self.names[start..].iter().take_while(begins).map(|(_, whole)| *whole)
    }
}

/// Notes that a word is found at a place, once.
fn add(words: &mut HashMap<String, Vec<Place>>, word: String, place: Place) {
    let places = words.entry(word).or_default();
    if !places.iter().rev().take_while(|other| other.node == place.node).any(|other| *other == place) {
        places.push(place);
    }
}
