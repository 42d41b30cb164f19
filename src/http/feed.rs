//! `/releases.atom`: the releases the service holds, for feed readers.

use axum::extract::{Request, State as StateOf};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::Response;

use super::{State, message};
use crate::export::write_feed;

/// The feed.
pub(super) async fn releases(StateOf(state): StateOf<State>, request: Request) -> Response {
    if let Some(refusal) = message::only_reads(&request) {
        return refusal;
    }
    let graph = state.live.graph();
    let tag = message::tag_of(&["releases", graph.digest(), graph.releases().digests(), env!("CARGO_PKG_VERSION")]);
    let written = tokio::task::spawn_blocking(move || {
        let mut feed = Vec::new();
        write_feed(&graph.history(), &mut feed).map(|()| feed)
    });
    match written.await {
        Ok(Ok(feed)) => {
            let headers = [(CONTENT_TYPE, "application/atom+xml; charset=utf-8"), (CACHE_CONTROL, "public, no-cache")];
            let response = message::response(StatusCode::OK, headers, feed);
            message::open(message::tagged_by(response, tag, request.headers()))
        }
        Ok(Err(_)) | Err(_) => {
            let text = "The feed could not be written.";
            message::refusal(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL_SERVER_ERROR", text)
        }
    }
}
