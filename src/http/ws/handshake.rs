//! From a request to a web socket (RFC 6455, section 4.2).

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{
    CONNECTION, HeaderName, HeaderValue, RETRY_AFTER, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_PROTOCOL,
    SEC_WEBSOCKET_VERSION, UPGRADE,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use hyper_util::rt::TokioIo;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

use super::protocol::SUBPROTOCOL;
use super::session::Session;
use crate::http::streams::TOO_MANY_STREAMS;
use crate::http::{State, message, negotiate};

/// Bytes that are read from a socket at once: thousands of idle ones must cost little.
const READ_BYTES: usize = 4 * 1024;

/// Whether a request asks for a web socket.
pub(in crate::http) fn is_asked(headers: &HeaderMap) -> bool {
    names(headers, &UPGRADE, "websocket")
}

/// Whether a header has a word in its list.
fn names(headers: &HeaderMap, name: &HeaderName, word: &str) -> bool {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|one| one.trim().eq_ignore_ascii_case(word))
}

/// Turns the connection into a web socket, and answers on it.
pub(in crate::http) fn upgrade(state: &State, mut request: Request) -> Response {
    let headers = request.headers();
    let key = headers.get(SEC_WEBSOCKET_KEY).filter(|_| names(headers, &CONNECTION, "upgrade"));
    let Some(accept) = key.and_then(|key| HeaderValue::from_str(&derive_accept_key(key.as_bytes())).ok()) else {
        let text = "A web socket is opened with the headers Connection: Upgrade and Sec-WebSocket-Key.";
        return message::refusal(StatusCode::BAD_REQUEST, "BAD_REQUEST", text);
    };
    if !names(headers, &SEC_WEBSOCKET_VERSION, "13") {
        let text = "Web sockets are spoken here in version 13.";
        let mut response = message::refusal(StatusCode::UPGRADE_REQUIRED, "UPGRADE_REQUIRED", text);
        response.headers_mut().insert(SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"));
        return response;
    }
    let Ok(place) = state.places.sockets.clone().try_acquire_owned() else {
        let text = "Too many web sockets are open; try again later.";
        let mut response = message::refusal(StatusCode::SERVICE_UNAVAILABLE, TOO_MANY_STREAMS, text);
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("10"));
        return response;
    };
    let is_ours = names(headers, &SEC_WEBSOCKET_PROTOCOL, SUBPROTOCOL);
    let language = negotiate::language(headers);
    let config = WebSocketConfig::default()
        .read_buffer_size(READ_BYTES)
        .write_buffer_size(0)
        .max_message_size(Some(state.streams.message_bytes))
        .max_frame_size(Some(state.streams.message_bytes));
    let upgraded = hyper::upgrade::on(&mut request);
    let state = state.clone();
    tokio::spawn(async move {
        match upgraded.await {
            Ok(upgraded) => {
                let io = TokioIo::new(upgraded);
                let socket = WebSocketStream::from_raw_socket(io, Role::Server, Some(config)).await;
                Session::new(socket, state, language).run(is_ours).await;
            }
            Err(error) => tracing::debug!(%error, "a connection did not become a web socket"),
        }
        drop(place);
    });
    let mut response = message::response(
        StatusCode::SWITCHING_PROTOCOLS,
        [(CONNECTION, "upgrade"), (UPGRADE, "websocket")],
        Body::empty(),
    );
    response.headers_mut().insert(SEC_WEBSOCKET_ACCEPT, accept);
    if is_ours {
        // Whoever offers none of ours is told why by a close code, which needs a socket.
        response.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(SUBPROTOCOL));
    }
    response
}
