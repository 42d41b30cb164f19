//! The line to a client, bounded: how long it may read nothing, how long one answer may take, and how
//! a connection is closed so that the last answer arrives.

use std::io::{Error, ErrorKind, IoSlice, Result};
use std::net::Shutdown;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

use super::Limits;
use super::client_socket::ClientSocket;
use super::refusal::Rules;

/// How long a closed connection may be silent before it is let go.
const SILENCE: Duration = Duration::from_secs(1);

/// Bytes that are read at once to be dropped.
const DISCARDED: usize = 16 * 1024;

/// The line to a client. Writes fail when the client reads too slowly; shutting down reads on for a
/// while, since bytes that were never read would make the system cut the connection before the client
/// has the answer (RFC 9112, section 9.6).
pub(super) struct ClientStream {
    socket: Arc<ClientSocket>,
    rules: Arc<Rules>,
    times: Times,
    /// Runs while a write waits.
    waiting: Option<Timer>,
    /// Runs while an answer was not taken whole.
    answering: Option<Timer>,
    /// A refusal of hyper in our words, as much of it as is still to be written.
    refusal: Option<Vec<u8>>,
    closing: Option<Closing>,
}

type Timer = Pin<Box<Sleep>>;

#[derive(Debug, Clone, Copy)]
struct Times {
    write: Duration,
    answer: Duration,
    discard: Duration,
    discard_bytes: usize,
}

/// A connection that was shut down on our side and is read until the client ends it.
struct Closing {
    bytes_left: usize,
    silence: Timer,
    end: Timer,
}

impl ClientStream {
    /// The line over a socket.
    pub(super) fn new(socket: Arc<ClientSocket>, limits: &Limits, rules: Arc<Rules>) -> Self {
        let times = Times {
            write: limits.write_time,
            answer: limits.answer_time,
            discard: limits.body_time,
            discard_bytes: limits.discard_bytes,
        };
        Self { socket, rules, times, waiting: None, answering: None, refusal: None, closing: None }
    }

    /// Fails once the client has taken nothing, or not all, for too long.
    fn watch<T>(&mut self, cx: &mut Context<'_>, written: Poll<Result<T>>) -> Poll<Result<T>> {
        if written.is_ready() {
            self.waiting = None;
            return written;
        }
        let Times { write, answer, .. } = self.times;
        let (waiting, answering) = (
            self.waiting.get_or_insert_with(|| Box::pin(sleep(write))),
            self.answering.get_or_insert_with(|| Box::pin(sleep(answer))),
        );
        if waiting.as_mut().poll(cx).is_pending() && answering.as_mut().poll(cx).is_pending() {
            return Poll::Pending;
        }
        Poll::Ready(Err(Error::new(ErrorKind::TimedOut, "the client reads too slowly")))
    }

    fn write(&mut self, cx: &mut Context<'_>, bufs: &[IoSlice<'_>]) -> Poll<Result<usize>> {
        if let (None, [head]) = (&self.refusal, bufs) {
            self.refusal = self.rules.instead_of(head, self.socket.received());
        }
        let Some(refusal) = &mut self.refusal else {
            let written = self.socket.poll_write(cx, bufs);
            return self.watch(cx, written);
        };
        while !refusal.is_empty() {
            let written = self.socket.poll_write(cx, &[IoSlice::new(refusal)]);
            match written {
                Poll::Ready(Ok(count)) => drop(refusal.drain(..count)),
                Poll::Ready(Err(_)) | Poll::Pending => return self.watch(cx, written),
            }
        }
        self.refusal = None;
        self.watch(cx, Poll::Ready(Ok(bufs.iter().map(|buf| buf.len()).sum())))
    }
}

impl AsyncRead for ClientStream {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        self.socket.poll_read(cx, buf)
    }
}

impl AsyncWrite for ClientStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<Result<usize>> {
        self.write(cx, &[IoSlice::new(buf)])
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        self.write(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(mut self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<Result<()>> {
        // Asked for once all is written; the system has the rest.
        self.answering = None;
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        let Self { socket, times, closing, .. } = &mut *self;
        let closing = match closing {
            Some(closing) => closing,
            None => {
                SockRef::from(socket.tcp()).shutdown(Shutdown::Write)?;
                closing.insert(Closing {
                    bytes_left: times.discard_bytes,
                    silence: Box::pin(sleep(SILENCE)),
                    end: Box::pin(sleep(times.discard)),
                })
            }
        };
        let mut discarded = [0; DISCARDED];
        loop {
            let mut buf = ReadBuf::new(&mut discarded);
            match socket.poll_read(cx, &mut buf) {
                Poll::Ready(Ok(())) if !buf.filled().is_empty() => {
                    let Some(left) = closing.bytes_left.checked_sub(buf.filled().len()) else { break };
                    closing.bytes_left = left;
                    closing.silence = Box::pin(sleep(SILENCE));
                    if closing.end.as_mut().poll(cx).is_ready() {
                        break;
                    }
                }
                // The client has ended it too, or has gone.
                Poll::Ready(_) => break,
                Poll::Pending => {
                    if closing.silence.as_mut().poll(cx).is_pending() {
                        ready!(closing.end.as_mut().poll(cx));
                    }
                    break;
                }
            }
        }
        Poll::Ready(Ok(()))
    }
}
