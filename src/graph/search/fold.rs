//! Folding: what is left of a text when everything that people leave out or type differently is gone.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::sense::{is_article, is_stop_word};

/// Folds a text for comparison: no accents, no case, `oe` for `œ`, and words joined by single spaces
/// whatever stood between them, so that apostrophes and hyphens of every sort are alike. Letters with
/// stops are one word: `us` for `U.S.`. Folding twice is folding once. O(length).
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in words(text) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(&word.text);
    }
    folded
}

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// The word, folded.
    pub(super) text: String,
    /// Where it stands in the text, in bytes.
    pub(super) range: Range<usize>,
}

/// The words of a text, in order; letters with stops are one: `U.S.`, `É.-U.`. O(length).
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut stopped = false;
    for word in runs_of_letters(text) {
        let is_letter = {
            let mut letters = word.text.chars();
            letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
        };
        if let Some(last) = words.last_mut().filter(|_| stopped && is_letter) {
            let between = text.get(last.range.end..word.range.start);
            if between.is_some_and(|between| matches!(between, "." | ".-" | ".\u{2010}" | ".\u{2011}")) {
                last.text.push_str(&word.text);
                last.range.end = word.range.end;
                continue;
            }
        }
        stopped = is_letter;
        words.push(word);
    }
    words
}

/// The runs of letters and digits of a text, in order.
fn runs_of_letters(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        fold_char(c, |folded| match folded {
            Folded::Letter(letter) if open => {
                if let Some(word) = words.last_mut() {
                    word.text.push(letter);
                    word.range.end = end;
                }
            }
            Folded::Letter(letter) => {
                words.push(Word { text: letter.into(), range: start..end });
                open = true;
            }
            // An accent written by itself belongs to the letter before it.
            Folded::Nothing => {
                if let Some(word) = words.last_mut().filter(|word| open && word.range.end == start) {
                    word.range.end = end;
                }
            }
            Folded::Gap => open = false,
        });
    }
    words
}

/// How many words that apostrophes or hyphens join are also one word.
const MOST_JOINED: usize = 4;

/// The words of a text and, behind each run that apostrophes or hyphens join, the same as one word:
/// `nisga`, `a`, `nisgaa`; `co`, `operation`, `cooperation`. French elisions (`l'Europe`) and numbers
/// (`2025-2028`) are no such runs. O(length).
pub(super) fn forms(text: &str) -> Vec<Word> {
    let words = words(text);
    let mut forms = Vec::with_capacity(words.len() + 1);
    let mut run: Option<(Word, usize)> = None;
    for word in words {
        let joined = run.take().filter(|(run, count)| {
            // The words of a fraction such as ¼ stand in the same place.
            let mut between = text.get(run.range.end..word.range.start).unwrap_or_default().chars();
            let is_joint = |c| is_apostrophe(c) || is_hyphen(c);
            *count < MOST_JOINED
                && between.next().is_some_and(is_joint)
                && between.next().is_none()
                && !is_elision(&run.text)
                && [&run.text, &word.text].iter().all(|text| text.starts_with(char::is_alphabetic))
        });
        let longer = joined.map(|(run, count)| {
            (Word { text: run.text + &word.text, range: run.range.start..word.range.end }, count + 1)
        });
        forms.push(word.clone());
        forms.extend(longer.as_ref().map(|(longer, _)| longer.clone()));
        run = Some(longer.unwrap_or((word, 1)));
    }
    forms
}

/// What becomes of one character, or of a part of it.
enum Folded {
    Letter(char),
    Gap,
    Nothing,
}

fn fold_char(c: char, mut put: impl FnMut(Folded)) {
    if c.is_ascii() {
        let letter = c.is_ascii_alphanumeric();
        return put(if letter { Folded::Letter(c.to_ascii_lowercase()) } else { Folded::Gap });
    }
    if is_apostrophe(c) {
        return put(Folded::Gap);
    }
    if is_invisible(c) {
        return put(Folded::Nothing);
    }
    for part in std::iter::once(c).nfkd().flat_map(char::to_lowercase).nfkd() {
        if is_combining_mark(part) || is_invisible(part) {
            put(Folded::Nothing);
        } else if let Some(letters) = spelled_out(part) {
            letters.chars().for_each(|letter| put(Folded::Letter(letter)));
        } else if part.is_alphanumeric() && !is_apostrophe(part) {
            put(Folded::Letter(part));
        } else {
            put(Folded::Gap);
        }
    }
}

