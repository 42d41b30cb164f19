//! Typing errors: how many letters lie between two words.

/// The longest word, in bytes, for which errors are forgiven.
pub(super) const LONGEST: usize = 32;

/// How many errors are forgiven in a word: none up to four letters, one up to seven, else two.
pub(super) fn forgiven(word: &str) -> u8 {
    match word.chars().count() {
        0..=4 => 0,
        5..=7 => 1,
        _ => 2,
    }
}

/// How many errors lie between two words, if at most `errors`: a letter left out, added, changed, or
/// swapped with the next. With `as_beginning`, between the first and that beginning of the other
/// which is nearest. Letters are bytes, which after folding is the same for all that is written in
/// plain Latin letters.
///
/// Works out only those cells of the table of distances that can be small enough: O(length × errors).
/// The first word has at most [`LONGEST`] bytes.
pub(super) fn distance(word: &str, other: &str, errors: u8, as_beginning: bool) -> Option<u8> {
    let (word, other) = (word.as_bytes(), other.as_bytes());
    let above = errors + 1;
    // The row of the table for what was read, and the one before it.
    let mut row = [above; LONGEST + 1];
    let mut before = row;
    for (distance, cell) in (0..above).zip(&mut row[..=word.len()]) {
        *cell = distance;
    }
    // The least distance of a beginning of what was read.
    let mut least = row[word.len()];
    for (read, &letter) in other.iter().enumerate() {
        let first = (read + 1).saturating_sub(usize::from(errors));
        let last = (read + 1 + usize::from(errors)).min(word.len());
        let mut next = [above; LONGEST + 1];
        if first == 0 {
            next[0] = read as u8 + 1;
        }
        let mut alive = first == 0;
        for i in first.max(1)..=last {
            let changed = row[i - 1] + u8::from(word[i - 1] != letter);
            let mut distance = changed.min(row[i] + 1).min(next[i - 1] + 1);
            if i > 1 && read > 0 && word[i - 1] == other[read - 1] && word[i - 2] == letter {
                distance = distance.min(before[i - 2] + 1);
            }
            next[i] = distance.min(above);
            alive |= distance < above;
        }
        (before, row) = (row, next);
        least = least.min(row[word.len()]);
        // A swapped letter can still lead back from the row before.
        if !alive && before.iter().all(|distance| *distance >= errors) {
            return (as_beginning && least <= errors).then_some(least);
        }
    }
    let distance = if as_beginning { least } else { row[word.len()] };
    (distance <= errors).then_some(distance)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn counts_errors() {
        let table = [("canada", "canada", 0), ("cnaada", "canada", 1), ("kanada", "canada", 1), ("canda", "canada", 1)];
        for (word, other, errors) in table {
            assert_eq!(distance(word, other, 2, false), Some(errors), "{word}");
        }
        assert_eq!(distance("kanada", "canada", 0, false), None);
        assert_eq!(distance("kanan", "kananaskis", 2, true), Some(0));
        assert_eq!(distance("knana", "kananaskis", 2, true), Some(1));
        assert_eq!(distance("knana", "kananaskis", 2, false), None);
    }

    proptest! {
        #[test]
        fn is_the_known_distance(word in "[a-d]{0,9}", other in "[a-d]{0,12}", errors in 0u8..4) {
            let known = |other: &str| Some(strsim::osa_distance(&word, other) as u8).filter(|known| *known <= errors);
            prop_assert_eq!(distance(&word, &other, errors, false), known(&other));
            let beginnings = (0..=other.len()).filter_map(|end| known(&other[..end]));
            prop_assert_eq!(distance(&word, &other, errors, true), beginnings.min());
        }
    }
}
