//! `/graphql`: from a request to a question, and from its answer to a response.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State as StateOf};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, ETAG, RETRY_AFTER, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::Response;

use super::ask::{self, Asked, ask};
use super::cache::{Kept, Key};
use super::negotiate::{self, Media};
use super::question::{self, Malformed};
use super::{Limits, State, message, sse, ws};
use crate::graphql::{Answer, Question, Stage};

/// Says whether an answer came from the cache (RFC 9211).
const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

const METHODS: &str = "GET, HEAD, POST, OPTIONS";

/// Answers a question.
pub(super) async fn endpoint(StateOf(state): StateOf<State>, request: Request) -> Response {
    let method = request.method().clone();
    let headers = request.headers().clone();
    let is_read = matches!(method, Method::GET | Method::HEAD);
    let response = match method {
        Method::GET if ws::is_asked(&headers) => return ws::upgrade(&state, request),
        Method::GET | Method::POST if negotiate::prefers_events(&headers) => {
            match question(request, &headers, Media::Json, &state.limits).await {
                Ok(question) => sse::answer(&state, question, negotiate::language(&headers)),
                Err(refusal) => *refusal,
            }
        }
        Method::OPTIONS => return message::preflight(METHODS, "content-type, accept, accept-language"),
        Method::GET | Method::HEAD | Method::POST => answer(&state, request, &headers).await,
        other => message::wrong_method(&other, METHODS),
    };
    finish(response, &headers, is_read)
}

async fn answer(state: &State, request: Request, headers: &HeaderMap) -> Response {
    let Some(media) = negotiate::media(headers) else {
        let text = "Answers are given as application/graphql-response+json or application/json.";
        return message::refusal(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", text);
    };
    let is_read = request.method() != Method::POST;
    let question = match question(request, headers, media, &state.limits).await {
        Ok(question) => question,
        Err(refusal) => return *refusal,
    };
    let language = negotiate::language(headers);
    let graph = state.live.graph();
    let key = Key::new(&graph, &question, language);
    let tag = key.tag();
    let mut response = if is_read && message::names(headers, &tag) {
        known(state, tag)
    } else {
        let (asked, outcome) = ask(state, graph, question, language, key).await;
        let mut response = match asked {
            Asked::Whole { kept, hit } => whole(state, &kept, hit, tag, headers),
            Asked::Faulty(answer) => faulty(&answer, media),
            Asked::Overloaded => overloaded(),
        };
        response.extensions_mut().insert(outcome);
        response
    };
    if response.status() != StatusCode::NOT_MODIFIED {
        response.headers_mut().insert(CONTENT_TYPE, media.content_type());
    }
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

fn whole(state: &State, kept: &Kept, hit: bool, tag: HeaderValue, asked: &HeaderMap) -> Response {
    let (body, encoding) = kept.body(&negotiate::encodings(asked));
    let status = if hit { "pactgraph; hit" } else { "pactgraph; fwd=uri-miss; stored" };
    let mut response = message::response(StatusCode::OK, [(CACHE_STATUS, status)], body);
    let headers = response.headers_mut();
    headers.insert(ETAG, tag);
    headers.insert(CACHE_CONTROL, state.cache_control.clone());
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding.header()));
    }
    response
}

fn faulty(answer: &Answer, media: Media) -> Response {
    match serde_json::to_vec(answer) {
        Ok(body) => message::response(status(answer, media), [(CACHE_CONTROL, "no-store")], body),
        Err(_) => {
            let text = "The answer has no form.";
            message::refusal(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL_SERVER_ERROR", text)
        }
    }
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
        (Stage::TimedOut, _) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

async fn question(
    request: Request,
    headers: &HeaderMap,
    media: Media,
    limits: &Limits,
) -> Result<Question, Box<Response>> {
    let asked = if request.method() == Method::POST {
        check_content(headers)?;
        question::from_body(&body(request.into_body(), headers, limits).await?)
    } else {
        question::from_query(request.uri().query().unwrap_or_default())
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

async fn body(body: Body, headers: &HeaderMap, limits: &Limits) -> Result<Vec<u8>, Box<Response>> {
    let most = limits.body_bytes;
    let too_large = || {
        let text = format!("The body is larger than {most} bytes.");
        Box::new(message::refusal(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", &text))
    };
    let announced = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > most as u64) {
        return Err(too_large());
    }
    match tokio::time::timeout(limits.body_time, to_bytes(body, most)).await {
        Ok(Ok(bytes)) => Ok(bytes.into()),
        Ok(Err(_)) => Err(too_large()),
        Err(_) => {
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
