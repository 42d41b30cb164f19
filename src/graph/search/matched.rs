//! Why a node was found: which of its texts, and what of it.

use std::ops::Range;

use super::MatchReason;
use super::fold::{Word, fold, initials, without_article, words};
use super::index::{Index, squeezed};
use super::plan::Plan;
use super::rank::SYNONYM;
use super::sense::is_article;
use super::text::{NodeText, Spoken, TextKind, texts};
use crate::model::{Language, Node};

/// How many texts of a node are shown at most.
const MOST_MATCHES: usize = 3;
/// The longest text, in bytes, that is shown whole although it is no name.
const SHORT: usize = 160;
/// How much of a long text is shown before and behind the first match, in bytes.
const AROUND: (usize, usize) = (60, 100);

/// A text that a node was found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<'g> {
    /// What sort of text.
    pub kind: TextKind,
    /// The BCP 47 tag of its language; none where it serves in all.
    pub language: Option<&'g str>,
    /// How it fits.
    pub reason: MatchReason,
    /// The text exactly as written, or a part of it where it is long.
    pub fragment: &'g str,
    /// What of the fragment fits, in bytes, in order and apart.
    pub ranges: Vec<Range<usize>>,
    /// Whether the text goes on before the fragment.
    pub cut_before: bool,
    /// Whether the text goes on behind the fragment.
    pub cut_after: bool,
}

impl<'g> Match<'g> {
    fn new(text: &NodeText<'g>, kind: TextKind, reason: MatchReason, mut ranges: Vec<Range<usize>>) -> Self {
        ranges.sort_by_key(|range| (range.start, range.end));
        let mut apart: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
        for range in ranges {
            match apart.last_mut().filter(|last| range.start < last.end) {
                Some(last) => last.end = last.end.max(range.end),
                None => apart.push(range),
            }
        }
        let shown = match apart.first() {
            Some(first) if !kind.is_name() && text.text.len() > SHORT => around(text.text, first),
            Some(_) | None => 0..text.text.len(),
        };
        apart.retain(|range| shown.contains(&range.start) && range.end <= shown.end);
        let ranges = apart.into_iter().map(|range| range.start - shown.start..range.end - shown.start).collect();
        let (cut_before, cut_after) = (shown.start > 0, shown.end < text.text.len());
        Self { kind, language: text.language, reason, fragment: &text.text[shown], ranges, cut_before, cut_after }
    }

    /// The fragment in pieces, each with whether it fits; together they are the fragment.
    pub fn parts(&self) -> Vec<(&'g str, bool)> {
        let mut parts = Vec::with_capacity(self.ranges.len() * 2 + 1);
        let mut done = 0;
        for range in &self.ranges {
            parts.extend([(&self.fragment[done..range.start], false), (&self.fragment[range.clone()], true)]);
            done = range.end;
        }
        parts.push((&self.fragment[done..], false));
        parts.retain(|(text, _)| !text.is_empty());
        parts
    }
}

/// The part of a long text around a range, cut between words.
fn around(text: &str, range: &Range<usize>) -> Range<usize> {
    let mut start = range.start.saturating_sub(AROUND.0);
    let mut end = (range.end + AROUND.1).min(text.len());
    while !text.is_char_boundary(start) {
        start += 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    if start > 0 {
        start = text[start..range.start].find(' ').map_or(range.start, |space| start + space + 1);
    }
    if end < text.len() {
        end = text[range.end..end].rfind(' ').map_or(range.end, |space| range.end + space);
    }
    start..end
}

/// The texts that a node was found by, those that say most first.
pub(super) fn matches<'g>(node: &'g Node, index: &Index, plan: &Plan, language: Option<Language>) -> Vec<Match<'g>> {
    let texts = texts(node);
    let mut found: Vec<(u16, Match<'g>)> = texts.iter().flat_map(|text| as_wholes(text, plan, language)).collect();
    if found.is_empty() {
        return by_words(&texts, index, plan, language);
    }
    found.sort_by_key(|(score, _)| u16::MAX - score);
    found.truncate(MOST_MATCHES);
    found.into_iter().map(|(_, found)| found).collect()
}

