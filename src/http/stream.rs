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

/// Bytes sent at once.
const CHUNK: usize = 64 * 1024;

/// What a writer may do: refuse, or write.
pub(super) struct Begin<E> {
    head: oneshot::Sender<std::result::Result<(), E>>,
    chunks: mpsc::Sender<Bytes>,
    complete: Arc<AtomicBool>,
    runtime: Handle,
    patience: Duration,
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
        let Self { chunks, complete, runtime, patience, .. } = self;
        let mut out = Chunks { buffer: Vec::with_capacity(CHUNK), chunks, runtime, patience };
        match write(&mut out).and_then(|()| out.flush()) {
            Ok(()) => complete.store(true, Ordering::Release),
            Err(error) => tracing::debug!(%error, "a file was not sent to its end"),
        }
    }
}

/// Does `work` on a thread of its own, and gives the body it writes, or why it refuses; nothing
/// where it fails altogether. Whoever reads may let a chunk wait for `patience`.
pub(super) async fn body<E: Send + 'static>(
    places: &Arc<Semaphore>,
    patience: Duration,
    work: impl FnOnce(Begin<E>) + Send + 'static,
) -> std::result::Result<Body, Option<E>> {
    let Ok(place) = places.clone().acquire_owned().await else { return Err(None) };
    let (head, begun) = oneshot::channel();
    let (chunks, receiver) = mpsc::channel(2);
    let complete = Arc::new(AtomicBool::new(false));
    let begin = Begin { head, chunks, complete: complete.clone(), runtime: Handle::current(), patience };
    tokio::task::spawn_blocking(move || {
        work(begin);
        drop(place);
    });
    match begun.await {
        Ok(Ok(())) => Ok(Body::new(Received { receiver, complete })),
        Ok(Err(why)) => Err(Some(why)),
        Err(_) => Err(None),
    }
}

/// Gathers what is written and hands it over in chunks.
struct Chunks {
    buffer: Vec<u8>,
    chunks: mpsc::Sender<Bytes>,
    runtime: Handle,
    patience: Duration,
}

impl Chunks {
    fn send(&mut self) -> Result<()> {
        let chunk = Bytes::from(std::mem::replace(&mut self.buffer, Vec::with_capacity(CHUNK)));
        let sending = tokio::time::timeout(self.patience, self.chunks.send(chunk));
        match self.runtime.block_on(sending) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(Error::new(ErrorKind::BrokenPipe, "nobody reads any more")),
            Err(_) => Err(Error::new(ErrorKind::TimedOut, "whoever reads is too slow")),
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

    fn run(work: impl FnOnce(Begin<()>) + Send + 'static) -> std::result::Result<usize, &'static str> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let places = Arc::new(Semaphore::new(1));
            match body(&places, Duration::from_secs(30), work).await {
                Ok(body) => axum::body::to_bytes(body, usize::MAX).await.map(|b| b.len()).map_err(|_| "cut off"),
                Err(Some(())) => Err("refused"),
                Err(None) => Err("failed"),
            }
        })
    }

    #[test]
    fn half_a_file_is_an_error() {
        assert_eq!(run(|begin| begin.write(|out| out.write_all(&[7; 3 * CHUNK + 1]))), Ok(3 * CHUNK + 1));
        assert_eq!(run(|begin| begin.refuse(())), Err("refused"));
        assert_eq!(run(drop), Err("failed"));
        let fails = |out: &mut dyn Write| {
            out.write_all(&[7; CHUNK])?;
            Err(Error::other("no more"))
        };
        assert_eq!(run(move |begin| begin.write(fails)), Err("cut off"));
        assert_eq!(run(|begin| begin.write(|_| panic!("a fault"))), Err("cut off"));
    }
}
