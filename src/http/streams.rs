//! Web sockets and streams of events: what they may take, and how they hear of the end.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

/// What web sockets and streams of events may take at most. Each field is an option of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Streams {
    /// Web sockets open at once.
    pub sockets: usize,
    /// Streams of events open at once; each holds a connection too.
    pub event_streams: usize,
    /// Questions open at once on a web socket.
    pub operations: usize,
    /// Subscriptions open at once, on all web sockets and streams of events together.
    pub subscriptions: usize,
    /// Bytes of a message over a web socket.
    pub message_bytes: usize,
    /// Bytes of the id that a client gives a question.
    pub id_bytes: usize,
    /// How long a client may take to begin once its web socket is open.
    pub init_time: Duration,
    /// How often a silent web socket is asked whether it is there, and a silent stream of events says
    /// that it is.
    pub ping_time: Duration,
    /// How long a message may take to be sent; whoever reads no faster is dropped.
    pub send_time: Duration,
}

impl Default for Streams {
    fn default() -> Self {
        Self {
            sockets: 2_000,
            event_streams: 500,
            operations: 100,
            subscriptions: 20_000,
            message_bytes: 64 * 1024,
            id_bytes: 256,
            init_time: Duration::from_secs(5),
            ping_time: Duration::from_secs(15),
            send_time: Duration::from_secs(30),
        }
    }
}

/// The code of those that were turned away.
pub(super) const TOO_MANY_STREAMS: &str = "TOO_MANY_STREAMS";

/// The places of those that are open.
#[derive(Debug, Clone)]
pub(super) struct Places {
    pub(super) sockets: Arc<Semaphore>,
    pub(super) event_streams: Arc<Semaphore>,
    pub(super) subscriptions: Arc<Semaphore>,
}

impl Places {
    pub(super) fn new(streams: &Streams) -> Self {
        Self {
            sockets: Arc::new(Semaphore::new(streams.sockets)),
            event_streams: Arc::new(Semaphore::new(streams.event_streams)),
            subscriptions: Arc::new(Semaphore::new(streams.subscriptions)),
        }
    }
}
