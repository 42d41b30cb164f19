//! Reading that may never end: of a drive that is gone, or a device, the system may give no answer, and
//! no call can be cancelled. So such work is done on a thread of its own, which is left behind once it
//! makes no progress.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// So many threads may be left behind at once. Further work is refused, so that a source that is asked
/// again and again cannot use up the threads of the system.
const MOST_LEFT_BEHIND: usize = 16;

static LEFT_BEHIND: AtomicUsize = AtomicUsize::new(0);

/// What the work is at. It may take as long as it needs in all, and only so long for one step.
#[derive(Clone)]
pub(crate) struct Progress(Arc<Mutex<Step>>);

struct Step {
    path: PathBuf,
    begun: Instant,
    is_done: bool,
    is_left_behind: bool,
}

impl Progress {
    /// Notes that the next step has begun, which is about `path`.
    pub(crate) fn at(&self, path: &Path) {
        let mut step = self.lock();
        if step.path != path {
            step.path = path.to_owned();
        }
        step.begun = Instant::now();
    }

    fn lock(&self) -> MutexGuard<'_, Step> {
        // Nothing that could panic runs while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Work that was left behind.
#[derive(Debug)]
pub(crate) struct Stalled {
    /// What it was at.
    pub(crate) path: PathBuf,
    /// Why nobody waits for it, as the end of a sentence.
    pub(crate) why: String,
}

/// Does `work`, which begins with `path`, on a thread of its own, and waits for it for as long as no step
/// takes longer than `time`.
///
/// # Errors
/// If a step takes longer, or too many threads were left behind before.
pub(crate) fn apart<T: Send + 'static>(
    path: &Path,
    time: Duration,
    work: impl FnOnce(&Progress) -> T + Send + 'static,
) -> Result<T, Stalled> {
    if LEFT_BEHIND.load(Ordering::SeqCst) >= MOST_LEFT_BEHIND {
        let why = format!("the system has not answered {MOST_LEFT_BEHIND} attempts to read before");
        return Err(Stalled { path: path.to_owned(), why });
    }
    let step = Step { path: path.to_owned(), begun: Instant::now(), is_done: false, is_left_behind: false };
    let progress = Progress(Arc::new(Mutex::new(step)));
    let (done, result) = channel();
    let own = progress.clone();
    let thread = thread::Builder::new().name("read-data".into()).spawn(move || {
        // Ends also when the work panics.
        let _end = End(own.clone());
        // Where nobody waits any more, the result is dropped.
        let _ = done.send(work(&own));
    });
    let thread = match thread {
        Ok(thread) => thread,
        Err(error) => return Err(Stalled { path: path.to_owned(), why: format!("there is no thread: {error}") }),
    };
    loop {
        let left = time.saturating_sub(progress.lock().begun.elapsed());
        match result.recv_timeout(left) {
            Ok(result) => return Ok(result),
            Err(RecvTimeoutError::Disconnected) => match thread.join() {
                Err(panic) => std::panic::resume_unwind(panic),
                Ok(()) => unreachable!("a thread that ends well sends its result first"),
            },
            Err(RecvTimeoutError::Timeout) => {
                let mut step = progress.lock();
                // It may have taken the next step, or ended, just now.
                if step.begun.elapsed() >= time && !step.is_done {
                    step.is_left_behind = true;
                    LEFT_BEHIND.fetch_add(1, Ordering::SeqCst);
                    let why = format!("the system gave no answer for {:#}", jiff_words(time));
                    return Err(Stalled { path: step.path.clone(), why });
                }
            }
        }
    }
}

fn jiff_words(time: Duration) -> jiff::SignedDuration {
    jiff::SignedDuration::try_from(time).unwrap_or(jiff::SignedDuration::MAX)
}

/// Notes the end of a thread.
struct End(Progress);

impl Drop for End {
    fn drop(&mut self) {
        let mut step = self.0.lock();
        step.is_done = true;
        if step.is_left_behind {
            LEFT_BEHIND.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Duration = Duration::from_millis(50);

    #[test]
    fn work_that_makes_progress_is_waited_for() {
        let steps = |progress: &Progress| {
            for step in 0..20 {
                progress.at(Path::new(&step.to_string()));
                thread::sleep(SHORT / 10);
            }
            "done"
        };
        assert_eq!(apart(Path::new("a"), SHORT * 20, steps).expect("a result"), "done");
    }

    #[test]
    fn work_that_hangs_is_left_behind_and_too_much_of_it_is_refused() {
        let mut held = Vec::new();
        let mut hang = || {
            let (release, released) = channel::<()>();
            held.push(release);
            let begun = Instant::now();
            let work = move |progress: &Progress| {
                progress.at(Path::new("folder/file"));
                // Ends with an error once the test lets go of the sender.
                let _ = released.recv();
            };
            (apart(Path::new("folder"), SHORT, work).expect_err("it hangs"), begun.elapsed())
        };
        for _ in 0..MOST_LEFT_BEHIND {
            let (stalled, _) = hang();
            assert_eq!(
                (stalled.path.to_str(), &*stalled.why),
                (Some("folder/file"), "the system gave no answer for 50ms")
            );
        }
        let (refused, time) = hang();
        assert_eq!(refused.path.to_str(), Some("folder"));
        assert!(refused.why.contains("16 attempts") && time < SHORT, "{refused:?}");
        drop(held);
        // The system answers again: what was left behind ends, and there is room for work.
        let again = || apart(Path::new("folder"), SHORT * 100, |_| ()).is_ok();
        let begun = Instant::now();
        while !again() {
            assert!(begun.elapsed() < Duration::from_secs(60), "threads that ended still count");
            thread::sleep(SHORT / 10);
        }
    }

    #[test]
    #[should_panic(expected = "a fault of ours")]
    fn a_panic_is_one_of_the_caller() {
        let _ = apart(Path::new("a"), SHORT * 100, |_| panic!("a fault of ours"));
    }
}
