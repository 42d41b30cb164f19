//! The rules between records, one in each file.

mod agreement_without_parties;
mod chosen_date_differs;
mod chosen_not_given;
mod cycle;
mod dispute_needs_two_values;
mod duplicate_alias;
mod duplicate_id;
mod duplicate_statement;
mod end_before_start;
mod former_id;
mod missing_name;
mod missing_source;
mod orphan_node;
mod self_relationship;
mod unknown_node;
mod unknown_source;
mod unused_source;
mod wrong_kind;
mod wrong_role;

use rayon::prelude::*;

use super::{Dataset, Diagnostics};

/// Holds every rule against `dataset`, on all processors.
pub(super) fn check(dataset: &Dataset, faults: &mut Diagnostics) {
    let found = RULES.par_iter().map(|rule| {
        let mut faults = Diagnostics::default();
        rule(dataset, &mut faults);
        faults
    });
    for found in found.collect::<Vec<_>>() {
        faults.append(found);
    }
}

const RULES: &[fn(&Dataset, &mut Diagnostics)] = &[
    agreement_without_parties::check,
    chosen_date_differs::check,
    chosen_not_given::check,
    cycle::check,
    dispute_needs_two_values::check,
    duplicate_alias::check,
    duplicate_id::check,
    duplicate_statement::check,
    end_before_start::check,
    former_id::check,
    missing_name::check,
    missing_source::check,
    orphan_node::check,
    self_relationship::check,
    unknown_node::check,
    unknown_source::check,
    unused_source::check,
    wrong_kind::check,
    wrong_role::check,
];

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

/// Words as one reads them out: `` `a`, `b` or `c` ``.
fn one_of<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let mut words: Vec<_> = words.map(|word| format!("`{word}`")).collect();
    match words.pop() {
        Some(last) if words.is_empty() => last,
        Some(last) => format!("{} or {last}", words.join(", ")),
        None => String::new(),
    }
}
