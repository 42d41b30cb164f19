//! The socket of a client, as the connection and those who watch over it share it.

use std::io::{ErrorKind, IoSlice, Result};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{Interest, ReadBuf};
use tokio::net::TcpStream;

/// Bytes that the system holds for a client beyond those under way. The less it holds, the sooner it
/// tells that a slow client has taken some.
const UNSENT: u32 = 64 * 1024;

/// How long an answer may be awaited by a client that ended its side before it is asked whether it is
/// still there.
const HALF_CLOSED: Duration = Duration::from_millis(500);

/// Says nothing but that the service is there (RFC 9110, section 15.2.1).
const INTERIM: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";

/// The socket of a client.
pub(super) struct ClientSocket {
    tcp: TcpStream,
    bytes: AtomicUsize,
    lines: AtomicUsize,
    first_line: AtomicUsize,
    /// Whether a request was taken of which no answer has begun, and its client understands interim ones.
    is_awaited: AtomicBool,
    /// Whether the answer has no end but that of its client.
    is_endless: AtomicBool,
}

/// How much has come since the last answer began.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Received {
    pub(super) bytes: usize,
    /// Ends of lines.
    pub(super) lines: usize,
    /// Bytes of the first line.
    pub(super) first_line: usize,
}

impl ClientSocket {
    pub(super) fn new(tcp: TcpStream) -> Self {
        // Answers are written whole; waiting to fill packets only delays them. Without these all still works.
        let _ = tcp.set_nodelay(true);
        #[cfg(target_os = "linux")]
        let _ = socket2::SockRef::from(&tcp).set_tcp_notsent_lowat(UNSENT);
        Self {
            tcp,
            bytes: AtomicUsize::new(0),
            lines: AtomicUsize::new(0),
            first_line: AtomicUsize::new(0),
            is_awaited: AtomicBool::new(false),
            is_endless: AtomicBool::new(false),
        }
    }

    pub(super) fn tcp(&self) -> &TcpStream {
        &self.tcp
    }

    /// How much has come since the last answer began.
    pub(super) fn received(&self) -> Received {
        Received {
            bytes: self.bytes.load(Relaxed),
            lines: self.lines.load(Relaxed),
            first_line: self.first_line.load(Relaxed),
        }
    }

    /// A request was read: whether its client understands interim answers, and whether it asks for an answer
    /// without an end.
    pub(super) fn took_request(&self, knows_interim: bool, is_endless: bool) {
        self.is_awaited.store(knows_interim, Relaxed);
        self.is_endless.store(is_endless, Relaxed);
    }

    /// Reads as `AsyncRead` does.
    pub(super) fn poll_read(&self, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        loop {
            ready!(self.tcp.poll_read_ready(cx))?;
            let (before, room) = (buf.filled().len(), buf.remaining());
            let mut read = Err(ErrorKind::WouldBlock.into());
            // A part of the room was filled: there is no more, and asking again would be a call for nothing.
            // What comes meanwhile is not lost, since only the readiness from before the call is taken back.
            let _ = self.tcp.try_io(Interest::READABLE, || {
                read = self.tcp.try_read_buf(buf);
                match read {
                    Ok(count) if cfg!(unix) && count > 0 && count < room => Err(ErrorKind::WouldBlock.into()),
                    Ok(_) | Err(_) => Ok(()),
                }
            });
            match read {
                Ok(_) => {
                    self.count(&buf.filled()[before..]);
                    return Poll::Ready(Ok(()));
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }

    fn count(&self, came: &[u8]) {
        if self.lines.load(Relaxed) == 0 {
            let end = came.iter().position(|byte| *byte == b'\n').unwrap_or(came.len());
            self.first_line.fetch_add(end, Relaxed);
        }
        self.bytes.fetch_add(came.len(), Relaxed);
        self.lines.fetch_add(came.iter().filter(|byte| **byte == b'\n').count(), Relaxed);
    }

    /// Writes as `AsyncWrite` does.
    pub(super) fn poll_write(&self, cx: &mut Context<'_>, bufs: &[IoSlice<'_>]) -> Poll<Result<usize>> {
        self.is_awaited.store(false, Relaxed);
        loop {
            ready!(self.tcp.poll_write_ready(cx))?;
            match self.tcp.try_write_vectored(bufs) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                written => {
                    for count in [&self.bytes, &self.lines, &self.first_line] {
                        count.store(0, Relaxed);
                    }
                    return Poll::Ready(written);
                }
            }
        }
    }

    /// Waits until the client has left, whatever it was sent.
    ///
    /// A client that only ends its own side waits for its answer; one that has gone looks the same. So a
    /// client that ended its side and waits for long is sent an interim answer: a system whose program has
    /// gone answers that with a reset. Nobody waits for the end of a stream of events.
    pub(super) async fn left(&self) {
        #[cfg(target_os = "linux")]
        {
            // Interest in urgent data is interest in the end of what comes too, and in nothing else that comes.
            let ready = self.tcp.ready(Interest::PRIORITY | Interest::ERROR).await;
            if !ready.is_ok_and(|ready| ready.is_error()) {
                if self.is_endless.load(Relaxed) {
                    return;
                }
                tokio::time::sleep(HALF_CLOSED).await;
                if self.is_awaited.swap(false, Relaxed) {
                    let _ = self.tcp.try_write(INTERIM);
                }
            }
        }
        if self.tcp.ready(Interest::ERROR).await.is_err() {
            std::future::pending().await
        }
    }
}
