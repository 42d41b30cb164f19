//! Dates as people write them.

use crate::model::{Language, PartialDate};

/// The English names of the months.
pub(super) const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const FRENCH: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// A date as a text has it, no more precise than its source: `12 December 2022`, « 1er mars 2024 »,
/// `February 2026`, `2005`.
pub(super) fn written(date: PartialDate, language: Language) -> String {
    let year = date.year();
    let month = |names: &[&'static str; 12]| date.month().and_then(|month| names.get(usize::from(month) - 1).copied());
    match (language, date.day()) {
        (Language::En, Some(day)) => format!("{day} {} {year}", month(&ENGLISH).unwrap_or_default()),
        (Language::Fr, Some(1)) => format!("1er {} {year}", month(&FRENCH).unwrap_or_default()),
        (Language::Fr, Some(day)) => format!("{day} {} {year}", month(&FRENCH).unwrap_or_default()),
        (Language::En, None) => month(&ENGLISH).map_or_else(|| year.to_string(), |month| format!("{month} {year}")),
        (Language::Fr, None) => month(&FRENCH).map_or_else(|| year.to_string(), |month| format!("{month} {year}")),
    }
}

/// A date in French behind the word that a day wants, or a month or a year.
pub(super) fn behind(date: PartialDate, day: &str, other: &str) -> String {
    let text = written(date, Language::Fr);
    let other = match other.strip_suffix("e ") {
        // « d'août », « d'octobre ».
        Some(elided) if text.starts_with(['a', 'o']) => format!("{elided}'"),
        Some(_) | None => other.to_owned(),
    };
    if date.day().is_some() { format!("{day}{text}") } else { format!("{other}{text}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_stand_as_each_language_writes_them() {
        let table = [
            ("2022-12-12", "12 December 2022", "12 décembre 2022"),
            ("2024-03-01", "1 March 2024", "1er mars 2024"),
            ("2026-02", "February 2026", "février 2026"),
            ("2025-08", "August 2025", "août 2025"),
            ("2005", "2005", "2005"),
        ];
        for (date, english, french) in table {
            let date = date.parse().expect("a date");
            assert_eq!([Language::En, Language::Fr].map(|language| written(date, language)), [english, french]);
        }
    }

    #[test]
    fn french_words_before_a_date_are_elided() {
        let behind = |date: &str| behind(date.parse().expect("a date"), "du ", "de ");
        assert_eq!(
            ["2025-08", "2025-10", "2025-06", "2025", "2025-08-01"].map(behind),
            ["d'août 2025", "d'octobre 2025", "de juin 2025", "de 2025", "du 1er août 2025"]
        );
    }
}
