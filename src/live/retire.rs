//! Where replaced snapshots end.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use crate::graph::Graph;

/// How long a snapshot without readers may stay.
const PAUSE: Duration = Duration::from_millis(100);

/// Starts a thread that holds each snapshot it is sent until nobody else does. To free a large one
/// takes a while, and whoever lets go of it last has to do it: that must be no worker of the runtime.
/// Ends with the sender.
pub(super) fn start() -> Sender<Arc<Graph>> {
    let (retire, retired) = channel();
    let started = std::thread::Builder::new().name("retired-graphs".into()).spawn(move || hold(&retired));
    if let Err(error) = started {
        // Snapshots are then freed by their last readers, which is only slower.
        tracing::warn!(%error, "there is no thread to free replaced snapshots");
    }
    retire
}

fn hold(retired: &Receiver<Arc<Graph>>) {
    let mut held: Vec<Arc<Graph>> = Vec::new();
    loop {
        let received = match held.is_empty() {
            true => retired.recv().map_err(|_| RecvTimeoutError::Disconnected),
            false => retired.recv_timeout(PAUSE),
        };
        match received {
            Ok(graph) => held.push(graph),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        held.retain(|graph| Arc::strong_count(graph) > 1);
    }
}
