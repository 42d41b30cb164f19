//! Responses and their headers.

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ALLOW, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH,
    CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use serde_json::json;

use super::observe::RefusedWith;

/// Headers of an answer to a question, and a few more.
const HEADERS: usize = 20;

/// A response with these headers.
pub(super) fn response<const N: usize>(
    status: StatusCode,
    headers: [(HeaderName, &'static str); N],
    body: impl Into<Body>,
) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    // As many as most answers have in the end: to make room again and again costs more than all of them.
    response.headers_mut().reserve(HEADERS);
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The errors of a request that was not even a question, in the form GraphQL clients read.
pub(super) fn errors(code: &str, message: &str) -> String {
    json!({ "errors": [{ "message": message, "extensions": { "code": code } }] }).to_string()
}

/// A refusal as JSON.
pub(super) fn refusal(status: StatusCode, code: &'static str, message: &str) -> Response {
    let headers = [(CONTENT_TYPE, "application/json; charset=utf-8"), (CACHE_CONTROL, "no-store")];
    let mut response = open(response(status, headers, errors(code, message)));
    response.extensions_mut().insert(RefusedWith(code));
    response
}

/// Refuses a method the route does not have.
pub(super) fn wrong_method(method: &Method, allowed: &'static str) -> Response {
    let message = format!("{method} is not possible here; use {allowed}.");
    let mut response = refusal(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", &message);
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
    response
}

/// The refusal of whatever does not read, for routes that only give.
pub(super) fn only_reads(request: &Request) -> Option<Response> {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    (!reads).then(|| wrong_method(request.method(), "GET, HEAD"))
}

/// Lets pages of other origins read the response: all data are public, and nothing depends on who asks.
pub(super) fn open(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(
        ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("ETag, Content-Disposition, Content-Language, Link, Cache-Status, Retry-After"),
    );
    response
}

/// The tag of a body. Tags are weak: they name what is said, in whichever encoding it is sent.
pub(super) fn tag(body: &[u8]) -> HeaderValue {
    tag_from(blake3::hash(body).as_bytes())
}

/// The tag of whatever these texts, and nothing else, decide.
pub(super) fn tag_of(texts: &[&str]) -> HeaderValue {
    tag_from(&hash_of(texts))
}

/// The tag made of a hash.
pub(super) fn tag_from(hash: &[u8; 32]) -> HeaderValue {
    let hash = blake3::Hash::from_bytes(*hash).to_hex();
    HeaderValue::from_str(&format!("W/\"{}\"", &hash[..32])).unwrap_or_else(|_| HeaderValue::from_static("\"\""))
}

/// The hash of these texts, each apart from the next.
pub(super) fn hash_of<T: AsRef<[u8]>>(texts: impl IntoIterator<Item = T>) -> [u8; 32] {
    // At once: to hash is quick, to begin is not.
    let mut all = Vec::with_capacity(512);
    for text in texts {
        let text = text.as_ref();
        // The lengths keep one text from running into the next.
        all.extend_from_slice(&(text.len() as u64).to_le_bytes());
        all.extend_from_slice(text);
    }
    blake3::hash(&all).into()
}

/// What pages of other origins may send.
pub(super) fn preflight(methods: &'static str, headers: &'static str) -> Response {
    let headers = [
        (ALLOW, methods),
        (ACCESS_CONTROL_ALLOW_METHODS, methods),
        (ACCESS_CONTROL_ALLOW_HEADERS, headers),
        (ACCESS_CONTROL_MAX_AGE, "86400"),
        (VARY, "Access-Control-Request-Headers"),
    ];
    open(response(StatusCode::NO_CONTENT, headers, Body::empty()))
}

/// Says which methods a route has.
pub(super) fn allow(response: &mut Response, methods: &'static str) {
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(methods));
}

/// Whether whoever asks has this version already.
pub(super) fn is_known(tag: &HeaderValue, asked: &HeaderMap) -> bool {
    names(asked, tag) || known(asked).any(|one| one == "*")
}

/// Whether whoever asks names this very version, and does not just say any.
pub(super) fn names(asked: &HeaderMap, tag: &HeaderValue) -> bool {
    let opaque = tag.to_str().map(|tag| tag.trim_start_matches("W/"));
    opaque.is_ok_and(|tag| known(asked).any(|one| one.trim_start_matches("W/") == tag))
}

fn known(asked: &HeaderMap) -> impl Iterator<Item = &str> {
    let known = asked.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|value| value.split(',')).map(str::trim)
}

/// The response to a read, with its tag; empty where whoever asks has it already.
pub(super) fn tagged_by(mut response: Response, tag: HeaderValue, asked: &HeaderMap) -> Response {
    if is_known(&tag, asked) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::empty();
        response.headers_mut().remove(CONTENT_TYPE);
        response.headers_mut().remove(CONTENT_DISPOSITION);
    }
    response.headers_mut().insert(ETAG, tag);
    response
}

/// Leaves out what `HEAD` does not want.
pub(super) async fn finish(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let mut response = next.run(request).await;
    bare(&method, &mut response);
    response
}

/// Leaves out what this method does not want.
pub(super) fn bare(method: &Method, response: &mut Response) {
    let bodiless = [StatusCode::NOT_MODIFIED, StatusCode::NO_CONTENT].contains(&response.status());
    if method == Method::HEAD && !bodiless {
        // A body of unknown length stays where it is, unsent, so that no length is claimed for it.
        if let Some(length) = response.body().size_hint().exact() {
            response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
            *response.body_mut() = Body::empty();
        }
    }
}
