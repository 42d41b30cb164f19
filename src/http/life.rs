//! How the service ends: step by step, and everybody who waits hears of it.

use std::time::Duration;

use tokio::sync::watch;

use crate::graph::Cancel;

/// Where the service stands in its life. It never goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// It serves.
    Serving,
    /// It still serves, but says that it is not ready, so that balancers go elsewhere.
    Leaving,
    /// It takes no new connections and finishes what is under way.
    Ending,
    /// What is still under way is cut off.
    Over,
}

/// The life of a service. Clones are of the same life.
#[derive(Debug, Clone)]
pub struct Life {
    phase: watch::Sender<Phase>,
    work: Cancel,
}

impl Default for Life {
    fn default() -> Self {
        Self { phase: watch::Sender::new(Phase::Serving), work: Cancel::default() }
    }
}

impl Life {
    /// Where it stands.
    pub fn phase(&self) -> Phase {
        *self.phase.borrow()
    }

    /// Whether new work is welcome.
    pub fn is_ready(&self) -> bool {
        self.phase() == Phase::Serving
    }

    /// Goes on to `phase`; does nothing where the service is that far already.
    pub fn go_on_to(&self, phase: Phase) {
        self.phase.send_if_modified(|now| {
            let goes_on = *now < phase;
            *now = phase.max(*now);
            goes_on
        });
        if phase == Phase::Over {
            self.work.cancel();
        }
    }

    /// What cancels all work of the service once its life is over.
    pub(super) fn work(&self) -> &Cancel {
        &self.work
    }

    /// Waits until the service has come to `phase`.
    pub async fn until(&self, phase: Phase) {
        // The sender lives as long as `self`, so that this cannot fail.
        drop(self.phase.subscribe().wait_for(|now| *now >= phase).await);
    }

    /// Once told to leave, goes on to the end by itself.
    pub(super) async fn run_out(&self, grace: Duration, drain: Duration) {
        self.until(Phase::Leaving).await;
        // Whoever is in a hurry goes on earlier.
        let _ = tokio::time::timeout(grace, self.until(Phase::Ending)).await;
        self.go_on_to(Phase::Ending);
        let _ = tokio::time::timeout(drain, self.until(Phase::Over)).await;
        self.go_on_to(Phase::Over);
    }
}
