//! What one request may use: work, time and bytes. Everything that looks at nodes, relationships, texts or
//! dates spends from the budget of its request where the work is done.
//!
//! Work is counted in units of about the same processor time (some tens of nanoseconds): a relationship that is
//! visited, a condition that is checked, a few bytes that are compared or written. Counting it, and not the
//! time, makes a refusal the same on every machine. Once a budget has stopped, all that is left to do is
//! trivial: filters fit nothing, rows are empty, nothing is written; and the answer is thrown away for the
//! refusal that [`RequestBudget::stopped`] names. So no half answer is ever shown as a whole one.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, AtomicUsize, Ordering};
use std::time::Instant;

use super::Bounds;
use super::trace::Budget;

/// Units of work after which clock and cancellation are looked at: about a tenth of a millisecond.
const CHECK: u32 = 14;

/// Why a request was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Stop {
    /// It needed more work than one request may cost.
    Work = 1,
    /// Its answer grew larger than one answer may be.
    AnswerBytes = 2,
    /// All answers under way together are as large as they may be.
    Memory = 3,
    /// Its time was over.
    Deadline = 4,
    /// Its client has left, or the service ends.
    Cancelled = 5,
}

impl Stop {
    const ALL: [Self; 5] = [Self::Work, Self::AnswerBytes, Self::Memory, Self::Deadline, Self::Cancelled];
}

/// A flag that cancels work from outside, and all work under it. Clones are the same flag.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<CancelFlag>);

#[derive(Debug, Default)]
struct CancelFlag {
    cancelled: AtomicBool,
    parent: Option<Cancel>,
}

impl Cancel {
    /// A flag that is also set when this one is.
    #[must_use]
    pub fn child(&self) -> Self {
        Self(Arc::new(CancelFlag { cancelled: AtomicBool::new(false), parent: Some(self.clone()) }))
    }

    /// Cancels what looks at this flag or at one of its children.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed) || self.0.parent.as_ref().is_some_and(Self::is_cancelled)
    }
}

/// Cancels work when it is dropped, for futures that wait for work on another thread.
#[derive(Debug)]
pub struct CancelOnDrop(pub Cancel);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// Bytes that several hold together at most.
#[derive(Debug)]
pub struct BytePool {
    most: usize,
    used: AtomicUsize,
}

/// Bytes taken from a pool, given back when dropped.
#[derive(Debug)]
pub struct ByteLease {
    pool: Arc<BytePool>,
    bytes: usize,
}

impl BytePool {
    /// A pool of so many bytes.
    pub fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { most, used: AtomicUsize::new(0) })
    }

    /// Bytes taken now.
    pub fn used(&self) -> usize {
        self.used.load(Ordering::Relaxed)
    }

    /// An empty lease on the pool.
    pub fn lease(self: &Arc<Self>) -> ByteLease {
        ByteLease { pool: self.clone(), bytes: 0 }
    }
}

impl ByteLease {
    /// Holds `bytes` bytes from now on. Returns false, and holds what it held, where the pool has not
    /// that many left.
    pub fn resize(&mut self, bytes: usize) -> bool {
        let fits = match bytes.checked_sub(self.bytes) {
            None | Some(0) => {
                self.pool.used.fetch_sub(self.bytes - bytes, Ordering::Relaxed);
                true
            }
            Some(more) => {
                let taken = |used: usize| used.checked_add(more).filter(|used| *used <= self.pool.most);
                self.pool.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, taken).is_ok()
            }
        };
        if fits {
            self.bytes = bytes;
        }
        fits
    }
}

impl ByteLease {
    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// All that is held, in a lease of its own.
    #[must_use]
    pub fn take(&mut self) -> Self {
        Self { pool: self.pool.clone(), bytes: std::mem::take(&mut self.bytes) }
    }
}

