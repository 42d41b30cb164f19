//! Refusals of the routes that give files, as problem details (RFC 9457).

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use super::ask::RETRY_TIME;
use super::message;
use super::observe::{Outcome, RefusedWith};
use crate::graph::Stop;

/// Why a request is refused.
#[derive(Debug)]
pub(super) struct Problem {
    status: StatusCode,
    code: &'static str,
    title: &'static str,
    detail: String,
    more: Vec<(&'static str, Value)>,
    outcome: Option<Box<Outcome>>,
}

impl Problem {
    /// Something asked for does not exist.
    pub(super) fn not_found(code: &'static str, title: &'static str, detail: impl Into<String>) -> Self {
        Self { status: StatusCode::NOT_FOUND, code, title, detail: detail.into(), more: Vec::new(), outcome: None }
    }

    /// Something asked for cannot be understood.
    pub(super) fn bad(code: &'static str, title: &'static str, detail: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, ..Self::not_found(code, title, detail) }
    }

    /// A fault of ours.
    pub(super) fn ours() -> Self {
        let detail = "The file could not be made because of a fault of this service. Please report it.";
        let problem = Self::not_found("internal", "A fault of this service", detail);
        Self { status: StatusCode::INTERNAL_SERVER_ERROR, ..problem }
    }

    /// A request that was stopped while it was worked on.
    pub(super) fn stopped(stop: Stop) -> Self {
        let unavailable = StatusCode::SERVICE_UNAVAILABLE;
        match stop {
            Stop::Work | Stop::AnswerBytes => {
                let detail = "To find this part of the graph takes more work than a request may cost. Ask for fewer \
                              conditions or steps, or for the whole graph.";
                Self::bad("too-expensive", "The request costs too much", detail)
            }
            Stop::Deadline => {
                let detail = "Ask for less at once, or try again.";
                Self::bad("timeout", "The answer took too long", detail).status(unavailable)
            }
            Stop::Memory | Stop::Cancelled => {
                let detail = "Ask again in a moment.";
                Self::bad("overloaded", "The service has too much to do", detail).status(unavailable)
            }
        }
    }

    /// As many files are written as may be at once.
    pub(super) fn no_place() -> Self {
        let detail = "Too many files are being written; ask again in a moment.";
        let problem = Self::not_found("overloaded", "Too many files at once", detail);
        Self { status: StatusCode::SERVICE_UNAVAILABLE, ..problem }
    }

    /// With another status.
    pub(super) fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// With a further member: `parameter`, `expected`, `nearest`.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.more.push((name, value.into()));
        self
    }

    /// What became of the question behind it.
    pub(super) fn observed(self, outcome: Outcome) -> Self {
        Self { outcome: Some(Box::new(outcome)), ..self }
    }

    /// As a response.
    pub(super) fn response(self) -> Response {
        let mut body = json!({
            "type": format!("urn:pactgraph:problem:{}", self.code),
            "title": self.title,
            "status": self.status.as_u16(),
            "detail": self.detail,
        });
        for (name, value) in self.more {
            body[name] = value;
        }
        let headers = [(CONTENT_TYPE, "application/problem+json"), (CACHE_CONTROL, "no-store")];
        let mut response = message::response(self.status, headers, body.to_string());
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(RETRY_TIME));
        }
        match self.outcome {
            Some(outcome) => drop(response.extensions_mut().insert(*outcome)),
            None => drop(response.extensions_mut().insert(RefusedWith(self.code))),
        }
        message::open(response)
    }
}

/// The last part of an address; where it is no UTF-8, a sign by which nothing is named.
pub(super) fn segment(path: Result<Path<String>, PathRejection>) -> String {
    path.map_or_else(|_| char::REPLACEMENT_CHARACTER.to_string(), |Path(name)| name)
}

/// The response to whatever does not read: to ask what is allowed, or to do what is not.
pub(super) fn only_reads(method: &Method) -> Option<Response> {
    match *method {
        Method::GET | Method::HEAD => None,
        Method::OPTIONS => Some(message::preflight("GET, HEAD, OPTIONS", "accept-language, if-none-match")),
        _ => {
            let detail = format!("{method} is not possible here; use GET or HEAD.");
            let problem = Problem::bad("method-not-allowed", "Nothing can be changed here", detail);
            let mut response = problem.status(StatusCode::METHOD_NOT_ALLOWED).response();
            message::allow(&mut response, "GET, HEAD, OPTIONS");
            Some(response)
        }
    }
}
