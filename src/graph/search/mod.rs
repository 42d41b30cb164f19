//! Search: what a person means by a few words, in either language, with or without accents, and with
//! typing errors.
//!
//! The texts of a node (its names, id, code, minerals, places, summary: see [`TextKind`]) are folded
//! into words and indexed once for a release. A question is folded likewise, and a node's score is the
//! best of these:
//!
//! | score | what was typed |
//! | --- | --- |
//! | 1.00 | is its name |
//! | 0.97, 0.96, 0.95, 0.945, 0.94 | is its id, another name or acronym, its code, an everyday term, a former name |
//! | 0.87, 0.83, 0.81, 0.805 | begins its name, another name, a former name, an everyday term |
//! | 0.78 | is the initials of its name, which no source states as an acronym |
//! | 0.30 to 0.70 | are words of its texts |
//! | below 0.30 | is one of these but for typing errors: a guess |
//!
//! Of words, each counts by the text it is found in (a name 1, a former name, an everyday term or a
//! code 0.9, an id 0.85, initials 0.75, a mineral 0.7, a place or occasion 0.65, the summary 0.4) and
//! by how it is found (as typed 1, with another ending 0.92, as the beginning of a word 0.85, by another
//! name of what it is an abbreviation, a code or an adjective of 0.8), and the score is 0.3 and 0.4
//! times the mean over all words, in which rarer words count for more. A node must have all of them;
//! where none has, those are found which have the most, if that is at least half. Articles, what
//! questions begin with and the like do not count, nor what a summary denies.
//!
//! Typing errors are forgiven only in words that the data have in no other way, none in words of up to
//! four letters, one up to seven, and two above, by the shorter of what was typed and what was meant;
//! letters that are swapped are one error. What is found so is a guess, and stands below all that is
//! found as typed. Any word may be the beginning of one; a word that the data have as it is, only while
//! it is still being typed. Of abbreviations of up to four letters, those that are spelled otherwise
//! (`EU` for `É.-U.`) score 0.03 less. A match in the other language than the one asked for scores 0.01
//! less at the most. Equal scores are ordered by the number of relationships, then by id.
//!
//! A text of more than [`LONGEST_TEXT`] characters is refused; of more than [`MOST_WORDS`] different
//! words that count, the first are looked for.

mod fold;
mod index;
mod matched;
mod plan;
mod question;
mod rank;
mod sense;
mod spelling;
mod text;
mod typo;
mod vocabulary;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::{Filter, NodeFilter, NodeRef, QuestionError, View};
use crate::model::{Language, NodeKind};

pub use fold::fold;
pub(super) use index::Index;
pub use matched::Match;
use plan::Plan;
pub use question::Topic;
use rank::{Among, Ranked, ranked};
pub use text::TextKind;

/// The longest text one can search for, in characters: every name fits.
pub const LONGEST_TEXT: usize = 300;

/// Units of work to find what fits in the texts of a node.
const MATCHED: usize = 500;

/// Units of work to understand what was typed.
const SEARCH: usize = 2_000;

/// How many words of a text are looked for; those behind them are left out.
pub const MOST_WORDS: usize = 12;

/// How a text fits what was typed, the best first. Of several words the worst tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchReason {
    /// It is what was typed, accents, case and punctuation apart.
    Exact,
    /// It has the words as typed.
    Words,
    /// It has the words with other endings.
    Stem,
    /// It has another name of what was typed: `Germany` for `German`.
    Synonym,
    /// It, or one of its words, begins with what was typed.
    Prefix,
    /// Its words begin with the letters typed.
    Initials,
    /// It has words that differ by one or two letters: a guess.
    Typo,
}

/// What a search found.
pub struct Hits<'g> {
    /// How many nodes of each kind fit, before only some kinds were asked for, but not before the
    /// filter; the most first, none with nothing.
    pub facets: Vec<(NodeKind, usize)>,
    /// What the text is about, where it is a question in words.
    pub topic: Option<Topic>,
    /// Where nothing fits: a text like the one typed that something fits.
    pub suggestion: Option<String>,
    view: &'g View,
    question: Arc<Question>,
    ranked: Vec<Ranked>,
}

impl<'g> Hits<'g> {
    /// How many nodes fit, of the kinds asked for.
    pub fn total(&self) -> usize {
        self.ranked.len()
    }

