//! The current snapshot, and its replacement.

use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use arc_swap::ArcSwap;
use jiff::Timestamp;
use tokio::sync::broadcast;

use super::{Fault, Refused, Status, retire};
use crate::graph::{Difference, Graph, diff};

/// Changes that a listener may fall behind before it is told so.
const CHANGES: usize = 16;

/// Whether two graphs answer every question alike.
fn is_same(one: &Graph, other: &Graph) -> bool {
    one.digest() == other.digest()
        && one.queries() == other.queries()
        && one.releases().digests() == other.releases().digests()
}

/// The graph that is served now. A request takes it once, at its beginning, and keeps it to its end.
pub struct Live {
    current: ArcSwap<Graph>,
    status: Mutex<Status>,
    /// Whose turn it is to publish, so that changes are told in the order in which they happened.
    turn: Mutex<()>,
    changes: broadcast::Sender<Arc<Difference>>,
    retire: Sender<Arc<Graph>>,
}

impl Live {
    /// Serves `graph`.
    pub fn new(graph: Arc<Graph>) -> Arc<Self> {
        // Beside the first questions, which would wait for it longer.
        let to_prepare = graph.clone();
        std::thread::spawn(move || to_prepare.prepare());
        let status = Status { reloads: 0, refusals: 0, loaded_at: graph.loaded_at(), refused: None };
        Arc::new(Self {
            current: ArcSwap::new(graph),
            status: Mutex::new(status),
            turn: Mutex::new(()),
            changes: broadcast::Sender::new(CHANGES),
            retire: retire::start(),
        })
    }

    /// What is served now. O(1), and never waits.
    pub fn graph(&self) -> Arc<Graph> {
        self.current.load_full()
    }

    /// Whether `graph` is what is served now. O(1), and never waits.
    pub fn serves(&self, graph: &Weak<Graph>) -> bool {
        std::ptr::eq(Arc::as_ptr(&self.current.load()), graph.as_ptr())
    }

    /// Serves `graph` from now on; whoever has begun with another ends with that. Where the data, their
    /// named queries and the releases beside them are the same, nothing is replaced. Whoever listens
    /// hears of other data alone. Gives whether something was replaced.
    pub fn publish(&self, graph: Arc<Graph>) -> bool {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if is_same(&self.current.load(), &graph) {
            self.confirm();
            return false;
        }
        graph.prepare();
        let before = self.current.swap(graph.clone());
        {
            let mut status = self.lock();
            status.refused = None;
            status.reloads += 1;
            status.loaded_at = graph.loaded_at();
        }
        if self.listeners() > 0 && before.digest() != graph.digest() {
            // They may have gone since.
            let _ = self.changes.send(Arc::new(diff(&before, &graph)));
        }
        // Without the thread the snapshot is freed here.
        let _ = self.retire.send(before);
        true
    }

    /// Notes that what is served is what its source holds.
    pub fn confirm(&self) {
        self.lock().refused = None;
    }

    /// Notes that newer data cannot be served, and why. What is served stays. Gives whether that is
    /// news: the same faults twice are not.
    pub fn refuse(&self, faults: Vec<Fault>) -> bool {
        let mut status = self.lock();
        if status.refused.as_ref().is_some_and(|refused| refused.faults == faults) {
            return false;
        }
        status.refusals += 1;
        status.refused = Some(Arc::new(Refused { at: Timestamp::now(), faults }));
        true
    }

    /// How the data stand.
    pub fn status(&self) -> Status {
        Status::clone(&self.lock())
    }

    /// What differs with every change from now on. Who falls far behind hears that some were missed.
    pub fn changes(&self) -> broadcast::Receiver<Arc<Difference>> {
        self.changes.subscribe()
    }

    /// How many wait for changes.
    pub fn listeners(&self) -> usize {
        self.changes.receiver_count()
    }

    fn lock(&self) -> MutexGuard<'_, Status> {
        // Nothing that could panic runs while it is held.
        self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
