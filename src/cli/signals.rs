//! What the system says to a running service.

use pactgraph::http::{Life, Phase};

/// One step further for each signal: a service manager's SIGTERM first turns balancers away, Ctrl-C
/// does not wait for them, and whoever repeats either is in a hurry.
fn step(life: &Life, at_least: Phase) {
    let next = match life.phase() {
        Phase::Serving => Phase::Leaving,
        Phase::Leaving => Phase::Ending,
        Phase::Ending | Phase::Over => Phase::Over,
    };
    life.go_on_to(next.max(at_least));
}

/// Ends the service when the system says so.
///
/// # Errors
/// Where signals cannot be listened for. Needs a tokio runtime.
#[cfg(unix)]
pub(super) fn obey(life: Life) -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    tokio::spawn(async move {
        loop {
            tokio::select! {
                _ = interrupt.recv() => step(&life, Phase::Ending),
                _ = terminate.recv() => step(&life, Phase::Leaving),
            }
        }
    });
    Ok(())
}

/// Ends the service on Ctrl-C.
#[cfg(not(unix))]
pub(super) fn obey(life: Life) -> std::io::Result<()> {
    tokio::spawn(async move {
        // Where signals cannot be listened for, the process ends by other means.
        while tokio::signal::ctrl_c().await.is_ok() {
            step(&life, Phase::Ending);
        }
    });
    Ok(())
}
