//! Abbreviations: how they are spelled.

use unicode_normalization::UnicodeNormalization;

use super::fold::is_hyphen;

/// How a text spells an abbreviation, as far as spaces and stops do not hide it: whether there are
/// hyphens, and its letters. `É.-U.` and `EU` have the same letters once folded, and are two things.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Spelling {
    hyphens: bool,
    letters: String,
}

impl Spelling {
    pub(super) fn of(text: &str) -> Self {
        let letters = text.nfc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        Self { hyphens: text.contains(is_hyphen), letters }
    }

    /// Whether one who types this can mean an abbreviation of that spelling. Accents may be left out.
    pub(super) fn may_be(&self, other: &Self) -> bool {
        self.hyphens == other.hyphens && (self.letters.is_ascii() || self.letters == other.letters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_told_apart_by_their_spelling() {
        let may_be = |typed, other| Spelling::of(typed).may_be(&Spelling::of(other));
        for (typed, other) in [("É.-U.", "É.-U."), ("e.-u.", "É.-U."), ("E.U.", "EU"), ("e u", "EU"), ("ÉU", "É.U.")]
        {
            assert!(may_be(typed, other), "{typed} {other}");
        }
        for (typed, other) in [("EU", "É.-U."), ("É.-U.", "EU"), ("ÉU", "EU"), ("É.-U.", "E.-U.")] {
            assert!(!may_be(typed, other), "{typed} {other}");
        }
    }
}
