//! `/graphql`: from a request to a question, and from its answer to a response.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_TYPE, ETAG, RETRY_AFTER, VARY};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::Response;

use super::ask::{self, Asked, ask};
use super::cache::{CACHE_STATUS, HIT, Kept, Key, leased};
use super::front::{Read, Unread};
use super::negotiate::{self, Encoding, Media};
use super::observe::Route;
use super::question::{self, Malformed};
use super::repeat::Repeatable;
use super::{Limits, State, compress, message, sse, ws};
use crate::graphql::{Answer, Language, Progress, Question, Stage};

/// The route, as metrics name it.
pub(super) const ROUTE: &str = "/graphql";

const METHODS: &str = "GET, HEAD, POST, OPTIONS";

/// Answers a question.
pub(super) fn endpoint(state: &State, request: Request) -> Progress<Response> {
    let response = match *request.method() {
        Method::GET if ws::is_asked(request.headers()) => Progress::Done(ws::upgrade(state, request)),
        Method::OPTIONS => Progress::Done(message::preflight(METHODS, "content-type, accept, accept-language")),
        _ => {
            let (mut head, _) = request.into_parts();
            let read = head.extensions.remove();
            let is_read = matches!(head.method, Method::GET | Method::HEAD);
            respond(state, &head, read).map(move |response| finish(response, &head.headers, is_read))
        }
    };
    response.map(|mut response| {
        response.extensions_mut().insert(Route(ROUTE.into()));
        response
    })
}

fn respond(state: &State, head: &Parts, read: Option<Read>) -> Progress<Response> {
    let headers = &head.headers;
    match head.method {
        Method::GET | Method::POST if negotiate::prefers_events(headers) => {
            Progress::Done(match question(head, read, Media::Json, &state.limits) {
                Ok(question) => sse::answer(state, question, negotiate::language(headers)),
                Err(refusal) => *refusal,
            })
        }
        Method::GET | Method::HEAD | Method::POST => answer(state, head, read),
        ref other => Progress::Done(message::wrong_method(other, METHODS)),
    }
}

fn answer(state: &State, head: &Parts, read: Option<Read>) -> Progress<Response> {
    let headers = &head.headers;
    let Some(media) = negotiate::media(headers) else {
        let text = "Answers are given as application/graphql-response+json or application/json.";
        return Progress::Done(message::refusal(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", text));
    };
    let is_read = head.method != Method::POST;
    let question = match question(head, read, media, &state.limits) {
        Ok(question) => question,
        Err(refusal) => return Progress::Done(*refusal),
    };
    let language = negotiate::language(headers);
    let (graph, today) = state.now();
    let epoch = graph.epoch(today);
    let key = Key::new(&graph, epoch, &question, language);
    let (tag, asked_of) = (key.tag(), Arc::downgrade(&graph));
    if is_read && message::names(headers, &tag) {
        return Progress::Done(said(known(state, tag), language));
    }
    let (state, encodings) = (state.clone(), negotiate::encodings(headers));
    ask(&state, (graph, today), question, language, key).map(move |(asked, outcome)| {
        let mut response = match asked {
            Asked::Whole { kept, hit } => {
                let (mut response, encoding) = whole(&state, &kept, hit, tag, &encodings);
                response.extensions_mut().insert(Repeatable { graph: asked_of, epoch, key, encoding, route: ROUTE });
                response
            }
            Asked::Faulty(answer) => faulty(answer, media, &encodings),
            Asked::Overloaded => overloaded(),
        };
        response.extensions_mut().insert(outcome);
        response.headers_mut().insert(CONTENT_TYPE, media.content_type());
        said(response, language)
    })
}

/// A response in a language, for whoever wants to read it.
fn said(mut response: Response, language: Language) -> Response {
    response.headers_mut().insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    message::open(response)
}

/// Whoever asks has the answer already.
fn known(state: &State, tag: HeaderValue) -> Response {
    let mut response = message::response(StatusCode::NOT_MODIFIED, [], Body::empty());
    response.headers_mut().insert(ETAG, tag);
    response.headers_mut().insert(CACHE_CONTROL, state.cache_control.clone());
    response
}

fn whole(state: &State, kept: &Kept, hit: bool, tag: HeaderValue, asked: &[Encoding]) -> (Response, Option<Encoding>) {
    let (body, encoding) = kept.body(asked);
    let status = if hit { HIT } else { "pactgraph; fwd=uri-miss; stored" };
    let mut response = message::response(StatusCode::OK, [(CACHE_STATUS, status)], body);
    let headers = response.headers_mut();
    headers.insert(ETAG, tag);
    headers.insert(CACHE_CONTROL, state.cache_control.clone());
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding.header()));
    }
    (response, encoding)
}