/// Whether a text is, or begins with, what was typed, or has it as initials; with the score.
fn as_wholes<'g>(text: &NodeText<'g>, plan: &Plan, language: Option<Language>) -> Vec<(u16, Match<'g>)> {
    let mut found = Vec::new();
    let Some((exact, beginning)) = text.kind.as_a_whole().filter(|_| !plan.folded.is_empty()) else { return found };
    let less = u16::from(!Spoken::of(text.language).serves(language));
    let folded = fold(text.text);
    let name = without_article(&folded);
    if squeezed(name) == plan.squeezed {
        let whole = std::iter::once(0..text.text.len()).collect();
        found.push((exact - less, Match::new(text, text.kind, MatchReason::Exact, whole)));
    } else if let Some(score) = beginning.filter(|_| name.starts_with(&plan.folded)) {
        let ranges = first_words(&words(text.text), plan.folded.split(' ').count());
        found.push((score - less, Match::new(text, text.kind, MatchReason::Prefix, ranges)));
    }
    if let Some((_, ranges)) =
        initials(text.text).filter(|(letters, _)| text.kind == TextKind::Name && *letters == plan.squeezed)
    {
        let score = TextKind::Initials.as_a_whole().map_or(0, |(score, _)| score);
        found.push((score - less, Match::new(text, TextKind::Initials, MatchReason::Initials, ranges)));
    }
    found
}

/// Where the first words stand, leading articles apart.
fn first_words(words: &[Word], count: usize) -> Vec<Range<usize>> {
    let articles = words.iter().take_while(|word| is_article(&word.text)).count();
    words.iter().skip(articles).take(count).map(|word| word.range.clone()).collect()
}

/// Those texts that together have the words looked for.
fn by_words<'g>(texts: &[NodeText<'g>], index: &Index, plan: &Plan, language: Option<Language>) -> Vec<Match<'g>> {
    let mut found: Vec<(u32, u32, Match<'g>)> = Vec::new();
    for text in texts {
        let own = text.forms().into_iter().map(|form| (form.text, vec![form.range])).collect();
        found.extend(with_words(text, text.kind, own, index, plan, language));
        if let Some(initials) = initials(text.text).filter(|_| text.kind == TextKind::Name) {
            found.extend(with_words(text, TextKind::Initials, vec![initials], index, plan, language));
        }
    }
    let mut left = found.iter().fold(0, |all, (words, _, _)| all | words);
    let mut chosen = Vec::new();
    while left != 0 && chosen.len() < MOST_MATCHES {
        let gain = |(words, worth, _): &(u32, u32, _)| ((words & left).count_ones(), *worth);
        // Of equal ones the first.
        let Some(best) = (0..found.len()).rev().max_by_key(|&i| gain(&found[i])) else { break };
        let (words, _, best) = found.remove(best);
        left &= !words;
        chosen.push(best);
    }
    chosen
}

/// A text by those of its forms that stand for words looked for: which words these are, as bits, what
/// they are worth, and the match.
fn with_words<'g>(
    text: &NodeText<'g>,
    kind: TextKind,
    forms: Vec<(String, Vec<Range<usize>>)>,
    index: &Index,
    plan: &Plan,
    language: Option<Language>,
) -> Option<(u32, u32, Match<'g>)> {
    let mut ranges = Vec::new();
    let mut best = vec![None; plan.words.len()];
    let numbered = |(form, places): (String, Vec<Range<usize>>)| Some((index.vocabulary().number(&form)?, places));
    let forms: Vec<(u32, Vec<Range<usize>>)> = forms.into_iter().filter_map(numbered).collect();
    for (word, best) in plan.words.iter().zip(&mut best) {
        for synonym in &word.synonyms {
            if synonym.iter().all(|number| forms.iter().any(|(own, _)| own == number)) {
                *best = (*best).max(Some((SYNONYM, MatchReason::Synonym)));
                let of_it = forms.iter().filter(|(own, _)| synonym.contains(own));
                ranges.extend(of_it.flat_map(|(_, places)| places.iter().cloned()));
            }
        }
    }
    for (number, places) in forms {
        for (word, best) in plan.words.iter().zip(&mut best) {
            if let Ok(at) = word.found.binary_search_by_key(&number, |found| found.word) {
                let found = word.found[at];
                *best = (*best).max(Some((found.worth, found.why)));
                ranges.extend(places.iter().cloned());
            }
        }
    }
    let words = (0u32..).zip(&best).filter(|(_, best)| best.is_some()).fold(0, |words, (i, _)| words | 1 << i);
    let worth: u32 = best.iter().flatten().map(|(worth, _)| u32::from(*worth)).sum();
    let weight = u32::from(kind.weight(Spoken::of(text.language).serves(language)));
    let reason = best.iter().flatten().map(|(_, why)| *why).max()?;
    Some((words, worth * weight, Match::new(text, kind, reason, ranges)))
}
