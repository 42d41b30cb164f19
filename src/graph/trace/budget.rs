//! How much a question may cost, counted in relationships visited.

use std::sync::atomic::{AtomicU64, Ordering};

/// What one question may visit.
pub const WORK_PER_QUESTION: u64 = 1_000_000;
/// What all questions of one request may visit together.
pub const WORK_PER_REQUEST: u64 = 4_000_000;

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
    left: AtomicU64,
}

impl Default for Work {
    fn default() -> Self {
        Self { left: AtomicU64::new(WORK_PER_REQUEST) }
    }
}

impl Work {
    /// Answers one question within its budget and what the request has left.
    pub fn ask<T>(&self, question: impl FnOnce(&mut Budget) -> T) -> T {
        let granted = self.left.load(Ordering::Relaxed).min(WORK_PER_QUESTION);
        let mut budget = Budget::new(granted);
        let answer = question(&mut budget);
        self.left.fetch_sub(granted - budget.left(), Ordering::Relaxed);
        answer
    }
}