impl Drop for ByteLease {
    fn drop(&mut self) {
        self.pool.used.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

/// What is left of what one request may use. One thread at a time works on a request; any may stop it.
#[derive(Debug)]
pub struct RequestBudget {
    most: u64,
    spent: AtomicU64,
    per_traversal: u64,
    traversals: AtomicU64,
    deadline: Option<Instant>,
    cancel: Cancel,
    stop: AtomicU8,
    lifted: AtomicBool,
}

impl RequestBudget {
    /// All that a request within these bounds may use, without a deadline.
    pub fn new(bounds: &Bounds) -> Self {
        Self {
            most: bounds.request_work,
            spent: AtomicU64::new(0),
            per_traversal: bounds.work,
            traversals: AtomicU64::new(bounds.work_per_request),
            deadline: None,
            cancel: Cancel::default(),
            stop: AtomicU8::new(0),
            lifted: AtomicBool::new(false),
        }
    }

    /// The same, which stops at `deadline` and when `cancel` is cancelled.
    #[must_use]
    pub fn ending(self, deadline: Option<Instant>, cancel: Cancel) -> Self {
        Self { deadline, cancel, ..self }
    }

    /// Spends `units` of work. Returns false once the request is stopped, for this or any other reason.
    #[inline]
    pub fn spend(&self, units: u64) -> bool {
        // A load and a store: only one thread works on a request, and a lost update would only be late.
        let before = self.spent.load(Ordering::Relaxed);
        let after = before.saturating_add(units);
        self.spent.store(after, Ordering::Relaxed);
        if after > self.most {
            self.stop(Stop::Work);
        } else if before >> CHECK != after >> CHECK {
            self.check();
        }
        self.stop.load(Ordering::Relaxed) == 0
    }

    /// Looks at clock and cancellation. Returns false once the request is stopped.
    pub fn check(&self) -> bool {
        if self.cancel.is_cancelled() {
            self.stop(Stop::Cancelled);
        } else if self.deadline.is_some_and(|deadline| deadline <= Instant::now()) {
            self.stop(Stop::Deadline);
        }
        self.stop.load(Ordering::Relaxed) == 0
    }

    /// Stops the request; the first reason stands.
    pub fn stop(&self, why: Stop) {
        if self.lifted.load(Ordering::Relaxed) {
            return;
        }
        // Where it was stopped already, that reason stays.
        let _ = self.stop.compare_exchange(0, why as u8, Ordering::Relaxed, Ordering::Relaxed);
    }

    /// Lets the request go on without limits, so that what was found within them is written whole. Says why it
    /// was stopped where it was, which it stays.
    ///
    /// # Errors
    /// Why the request was stopped.
    pub fn lift(&self) -> Result<(), Stop> {
        match self.stopped() {
            Some(stop) => Err(stop),
            None => {
                self.lifted.store(true, Ordering::Relaxed);
                Ok(())
            }
        }
    }

    /// Why the request was stopped; None while it goes on.
    pub fn stopped(&self) -> Option<Stop> {
        let why = self.stop.load(Ordering::Relaxed);
        Stop::ALL.into_iter().find(|stop| *stop as u8 == why)
    }

    /// Units of work spent so far.
    pub fn spent(&self) -> u64 {
        self.spent.load(Ordering::Relaxed)
    }

    /// Units of work the request may cost.
    pub fn most(&self) -> u64 {
        self.most
    }

    /// Answers one traversal within its own budget and what the request has left for traversals. One that
    /// is out of budget is cut, and says so; it does not stop the request.
    pub fn ask<T>(&self, traversal: impl FnOnce(&mut Budget<'_>) -> T) -> T {
        let granted = self.traversals.load(Ordering::Relaxed).min(self.per_traversal);
        let mut budget = Budget::within(granted, self);
        let answer = traversal(&mut budget);
        let visits = granted - budget.left();
        self.traversals.fetch_sub(visits, Ordering::Relaxed);
        self.spend(visits);
        answer
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn budget(request_work: u64) -> RequestBudget {
        RequestBudget::new(&Bounds { request_work, ..Bounds::default() })
    }

    #[test]
    fn a_budget_stops_for_work_time_and_cancellation_and_the_first_reason_stands() {
        let spent = budget(100);
        assert!(spent.spend(100) && spent.stopped().is_none());
        assert!(!spent.spend(1) && spent.stopped() == Some(Stop::Work));
        spent.stop(Stop::Cancelled);
        assert_eq!(spent.stopped(), Some(Stop::Work));

        let past = Instant::now() - Duration::from_millis(1);
        let late = budget(u64::MAX).ending(Some(past), Cancel::default());
        assert!(late.spend(1), "the clock is not read for every unit");
        assert!(!late.spend(1 << CHECK) && late.stopped() == Some(Stop::Deadline));

        let service = Cancel::default();
        let cancelled = budget(u64::MAX).ending(None, service.child());
        assert!(cancelled.spend(1 << CHECK));
        service.cancel();
        assert!(!cancelled.spend(1 << CHECK) && cancelled.stopped() == Some(Stop::Cancelled));
        assert!(!cancelled.spend(0), "what is stopped stays stopped");
    }

    #[test]
    fn a_traversal_is_cut_and_not_the_request() {
        let budget = RequestBudget::new(&Bounds { work: 10, work_per_request: 15, ..Bounds::default() });
        let visit = |count: usize| budget.ask(|traversal| (0..count).all(|_| traversal.spend(1)));
        assert!(visit(10) && !visit(10) && !visit(1));
        assert!(budget.stopped().is_none() && budget.spend(1));
    }

    #[test]
    fn bytes_are_given_back() {
        let pool = BytePool::new(100);
        let (mut one, mut other) = (pool.lease(), pool.lease());
        assert!(one.resize(60) && !other.resize(41) && other.resize(40));
        assert_eq!(pool.used(), 100);
        assert!(one.resize(10) && other.resize(90) && !other.resize(91));
        drop(other);
        assert_eq!(pool.used(), 10);
        drop(one);
        assert_eq!(pool.used(), 0);
    }
}
