//! Alphabetical order as each language has it.

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorPreferences};
use icu_locale_core::locale;
use rayon::prelude::*;

use crate::model::Language;

/// The place of each name in the alphabet of `language`, from 0. Accents and case matter only between
/// names that are otherwise alike (é sorts after e and before f), and numbers sort by their value (G7
/// before G20). Only names of equal letters share a place, so place and position together are a total
/// order.
///
/// O(n log n) comparisons, on all processors.
pub(super) fn ranks<'a>(names: impl Iterator<Item = &'a str>, language: Language) -> Vec<u32> {
    let locale = match language {
        Language::En => locale!("en"),
        Language::Fr => locale!("fr"),
    };
    let mut preferences = CollatorPreferences::from(&locale);
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    let collator = Collator::try_new(preferences, CollatorOptions::default());
    let collator = collator.expect("the collation data is compiled in");
    let names: Vec<&str> = names.collect();
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.par_sort_by(|&a, &b| collator.compare(names[a], names[b]).then_with(|| names[a].cmp(names[b])));
    let mut ranks = vec![0; names.len()];
    let mut rank = 0;
    for pair in order.windows(2) {
        rank += u32::from(names[pair[0]] != names[pair[1]]);
        ranks[pair[1]] = rank;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(language: Language, names: &[&'static str]) -> Vec<&'static str> {
        let ranks = ranks(names.iter().copied(), language);
        let mut sorted: Vec<_> = names.iter().copied().zip(ranks).enumerate().collect();
        sorted.sort_by_key(|(position, (_, rank))| (*rank, *position));
        sorted.into_iter().map(|(_, (name, _))| name).collect()
    }

    #[test]
    fn accents_sort_with_their_letter() {
        let names = ["Zambie", "Équateur", "Finlande", "États-Unis", "Espagne", "Eswatini"];
        let expected = ["Équateur", "Espagne", "Eswatini", "États-Unis", "Finlande", "Zambie"];
        for language in Language::ALL {
            assert_eq!(sorted(language, &names), expected, "{language:?}");
        }
        assert_eq!(sorted(Language::Fr, &["été", "etc", "eté", "ete"]), ["etc", "ete", "eté", "été"]);
    }

    #[test]
    fn case_matters_last_and_numbers_by_value() {
        assert_eq!(sorted(Language::En, &["iea", "IEA", "Inuit", "IISD"]), ["iea", "IEA", "IISD", "Inuit"]);
        assert_eq!(sorted(Language::En, &["G20", "G7"]), ["G7", "G20"]);
    }

    #[test]
    fn equal_names_share_a_place_and_an_empty_list_has_none() {
        assert_eq!(ranks(["b", "a", "b"].into_iter(), Language::En), [1, 0, 1]);
        assert!(ranks(std::iter::empty(), Language::Fr).is_empty());
    }
}
