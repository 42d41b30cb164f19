//! Before there are data: the service lives, is not ready, and says so to everybody.

use std::future::ready;
use std::sync::Arc;
use std::time::Duration;

use axum::http::header::{CACHE_CONTROL, CONNECTION, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, Request, StatusCode};
use axum::response::Response;
use hyper::body::Incoming;
use hyper::service::service_fn;
use tokio::net::TcpListener;

use super::refusal::Rules;
use super::server::connection;
use super::{Life, Limits, message, secure};

/// How long the head of a request may take.
const HEAD_TIME: Duration = Duration::from_secs(5);

/// Answers whoever asks that there are no data yet, until `until` has come. The listener goes on after
/// it.
pub async fn wait<T>(listener: &TcpListener, until: impl Future<Output = T>) -> T {
    tokio::pin!(until);
    let limits = Arc::new(Limits { head_time: HEAD_TIME, ..Limits::default() });
    let rules = Arc::new(Rules::new(&limits));
    loop {
        let accepted = tokio::select! {
            done = &mut until => return done,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                let (limits, rules) = (limits.clone(), rules.clone());
                tokio::spawn(async move {
                    let policy = rules.clone();
                    let service = service_fn(move |request| ready(Ok(answer(&request, &policy))));
                    connection(stream, service, Life::default(), &limits, rules).await;
                });
            }
            // Mostly too many open files; trying again at once would only keep the processor busy.
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}

fn answer(request: &Request<Incoming>, rules: &Rules) -> Response {
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
    secure::protect(&rules.policy, &mut response);
    // The next request may find the service itself.
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    message::bare(request.method(), &mut response);
    response
}
