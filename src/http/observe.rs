//! What each request leaves behind: a span, an event and its share of the metrics.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State as StateOf};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use tracing::field::{Empty, display};
use tracing::{Instrument, Span};

use super::{State, trace_parent};

/// Where an answer came from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Source {
    /// It was kept.
    Hit,
    /// It was worked out, and is kept now.
    Miss,
    /// It was worked out and is not kept.
    #[default]
    None,
}

impl Source {
    /// As metrics and logs name it.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::Miss => "miss",
            Self::None => "none",
        }
    }
}

/// What became of a question. A route leaves it with its response, for logs and metrics alone: it
/// holds no values of variables.
#[derive(Debug, Clone, Default)]
pub(super) struct Outcome {
    /// The name of the operation.
    pub(super) operation: Option<Arc<str>>,
    /// The beginning of the document's hash.
    pub(super) document: Option<String>,
    /// The cost as estimated.
    pub(super) cost: Option<u64>,
    /// Where the answer came from.
    pub(super) source: Source,
    /// Whether the question was executed.
    pub(super) executed: bool,
    /// The codes of the errors.
    pub(super) codes: Vec<String>,
}

/// The code of a request that did not come so far as to be a question.
#[derive(Debug, Clone, Copy)]
pub(super) struct RefusedWith(pub(super) &'static str);

/// Observes a request from its head to the head of its answer.
pub(super) async fn observe(StateOf(state): StateOf<State>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = known(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("(none)", MatchedPath::as_str);
    let span = tracing::info_span!(
        "request",
        method,
        route,
        trace_id = Empty,
        operation = Empty,
        document = Empty,
        cost = Empty,
        cache = Empty,
        codes = Empty,
        status = Empty,
        duration_ms = Empty,
    );
    trace_parent::join(&span, request.headers());
    let response = next.run(request).instrument(span.clone()).await;
    let took = began.elapsed();
    if let Some(outcome) = response.extensions().get::<Outcome>() {
        record(&span, outcome);
        state.metrics.operation(outcome, took);
    } else if let Some(RefusedWith(code)) = response.extensions().get::<RefusedWith>() {
        span.record("codes", *code);
        state.metrics.error((*code).into());
    }
    span.record("status", response.status().as_u16());
    span.record("duration_ms", took.as_secs_f64() * 1e3);
    state.metrics.request(route, method, response.status(), took);
    tracing::info!(parent: &span, "answered");
    response
}

/// The span of a question on a line that serves many.
pub(super) fn question() -> Span {
    tracing::info_span!(
        "question",
        operation = Empty,
        document = Empty,
        cost = Empty,
        cache = Empty,
        codes = Empty,
        duration_ms = Empty,
    )
}

/// Tells what became of such a question.
pub(super) fn answered(state: &State, span: &Span, outcome: &Outcome, took: Duration) {
    record(span, outcome);
    span.record("duration_ms", took.as_secs_f64() * 1e3);
    state.metrics.operation(outcome, took);
    tracing::info!(parent: span, "answered");
}

fn record(span: &Span, outcome: &Outcome) {
    if let Some(operation) = &outcome.operation {
        span.record("operation", &**operation);
    }
    if let Some(document) = &outcome.document {
        span.record("document", document);
    }
    if let Some(cost) = outcome.cost {
        span.record("cost", cost);
    }
    if !outcome.codes.is_empty() {
        span.record("codes", display(outcome.codes.join(" ")));
    }
    span.record("cache", outcome.source.as_str());
}

/// The method, if it is one of those that exist; whoever asks can make up others.
fn known(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "OPTIONS" => "OPTIONS",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        _ => "(other)",
    }
}
