//! How the answers travel: routes, media types, status codes, the embedded page.

mod export;
mod form;
mod graphql;
mod health;
mod message;
mod negotiate;
mod problem;
mod question;
mod server;
mod stream;
mod web;

use std::sync::Arc;

use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::Response;
use axum::routing::any;
use axum::{Router, middleware};
use tokio::sync::Semaphore;

use crate::graphql::Api;
use crate::live::Live;

pub use server::serve;

/// What every route may take: the API, and what it answers about. A route takes the graph once, so
/// that no answer mixes two.
#[derive(Clone)]
pub struct State {
    api: Api,
    live: Arc<Live>,
    files: Arc<Semaphore>,
}

impl State {
    /// A service of `api` about whatever graph is `live`.
    pub fn new(api: Api, live: Arc<Live>) -> Self {
        Self { api, live, files: Arc::new(Semaphore::new(stream::FILES_AT_ONCE)) }
    }
}

/// Every route of the service.
pub fn router(state: State) -> Router {
    Router::new()
        .route("/", any(web::home))
        .route("/graphql", any(graphql::endpoint))
        .route("/schema.graphql", any(schema))
        .route("/health", any(health::report))
        .route("/health/live", any(health::alive))
        .route("/health/ready", any(health::ready))
        .route("/graphiql", any(web::graphiql))
        .route("/query", any(form::page))
        .route("/query.css", any(form::style))
        .route("/examples.json", any(web::examples))
        .route("/assets/{*path}", any(web::asset))
        .route("/export", any(export::list))
        .route("/export/{file}", any(export::file))
        .route("/nodes/{id}", any(export::node))
        .fallback(not_found)
        .layer(middleware::from_fn(message::finish))
        .with_state(state)
}

/// The contract of the API.
async fn schema(request: Request) -> Response {
    if let Some(refusal) = message::only_reads(&request) {
        return refusal;
    }
    let headers = [(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "public, no-cache")];
    let sdl = crate::graphql::sdl();
    let tag = message::tag(sdl.as_bytes());
    let response = message::response(StatusCode::OK, headers, sdl);
    message::open(message::tagged_by(response, tag, request.headers()))
}

async fn not_found(request: Request) -> Response {
    let path: String = request.uri().path().chars().take(100).collect();
    let message = format!("There is nothing at {path}. The API is at /graphql, its page at /graphiql.");
    message::refusal(StatusCode::NOT_FOUND, "NOT_FOUND", &message)
}
