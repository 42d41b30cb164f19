//! Answers as server-sent events, in the way `graphql-sse` calls distinct connections: one request, one
//! stream of `next` events, and `complete` at its end.

use std::convert::Infallible;
use std::pin::Pin;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER};
use axum::response::Response;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Interval, interval};

use super::streams::TOO_MANY_STREAMS;
use super::{State, message, operation};
use crate::graphql::{Answer, Language, Question};

/// Tells proxies of the nginx family to pass each event on at once.
const BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// A comment, which keeps a silent stream from being taken for a dead one.
const COMMENT: &str = ":\n\n";

/// The last event. Browsers pass on no event without data.
const COMPLETE: &str = "event: complete\ndata:\n\n";

/// The stream of answers to a question. A refusal travels in it too, since browsers do not show the
/// body of any other response.
pub(super) fn answer(state: &State, question: Question, language: Language) -> Response {
    let Ok(place) = state.places.event_streams.clone().try_acquire_owned() else {
        let text = "Too many streams of events are open; try again later, or use a web socket.";
        let mut response = message::refusal(StatusCode::SERVICE_UNAVAILABLE, TOO_MANY_STREAMS, text);
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("10"));
        return response;
    };
    let events = Events {
        answers: operation::begin(state, question, language),
        alive: interval(state.streams.ping_time.max(Duration::from_millis(1))),
        ends: Box::pin(state.ends()),
        is_complete: false,
        _place: place,
    };
    let body = stream::unfold(events, |mut events| async move {
        let bytes = events.next().await?;
        Some((Ok::<_, Infallible>(bytes), events))
    });
    let headers = [
        (CONTENT_TYPE, "text/event-stream; charset=utf-8"),
        (CACHE_CONTROL, "no-store, no-transform"),
        (BUFFERING, "no"),
    ];
    let mut response = message::response(StatusCode::OK, headers, Body::from_stream(body));
    response.headers_mut().insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    message::open(response)
}

/// A stream under way. It is asked for more only once what came before was taken, so nothing gathers
/// for whoever reads slowly.
struct Events {
    answers: BoxStream<'static, Answer>,
    alive: Interval,
    ends: Pin<Box<dyn Future<Output = ()> + Send>>,
    is_complete: bool,
    _place: OwnedSemaphorePermit,
}

impl Events {
    async fn next(&mut self) -> Option<Bytes> {
        if self.is_complete {
            return None;
        }
        let event = tokio::select! {
            answer = self.answers.next() => answer.map(next_event),
            _ = self.alive.tick() => Some(Bytes::from_static(COMMENT.as_bytes())),
            () = &mut self.ends => None,
        };
        self.is_complete = event.is_none();
        Some(event.unwrap_or(Bytes::from_static(COMPLETE.as_bytes())))
    }
}

fn next_event(answer: Answer) -> Bytes {
    // JSON has no line breaks but those we ask for.
    [b"event: next\ndata: ", &answer.into_json()[..], b"\n\n"].concat().into()
}
