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

/// The last two rows of the table of distances. Only cells within `errors` of the diagonal are worked
/// out, since all others are above it, and are kept as `errors` + 1.
#[derive(Clone)]
pub(super) struct Rows {
    row: [u8; LONGEST + 1],
    before: [u8; LONGEST + 1],
    last: u8,
    /// How many letters were read.
    read: u8,
    /// The least distance of a beginning of what was read.
    least: u8,
}

impl<'w> Near<'w> {
    /// Words within `errors` of `word`; with `as_beginning` also words that begin with one. None where
    /// the word is too long.
    pub(super) fn new(word: &'w str, errors: u8, as_beginning: bool) -> Option<Self> {
        (word.len() <= LONGEST).then_some(Self { word: word.as_bytes(), errors, as_beginning })
    }

    /// The cells near the diagonal after a number of letters.
    fn band(&self, read: u8) -> (usize, usize) {
        let (read, errors) = (usize::from(read), usize::from(self.errors));
        (read.saturating_sub(errors), (read + errors).min(self.word.len()))
    }

    /// How many errors lie between the word and what led to this state, or more than `errors`.
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
        let above = self.errors + 1;
        let mut row = [above; LONGEST + 1];
        for (distance, cell) in (0..above).zip(&mut row) {
            *cell = distance;
        }
        Rows { row, before: [above; LONGEST + 1], last: 0, read: 0, least: row[self.word.len()] }
    }

    fn is_match(&self, state: &Rows) -> bool {
        self.distance(state) <= self.errors
    }

    fn can_match(&self, state: &Rows) -> bool {
        let (first, last) = self.band(state.read);
        let least = |row: &[u8; LONGEST + 1]| row.get(first..=last).and_then(|row| row.iter().min().copied());
        self.will_always_match(state)
            || least(&state.row).is_some_and(|least| least <= self.errors)
            || least(&state.before).is_some_and(|least| least < self.errors)
    }

    fn will_always_match(&self, state: &Rows) -> bool {
        self.as_beginning && state.least <= self.errors
    }

    fn accept(&self, state: &Rows, byte: u8) -> Rows {
        let above = self.errors + 1;
        let read = state.read.saturating_add(1);
        let mut row = [above; LONGEST + 1];
        let (first, last) = self.band(read);
        if first == 0 {
            row[0] = read.min(above);
        }
        for i in first.max(1)..=last {
            let letter = self.word[i - 1];
            let changed = state.row[i - 1] + u8::from(letter != byte);
            let mut distance = changed.min(state.row[i] + 1).min(row[i - 1] + 1);
            if i > 1 && letter == state.last && self.word[i - 2] == byte {
                distance = distance.min(state.before[i - 2] + 1);
            }
            row[i] = distance.min(above);
        }
        Rows { row, before: state.row, last: byte, read, least: state.least.min(row[self.word.len()]) }
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
            prop_assert_eq!(usize::from(distance(&word, &other, false)), known.min(3));
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
