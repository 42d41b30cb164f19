//! One web socket from its first message to its end: a single task, which reads, asks and sends in
//! turn. Nothing gathers for whoever reads slowly: what cannot be sent in time ends the session.

use std::future::poll_fn;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::stream::BoxStream;
use futures_util::{SinkExt, StreamExt};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::error::CapacityError;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Bytes, Error, Message};

use super::protocol::{Close, Incoming, Outgoing, read};
use crate::graphql::{Answer, Language};
use crate::http::{State, Streams, message, operation};

/// How long the other side may take to confirm the end.
const FAREWELL: Duration = Duration::from_secs(2);

/// How a session ends.
enum End {
    /// We say why.
    Close(Close),
    /// The other side has said that it ends it, and has yet to be answered.
    Closed,
    /// The other side has gone, or does not listen.
    Gone,
}

impl From<Close> for End {
    fn from(close: Close) -> Self {
        Self::Close(close)
    }
}

/// One web socket.
pub(super) struct Session {
    socket: WebSocketStream<TokioIo<Upgraded>>,
    state: State,
    language: Language,
    acknowledged: bool,
    operations: Operations,
}

impl Session {
    pub(super) fn new(socket: WebSocketStream<TokioIo<Upgraded>>, state: State, language: Language) -> Self {
        Self { socket, state, language, acknowledged: false, operations: Operations(Vec::new()) }
    }

    /// Answers until either side ends it. Both say so (RFC 6455, section 5.5.1), then the connection is
    /// shut down, which reads to its end: bytes left unread would cut it before the reason arrives.
    pub(super) async fn run(mut self, is_ours: bool) {
        let end = if is_ours { self.converse().await } else { Close::wrong_subprotocol().into() };
        // Nobody waits for what is still open.
        self.operations.0.clear();
        let farewell = async {
            match end {
                End::Close(Close { code, reason }) => {
                    tracing::debug!(code, reason, "a web socket is closed");
                    self.socket.close(Some(CloseFrame { code: code.into(), reason: reason.into() })).await?;
                }
                // The library has the answer ready, and sends it when it is asked to read on.
                End::Closed => while self.socket.next().await.is_some() {},
                End::Gone => return Ok(()),
            }
            self.socket.get_mut().shutdown().await?;
            Ok::<_, Error>(())
        };
        // A client that does not wait for it has gone for a reason of its own.
        let _ = timeout(FAREWELL, farewell).await;
    }

    async fn converse(&mut self) -> End {
        let Streams { init_time, ping_time, message_bytes, .. } = *self.state.streams;
        let (initialised, ending) = (sleep(init_time), self.state.ends());
        tokio::pin!(initialised, ending);
        let mut pings = interval_at(Instant::now() + ping_time, ping_time.max(Duration::from_millis(1)));
        pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut heard = true;
        loop {
            let done = tokio::select! {
                () = &mut ending => Err(Close::going_away().into()),
                () = &mut initialised, if !self.acknowledged => Err(Close::not_initialised().into()),
                received = self.socket.next() => {
                    heard = true;
                    match received {
                        Some(Ok(message)) => self.receive(message).await,
                        Some(Err(error)) => Err(broken(&error, message_bytes)),
                        None => Err(End::Gone),
                    }
                }
                (id, answer) = self.operations.next() => self.deliver(&id, answer).await,
                _ = pings.tick() => {
                    // Not a sound since the last one: the line is dead.
                    if std::mem::take(&mut heard) { self.send(Message::Ping(Bytes::new())).await } else { Err(End::Gone) }
                }
            };
            if let Err(end) = done {
                return end;
            }
        }
    }

