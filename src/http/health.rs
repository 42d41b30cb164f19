//! `/health…`: whether the service is up, and with which data.

use axum::extract::{Request, State as StateOf};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::{State, message};
use crate::live::Refused;

/// Faults that are shown; the log has all of them.
const FAULTS: usize = 100;

/// How the service and its data stand. Data that were refused do not keep it from serving those
/// before them, so the status is 200 all the same.
pub(super) async fn report(StateOf(state): StateOf<State>, request: Request) -> Response {
    if let Some(refusal) = message::only_reads(&request) {
        return refusal;
    }
    let (graph, status) = (state.live.graph(), state.live.status());
    let counts = graph.counts();
    let mut body = json!({
        "status": if status.is_degraded() { "degraded" } else { "ok" },
        "release": graph.release().id,
        "digest": graph.digest(),
        "nodes": counts.nodes,
        "relationships": counts.relationships,
        "sources": counts.sources,
        "loadedAt": graph.loaded_at().to_string(),
        "reloads": status.reloads,
        "refusals": status.refusals,
    });
    if let Some(refused) = &status.refused {
        body["refused"] = shown(refused);
    }
    json_response(&body)
}

fn shown(refused: &Refused) -> Value {
    let faults: Vec<_> = (refused.faults.iter().take(FAULTS))
        .map(|fault| {
            let mut object = Map::from_iter([("code".to_owned(), json!(fault.code))]);
            if let Some(place) = &fault.place {
                object.insert("place".into(), json!(place));
            }
            object.insert("message".into(), json!(fault.message));
            object
        })
        .collect();
    json!({ "at": refused.at.to_string(), "faultCount": refused.faults.len(), "faults": faults })
}

/// Whether the program runs: a reason to leave it alone.
pub(super) async fn alive(request: Request) -> Response {
    message::only_reads(&request).unwrap_or_else(|| json_response(&json!({ "status": "ok" })))
}

/// Whether questions should be sent here.
pub(super) async fn ready(StateOf(state): StateOf<State>, request: Request) -> Response {
    if let Some(refusal) = message::only_reads(&request) {
        return refusal;
    }
    let is_ready = state.life.is_ready();
    let mut response = json_response(&json!({ "status": if is_ready { "ok" } else { "ending" } }));
    if !is_ready {
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    }
    response
}

fn json_response(body: &Value) -> Response {
    let headers = [(CONTENT_TYPE, "application/json; charset=utf-8"), (CACHE_CONTROL, "no-store")];
    message::open(message::response(StatusCode::OK, headers, body.to_string()))
}
