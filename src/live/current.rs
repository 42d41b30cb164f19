//! The current snapshot, and its replacement.

use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arc_swap::ArcSwap;
use jiff::Timestamp;
use tokio::sync::broadcast;

use super::{Fault, Refused, Status, retire};
use crate::graph::Graph;

/// Changes that a listener may fall behind before it is told so.
const CHANGES: usize = 16;

/// Other data have replaced those served before.
#[derive(Clone)]
pub struct Change {
    /// What was served before.
    pub before: Arc<Graph>,
    /// What is served now.
    pub after: Arc<Graph>,
}

/// The graph that is served now. A request takes it once, at its beginning, and keeps it to its end.
pub struct Live {
    current: ArcSwap<Graph>,
    status: Mutex<Status>,
    changes: broadcast::Sender<Change>,
    retire: Sender<Arc<Graph>>,
}

impl Live {
    /// Serves `graph`.
    pub fn new(graph: Arc<Graph>) -> Arc<Self> {
        let status = Status { reloads: 0, refusals: 0, loaded_at: graph.loaded_at(), refused: None };
        Arc::new(Self {
            current: ArcSwap::new(graph),
            status: Mutex::new(status),
            changes: broadcast::Sender::new(CHANGES),
            retire: retire::start(),
        })
    }

    /// What is served now. O(1), and never waits.
    pub fn graph(&self) -> Arc<Graph> {
        self.current.load_full()
    }

    /// Serves `graph` from now on; whoever has begun with another ends with that. Where the data and
    /// their named queries are the same as before, nothing is replaced, and only the status tells that they are good. Gives
    /// whether something was replaced.
    pub fn publish(&self, graph: Arc<Graph>) -> bool {
        // Held to the end, so that changes are told in the order in which they happened.
        let mut status = self.lock();
        status.refused = None;
        let now = self.current.load();
        if now.digest() == graph.digest() && now.queries() == graph.queries() {
            return false;
        }
        status.reloads += 1;
        status.loaded_at = graph.loaded_at();
        let before = self.current.swap(graph.clone());
        // Nobody may be listening.
        let _ = self.changes.send(Change { before: before.clone(), after: graph });
        // Without the thread the snapshot is freed here.
        let _ = self.retire.send(before);
        true
    }

    /// Notes that newer data cannot be served, and why. What is served stays.
    pub fn refuse(&self, faults: Vec<Fault>) {
        let mut status = self.lock();
        status.refusals += 1;
        status.refused = Some(Arc::new(Refused { at: Timestamp::now(), faults }));
    }

    /// How the data stand.
    pub fn status(&self) -> Status {
        Status::clone(&self.lock())
    }

    /// Every change from now on. Who falls far behind hears that some were missed.
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    fn lock(&self) -> MutexGuard<'_, Status> {
        // Nothing that could panic runs while it is held.
        self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