/// Letters that are no letter with an accent but are typed as one or two plain ones.
fn spelled_out(letter: char) -> Option<&'static str> {
    Some(match letter {
        'œ' => "oe",
        'æ' => "ae",
        'ß' => "ss",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ħ' => "h",
        'þ' => "th",
        'ı' => "i",
        'ŋ' => "n",
        'ς' => "σ",
        _ => return None,
    })
}

/// Apostrophes, and the letters for glottal stops that are written and typed as one.
fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '’' | '‘' | '‛' | '`' | '´' | '′' | 'ʹ'..='ʿ' | 'ˀ' | 'ˁ' | 'ˈ' | 'ꞌ' | 'Ꞌ' | 'ʔ' | 'Ɂ' | 'ɂ' | '＇'
    )
}

pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Soft hyphens and joiners, which stand within words without showing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// What French and some names elide before an apostrophe.
fn is_elision(word: &str) -> bool {
    matches!(word, "l" | "d" | "c" | "j" | "m" | "n" | "s" | "t" | "qu" | "jusqu" | "lorsqu" | "puisqu")
}

/// A folded text without the articles it begins with, unless it is nothing but articles.
pub(super) fn without_article(folded: &str) -> &str {
    let mut rest = folded;
    while let Some((first, after)) = rest.split_once(' ') {
        if !is_article(first) {
            break;
        }
        rest = after;
    }
    rest
}

/// The initials of the words that say something, and where these stand, where there are three or
/// more: `cmpa` for "Critical Minerals Production Alliance".
pub(super) fn initials(text: &str) -> Option<(String, Vec<Range<usize>>)> {
    let mut letters = String::new();
    let mut ranges = Vec::new();
    for word in words(text).into_iter().filter(|word| !is_stop_word(&word.text)) {
        letters.extend(word.text.chars().next());
        let first = text[word.range.clone()].chars().next().map_or(0, char::len_utf8);
        ranges.push(word.range.start..word.range.start + first);
    }
    (3..=8).contains(&ranges.len()).then_some((letters, ranges))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_people_leave_out_does_not_matter() {
        let table = [
            ("États-Unis", "etats unis"),
            ("Nisga'a", "nisga a"),
            ("Nisga’a", "nisga a"),
            ("Nisgaʼa", "nisga a"),
            ("l\u{2019}Œuvre — nº 1", "l oeuvre no 1"),
            ("CANADA–EU", "canada eu"),
            ("Me\u{301}tis", "metis"),
            ("Łódź, Straße, Ærø", "lodz strasse aero"),
            ("İstanbul ﬁn ２", "istanbul fin 2"),
            ("ʔaq̓am", "aqam"),
            ("the U.S. and the U.K.", "the us and the uk"),
            ("É.-U., R.-U., T.N.-O.", "eu ru tno"),
            ("plan B. C follows; 1.5 %", "plan b c follows 1 5"),
            ("co\u{ad}operation", "cooperation"),
            ("🍁\0—", ""),
            ("", ""),
        ];
        for (text, folded) in table {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn words_know_where_they_stand() {
        let text = "La Nation me\u{301}tisse, l'UE";
        let found: Vec<_> = words(text).into_iter().map(|word| text[word.range].to_owned()).collect();
        assert_eq!(found, ["La", "Nation", "me\u{301}tisse", "l", "UE"]);
        let texts = |text| forms(text).into_iter().map(|form| form.text).collect::<Vec<_>>();
        assert_eq!(texts("Nisga'a Nation"), ["nisga", "a", "nisgaa", "nation"]);
        assert_eq!(texts("l'Europe"), ["l", "europe"]);
        assert_eq!(texts("Co-operation 2025-2028"), ["co", "operation", "cooperation", "2025", "2028"]);
        assert_eq!(texts("a-b-c-d-e").last().map(String::as_str), Some("e"));
    }

    #[test]
    fn articles_and_initials() {
        assert_eq!(without_article("l ue"), "ue");
        assert_eq!(without_article("the la rochelle"), "rochelle");
        assert_eq!(without_article("la"), "la");
        let (letters, ranges) = initials("Alliance sur l'Économie du Nord").expect("three words");
        assert_eq!((letters.as_str(), ranges.len()), ("aen", 3));
        assert_eq!(initials("European Union"), None);
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC*|.*") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
        }

        #[test]
        fn words_lie_in_the_text(text in ".*") {
            for form in forms(&text) {
                prop_assert!(text.get(form.range).is_some());
            }
        }
    }
}
