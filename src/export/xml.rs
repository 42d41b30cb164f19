//! What XML can hold.

use std::borrow::Cow;

/// Whether XML 1.0 has this character (production 2 of the recommendation).
fn is_of_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// A text with U+FFFD in the place of what XML cannot hold, not even by number, so that no reader refuses
/// the whole file. No text of checked sheets or packs holds such characters; texts made in memory may.
pub(super) fn text(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_of_xml) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_of_xml(c) { c } else { char::REPLACEMENT_CHARACTER }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_xml_cannot_hold_is_replaced() {
        assert!(matches!(text("Brésil & <b>\t\u{fffd}\u{1f702}"), Cow::Borrowed(_)));
        assert_eq!(text("a\u{fffe}b\u{ffff}c\u{0}d\u{1b}e"), "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e");
    }
}
