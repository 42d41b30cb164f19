//! The index of a release: its words, who has them, and its names as a whole.

use std::collections::HashMap;

use rayon::prelude::*;
use rust_stemmers::{Algorithm, Stemmer};

use super::fold::{fold, initials, without_article};
use super::text::{NodeText, Spoken, TextKind, texts};
use super::vocabulary::Vocabulary;
use crate::model::{Language, Node};

/// Who is found by what. Built once for a release.
pub(in crate::graph) struct Index {
    vocabulary: Vocabulary,
    /// Where the postings of each word begin in the two lists behind this.
    offsets: Vec<u32>,
    nodes: Vec<u32>,
    /// What each is worth, as a place in `worths`.
    worth_of: Vec<u8>,
    worths: Vec<Worth>,
    /// For each language, the words of each stem.
    stems: [HashMap<Box<str>, Vec<u32>>; Language::ALL.len()],
    /// Names, codes, ids and initials, without spaces and leading articles.
    wholes: Wholes,
    /// Names, without leading articles.
    names: Wholes,
}

/// A node that has a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Posting {
    pub(super) node: u32,
    worth: Worth,
}

/// What a word is worth in the best of a node's texts that have it, in hundredths: to a reader of each
/// language, and to one who asks for none. There are at most 196 such worths: each of the first two is
/// one of seven weights of texts, or one less, and the last follows from them.
type Worth = [u8; Language::ALL.len() + 1];

impl Posting {
    /// What the word is worth in the best of the node's texts that have it, in hundredths.
    pub(super) fn worth(self, language: Option<Language>) -> u8 {
        self.worth[language.map_or(Language::ALL.len(), |language| language as usize)]
    }
}

/// A node that has a text as a whole.
#[derive(Debug, Clone, Copy)]
pub(super) struct Whole {
    pub(super) node: u32,
    pub(super) kind: TextKind,
    pub(super) spoken: Spoken,
}

/// Texts, by the alphabet, and who has them. 12 bytes a text and its letters.
struct Wholes {
    /// All texts, one behind the other.
    letters: String,
    /// Where each ends in `letters`.
    ends: Vec<u32>,
    who: Vec<Whole>,
}

impl Wholes {
    fn new(mut texts: Vec<(Box<str>, Whole)>) -> Self {
        texts.par_sort_unstable_by(|(a, at), (b, bt)| (a, at.node, at.kind).cmp(&(b, bt.node, bt.kind)));
        let mut letters = String::with_capacity(texts.iter().map(|(text, _)| text.len()).sum());
        let (mut ends, mut who) = (Vec::with_capacity(texts.len()), Vec::with_capacity(texts.len()));
        for (text, whole) in texts {
            letters.push_str(&text);
            ends.push(letters.len() as u32);
            who.push(whole);
        }
        Self { letters, ends, who }
    }

    fn text(&self, place: usize) -> &str {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.letters[start as usize..self.ends[place] as usize]
    }

