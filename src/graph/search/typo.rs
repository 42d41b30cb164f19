//! Words with typing errors: an automaton that walks the vocabulary and keeps to words near one.

use fst::Automaton;

/// The longest word, in bytes, for which errors are forgiven.
const LONGEST: usize = 32;

/// Accepts the words within a number of errors of one word: a letter left out, added, changed, or
/// swapped with the next. Letters are bytes, which after folding is the same for all that is written
/// in plain Latin letters.
///
/// It works out one row of the table of distances at a time, so that it costs nothing to make, unlike
/// a precomputed automaton.
pub(super) struct Near<'w> {
    word: &'w [u8],
    errors: u8,
    as_beginning: bool,
}

/// The last two rows of the table of distances.
#[derive(Clone)]
pub(super) struct Rows {
    row: [u8; LONGEST + 1],
    before: [u8; LONGEST + 1],
    last: u8,
    /// The least distance of a beginning of what was read.
    least: u8,
}

impl<'w> Near<'w> {
    /// Words within `errors` of `word`; with `as_beginning` also words that begin with one. None where
    /// the word is too long.
    pub(super) fn new(word: &'w str, errors: u8, as_beginning: bool) -> Option<Self> {
        (word.len() <= LONGEST).then_some(Self { word: word.as_bytes(), errors, as_beginning })
    }

    /// How many errors lie between the word and what led to this state.
    pub(super) fn distance(&self, state: &Rows) -> u8 {
        if self.as_beginning { state.least } else { state.row[self.word.len()] }
    }
}

/// How many errors are forgiven in a word: none up to three letters, one up to seven, else two.
pub(super) fn forgiven(word: &str) -> u8 {
    match word.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

impl Automaton for Near<'_> {
    type State = Rows;

    fn start(&self) -> Rows {
        let mut row = [0; LONGEST + 1];
        for (distance, cell) in (0u8..).zip(&mut row) {
            *cell = distance;
        }
        Rows { row, before: [u8::MAX - 1; LONGEST + 1], last: 0, least: self.word.len() as u8 }
    }

    fn is_match(&self, state: &Rows) -> bool {
        self.distance(state) <= self.errors
    }

    fn can_match(&self, state: &Rows) -> bool {
        let least = |row: &[u8]| row[..=self.word.len()].iter().copied().min().unwrap_or_default();
        self.will_always_match(state) || least(&state.row) <= self.errors || least(&state.before) < self.errors
    }

    fn will_always_match(&self, state: &Rows) -> bool {
        self.as_beginning && state.least <= self.errors
    }

    fn accept(&self, state: &Rows, byte: u8) -> Rows {
        let mut next = Rows { row: state.row, before: state.row, last: byte, least: state.least };
        next.row[0] = state.row[0].saturating_add(1);
        for i in 1..=self.word.len() {
            let letter = self.word[i - 1];
            let changed = state.row[i - 1].saturating_add(u8::from(letter != byte));
            let mut distance = changed.min(state.row[i].saturating_add(1)).min(next.row[i - 1].saturating_add(1));
            if i > 1 && letter == state.last && self.word[i - 2] == byte {
                distance = distance.min(state.before[i - 2].saturating_add(1));
            }
            next.row[i] = distance;
        }
        next.least = next.least.min(next.row[self.word.len()]);
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn distance(word: &str, other: &str, as_beginning: bool) -> u8 {
        let near = Near::new(word, 2, as_beginning).expect("a short word");
        let end = other.bytes().fold(near.start(), |state, byte| near.accept(&state, byte));
        near.distance(&end)
    }

    #[test]
    fn counts_errors() {
        let table = [("canada", "canada", 0), ("cnaada", "canada", 1), ("kanada", "canada", 1), ("canda", "canada", 1)];
        for (word, other, errors) in table {
            assert_eq!(distance(word, other, false), errors, "{word}");
        }
        assert_eq!(distance("kanan", "kananaskis", true), 0);
        assert_eq!(distance("knana", "kananaskis", true), 1);
        assert!(Near::new(&"a".repeat(33), 2, false).is_none());
    }

    proptest! {
        #[test]
        fn is_the_known_distance_and_prunes_nothing_near(word in "[a-d]{0,9}", other in "[a-d]{0,9}") {
            let known = strsim::osa_distance(&word, &other);
            prop_assert_eq!(usize::from(distance(&word, &other, false)), known);
            let near = Near::new(&word, 2, false).expect("a short word");
            let mut state = near.start();
            let mut alive = near.can_match(&state);
            for byte in other.bytes() {
                state = near.accept(&state, byte);
                alive &= near.can_match(&state);
            }
            prop_assert!(alive || known > 2);
        }
    }
}