    async fn receive(&mut self, message: Message) -> Result<(), End> {
        let text = match message {
            Message::Text(text) => text,
            Message::Binary(_) => return Err(Close::invalid("Invalid message received: it is binary").into()),
            Message::Close(_) => return Err(End::Closed),
            // The library answers pings itself.
            Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => return Ok(()),
        };
        match read(&text, self.state.streams.id_bytes)? {
            Incoming::Init if self.acknowledged => Err(Close::initialised_twice().into()),
            Incoming::Init => {
                self.acknowledged = true;
                self.say(&Outgoing::ConnectionAck).await
            }
            Incoming::Ping(payload) => self.say(&Outgoing::Pong { payload }).await,
            Incoming::Pong => Ok(()),
            Incoming::Complete(id) => {
                self.operations.remove(&id);
                Ok(())
            }
            Incoming::Subscribe(..) if !self.acknowledged => Err(Close::unauthorized().into()),
            Incoming::Subscribe(id, _) if self.operations.has(&id) => Err(Close::taken(&id).into()),
            Incoming::Subscribe(id, question) => {
                let most = self.state.streams.operations;
                if self.operations.0.len() >= most {
                    let text = format!("At most {most} questions may be open on a connection; complete another first.");
                    return self.refuse(&id, "TOO_MANY_OPERATIONS", &text).await;
                }
                match question {
                    Err(malformed) => self.refuse(&id, malformed.code, &malformed.message).await,
                    Ok(question) => {
                        let answers = operation::begin(&self.state, question, self.language);
                        self.operations.0.push((id, answers));
                        Ok(())
                    }
                }
            }
        }
    }

    /// Sends what an operation has to say, or that it has ended.
    async fn deliver(&mut self, id: &str, answer: Option<Answer>) -> Result<(), End> {
        match answer {
            None => {
                self.operations.remove(id);
                self.say(&Outgoing::Complete { id }).await
            }
            Some(answer) if answer.executed() => self.say(&Outgoing::Next { id, payload: &answer }).await,
            Some(answer) => {
                self.operations.remove(id);
                self.fail(id, &answer).await
            }
        }
    }

    async fn fail(&mut self, id: &str, refusal: &Answer) -> Result<(), End> {
        let errors = serde_json::to_value(refusal).map(|mut answer| answer["errors"].take()).unwrap_or_default();
        self.say(&Outgoing::Error { id, payload: errors }).await
    }

    async fn refuse(&mut self, id: &str, code: &str, text: &str) -> Result<(), End> {
        let refusal: Value = serde_json::from_str(&message::errors(code, text)).unwrap_or_default();
        self.say(&Outgoing::Error { id, payload: refusal["errors"].clone() }).await
    }

    async fn say(&mut self, message: &Outgoing<'_>) -> Result<(), End> {
        match serde_json::to_string(message) {
            Ok(text) => self.send(Message::text(text)).await,
            Err(error) => {
                tracing::error!(%error, "an answer has no form");
                Err(End::Gone)
            }
        }
    }

    async fn send(&mut self, message: Message) -> Result<(), End> {
        match timeout(self.state.streams.send_time, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => {
                tracing::debug!(%error, "a web socket ended early");
                Err(End::Gone)
            }
            Err(_) => {
                tracing::debug!("a web socket was dropped, since nobody reads it");
                Err(End::Gone)
            }
        }
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "whatever else breaks a socket, nobody is left to be told")]
fn broken(error: &Error, message_bytes: usize) -> End {
    match error {
        Error::Capacity(CapacityError::MessageTooLong { .. }) => Close::too_large(message_bytes).into(),
        Error::Utf8(_) => Close::not_text().into(),
        Error::Protocol(_) => Close::no_web_socket().into(),
        _ => End::Gone,
    }
}

/// The questions open on a connection, by the ids the client gave them.
struct Operations(Vec<(String, BoxStream<'static, Answer>)>);

impl Operations {
    fn has(&self, id: &str) -> bool {
        self.0.iter().any(|(open, _)| open == id)
    }

    fn remove(&mut self, id: &str) {
        self.0.retain(|(open, _)| open != id);
    }

    /// The next answer of any of them, or that there are no more of it; waits where there is none.
    async fn next(&mut self) -> (String, Option<Answer>) {
        poll_fn(|context| self.poll_next(context)).await
    }

    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<(String, Option<Answer>)> {
        for (position, (_, answers)) in self.0.iter_mut().enumerate() {
            if let Poll::Ready(answer) = answers.as_mut().poll_next(context) {
                // Whoever was heard goes last, so that all are.
                let heard = self.0.remove(position);
                let id = heard.0.clone();
                self.0.push(heard);
                return Poll::Ready((id, answer));
            }
        }
        Poll::Pending
    }
}
