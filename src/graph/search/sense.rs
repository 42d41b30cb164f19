//! What words say: which say nothing by themselves, and which only say what is not.

use std::ops::Range;

use super::fold::words;

/// Words that say nothing by themselves, in both languages, by the alphabet: articles, prepositions,
/// what questions begin with, negations. They are not looked for, unless there is nothing else.
pub(super) fn is_stop_word(folded: &str) -> bool {
    const STOP_WORDS: [&str; 135] = [
        "a", "about", "also", "an", "and", "any", "are", "as", "at", "au", "aucun", "aucune", "aux", "avec", "be",
        "been", "between", "but", "by", "ce", "ces", "cet", "cette", "comment", "d", "dans", "de", "des", "did", "do",
        "does", "donc", "dont", "du", "elle", "elles", "en", "entre", "es", "est", "et", "for", "from", "had", "has",
        "have", "how", "i", "if", "il", "ils", "in", "into", "is", "it", "its", "j", "je", "l", "la", "laquelle", "le",
        "lequel", "les", "lesquels", "leur", "leurs", "m", "mais", "me", "my", "n", "ne", "no", "nor", "not", "of",
        "on", "ont", "or", "ou", "par", "pas", "pour", "qu", "quand", "que", "quel", "quelle", "quelles", "quels",
        "qui", "quoi", "s", "sa", "sans", "se", "ses", "son", "sont", "sous", "sur", "t", "than", "that", "the",
        "their", "then", "there", "these", "they", "this", "those", "to", "un", "une", "vers", "was", "we", "were",
        "what", "when", "where", "which", "who", "whom", "whose", "why", "will", "with", "without", "would", "y",
        "you", "your",
    ];
    STOP_WORDS.binary_search(&folded).is_ok()
}

/// Whether a folded word is an article that names are given with and without.
pub(super) fn is_article(folded: &str) -> bool {
    matches!(folded, "the" | "le" | "la" | "les" | "l")
}

/// Where a text says what is: without what stands behind a negation (`no`, `without`, `sans`, `aucun`
/// …) up to the end of its clause. The ranges, in order and apart. O(length).
pub(super) fn affirmed(text: &str) -> Vec<Range<usize>> {
    const NEGATIONS: [&str; 17] = [
        "no",
        "not",
        "without",
        "none",
        "nor",
        "never",
        "neither",
        "cannot",
        "lacks",
        "excluding",
        "sans",
        "aucun",
        "aucune",
        "ni",
        "jamais",
        "pas",
        "sauf",
    ];
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut denied = false;
    let mut after_stop = false;
    for word in words(text) {
        let before = &text[start.min(word.range.start)..word.range.start];
        let before = if after_stop { before.trim_start_matches('.') } else { before };
        // The stop behind `U.S.` belongs to it.
        after_stop = text[word.range.clone()].contains('.');
        if denied && ends_a_clause(before) {
            denied = false;
            start = word.range.start;
        }
        if !denied && NEGATIONS.contains(&&*word.text) {
            denied = true;
            ranges.push(start..word.range.start);
        }
        if denied {
            start = word.range.end;
        }
    }
    if !denied {
        ranges.push(start..text.len());
    }
    ranges
}

/// Whether what stands between two words ends a clause.
fn ends_a_clause(between: &str) -> bool {
    between.contains([';', ':', '.', '!', '?', '(', ')', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_denied_is_not_affirmed() {
        let table = [
            ("Partner of Canada.", "Partner of Canada."),
            ("Country with no agreement with Canada; member of the G7.", "Country with |member of the G7."),
            ("Pays sans entente avec le Canada (depuis 2020)", "Pays |depuis 2020)"),
            ("No agreement. Not one, never", "|"),
            ("No U.S. agreement with Canada", ""),
            ("", ""),
        ];
        for (text, expected) in table {
            let affirmed: Vec<_> = affirmed(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(affirmed.join("|"), expected, "{text}");
        }
    }

    #[test]
    fn stop_words_are_in_order() {
        for word in ["a", "which", "with", "your", "dans", "quelles"] {
            assert!(is_stop_word(word), "{word}");
        }
        assert!(!is_stop_word("canada"));
    }
}
