//! What keeps browsers from being used against those who read: on every answer, whatever it is.

use axum::extract::{Request, State as StateOf};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CONNECTION, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use super::State;

/// For whatever is no page: it loads nothing and sends nothing.
const NO_PAGE: &str = "default-src 'none'; base-uri 'none'; form-action 'none'";

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// Adds the headers of security. A page brings its own content policy, and who may frame it is added.
pub(super) async fn protect(StateOf(state): StateOf<State>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if response.status() == StatusCode::SWITCHING_PROTOCOLS {
        // Nothing of HTTP follows.
        return response;
    }
    let ancestors = &state.limits.frame_ancestors;
    let headers = response.headers_mut();
    let own = headers.get(CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok());
    let policy = format!("{}; frame-ancestors {ancestors}", own.unwrap_or(NO_PAGE));
    // Both parts are plain text: one is a constant, the other was checked when it was given.
    let policy = HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    // For browsers that do not know `frame-ancestors`; it cannot name origins.
    let frames = match ancestors.as_str() {
        "'none'" => Some("DENY"),
        "'self'" => Some("SAMEORIGIN"),
        _ => None,
    };
    if let Some(frames) = frames {
        headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static(frames));
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(OPENER_POLICY, HeaderValue::from_static("same-origin"));
    // What pages of other origins may read they may also show; the pages and their parts are our own.
    let is_open = headers.contains_key(ACCESS_CONTROL_ALLOW_ORIGIN);
    let readers = if is_open { "cross-origin" } else { "same-origin" };
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static(readers));
    if !state.life.is_ready() {
        // So that whoever keeps connections comes back over a new one, to a service that stays.
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}
