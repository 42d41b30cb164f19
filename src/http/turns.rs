//! How many questions may be under way. Whoever comes when there is no place is told so at once:
//! an answer after everybody has given up helps nobody.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The places of questions that run or wait to run. Clones share them.
#[derive(Debug, Clone)]
pub(super) struct Turns {
    all: Arc<Semaphore>,
    costly: Arc<Semaphore>,
    costly_from: u64,
}

/// The place of one question, for as long as it is held.
#[derive(Debug)]
pub(super) struct Turn {
    _permits: (OwnedSemaphorePermit, Option<OwnedSemaphorePermit>),
}

impl Turns {
    /// So many places, of which half, and at least one, are for questions from the cost `costly_from` on:
    /// a crowd of those must not turn away the cheap ones.
    pub(super) fn new(count: usize, costly_from: u64) -> Self {
        let costly = if count == 0 { 0 } else { (count / 2).max(1) };
        Self { all: Arc::new(Semaphore::new(count)), costly: Arc::new(Semaphore::new(costly)), costly_from }
    }

    /// A place for a question of this cost, if there is one.
    pub(super) fn take(&self, cost: u64) -> Option<Turn> {
        let costly = match cost >= self.costly_from {
            true => Some(self.costly.clone().try_acquire_owned().ok()?),
            false => None,
        };
        Some(Turn { _permits: (self.all.clone().try_acquire_owned().ok()?, costly) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costly_questions_have_half_of_the_turns_and_cheap_ones_all_that_are_left() {
        let turns = Turns::new(4, 100);
        let mut held = vec![turns.take(100), turns.take(5_000)];
        assert!(held.iter().all(Option::is_some) && turns.take(100).is_none());
        held.extend([turns.take(99), turns.take(0)]);
        assert!(held.iter().all(Option::is_some) && turns.take(0).is_none());
        held.remove(0);
        assert!(turns.take(100).is_some() && turns.take(0).is_some(), "turns come back");
        assert!(Turns::new(0, 100).take(0).is_none());
        assert!(Turns::new(1, 100).take(100).is_some());
    }
}