    /// The first place from `low` on whose text is not so, where none behind it is.
    fn first(&self, mut low: usize, is_so: impl Fn(&str) -> bool) -> usize {
        let mut high = self.who.len();
        while low < high {
            let middle = low + (high - low) / 2;
            if is_so(self.text(middle)) { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// Who has `text`, or a text behind it, as long as these are so. O(log n).
    fn run_from(&self, text: &str, is_so: impl Fn(&str) -> bool) -> impl Iterator<Item = Whole> {
        let start = self.first(0, |other| other < text);
        self.who[start..self.first(start, is_so)].iter().copied()
    }
}

/// What is known of a word while the index is built.
#[derive(Default)]
struct Entry {
    postings: Vec<Posting>,
    /// For each language, whether a text of words in it has the word.
    in_prose: [bool; Language::ALL.len()],
}

impl Entry {
    /// Notes that a node has the word in a text. Nodes come in order.
    fn add(&mut self, node: u32, kind: TextKind, spoken: Spoken) {
        if self.postings.last().is_none_or(|last| last.node != node) {
            self.postings.push(Posting { node, worth: Default::default() });
        }
        let readers = Language::ALL.into_iter().map(Some).chain([None]);
        let worths = self.postings.last_mut().into_iter().flat_map(|last| &mut last.worth);
        for (worth, reader) in worths.zip(readers) {
            *worth = (*worth).max(kind.weight(spoken.serves(reader)));
        }
        // Abbreviations have no endings.
        for (in_prose, language) in self.in_prose.iter_mut().zip(Language::ALL) {
            *in_prose |= kind.is_prose() && spoken.serves(Some(language));
        }
    }
}

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

/// What some of the nodes are found by.
#[derive(Default)]
struct Part {
    words: HashMap<String, Entry>,
    wholes: Vec<(Box<str>, Whole)>,
    names: Vec<(Box<str>, Whole)>,
}

impl Part {
    /// Takes nodes, the first of which has a number.
    fn new(first: u32, nodes: &[Node]) -> Self {
        let mut part = Self::default();
        for (node, data) in (first..).zip(nodes) {
            for text in texts(data) {
                add(&mut part.words, node, &text);
                let whole = Whole { node, kind: text.kind, spoken: Spoken::of(text.language) };
                if text.kind.as_a_whole().is_some() {
                    let folded = fold(text.text);
                    let name = without_article(&folded);
                    part.wholes.push((squeezed(name).into(), whole));
                    if text.kind.is_name() {
                        part.names.push((name.into(), whole));
                    }
                }
                if let Some((letters, _)) = initials(text.text).filter(|_| text.kind == TextKind::Name) {
                    let whole = Whole { kind: TextKind::Initials, ..whole };
                    part.wholes.push((letters.as_str().into(), whole));
                    part.words.entry(letters).or_default().add(node, whole.kind, whole.spoken);
                }
            }
        }
        part
    }

    /// Takes in what nodes of higher numbers are found by.
    fn append(&mut self, other: Self) {
        self.wholes.extend(other.wholes);
        self.names.extend(other.names);
        for (word, entry) in other.words {
            let own = self.words.entry(word).or_default();
            own.postings.extend(entry.postings);
            for (own, other) in own.in_prose.iter_mut().zip(entry.in_prose) {
                *own |= other;
            }
        }
    }
}

impl Index {
    /// Indexes nodes, numbered as they come. O(w log w) for w words of text, on all processors.
    pub(in crate::graph) fn new(nodes: &[Node]) -> Self {
        let length = nodes.len() / rayon::current_num_threads() + 1;
        let chunks = nodes.par_chunks(length).enumerate();
        let parts: Vec<Part> = chunks.map(|(place, nodes)| Part::new((place * length) as u32, nodes)).collect();
        let mut whole = Part::default();
        parts.into_iter().for_each(|part| whole.append(part));
        let Part { words, wholes, names } = whole;
        let mut words: Vec<_> = words.into_iter().collect();
        words.par_sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        Self::of_words(words, Wholes::new(wholes), Wholes::new(names))
    }

    fn of_words(words: Vec<(String, Entry)>, wholes: Wholes, names: Wholes) -> Self {
        let vocabulary = Vocabulary::new(words.iter().map(|(word, _)| word.as_str()));
        let stemmers = Stemmers::new();
        let mut stems: [HashMap<Box<str>, Vec<u32>>; Language::ALL.len()] = Default::default();
        let mut offsets = vec![0];
        let count = words.iter().map(|(_, entry)| entry.postings.len()).sum();
        let (mut nodes, mut worth_of) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut worths: Vec<Worth> = Vec::new();
        for (number, (word, entry)) in (0u32..).zip(words) {
            for Posting { node, worth } in entry.postings {
                let known = worths.iter().position(|known| *known == worth).unwrap_or_else(|| {
                    worths.push(worth);
                    worths.len() - 1
                });
                nodes.push(node);
                worth_of.push(known as u8);
            }
            offsets.push(nodes.len() as u32);
            for language in Language::ALL.into_iter().filter(|language| entry.in_prose[*language as usize]) {
                stems[language as usize].entry(stemmers.stem(language, &word).into()).or_default().push(number);
            }
        }
        Self { vocabulary, offsets, nodes, worth_of, worths, stems, wholes, names }
    }

    /// The words of all nodes.
    pub(super) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Who has a word, each once and in order.
    pub(super) fn postings(&self, word: u32) -> impl ExactSizeIterator<Item = Posting> {
        let places = self.offsets[word as usize] as usize..self.offsets[word as usize + 1] as usize;
        let worths = self.worth_of[places.clone()].iter().map(|worth| self.worths[usize::from(*worth)]);
        self.nodes[places].iter().zip(worths).map(|(node, worth)| Posting { node: *node, worth })
    }

    /// Who has all of some words, in order, each as what the word is worth that is worth least to a
    /// reader of `language`. Costs the postings of all of them.
    pub(super) fn postings_of_all(&self, words: &[u32], language: Option<Language>) -> Vec<Posting> {
        let Some((first, others)) = words.split_first() else { return Vec::new() };
        let mut all: Vec<Posting> = self.postings(*first).collect();
        for word in others {
            let mut postings = self.postings(*word).peekable();
            all.retain_mut(|posting| {
                while postings.next_if(|other| other.node < posting.node).is_some() {}
                let Some(other) = postings.next_if(|other| other.node == posting.node) else { return false };
                if other.worth(language) < posting.worth(language) {
                    *posting = other;
                }
                true
            });
        }
        all
    }

    /// The words that share their stem with a folded word in either language, itself among them.
    pub(super) fn of_same_stem(&self, stemmers: &Stemmers, folded: &str) -> Vec<u32> {
        let of = |language| self.stems[language as usize].get(&*stemmers.stem(language, folded));
        let mut words: Vec<u32> = Language::ALL.into_iter().filter_map(of).flatten().copied().collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// Who has a text as a whole, given without spaces and leading articles.
    pub(super) fn whole(&self, squeezed: &str) -> impl Iterator<Item = Whole> {
        self.wholes.run_from(squeezed, move |whole| whole == squeezed)
    }

    /// Whose name begins with a folded text, given without leading articles.
    pub(super) fn names_beginning_with(&self, folded: &str) -> impl Iterator<Item = Whole> {
        self.names.run_from(folded, move |name| name.starts_with(folded))
    }
}

/// Notes the words of a text.
fn add(words: &mut HashMap<String, Entry>, node: u32, text: &NodeText<'_>) {
    let spoken = Spoken::of(text.language);
    for form in text.forms() {
        words.entry(form.text).or_default().add(node, text.kind, spoken);
    }
}
