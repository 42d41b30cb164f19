//! What is looked for: the words of a question, and the words of the data that each stands for.

use super::fold::{Word, fold, forms, without_article, words};
use super::index::{Index, Stemmers, squeezed};
use super::sense::{is_article, is_stop_word};
use super::spelling::Spelling;
use super::text::TextKind;
use super::typo::forgiven;
use super::{LONGEST_TEXT, MOST_WORDS, MatchReason};
use crate::graph::QuestionError;
use crate::model::{Language, Node, NodeKind};

/// How many things a word is an abbreviation of, at most.
const MOST_MEANT: usize = 4;

/// In how many ways a text with typing errors is mended.
const MOST_MENDED: usize = 16;

/// A question, understood.
#[derive(Debug)]
pub(super) struct Plan {
    /// The text, folded, without leading articles.
    pub(super) folded: String,
    /// The same without spaces.
    pub(super) squeezed: String,
    /// How it is spelled, should it be an abbreviation.
    pub(super) spelling: Spelling,
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
    /// The names of what it is an abbreviation, a code or an adjective of, each as the words it is
    /// made of: a node that has all of them has the name.
    pub(super) synonyms: Vec<Vec<u32>>,
}

impl PlanWord {
    /// Whether the data have it only with typing errors.
    pub(super) fn is_guess(&self) -> bool {
        // Errors are looked for only where nothing else is found.
        self.synonyms.is_empty() && self.found.iter().any(|found| found.why == MatchReason::Typo)
    }

