//! Which texts can stand as they are, in every answer and every file.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Why a text cannot stand as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Untidy {
    /// A blank before or behind it.
    Blank,
    /// A control character: a line break, a tab.
    Control(char),
    /// A character that nobody sees, so that two texts that look the same differ.
    Unseen(char),
    /// A code point that is no character, or stands for one that was lost. Some files cannot hold it.
    NoCharacter(char),
    /// Letters and accents apart that could be one character.
    NotNormal,
}

/// What is untidy about `text`, if anything. Linear; most texts are told by one look at their bytes.
pub(super) fn untidy(text: &str) -> Option<Untidy> {
    if text.trim() != text {
        return Some(Untidy::Blank);
    }
    // Nearly all texts are told by their bytes alone, many at a time.
    let special = text.bytes().fold(0, |special, byte| special | u8::from(byte < 0x20) | u8::from(byte >= 0x7f));
    if special == 0 {
        return None;
    }
    if let Some(untidy) = text.chars().find_map(untidy_character) {
        return Some(untidy);
    }
    // Below the first combining mark every text is normal.
    let may_combine = text.chars().any(|c| c >= '\u{300}');
    (may_combine && !is_nfc(text)).then_some(Untidy::NotNormal)
}

fn untidy_character(c: char) -> Option<Untidy> {
    match c {
        c if c.is_control() => Some(Untidy::Control(c)),
        '\u{0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' => None,
        '\u{2028}' | '\u{2029}' => Some(Untidy::Control(c)),
        '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => Some(Untidy::Unseen(c)),
        '\u{fffc}' | '\u{fffd}' => Some(Untidy::NoCharacter(c)),
        c if is_noncharacter(c) => Some(Untidy::NoCharacter(c)),
        _ => None,
    }
}

/// Whether this is one of the 66 code points that Unicode will never give a character.
fn is_noncharacter(c: char) -> bool {
    let code = u32::from(c);
    matches!(code, 0xfdd0..=0xfdef) || code & 0xfffe == 0xfffe
}

impl Untidy {
    /// What is wrong, in a line.
    pub(super) fn message(self) -> String {
        match self {
            Self::Blank => "the text begins or ends with a blank".to_owned(),
            Self::Control(c) => format!("the text holds the control character {}", c.escape_unicode()),
            Self::Unseen(c) => format!("the text holds {}, which nobody sees", named(c)),
            Self::NoCharacter(c) => format!("the text holds {}, which is no character", named(c)),
            Self::NotNormal => "the text has letters and accents apart, which are not equal to the same text \
                                with accented letters (NFC)"
                .to_owned(),
        }
    }

    /// What to do about it in `text`.
    pub(super) fn help(self, text: &str) -> String {
        match self {
            Self::Blank => "remove the blank".to_owned(),
            Self::Control(_) => "write the text on one line".to_owned(),
            Self::Unseen(_) => "remove it, or type the text anew instead of pasting it".to_owned(),
            Self::NoCharacter(_) => "remove it, or write the character that is meant".to_owned(),
            Self::NotNormal => format!("write `{}`, in the normal form NFC", normal(text)),
        }
    }
}

/// A text in the normal form NFC.
pub(super) fn normal(text: &str) -> String {
    text.nfc().collect()
}

/// The code point of a character, and its name where people know it.
pub(super) fn named(c: char) -> String {
    let name = match c {
        '\u{a0}' => " (no-break space)",
        '\u{ad}' => " (soft hyphen)",
        '\u{200b}' => " (zero width space)",
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            " (a mark of the direction of writing)"
        }
        '\u{202f}' => " (narrow no-break space)",
        '\u{2060}' => " (word joiner)",
        '\u{feff}' => " (byte order mark)",
        '\u{fffd}' => " (the sign of a character that was lost)",
        _ => "",
    };
    format!("U+{:04X}{name}", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_noncharacter_is_refused_and_nothing_beside_it() {
        let all = (0..=0x0010_ffff).filter_map(char::from_u32).filter(|c| is_noncharacter(*c)).collect::<Vec<_>>();
        assert_eq!(all.len(), 66);
        for c in all {
            assert_eq!(untidy(&format!("a{c}b")), Some(Untidy::NoCharacter(c)), "{}", c.escape_unicode());
        }
        for c in ['\u{fdcf}', '\u{fdf0}', '\u{10000}', '\u{1f702}'] {
            assert_eq!(untidy(&format!("a{c}b")), None, "{}", c.escape_unicode());
        }
    }

    #[test]
    fn no_tidy_text_holds_what_xml_cannot() {
        for c in (0..=0x0010_ffff).filter_map(char::from_u32) {
            // XML 1.0, production 2, without blanks but the space.
            let is_of_xml = matches!(c, '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
            assert!(is_of_xml || untidy(&format!("a{c}b")).is_some(), "{}", c.escape_unicode());
        }
    }

    #[test]
    fn what_people_write_is_tidy_and_what_they_paste_may_not_be() {
        for good in [
            "",
            "Brésil",
            "l’accord « vert »",
            "3\u{a0}%",
            "Nisg̱a’a",
            "ʔaq̓am",
            "日本",
            "a b",
            "naïve — ok",
            "100\u{202f}000",
        ] {
            assert_eq!(untidy(good), None, "{good}");
        }
        let cases = [
            (" a", Untidy::Blank),
            ("a\u{a0}", Untidy::Blank),
            ("a\nb", Untidy::Control('\n')),
            ("a\u{85}b", Untidy::Control('\u{85}')),
            ("a\u{2028}b", Untidy::Control('\u{2028}')),
            ("Bre\u{301}sil", Untidy::NotNormal),
            ("\u{212b}", Untidy::NotNormal),
            ("Bra\u{200b}zil", Untidy::Unseen('\u{200b}')),
            ("co\u{ad}operation", Untidy::Unseen('\u{ad}')),
            ("Brazil\u{202e}", Untidy::Unseen('\u{202e}')),
            ("a\u{2067}b", Untidy::Unseen('\u{2067}')),
            ("Br\u{fffd}sil", Untidy::NoCharacter('\u{fffd}')),
        ];
        for (text, expected) in cases {
            assert_eq!(untidy(text), Some(expected), "{}", text.escape_unicode());
        }
        assert!(Untidy::NotNormal.help("Bre\u{301}sil").contains("Brésil"));
    }
}