fn faulty(answer: Answer, media: Media, asked: &[Encoding]) -> Response {
    let status = status(&answer, media);
    let (body, encoding) = compress::accepted(leased(answer), asked);
    let mut response = message::response(status, [(CACHE_CONTROL, "no-store")], body);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(ask::RETRY_TIME));
    }
    if let Some(encoding) = encoding {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(encoding.header()));
    }
    response
}

/// There are too many questions.
fn overloaded() -> Response {
    let mut refusal = message::refusal(StatusCode::SERVICE_UNAVAILABLE, ask::OVERLOADED, ask::TOO_MANY);
    refusal.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(ask::RETRY_TIME));
    refusal
}

/// Clients that read `application/json` only take a status other than 200 for a fault of the line,
/// and never look at the errors.
fn status(answer: &Answer, media: Media) -> StatusCode {
    match (answer.stage(), media) {
        (Stage::Executed, _) | (Stage::Refused, Media::Json) => StatusCode::OK,
        (Stage::Refused, Media::Response) => StatusCode::BAD_REQUEST,
        (Stage::Failed, _) => StatusCode::INTERNAL_SERVER_ERROR,
        (Stage::TimedOut | Stage::Overloaded, _) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

fn question(head: &Parts, read: Option<Read>, media: Media, limits: &Limits) -> Result<Question, Box<Response>> {
    let asked = if head.method == Method::POST {
        check_content(&head.headers)?;
        question::from_body(&body(read, limits)?)
    } else {
        question::from_query(head.uri.query().unwrap_or_default())
    };
    asked.map_err(|Malformed { code, message }| {
        let mut refusal = message::refusal(StatusCode::BAD_REQUEST, code, &message);
        refusal.headers_mut().insert(CONTENT_TYPE, media.content_type());
        Box::new(refusal)
    })
}

fn check_content(headers: &HeaderMap) -> Result<(), Box<Response>> {
    let mut given = headers.get_all(CONTENT_TYPE).iter();
    let content = given.next().and_then(|value| value.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
    let mut parts = content.split(';').map(str::trim);
    let is_json = parts.next() == Some("application/json") && given.next().is_none();
    let mut charsets = parts.filter_map(|part| part.strip_prefix("charset="));
    let is_plain = headers.get(CONTENT_ENCODING).is_none_or(|encoding| encoding == "identity");
    if is_json && is_plain && charsets.all(|charset| matches!(charset.trim_matches('"'), "utf-8" | "utf8")) {
        return Ok(());
    }
    let text = "Send the question as JSON, uncompressed, with the header Content-Type: application/json.";
    Err(Box::new(message::refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", text)))
}

/// The body, as it was read before the request came here.
fn body(read: Option<Read>, limits: &Limits) -> Result<Bytes, Box<Response>> {
    match read {
        Some(Read(Ok(bytes))) => Ok(bytes),
        None | Some(Read(Err(Unread::TooLarge))) => {
            let text = format!("The body is larger than {} bytes.", limits.body_bytes);
            Err(Box::new(message::refusal(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", &text)))
        }
        Some(Read(Err(Unread::Broken))) => {
            let text = "The body was cut off, or its chunks are malformed.";
            Err(Box::new(message::refusal(StatusCode::BAD_REQUEST, "BAD_REQUEST", text)))
        }
        Some(Read(Err(Unread::TooSlow))) => {
            let text = "The body took too long to arrive.";
            Err(Box::new(message::refusal(StatusCode::REQUEST_TIMEOUT, "REQUEST_TIMEOUT", text)))
        }
    }
}

/// What depends on the request however it ended: what was negotiated, and whether it is known already.
fn finish(mut response: Response, asked: &HeaderMap, is_read: bool) -> Response {
    let headers = response.headers_mut();
    headers.insert(VARY, HeaderValue::from_static("Accept, Accept-Language, Accept-Encoding"));
    match headers.get(ETAG).cloned() {
        Some(tag) if is_read => message::tagged_by(response, tag, asked),
        _ => response,
    }
}
