//! One page of a list, by Relay's rules.

use std::ops::Range;

use super::{QuestionError, quoted};

/// What a reader asks for: `first` items after a cursor, or `last` items before one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageArgs {
    /// How many from the start.
    pub first: Option<i32>,
    /// Only what comes after the item with this cursor.
    pub after: Option<String>,
    /// How many from the end.
    pub last: Option<i32>,
    /// Only what comes before the item with this cursor.
    pub before: Option<String>,
}

/// The part of a list that a page holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The positions in the whole list.
    pub range: Range<usize>,
    /// Whether the list goes on before the page.
    pub has_previous: bool,
    /// Whether the list goes on after the page.
    pub has_next: bool,
}

impl PageArgs {
    /// A page from the start.
    pub fn forward(first: Option<i32>, after: Option<String>) -> Self {
        Self { first, after, last: None, before: None }
    }

    /// With a size from the start where none is given at all.
    pub fn or_first(self, size: usize) -> Self {
        let first = self.first.or(self.last.is_none().then_some(size as i32));
        Self { first, ..self }
    }

    /// Cuts the page out of a list of `total` items, of which `position` finds the one with a given
    /// cursor. Cursors name items, not positions, so a page stays right when the list grows.
    ///
    /// # Errors
    /// A negative size, a size above `max`, or a cursor of no item in the list.
    pub fn cut(
        &self,
        total: usize,
        max: usize,
        position: impl Fn(&str) -> Option<usize>,
    ) -> Result<Page, QuestionError> {
        let size = |argument, value: Option<i32>| match value.map(usize::try_from) {
            None => Ok(None),
            Some(Ok(size)) if size <= max => Ok(Some(size)),
            Some(_) => Err(QuestionError::bad(argument, format!("a page has 0 to {max} items"))),
        };
        let find = |argument, cursor: &Option<String>| match cursor {
            None => Ok(None),
            Some(cursor) => match position(cursor) {
                Some(position) => Ok(Some(position)),
                None => Err(QuestionError::bad(
                    argument,
                    format!(
                        "{} is not the cursor of an item in this list; take one from `edges.cursor` or `pageInfo` of the same list",
                        quoted(cursor)
                    ),
                )),
            },
        };
        let (first, last) = (size("first", self.first)?, size("last", self.last)?);
        let mut start = find("after", &self.after)?.map_or(0, |position| position + 1);
        let mut end = find("before", &self.before)?.unwrap_or(total).max(start);
        if let Some(first) = first {
            end = end.min(start.saturating_add(first));
        }
        if let Some(last) = last {
            start = start.max(end.saturating_sub(last));
        }
        Ok(Page { has_previous: start > 0, has_next: end < total, range: start..end })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(
        total: usize,
        first: Option<i32>,
        after: Option<&str>,
        last: Option<i32>,
        before: Option<&str>,
    ) -> (Range<usize>, bool, bool) {
        let args = PageArgs { first, after: after.map(Into::into), last, before: before.map(Into::into) };
        let page = args.cut(total, 100, |cursor| cursor.parse().ok().filter(|p| *p < total)).expect("a page");
        (page.range, page.has_previous, page.has_next)
    }

    #[test]
    fn pages_from_both_ends() {
        assert_eq!(cut(5, Some(2), None, None, None), (0..2, false, true));
        assert_eq!(cut(5, Some(2), Some("1"), None, None), (2..4, true, true));
        assert_eq!(cut(5, Some(2), Some("3"), None, None), (4..5, true, false));
        assert_eq!(cut(5, None, None, Some(2), None), (3..5, true, false));
        assert_eq!(cut(5, None, None, Some(2), Some("3")), (1..3, true, true));
        assert_eq!(cut(5, None, Some("3"), None, Some("1")), (4..4, true, true));
        assert_eq!(cut(0, Some(2), None, None, None), (0..0, false, false));
        assert_eq!(cut(5, Some(0), None, None, None), (0..0, false, true));
    }

    #[test]
    fn refusals_name_the_argument() {
        let refuse = |args: PageArgs| args.cut(5, 100, |_| None).expect_err("refused").argument();
        assert_eq!(refuse(PageArgs { first: Some(-1), ..PageArgs::default() }), "first");
        assert_eq!(refuse(PageArgs { last: Some(101), ..PageArgs::default() }), "last");
        assert_eq!(refuse(PageArgs { after: Some("x".into()), ..PageArgs::default() }), "after");
    }
}
