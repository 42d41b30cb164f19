//! Keeping what is served as its source is: notice, wait until writers are done, load, replace or refuse.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::look::{Look, look};
use super::{Fault, Live, Shelved, Source, Watch};
use crate::dataset::ValidDataset;
use crate::graph::Graph;

/// How long nothing must have happened before the data are read: writers have mostly ended by then.
const QUIET: Duration = Duration::from_millis(100);

/// How long a writer that never rests is waited for.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often the path is looked at, also where the system tells of changes: it tells nothing of a
/// folder that comes back, of network drives, of links that lead to another place.
const LOOK: Duration = Duration::from_millis(500);

/// Looking takes at most one part in so many of the time.
const LOOK_SHARE: u32 = 50;

/// A drive that gives no answer is asked again after this time at the latest.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Room for the deepest fact sheet.
const STACK: usize = 8 * 1024 * 1024;

/// Tells a follower to load at once, whether or not it has noticed a change.
#[derive(Debug, Clone)]
pub struct Follower(SyncSender<Signal>);

impl Follower {
    /// Has the data loaded now. Returns at once.
    pub fn reload(&self) {
        // Where it is full or gone, a signal is waiting already, or nobody to hear it.
        let _ = self.0.try_send(Signal::Reload);
    }
}

#[derive(Debug)]
enum Signal {
    Changed,
    Reload,
}

/// Keeps `live` as `source` is, on a thread of its own, for as long as somebody else holds `live`.
///
/// Every change is loaded whole. Data without faults replace what is served; others are refused, with
/// all faults in the log and in [`Live::status`], and judged again after the next change.
///
/// # Errors
///
/// If there is no thread to be had.
pub fn follow(live: &Arc<Live>, source: impl Source + 'static) -> io::Result<Follower> {
    follow_by(live, source, events_of)
}

type Opener = fn(&Path, SyncSender<Signal>) -> notify::Result<RecommendedWatcher>;

fn follow_by(live: &Arc<Live>, source: impl Source + 'static, open: Opener) -> io::Result<Follower> {
    let (sender, signals) = sync_channel(64);
    let following = Following {
        live: Arc::downgrade(live),
        source: Box::new(source),
        open,
        events: None,
        warned: false,
        seen: None,
        pause: LOOK,
        sender: sender.clone(),
        signals,
    };
    let thread = std::thread::Builder::new().name("follow-data".into()).stack_size(STACK);
    thread.spawn(move || following.run())?;
    Ok(Follower(sender))
}

/// What the system tells of a path, and of all below it.
fn events_of(path: &Path, changed: SyncSender<Signal>) -> notify::Result<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| is_read(&event)) {
            return;
        }
        // Where it is full, a signal is waiting already.
        let _ = changed.try_send(Signal::Changed);
    })?;
    watcher.watch(path, RecursiveMode::Recursive)?;
    Ok(watcher)
}

/// Whether somebody only read, as we do ourselves.
fn is_read(event: &Event) -> bool {
    let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
    event.kind.is_access() && event.kind != written
}

struct Following {
    live: Weak<Live>,
    source: Box<dyn Source>,
    open: Opener,
    events: Option<RecommendedWatcher>,
    /// Whether it was said that the system tells nothing.
    warned: bool,
    /// What the path looked like when the data were last loaded.
    seen: Option<Look>,
    pause: Duration,
    sender: SyncSender<Signal>,
    signals: Receiver<Signal>,
}

impl Following {
    fn run(mut self) {
        // The first round finds what has changed since the program itself loaded.
        loop {
            // Before the data are read, so that no change falls in between; and anew each time, since
            // the path may lead to another folder now.
            self.listen();
            let Some(live) = self.live.upgrade() else { return };
            self.judge(&live);
            drop(live);
            if !self.wait() {
                return;
            }
        }
    }

    fn listen(&mut self) {
        let Watch::Path(path) = self.source.watch() else { return };
        self.events = None;
        // To listen walks through the folder too, and would wait for ever for a drive that is gone.
        if look(&path, self.source.answer_time()).is_none() {
            return;
        }
        match (self.open)(&path, self.sender.clone()) {
            Ok(events) => self.events = Some(events),
            // A folder that is not there is found by looking, once it is.
            Err(_) if !path.exists() => {}
            Err(error) if !self.warned => {
                self.warned = true;
                let path = path.display();
                tracing::warn!(%path, %error, "the system does not tell of changes; they are looked for instead");
            }
            Err(_) => {}
        }
    }

