//! The words of the data: found as they are, by their beginning, and by what is nearly them.

use std::ops::Range;

use super::typo::{LONGEST, distance};

/// Every word, folded. Words are numbered by the alphabet. 20 bytes a word and its letters.
#[derive(Default)]
pub(super) struct Vocabulary {
    /// All words, one behind the other.
    letters: String,
    /// Where each word ends in `letters`.
    ends: Vec<u32>,
    /// The words by length, of each length by the alphabet, and which letters each has.
    by_length: Vec<(u32, Letters)>,
    /// For each length, where its words begin in `by_length`.
    lengths: Vec<u32>,
}

impl Vocabulary {
    /// Takes the words in the order of the alphabet. O(letters), and O(n log n) for n words.
    pub(super) fn new<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut vocabulary = Self::default();
        for word in words {
            vocabulary.letters.push_str(word);
            vocabulary.ends.push(vocabulary.letters.len() as u32);
        }
        let mut by_length: Vec<_> =
            (0..vocabulary.len()).map(|word| (word, Letters::of(vocabulary.word(word)))).collect();
        by_length.sort_by_key(|(word, _)| vocabulary.word(*word).len());
        let longest = by_length.last().map_or(0, |(word, _)| vocabulary.word(*word).len());
        vocabulary.lengths = (0..=longest + 1)
            .map(|length| by_length.partition_point(|(word, _)| vocabulary.word(*word).len() < length) as u32)
            .collect();
        vocabulary.by_length = by_length;
        vocabulary
    }

    /// How many words there are.
    pub(super) fn len(&self) -> u32 {
        self.ends.len() as u32
    }

    /// The letters of a word.
    pub(super) fn word(&self, number: u32) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.letters[start as usize..self.ends[number as usize] as usize]
    }

    /// The number of a word. O(log n).
    pub(super) fn number(&self, word: &str) -> Option<u32> {
        let number = self.first(|other| other >= word);
        (number < self.len() && self.word(number) == word).then_some(number)
    }

    /// The words that begin with some letters. O(log n).
    pub(super) fn beginning_with(&self, letters: &str) -> Range<u32> {
        let start = self.first(|word| word >= letters);
        start..self.first(|word| word >= letters && !word.starts_with(letters))
    }

    /// The number of the first word that is so, where all words behind it are.
    fn first(&self, is_so: impl Fn(&str) -> bool) -> u32 {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if is_so(self.word(middle)) { high = middle } else { low = middle + 1 }
        }
        low
    }

    /// The words within a number of errors of one, or with `as_beginning` those that begin with such a
    /// word, each with its number of errors, by the alphabet. None where the word is too long.
    ///
    /// Looks at all words of about its length, but compares only those that have nearly its letters:
    /// each error takes away at most one letter and adds at most one.
    pub(super) fn near(&self, word: &str, errors: u8, as_beginning: bool) -> Vec<(u32, u8)> {
        if word.len() > LONGEST {
            return Vec::new();
        }
        let letters = Letters::of(word);
        let start = |length: usize| self.lengths.get(length).or(self.lengths.last()).map_or(0, |start| *start as usize);
        let shortest = start(word.len().saturating_sub(usize::from(errors)));
        let longest = if as_beginning { self.by_length.len() } else { start(word.len() + usize::from(errors) + 1) };
        let mut near: Vec<_> = (self.by_length[shortest..longest].iter())
            .filter(|(_, others)| letters.lacking(*others, errors) && (as_beginning || others.lacking(letters, errors)))
            .filter_map(|(number, _)| {
                let other = self.word(*number);
                Some((*number, distance(word, other, errors, as_beginning)?))
            })
            .collect();
        near.sort_unstable();
        near
    }
}

/// Which letters a word has, as bits: each letter once and, where it is there again, twice.
#[derive(Debug, Clone, Copy, Default)]
struct Letters(u64);

impl Letters {
    fn of(word: &str) -> Self {
        let mut bits = 0u64;
        for byte in word.bytes() {
            let once = match byte {
                b'a'..=b'z' => byte - b'a',
                // Digits and the bytes of other letters share what is left.
                _ => 26 + byte % 6,
            };
            let (once, twice) = (1 << once, 1 << (once + 32));
            bits |= if bits & once == 0 { once } else { twice };
        }
        Self(bits)
    }

    /// Whether at most `most` of these letters are missing in others.
    fn lacking(self, others: Self, most: u8) -> bool {
        // Takes away one bit at a time, which is cheaper than to count them all.
        (0..most).fold(self.0 & !others.0, |bits, _| bits & bits.wrapping_sub(1)) == 0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_what_a_look_at_every_word_finds(
            words in proptest::collection::btree_set("[a-c1é]{1,7}", 0..60),
            word in "[a-c1é]{1,7}",
            errors in 0u8..4,
        ) {
            let words: BTreeSet<String> = words;
            let vocabulary = Vocabulary::new(words.iter().map(String::as_str));
            let numbered = || (0u32..).zip(&words);
            for (number, known) in numbered() {
                prop_assert_eq!(vocabulary.word(number), known);
            }
            let number = numbered().find(|(_, known)| **known == word).map(|(number, _)| number);
            prop_assert_eq!(vocabulary.number(&word), number);
            let begin = numbered().filter(|(_, known)| known.starts_with(&word)).map(|(number, _)| number);
            prop_assert_eq!(vocabulary.beginning_with(&word).collect::<Vec<_>>(), begin.collect::<Vec<_>>());
            for as_beginning in [false, true] {
                let near = numbered().filter_map(|(n, known)| Some((n, distance(&word, known, errors, as_beginning)?)));
                prop_assert_eq!(vocabulary.near(&word, errors, as_beginning), near.collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn very_long_words_are_near_to_none() {
        let long = "a".repeat(LONGEST + 1);
        let vocabulary = Vocabulary::new([long.as_str()].into_iter());
        assert_eq!(vocabulary.near(&long, 2, false), []);
        assert_eq!(vocabulary.near(&long[1..], 2, false), [(0, 1)]);
        assert_eq!(Vocabulary::new([].into_iter()).near("a", 2, true), []);
    }
}
