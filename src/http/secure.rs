//! What keeps browsers from being used against those who read: on every answer, whatever it is.

use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CONNECTION, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;

use super::State;

/// For whatever is no page: it loads nothing and sends nothing.
const NO_PAGE: &str = "default-src 'none'; base-uri 'none'; form-action 'none'";

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// Who may frame the pages, as headers say it.
pub(super) struct Policy {
    ancestors: String,
    of_no_page: HeaderValue,
    frames: Option<HeaderValue>,
}

impl Policy {
    /// The value of `frame-ancestors`.
    pub(super) fn new(ancestors: &str) -> Self {
        // For browsers that do not know `frame-ancestors`; it cannot name origins.
        let frames = match ancestors {
            "'none'" => Some(HeaderValue::from_static("DENY")),
            "'self'" => Some(HeaderValue::from_static("SAMEORIGIN")),
            _ => None,
        };
        Self { ancestors: ancestors.to_owned(), of_no_page: with_ancestors(NO_PAGE, ancestors), frames }
    }
}

fn with_ancestors(policy: &str, ancestors: &str) -> HeaderValue {
    // Both parts are plain text: one is a constant, the other was checked when it was given.
    HeaderValue::from_str(&format!("{policy}; frame-ancestors {ancestors}"))
        .unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// Adds the headers of security. A page brings its own content policy, and who may frame it is added.
pub(super) fn protect(policy: &Policy, response: &mut Response) {
    if response.status() == StatusCode::SWITCHING_PROTOCOLS {
        // Nothing of HTTP follows.
        return;
    }
    let Policy { ancestors, of_no_page, frames } = policy;
    let headers = response.headers_mut();
    let own = headers.get(CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok());
    let policy = own.map_or_else(|| of_no_page.clone(), |own| with_ancestors(own, ancestors));
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    if let Some(frames) = frames {
        headers.insert(X_FRAME_OPTIONS, frames.clone());
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(OPENER_POLICY, HeaderValue::from_static("same-origin"));
    set_readers(response);
}

/// What pages of other origins may read they may also show; the pages and their parts are our own.
pub(super) fn set_readers(response: &mut Response) {
    let headers = response.headers_mut();
    let is_open = headers.contains_key(ACCESS_CONTROL_ALLOW_ORIGIN);
    let readers = if is_open { "cross-origin" } else { "same-origin" };
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static(readers));
}

/// Adds the headers of security, and closes the connection once the service is to end, so that clients
/// that keep connections come back over a new one, to a service that stays.
pub(super) fn protect_in(state: &State, response: &mut Response) {
    protect(&state.rules.policy, response);
    if !state.life.is_ready() && response.status() != StatusCode::SWITCHING_PROTOCOLS {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
}
