//! Texts as they are compared: without case, accents and punctuation, folded once for a snapshot.

use super::fold;

/// The folded texts of many things, in one piece of memory.
#[derive(Debug)]
pub(super) struct Folded {
    text: String,
    /// Where the texts of each thing end.
    ends: Vec<u32>,
}

impl Folded {
    /// Folds the texts of each thing. O(length).
    pub(super) fn new<'t, T: IntoIterator<Item = &'t str>>(things: impl Iterator<Item = T>) -> Self {
        let mut folded = Self { text: String::new(), ends: Vec::with_capacity(things.size_hint().0) };
        for texts in things {
            for text in texts {
                // No folded text has a line break, so that nothing is found across two.
                folded.text.push('\n');
                folded.text += &fold(text);
            }
            folded.ends.push(u32::try_from(folded.text.len()).unwrap_or(u32::MAX));
        }
        folded
    }

    /// The folded texts of one thing, a line for each. O(1).
    pub(super) fn of(&self, number: u32) -> &str {
        let begin = number.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        self.text.get(begin as usize..self.ends[number as usize] as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_found_across_two_texts() {
        let folded = Folded::new([vec!["Québec, Canada", "QC"], vec![], vec!["Nunavut"]].into_iter());
        assert_eq!([0, 1, 2].map(|number| folded.of(number)), ["\nquebec canada\nqc", "", "\nnunavut"]);
        assert!(!folded.of(0).contains(&fold("Canada QC")));
    }
}