    fn is_unknown(&self) -> bool {
        self.found.is_empty() && self.synonyms.is_empty()
    }
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
    /// Understands a text. `node` gives a node by its number.
    ///
    /// # Errors
    /// A text that is empty or too long.
    pub(super) fn new<'n>(index: &Index, text: &str, node: impl Fn(u32) -> &'n Node) -> Result<Self, QuestionError> {
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
        let all = words(text);
        let articles = all.iter().take_while(|word| is_article(&word.text)).count();
        let spelling = Spelling::of(all.get(articles).map_or(text, |word| &text[word.range.start..]));
        let stemmers = Stemmers::new();
        let is_last = |place: usize| unfinished && place + 1 == all.len();
        let mut words: Vec<PlanWord> = Vec::new();
        for (place, word) in all.iter().enumerate() {
            // Where all are stop words, the last one is looked for.
            let counts = !is_stop_word(&word.text) || words.is_empty() && place + 1 == all.len();
            let known = words.iter().any(|known| known.text == word.text);
            if !counts || words.len() == MOST_WORDS || known && !is_last(place) {
                continue;
            }
            words.retain(|known| known.text != word.text);
            let mut found = find(index, &stemmers, &word.text, is_last(place));
            found.extend(joined(index, &stemmers, &all, place, is_last));
            let synonyms = synonyms(index, &text[word.range.clone()], &word.text, &node);
            if found.is_empty() && synonyms.is_empty() {
                found = nearly(index, &word.text, is_last(place));
            }
            found.sort_unstable_by_key(|found| (found.word, u16::MAX - found.worth));
            found.dedup_by_key(|found| found.word);
            words.push(PlanWord { text: word.text.clone(), found, synonyms });
        }
        let mended = mended(index, &folded, &words);
        Ok(Self { squeezed: squeezed(&folded), folded, spelling, words, mended })
    }

    /// A text like this one, of words that are in the data, where some of its words are not. `sample`
    /// is a node that has a given word, to show it as it is written there.
    /// Costs a look at the words of about the same length for each such word, and so is given for at
    /// most three.
    pub(super) fn corrected<'n>(&self, index: &Index, sample: impl Fn(u32) -> Option<&'n Node>) -> Option<String> {
        if self.words.iter().filter(|word| word.is_unknown()).count() > 3 {
            return None;
        }
        let corrected: Vec<String> = (self.words.iter())
            .filter_map(|word| {
                if !word.is_unknown() {
                    return Some(word.text.clone());
                }
                let forgiven = forgiven(&word.text);
                let mut near = index.vocabulary().near(&word.text, forgiven + 1, false);
                // Words that begin otherwise are seldom what was meant, with that many errors.
                let alike = |near: u32| index.vocabulary().word(near).chars().next() == word.text.chars().next();
                near.retain(|(near, errors)| *errors <= forgiven.max(1) || alike(*near));
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
        let changed = self.words.iter().any(|word| word.is_unknown());
        (changed && !corrected.is_empty()).then(|| corrected.join(" "))
    }
}

/// The words of the data that a folded word stands for, errors apart. `unfinished` tells whether it may
/// be the beginning of a word although there is a word like it.
fn find(index: &Index, stemmers: &Stemmers, text: &str, unfinished: bool) -> Vec<Found> {
    let mut found = Vec::new();
    let mut add = |word, why, worth| found.push(Found { word, why, worth });
    if let Some(word) = index.vocabulary().number(text) {
        add(word, MatchReason::Words, 1000);
    }
    for word in index.of_same_stem(stemmers, text) {
        add(word, MatchReason::Stem, 920);
    }
    let shortest = if unfinished { 2 } else { 3 };
    if text.chars().count() >= shortest && (unfinished || found.is_empty()) {
        let beginning = index.vocabulary().beginning_with(text);
        found.extend(beginning.map(|word| Found { word, why: MatchReason::Prefix, worth: 850 }));
    }
    found
}

/// The words of the data that the word at a place is a part of, together with the one before or behind
/// it: `co operation` is `cooperation`.
fn joined(
    index: &Index,
    stemmers: &Stemmers,
    all: &[Word],
    place: usize,
    is_last: impl Fn(usize) -> bool,
) -> Vec<Found> {
    let mut found = Vec::new();
    for end in [place, place + 1] {
        let pair = end.checked_sub(1).and_then(|start| all.get(start..=end)).unwrap_or_default();
        if let [first, second] = pair
            && !is_stop_word(&first.text)
            && !is_stop_word(&second.text)
        {
            let text = format!("{}{}", first.text, second.text);
            let whole = index.vocabulary().number(&text).is_some() || !index.of_same_stem(stemmers, &text).is_empty();
            if whole {
                found.extend(find(index, stemmers, &text, is_last(end)));
            }
        }
    }
    found
}

/// The names, each as its words, of the countries and bodies that a word is an abbreviation, a code or
/// an adjective of. A code counts in capitals alone, for many are words too.
fn synonyms<'n>(index: &Index, typed: &str, folded: &str, node: impl Fn(u32) -> &'n Node) -> Vec<Vec<u32>> {
    let capitals = !typed.chars().any(char::is_lowercase);
    let mut synonyms: Vec<Vec<u32>> = Vec::new();
    let meant = index.whole(folded).filter(|whole| match whole.kind {
        TextKind::Acronym | TextKind::Short | TextKind::Variant | TextKind::Former | TextKind::Everyday => true,
        TextKind::Code => capitals,
        TextKind::Name
        | TextKind::Id
        | TextKind::Initials
        | TextKind::Mineral
        | TextKind::Place
        | TextKind::Occasion
        | TextKind::Summary => false,
    });
    let meant = meant.map(|whole| node(whole.node)).filter(|node| match node.kind() {
        NodeKind::Country | NodeKind::Jurisdiction | NodeKind::Organization | NodeKind::Forum => true,
        NodeKind::Agreement | NodeKind::IndigenousPeople | NodeKind::Initiative | NodeKind::Theme => false,
    });
    for node in meant.take(MOST_MEANT) {
        for language in Language::ALL {
            let name = words(node.name.text.get(language));
            let name = name.iter().filter(|word| !is_stop_word(&word.text));
            let numbers: Option<Vec<u32>> = name.map(|word| index.vocabulary().number(&word.text)).collect();
            synonyms.extend(numbers.filter(|numbers| !numbers.is_empty()));
        }
    }
    synonyms.sort_unstable();
    synonyms.dedup();
    synonyms
}

/// The words of the data that a folded word is but for typing errors. They are looked for only where
/// nothing else is found, so that an answer holds nothing that was not asked for. The shorter of two
/// words tells how many errors may lie between them.
fn nearly(index: &Index, text: &str, unfinished: bool) -> Vec<Found> {
    let errors = forgiven(text);
    if errors == 0 {
        return Vec::new();
    }
    let vocabulary = index.vocabulary();
    let mut near = vocabulary.near(text, errors, false);
    near.retain(|(word, errors)| *errors <= forgiven(vocabulary.word(*word)));
    let as_beginning = near.is_empty() && unfinished;
    if as_beginning {
        near = vocabulary.near(text, 1, true);
        near.retain(|(word, _)| vocabulary.word(*word).len() > text.len());
    }
    let less = if as_beginning { 100 } else { 0 };
    let worth = |errors: u8| 750 - 150 * u16::from(errors) - less;
    let found = |(word, errors)| Found { word, why: MatchReason::Typo, worth: worth(errors) };
    near.into_iter().map(found).collect()
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
