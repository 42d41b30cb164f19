//! What each request leaves behind: a span, an event and its share of the metrics.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use tracing::Span;
use tracing::field::{Empty, display};

use super::{State, trace_parent};

/// Where an answer came from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
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
    /// The document's hash, of which the beginning is told.
    pub(super) document: Option<[u8; 32]>,
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

/// A span with the fields of every question, to be recorded once they are known, and more.
macro_rules! span {
    ($name:literal $(, $more:ident)*) => {
        tracing::info_span!(
            $name,
            $($more = Empty,)*
            operation = Empty,
            document = Empty,
            cost = Empty,
            cache = Empty,
            codes = Empty,
            duration_ms = Empty,
        )
    };
}

/// A request that is observed from its head to the head of its answer.
pub(super) struct Observed {
    method: &'static str,
    began: Instant,
    span: Span,
}

impl Observed {
    /// Begins with the head of a request, which came at `began`.
    pub(super) fn new(head: &Parts, began: Instant) -> Self {
        let method = known(&head.method);
        let span = span!("request", method, route, trace_id, status);
        span.record("method", method);
        trace_parent::join(&span, &head.headers);
        Self { method, began, span }
    }

    /// The span of the request.
    pub(super) fn span(&self) -> &Span {
        &self.span
    }

    /// Ends with the head of its answer.
    pub(super) fn end(self, state: &State, response: &Response) {
        let Self { method, began, span } = self;
        let took = began.elapsed();
        let outcome = response.extensions().get::<Outcome>();
        if let Some(outcome) = outcome {
            record(&span, outcome);
        } else if let Some(RefusedWith(code)) = response.extensions().get::<RefusedWith>() {
            span.record("codes", *code);
            state.metrics.error((*code).into());
        }
        let route = response.extensions().get::<Route>().map_or(Cow::from("(none)"), |route| route.0.clone());
        span.record("route", &*route);
        span.record("status", response.status().as_u16());
        state.metrics.request(route, method, response.status(), outcome, took);
        end(&span, took);
    }
}

/// The route that gave a response, as metrics and logs name it.
#[derive(Debug, Clone)]
pub(super) struct Route(pub(super) Cow<'static, str>);

/// Leaves the route with its response.
pub(super) async fn name_route(request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let mut response = next.run(request).await;
    if let Some(path) = path {
        response.extensions_mut().insert(Route(path.into()));
    }
    response
}

/// The span of a question on a line that serves many.
pub(super) fn question() -> Span {
    span!("question")
}

/// Tells what became of such a question.
pub(super) fn answered(state: &State, span: &Span, outcome: &Outcome, took: Duration) {
    state.metrics.operation(outcome, took);
    record(span, outcome);
    end(span, took);
}

fn end(span: &Span, took: Duration) {
    span.record("duration_ms", took.as_secs_f64() * 1e3);
    tracing::info!(parent: span, "answered");
}

fn record(span: &Span, outcome: &Outcome) {
    if span.is_disabled() {
        return;
    }
    if let Some(operation) = &outcome.operation {
        span.record("operation", &**operation);
    }
    if let Some(document) = outcome.document {
        span.record("document", &blake3::Hash::from_bytes(document).to_hex()[..16]);
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
pub(super) fn known(method: &Method) -> &'static str {
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
