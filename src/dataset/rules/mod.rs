//! The rules between records, one in each file.

use super::{Dataset, Diagnostics};

/// Holds every rule against `dataset`.
pub(super) fn check(dataset: &Dataset, faults: &mut Diagnostics) {
    for rule in RULES {
        rule(dataset, faults);
    }
}

const RULES: &[fn(&Dataset, &mut Diagnostics)] = &[];

/// The word of `known` that `word` is most like, if any is much like it; of equals the first.
pub(super) fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    const ALIKE: f64 = 0.6;
    let mut best = None;
    for candidate in known {
        let likeness = strsim::normalized_damerau_levenshtein(word, candidate);
        if likeness >= ALIKE && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}
