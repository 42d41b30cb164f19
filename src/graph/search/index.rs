//! The index of a release: its words, who has them, and its names as a whole.

use std::collections::HashMap;

use rust_stemmers::{Algorithm, Stemmer};

use super::fold::{fold, forms, initials, is_stop_word, without_article};
use super::text::{NodeText, Spoken, TextKind, texts};
use super::vocabulary::Vocabulary;
use crate::model::{Language, Node};

/// Who is found by what. Built once for a release.
pub(in crate::graph) struct Index {
    vocabulary: Vocabulary,
    /// Where the postings of each word begin in `postings`.
    offsets: Vec<u32>,
    postings: Vec<Posting>,
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
    /// What the word is worth in the best of its texts that have it, in hundredths: to a reader of
    /// each language, and to one who asks for none.
    worth: [u8; Language::ALL.len() + 1],
}

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

/// Texts, by the alphabet, and who has them.
struct Wholes(Vec<(Box<str>, Whole)>);

impl Wholes {
    fn new(mut texts: Vec<(Box<str>, Whole)>) -> Self {
        texts.sort_unstable_by(|(a, at), (b, bt)| (a, at.node, at.kind).cmp(&(b, bt.node, bt.kind)));
        texts.shrink_to_fit();
        Self(texts)
    }

    /// Who has `text`, or a text behind it, as long as these are so. O(log n).
    fn run_from(&self, text: &str, is_so: impl Fn(&str) -> bool) -> impl Iterator<Item = Whole> {
        let behind = &self.0[self.0.partition_point(|(other, _)| &**other < text)..];
        behind[..behind.partition_point(|(other, _)| is_so(other))].iter().map(|(_, whole)| *whole)
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

impl Index {
    /// Indexes nodes, numbered as they come. O(w log w) for w words of text.
    pub(in crate::graph) fn new<'n>(nodes: impl Iterator<Item = &'n Node>) -> Self {
        let mut words = HashMap::new();
        let (mut wholes, mut names) = (Vec::new(), Vec::new());
        for (node, data) in (0u32..).zip(nodes) {
            for text in texts(data) {
                add(&mut words, node, &text);
                let whole = Whole { node, kind: text.kind, spoken: Spoken::of(text.language) };
                if text.kind.as_a_whole().is_some() {
                    let folded = fold(text.text);
                    let name = without_article(&folded);
                    wholes.push((squeezed(name).into(), whole));
                    if text.kind.is_name() {
                        names.push((name.into(), whole));
                    }
                }
                if let Some((letters, _)) = initials(text.text).filter(|_| text.kind == TextKind::Name) {
                    let whole = Whole { kind: TextKind::Initials, ..whole };
                    wholes.push((letters.as_str().into(), whole));
                    words.entry(letters).or_default().add(node, whole.kind, whole.spoken);
                }
            }
        }
        let mut words: Vec<_> = words.into_iter().collect();
        words.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        Self::of_words(words, Wholes::new(wholes), Wholes::new(names))
    }

    fn of_words(words: Vec<(String, Entry)>, wholes: Wholes, names: Wholes) -> Self {
        let vocabulary = Vocabulary::new(words.iter().map(|(word, _)| word.as_str()));
        let stemmers = Stemmers::new();
        let mut stems: [HashMap<Box<str>, Vec<u32>>; Language::ALL.len()] = Default::default();
        let mut offsets = vec![0];
        let mut postings = Vec::with_capacity(words.iter().map(|(_, entry)| entry.postings.len()).sum());
        for (number, (word, entry)) in (0u32..).zip(words) {
            postings.extend(entry.postings);
            offsets.push(postings.len() as u32);
            for language in Language::ALL.into_iter().filter(|language| entry.in_prose[*language as usize]) {
                stems[language as usize].entry(stemmers.stem(language, &word).into()).or_default().push(number);
            }
        }
        Self { vocabulary, offsets, postings, stems, wholes, names }
    }

    /// The words of all nodes.
    pub(super) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Who has a word, each once and in order.
    pub(super) fn postings(&self, word: u32) -> &[Posting] {
        &self.postings[self.offsets[word as usize] as usize..self.offsets[word as usize + 1] as usize]
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
    // `UN` is no article, and `or` is gold in French.
    let takes_all = matches!(text.kind, TextKind::Acronym | TextKind::Code | TextKind::Mineral);
    for form in forms(text.text).into_iter().filter(|form| takes_all || !is_stop_word(&form.text)) {
        words.entry(form.text).or_default().add(node, text.kind, spoken);
    }
}
