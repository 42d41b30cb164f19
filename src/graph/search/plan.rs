//! What is looked for: the words of a question, and the words of the data that each stands for.

use super::fold::{fold, forms, is_stop_word, without_article, words};
use super::index::{Index, Stemmers, squeezed};
use super::typo::forgiven;
use super::{LONGEST_TEXT, MatchReason};
use crate::graph::QuestionError;
use crate::model::Node;

/// How many words of a question count.
const MOST_WORDS: usize = 12;

/// In how many ways a text with typing errors is mended.
const MOST_MENDED: usize = 16;

/// A question, understood.
#[derive(Debug)]
pub(super) struct Plan {
    /// The text, folded, without leading articles.
    pub(super) folded: String,
    /// The same without spaces.
    pub(super) squeezed: String,
    pub(super) words: Vec<PlanWord>,
    /// What was typed, folded, with its typing errors mended, and what that is worth in thousandths.
    pub(super) mended: Vec<(String, u16)>,
}

/// One word of a question.
#[derive(Debug)]
pub(super) struct PlanWord {
    text: String,
    /// The words of the data it stands for, by number.
    pub(super) found: Vec<Found>,
}

/// A word of the data that a word of a question stands for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) word: u32,
    pub(super) why: MatchReason,
    /// How much it is worth, in thousandths.
    pub(super) worth: u16,
}

impl Plan {
    /// Understands a text.
    ///
    /// # Errors
    /// A text that is empty or too long.
    pub(super) fn new(index: &Index, text: &str) -> Result<Self, QuestionError> {
        if text.trim().is_empty() {
            return Err(QuestionError::bad("text", "nothing to look for; give a name or some words, as in `Germany`"));
        }
        if text.chars().nth(LONGEST_TEXT).is_some() {
            return Err(QuestionError::bad(
                "text",
                format!("it has more than {LONGEST_TEXT} characters; give a name or some words"),
            ));
        }
        let folded = without_article(&fold(text)).to_owned();
        // A word is still being typed if nothing stands behind it.
        let unfinished = text.chars().next_back().is_some_and(char::is_alphanumeric);
        let mut texts: Vec<String> = Vec::new();
        let all: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
        let last = all.last().cloned();
        for word in all.iter().filter(|word| !is_stop_word(word)) {
            if !texts.contains(word) && texts.len() < MOST_WORDS {
                texts.push(word.clone());
            }
        }
        if texts.is_empty() {
            texts.extend(last.clone());
        }
        let stemmers = Stemmers::new();
        let found = |text: String| {
            let unfinished = unfinished && last.as_ref() == Some(&text);
            PlanWord { found: find(index, &stemmers, &text, unfinished), text }
        };
        let words: Vec<PlanWord> = texts.into_iter().map(found).collect();
        Ok(Self { squeezed: squeezed(&folded), mended: mended(index, &folded, &words), folded, words })
    }

    /// A text like this one, of words that are in the data, where some of its words are not. `sample`
    /// is a node that has a given word, to show it as it is written there.
    /// Costs a look at the words of about the same length for each such word, and so is given for at
    /// most three.
    pub(super) fn corrected<'n>(&self, index: &Index, sample: impl Fn(u32) -> Option<&'n Node>) -> Option<String> {
        if self.words.iter().filter(|word| word.found.is_empty()).count() > 3 {
            return None;
        }
        let corrected: Vec<String> = (self.words.iter())
            .filter_map(|word| {
                if !word.found.is_empty() {
                    return Some(word.text.clone());
                }
                let errors = (forgiven(&word.text) + 1).max(1);
                let near = index.vocabulary().near(&word.text, errors, false);
                // Rather a name than a word of a summary, rather a common word than a rare one.
                let best = near.iter().min_by_key(|(near, errors)| {
                    let postings = index.postings(*near);
                    let count = postings.len();
                    let worth = postings.map(|posting| posting.worth(None)).max().unwrap_or_default();
                    (*errors, u8::MAX - worth, usize::MAX - count, *near)
                });
                let folded = index.vocabulary().word(best?.0);
                Some(sample(best?.0).and_then(|node| as_written(node, folded)).unwrap_or_else(|| folded.to_owned()))
            })
            .collect();
        let changed = self.words.iter().any(|word| word.found.is_empty());
        (changed && !corrected.is_empty()).then(|| corrected.join(" "))
    }
}

/// The words of the data that a folded word stands for. Errors are forgiven only where nothing else
/// is found, so that an answer holds nothing that was not asked for.
fn find(index: &Index, stemmers: &Stemmers, text: &str, unfinished: bool) -> Vec<Found> {
    let mut found = Vec::new();
    let mut add = |word, why, worth| found.push(Found { word, why, worth });
    if let Some(word) = index.vocabulary().number(text) {
        add(word, MatchReason::Words, 1000);
    }
    for word in index.of_same_stem(stemmers, text) {
        add(word, MatchReason::Stem, 920);
    }
    if unfinished && text.chars().nth(1).is_some() {
        for word in index.vocabulary().beginning_with(text) {
            add(word, MatchReason::Prefix, 850);
        }
    }
    let errors = forgiven(text);
    if found.is_empty() && errors > 0 {
        let mut near = index.vocabulary().near(text, errors, false);
        let as_beginning = near.is_empty() && unfinished;
        if as_beginning {
            near = index.vocabulary().near(text, errors, true);
        }
        let less = if as_beginning { 100 } else { 0 };
        let worth = |errors: u8| 750 - 150 * u16::from(errors) - less;
        found.extend(near.into_iter().map(|(word, errors)| Found {
            word,
            why: MatchReason::Typo,
            worth: worth(errors),
        }));
    }
    found.sort_unstable_by_key(|found| (found.word, u16::MAX - found.worth));
    found.dedup_by_key(|found| found.word);
    found
}

/// The folded texts that were meant where some of the words have typing errors: with the nearest words
/// of the data in their place. The worst word tells what a text is worth. None where there are no errors.
fn mended(index: &Index, folded: &str, words: &[PlanWord]) -> Vec<(String, u16)> {
    let errors = |word: &&PlanWord| word.found.iter().any(|found| found.why == MatchReason::Typo);
    if !words.iter().any(|word| errors(&word)) {
        return Vec::new();
    }
    let mut texts = vec![(String::with_capacity(folded.len()), 1000)];
    for typed in folded.split(' ') {
        let mut nearest = vec![(typed, 1000)];
        if let Some(word) = words.iter().filter(errors).find(|word| word.text == typed) {
            nearest = word.found.iter().map(|found| (index.vocabulary().word(found.word), found.worth)).collect();
            nearest.sort_by_key(|(_, worth)| u16::MAX - worth);
            nearest.truncate(MOST_MENDED);
        }
        let longer = |(text, least): &(String, u16)| {
            let space = if text.is_empty() { "" } else { " " };
            let add = |(word, worth): &(&str, u16)| (format!("{text}{space}{word}"), *worth.min(least));
            nearest.iter().map(add).collect::<Vec<_>>()
        };
        texts = texts.iter().flat_map(longer).take(MOST_MENDED).collect();
    }
    texts
}

/// A folded word as a node writes it.
fn as_written(node: &Node, folded: &str) -> Option<String> {
    super::text::texts(node).iter().find_map(|text| {
        let form = forms(text.text).into_iter().find(|form| form.text == folded)?;
        Some(text.text[form.range].to_owned())
    })
}