    /// Waits for a reason to load; false where there can be none any more.
    fn wait(&mut self) -> bool {
        loop {
            let signal = self.signals.recv_timeout(self.pause);
            if self.live.strong_count() == 0 {
                return false;
            }
            match signal {
                Ok(Signal::Reload) => return true,
                Ok(Signal::Changed) => {
                    self.settle();
                    return true;
                }
                Err(RecvTimeoutError::Timeout) => match self.source.watch() {
                    Watch::Every(_) => return true,
                    Watch::Path(_) if self.look() == self.seen => {}
                    Watch::Path(_) => {
                        self.settle();
                        return true;
                    }
                },
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }

    /// Waits until nothing has happened for a moment.
    fn settle(&mut self) {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            match self.signals.recv_timeout(QUIET) {
                Ok(Signal::Changed) => {}
                Ok(Signal::Reload) | Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn look(&mut self) -> Option<Look> {
        match self.source.watch() {
            Watch::Every(time) => {
                self.pause = time;
                None
            }
            Watch::Path(path) => {
                let begun = Instant::now();
                let seen = look(&path, self.source.answer_time());
                self.pause = LOOK.max(begun.elapsed() * LOOK_SHARE).min(LONGEST_PAUSE);
                seen
            }
        }
    }

    /// Loads the data, and replaces what is served or says why not.
    fn judge(&mut self, live: &Live) {
        // What changes from here on is another reason to load.
        self.seen = self.look();
        match self.load().and_then(|data| self.index(live, data)) {
            Ok(()) => {}
            Err(faults) => self.refuse(live, faults),
        }
    }

    fn load(&mut self) -> Result<Option<ValidDataset>, Vec<Fault>> {
        guarded(|| self.source.load()).and_then(|loaded| loaded)
    }

    fn index(&mut self, live: &Live, data: Option<ValidDataset>) -> Result<(), Vec<Fault>> {
        let Some(data) = data else { return Ok(()) };
        let shelved = guarded(|| self.source.shelved()).and_then(|shelved| shelved)?;
        if shelved.as_ref().is_none_or(|shelved| !shelved.is_new) && is_served(&data, &live.graph()) {
            live.confirm();
            return Ok(());
        }
        let beside = match shelved {
            Some(Shelved { releases, .. }) => releases,
            None => live.graph().releases().iter().cloned().collect(),
        };
        let graph = guarded(|| Arc::new(Graph::new(data).beside(beside)))?;
        let (release, digest) = (&*graph.release().id, graph.digest());
        tracing::info!(source = self.source.name(), release, digest, "other data are served from now on");
        live.publish(graph);
        Ok(())
    }

    fn refuse(&self, live: &Live, faults: Vec<Fault>) {
        let source = self.source.name();
        let (count, lines) = (faults.len(), faults.iter().map(ToString::to_string).collect::<Vec<_>>());
        if !live.refuse(faults) {
            return;
        }
        let graph = live.graph();
        let release = &*graph.release().id;
        tracing::error!(source, faults = count, serving = release, "the new data are refused; those before them stay");
        for fault in lines {
            tracing::error!(source, "{fault}");
        }
    }
}

/// Whether a graph was made of these data.
fn is_served(data: &ValidDataset, graph: &Graph) -> bool {
    data.digest() == graph.digest() && **data.queries() == *graph.queries()
}

/// Does the work; a fault of ours becomes one of the data, so that the next change is judged too.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Vec<Fault>> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let message = "the program failed on these data; please report them".to_owned();
        vec![Fault { code: "internal".into(), place: None, message }]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_the_system_tells_nothing_changes_are_looked_for() {
        let dir = tempfile::tempdir().expect("a folder");
        let at = |path: &str| dir.path().join(path);
        let write = |name: &str| {
            let text = format!("Release(id: \"{name}\", published: \"2026\", license: \"CC-BY-4.0\")");
            std::fs::write(at("release.ron"), text).expect("a written file");
        };
        write("first");
        let mut local = super::super::Local::new(dir.path(), |dir| {
            crate::dataset::Files::from_dir(dir).and_then(|files| ValidDataset::from_files(&files))
        });
        let data = local.load().expect("valid data").expect("data");
        let live = Live::new(Arc::new(Graph::new(data)));
        let never: Opener = |_, _| Err(notify::Error::generic("no events here"));
        let _follower = follow_by(&live, local, never).expect("a thread");
        let mut changes = live.changes();
        write("second");
        let change = changes.blocking_recv().expect("a change");
        assert_eq!(&*change.to.release.id, "second");
    }
}
