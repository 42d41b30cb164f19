//! Bodies that are sent while they are written.

use std::io::{Error, ErrorKind, Result, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::Frame;
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::time::{Instant, timeout};

use super::Limits;

/// Bytes sent at once.
const CHUNK: usize = 64 * 1024;

/// What a writer may do: refuse, or write.
pub(super) struct Begin<E> {
    head: oneshot::Sender<std::result::Result<(), E>>,
    chunks: mpsc::Sender<Bytes>,
    complete: Arc<AtomicBool>,
    runtime: Handle,
    write_time: Duration,
    end: Instant,
}

impl<E> Begin<E> {
    /// Says why there is no body.
    pub(super) fn refuse(self, why: E) {
        // Whoever asked may have gone.
        let _ = self.head.send(Err(why));
    }

    /// Writes the body.
    pub(super) fn write(self, write: impl FnOnce(&mut dyn Write) -> Result<()>) {
        if self.head.send(Ok(())).is_err() {
            return;
        }
        let Self { chunks, complete, runtime, write_time, end, .. } = self;
        let mut out = Chunks { buffer: Vec::with_capacity(CHUNK), chunks, runtime, write_time, end };
        match write(&mut out).and_then(|()| out.flush()) {
            Ok(()) => complete.store(true, Ordering::Release),
            Err(error) => tracing::debug!(%error, "a file was not sent to its end"),
        }
    }
}

/// Why there is no body.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoBody<E> {
    /// The writer refused.
    Refused(E),
    /// Too many others are written, and none ended in time.
    NoPlace,
    /// The writer failed.
    Failed,
}

/// Does `work` on a thread of its own, and gives the body it writes. Waits for a place for
/// `limits.file_wait`; the client may let a chunk wait for `limits.write_time`, and take
/// `limits.answer_time` for all of them, so that no reader keeps a place for ever.
pub(super) async fn body<E: Send + 'static>(
    places: &Arc<Semaphore>,
    limits: &Limits,
    work: impl FnOnce(Begin<E>) + Send + 'static,
) -> std::result::Result<Body, NoBody<E>> {
    let place = timeout(limits.file_wait, places.clone().acquire_owned()).await;
    let Ok(Ok(place)) = place else { return Err(NoBody::NoPlace) };
    let (head, begun) = oneshot::channel();
    let (chunks, receiver) = mpsc::channel(2);
    let complete = Arc::new(AtomicBool::new(false));
    let (runtime, end) = (Handle::current(), Instant::now() + limits.answer_time);
    let begin = Begin { head, chunks, complete: complete.clone(), runtime, write_time: limits.write_time, end };
    tokio::task::spawn_blocking(move || {
        work(begin);
        drop(place);
    });
    match begun.await {
        Ok(Ok(())) => Ok(Body::new(Received { receiver, complete })),
        Ok(Err(why)) => Err(NoBody::Refused(why)),
        Err(_) => Err(NoBody::Failed),
    }
}

/// Gathers what is written and hands it over in chunks.
struct Chunks {
    buffer: Vec<u8>,
    chunks: mpsc::Sender<Bytes>,
    runtime: Handle,
    write_time: Duration,
    end: Instant,
}

impl Chunks {
    fn send(&mut self) -> Result<()> {
        let chunk = Bytes::from(std::mem::replace(&mut self.buffer, Vec::with_capacity(CHUNK)));
        let sent = self.runtime.block_on(async {
            let at_last = self.end.min(Instant::now() + self.write_time);
            tokio::time::timeout_at(at_last, self.chunks.send(chunk)).await
        });
        match sent {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(Error::new(ErrorKind::BrokenPipe, "the client reads no more")),
            Err(_) => Err(Error::new(ErrorKind::TimedOut, "the client reads too slowly")),
        }
    }
}

impl Write for Chunks {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK {
            self.send()?;
        }
        Ok(bytes.len())
    }

    /// Sends what is left. Writers flush at their end only.
    fn flush(&mut self) -> Result<()> {
        if self.buffer.is_empty() { Ok(()) } else { self.send() }
    }
}

/// The body: ends with an error where the writer did not come to its end, so that half a file is never
/// taken for a whole one.
struct Received {
    receiver: mpsc::Receiver<Bytes>,
    complete: Arc<AtomicBool>,
}

impl HttpBody for Received {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>>>> {
        self.receiver.poll_recv(context).map(|received| match received {
            Some(chunk) => Some(Ok(Frame::data(chunk))),
            None if self.complete.load(Ordering::Acquire) => None,
            None => Some(Err(Error::new(ErrorKind::UnexpectedEof, "the file was not written to its end"))),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(work: impl FnOnce(Begin<()>) + Send + 'static) -> std::result::Result<usize, NoBody<()>> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let body = body(&Arc::new(Semaphore::new(1)), &Limits::default(), work).await?;
            // What was cut off counts as nothing.
            Ok(axum::body::to_bytes(body, usize::MAX).await.map_or(0, |bytes| bytes.len()))
        })
    }

    #[test]
    fn half_a_file_is_an_error() {
        assert_eq!(run(|begin| begin.write(|out| out.write_all(&[7; 3 * CHUNK + 1]))), Ok(3 * CHUNK + 1));
        assert_eq!(run(|begin| begin.refuse(())), Err(NoBody::Refused(())));
        assert_eq!(run(drop), Err(NoBody::Failed));
        let fails = |out: &mut dyn Write| {
            out.write_all(&[7; CHUNK])?;
            Err(Error::other("no more"))
        };
        assert_eq!(run(move |begin| begin.write(fails)), Ok(0));
        assert_eq!(run(|begin| begin.write(|_| panic!("a fault"))), Ok(0));
    }

    #[tokio::test]
    async fn a_file_without_a_place_is_refused_and_a_slow_reader_gives_its_place_back() {
        let places = Arc::new(Semaphore::new(1));
        let short = Duration::from_millis(50);
        let limits = Limits { file_wait: short, answer_time: short, ..Limits::default() };
        let write = |begin: Begin<()>| begin.write(|out| out.write_all(&[7; 9 * CHUNK]).and_then(|()| out.flush()));
        let many = |begin: Begin<()>| begin.write(|out| (0..9).try_for_each(|_| out.write_all(&[7; CHUNK])));
        let unread = body(&places, &limits, many).await.expect("a body");
        let mut waits = Limits { file_wait: Duration::ZERO, ..limits.clone() };
        assert!(matches!(body(&places, &waits, write).await, Err(NoBody::NoPlace)));
        waits.file_wait = Duration::from_secs(60);
        assert!(body(&places, &waits, write).await.is_ok(), "the place of a client that reads nothing comes back");
        assert!(axum::body::to_bytes(unread, usize::MAX).await.is_err(), "its file was cut off");
    }
}
