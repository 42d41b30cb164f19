//! How much a traversal may cost, counted in relationships visited.

use crate::graph::RequestBudget;

/// Visits after which the budget of the request is looked at: some hundred microseconds.
const CHECK: u32 = 14;

/// What is left of the work one traversal may cost. Counting visits and not time makes the answer the
/// same on every machine.
#[derive(Debug, Clone, Copy)]
pub struct Budget<'r> {
    left: u64,
    /// What ends the traversal before its work is done.
    request: Option<&'r RequestBudget>,
}

impl<'r> Budget<'r> {
    /// So many visits.
    pub fn new(visits: u64) -> Self {
        Self { left: visits, request: None }
    }

    /// So many visits, fewer once the request is stopped.
    pub(in crate::graph) fn within(visits: u64, request: &'r RequestBudget) -> Self {
        Self { left: visits, request: Some(request) }
    }

    /// Takes `visits`; false where that many are not left, or the request is stopped.
    #[inline]
    pub fn spend(&mut self, visits: usize) -> bool {
        let Some(left) = self.left.checked_sub(visits as u64) else {
            self.left = 0;
            return false;
        };
        if left >> CHECK != self.left >> CHECK && !self.request.is_none_or(RequestBudget::check) {
            self.left = 0;
            return false;
        }
        self.left = left;
        true
    }

    /// Splits off a part: one in `parts` of what is left.
    pub fn split(&mut self, parts: u64) -> Self {
        let share = self.left / parts;
        self.left -= share;
        Self { left: share, ..*self }
    }

    /// Takes back what a part did not use.
    pub fn join(&mut self, part: Self) {
        self.left += part.left;
    }

    /// How many visits are left.
    pub fn left(self) -> u64 {
        self.left
    }
}