    /// The place of the node with this id among those that fit, best first. O(h) for h hits.
    pub fn position(&self, id: &str) -> Option<usize> {
        let number = self.view.graph().number(id)?;
        let own = self.ranked.iter().find(|ranked| ranked.node() == number)?;
        Some(self.ranked.iter().filter(|ranked| *ranked < own).count())
    }

    /// The hits at some places, best first, as far as there are any. O(h + p log p) for h hits, p of
    /// them up to the last place: only those are put in order.
    pub fn page(&mut self, places: Range<usize>) -> Vec<Hit<'g>> {
        let end = places.end.min(self.ranked.len());
        if end < self.ranked.len() {
            self.ranked.select_nth_unstable(end);
        }
        self.ranked[..end].sort_unstable();
        let hit = |ranked: &Ranked| Hit {
            node: NodeRef::new(self.view, ranked.node()),
            ranked: *ranked,
            question: self.question.clone(),
        };
        self.ranked[places.start.min(end)..end].iter().map(hit).collect()
    }
}

/// A node that fits.
#[derive(Clone)]
pub struct Hit<'g> {
    /// The node.
    pub node: NodeRef<'g>,
    ranked: Ranked,
    question: Arc<Question>,
}

/// What all hits of a search share.
struct Question {
    plan: Plan,
    language: Option<Language>,
}

impl<'g> Hit<'g> {
    /// How well it fits: 1 for its very name, towards 0 for little. See the table above.
    pub fn score(&self) -> f64 {
        f64::from(self.ranked.score()) / 10_000.0
    }

    /// Whether it was found only by guessing that what was typed has typing errors. Guesses stand below
    /// all other hits.
    pub fn is_guess(&self) -> bool {
        self.ranked.score() < rank::LEAST
    }

    /// The texts it was found by, at most three, those that say most first. Worked out when asked for,
    /// in the length of the node's texts.
    pub fn matches(&self) -> Vec<Match<'g>> {
        let index = self.node.view().graph().search_index();
        self.node.view().spend(MATCHED);
        matched::matches(self.node.data(), index, &self.question.plan, self.question.language)
    }
}

impl fmt::Debug for Hit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.node.id(), self.score())
    }
}

impl View {
    /// The nodes of this view that a person means by `text`, best first; only those that fit `filter`
    /// and are of some `kinds`, where these are given. Both languages are searched; matches in
    /// `language` come first.
    ///
    /// Costs the nodes that have the words, summed over the words, and a few bytes for every node.
    ///
    /// # Errors
    /// A text that is empty or longer than [`LONGEST_TEXT`], a filter that names an unknown id.
    pub fn search(
        &self,
        text: &str,
        language: Option<Language>,
        kinds: Option<&[NodeKind]>,
        filter: Option<&NodeFilter>,
    ) -> Result<Hits<'_>, QuestionError> {
        let index = self.graph().search_index();
        // Before it is known which words are meant, all words of about their lengths are looked at.
        self.spend(SEARCH + index.vocabulary().len() as usize / 2);
        let question = Arc::new(Question { plan: Plan::new(index, text, |node| self.graph().node(node))?, language });
        let among = Among { view: self, filter: filter.map(|filter| Filter::new(self, filter)).transpose()? };
        let (ranked, counts) = ranked(&among, index, &question.plan, language, kinds);
        let mut facets: Vec<_> = NodeKind::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0).collect();
        facets.sort_by_key(|(kind, count)| (usize::MAX - count, *kind));
        let suggestion = if facets.is_empty() { suggestion(&among, index, &question.plan, kinds) } else { None };
        Ok(Hits { facets, topic: question::topic(text), suggestion, view: self, question, ranked })
    }
}

/// A text like the one of `plan` that something fits.
fn suggestion(among: &Among<'_>, index: &Index, plan: &Plan, kinds: Option<&[NodeKind]>) -> Option<String> {
    let sample = |word| index.postings(word).next().map(|posting| among.view.graph().node(posting.node));
    let text = plan.corrected(index, sample)?;
    let corrected = Plan::new(index, &text, |node| among.view.graph().node(node)).ok()?;
    let (hits, _) = ranked(among, index, &corrected, None, kinds);
    (!hits.is_empty()).then_some(text)
}
