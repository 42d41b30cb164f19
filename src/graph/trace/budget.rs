//! How much a question may cost, counted in relationships visited.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::graph::Bounds;

/// What is left of the work one question may cost. Counting visits and not time makes the answer the
/// same on every machine.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    left: u64,
}

impl Budget {
    /// So many visits.
    pub fn new(visits: u64) -> Self {
        Self { left: visits }
    }

    /// Takes `visits`; false where that many are not left.
    #[inline]
    pub fn spend(&mut self, visits: usize) -> bool {
        match self.left.checked_sub(visits as u64) {
            Some(left) => {
                self.left = left;
                true
            }
            None => {
                self.left = 0;
                false
            }
        }
    }

    /// Splits off a part: one in `parts` of what is left.
    pub fn split(&mut self, parts: u64) -> Self {
        let share = self.left / parts;
        self.left -= share;
        Self { left: share }
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

/// What is left of the work one request may cost; its questions draw it down.
#[derive(Debug)]
pub struct Work {
    per_question: u64,
    left: AtomicU64,
}

impl Work {
    /// All that a request within these bounds may cost.
    pub fn new(bounds: &Bounds) -> Self {
        Self { per_question: bounds.work, left: AtomicU64::new(bounds.work_per_request) }
    }

    /// Answers one question within its budget and what the request has left.
    pub fn ask<T>(&self, question: impl FnOnce(&mut Budget) -> T) -> T {
        let granted = self.left.load(Ordering::Relaxed).min(self.per_question);
        let mut budget = Budget::new(granted);
        let answer = question(&mut budget);
        self.left.fetch_sub(granted - budget.left(), Ordering::Relaxed);
        answer
    }
}
