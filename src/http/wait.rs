//! Before there are data: the service lives, is not ready, and says so to everybody.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, Method};
use axum::response::Response;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};

use super::message;

/// How long the head of a request may take.
const HEAD_TIME: Duration = Duration::from_secs(5);

/// Answers whoever asks that there are no data yet, until `until` has come. The listener goes on after
/// it.
pub async fn wait<T>(listener: &TcpListener, until: impl Future<Output = T>) -> T {
    tokio::pin!(until);
    loop {
        let accepted = tokio::select! {
            done = &mut until => return done,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => drop(tokio::spawn(connection(stream))),
            // Mostly too many open files; trying again at once would only keep the processor busy.
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}

async fn connection(stream: TcpStream) {
    let service = service_fn(|request| async move { Ok::<_, Infallible>(answer(&request)) });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        // The next request may find the service itself.
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = connection.await {
        tracing::debug!(%error, "a connection ended early");
    }
}

fn answer(request: &hyper::Request<hyper::body::Incoming>) -> Response {
    let mut response = match request.uri().path() {
        "/health/live" => {
            let headers = [(CONTENT_TYPE, "application/json; charset=utf-8"), (CACHE_CONTROL, "no-store")];
            message::open(message::response(StatusCode::OK, headers, r#"{"status":"starting"}"#))
        }
        _ => {
            let text = "The service has no data yet; ask again in a moment.";
            let mut response = message::refusal(StatusCode::SERVICE_UNAVAILABLE, "STARTING", text);
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
            response
        }
    };
    if *request.method() == Method::HEAD {
        *response.body_mut() = Body::empty();
    }
    response
}
