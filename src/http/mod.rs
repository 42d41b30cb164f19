//! How the answers travel: routes, media types, status codes, the embedded page.

mod access;
mod ask;
mod cache;
mod client_socket;
mod client_stream;
mod compress;
mod export;
mod feed;
mod form;
mod front;
mod graphql;
mod health;
mod life;
mod limits;
mod message;
mod metrics;
mod named;
mod negotiate;
mod observe;
mod openapi;
mod operation;
mod preview;
mod problem;
mod question;
mod refusal;
mod repeat;
mod secure;
mod server;
mod sse;
mod stream;
mod streams;
mod trace_parent;
mod turns;
mod wait;
mod web;
mod ws;

use std::ops::Deref;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::any;
use axum::{Router, middleware};
use tokio::sync::Semaphore;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

use crate::graph::{Cancel, Clock, Graph, PartialDate, RequestBudget, View};
use crate::graphql::Api;
use crate::live::Live;

use cache::Answers;
use metrics::Metrics;
use refusal::Rules;
use repeat::Repeats;
use streams::Places;
use turns::Turns;

pub use cache::CacheUse;
pub use front::Front;
pub use life::{Life, Phase};
pub use limits::Limits;
pub use openapi::openapi;
pub use server::{serve, serve_metrics};
pub use streams::Streams;
pub use wait::wait;

/// What every route may take: the API, and what it answers about. A route takes the graph once, so
/// that no answer mixes two. Clones share all of it.
#[derive(Clone)]
pub struct State(Arc<Shared>);

/// What clones of a [`State`] share.
pub struct Shared {
    api: Api,
    live: Arc<Live>,
    files: Arc<Semaphore>,
    streams: Arc<Streams>,
    places: Places,
    turns: Turns,
    answers: Answers,
    repeats: Repeats,
    cache_control: HeaderValue,
    rules: Arc<Rules>,
    limits: Limits,
    life: Life,
    metrics: Metrics,
    clock: Clock,
}

impl Deref for State {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl State {
    /// A service of `api` about whatever graph is `live`, for which it is always the day on which its data
    /// were published: [`State::living`] takes a clock.
    pub fn new(api: Api, live: Arc<Live>) -> Self {
        Self::within(Limits::default(), api, live)
    }

    /// The same within other limits.
    pub fn within(limits: Limits, api: Api, live: Arc<Live>) -> Self {
        let served = live.clone();
        let clock = Clock::new(move || served.graph().release().published.at_its_end());
        Self::living(Life::default(), clock, limits, api, live)
    }

    /// The same with a life that has begun already, on the day that a clock says.
    pub fn living(life: Life, clock: Clock, limits: Limits, api: Api, live: Arc<Live>) -> Self {
        Self(Arc::new(Shared {
            turns: Turns::new(limits.questions, api.limits().heavy_cost),
            api,
            live,
            files: Arc::new(Semaphore::new(limits.files)),
            // An eighth is for requests that were answered from the rest.
            answers: Answers::new(limits.cache_bytes - limits.cache_bytes / 8),
            repeats: Repeats::new(limits.cache_bytes / 8),
            cache_control: cache_control(limits.max_age),
            rules: Arc::new(Rules::new(&limits)),
            metrics: Metrics::new(limits.metric_operations),
            places: Places::new(&limits.streams),
            streams: Arc::new(limits.streams.clone()),
            limits,
            life,
            clock,
        }))
    }

    /// The life of the service, to end it and to hear of its end.
    pub fn life(&self) -> &Life {
        &self.life
    }

    /// The graph that is served, and the day it is. A request takes both once.
    fn now(&self) -> (Arc<Graph>, PartialDate) {
        (self.live.graph(), self.clock.today())
    }

    /// Waits until the service takes no more requests and wants those under way to end.
    fn ends(&self) -> impl Future<Output = ()> + Send + use<> {
        let life = self.life.clone();
        async move { life.until(Phase::Ending).await }
    }

    /// A view of a graph on a day for one request that is no question, with all that a request may use, until
    /// `cancel` is cancelled.
    fn view(&self, (graph, today): (Arc<Graph>, PartialDate), cancel: Cancel) -> View {
        let (bounds, deadline) = (self.api.limits().bounds(), Instant::now() + self.api.limits().time);
        let budget = RequestBudget::new(&bounds).ending(Some(deadline), cancel);
        View::today(graph, today, bounds).within(bounds, Arc::new(budget))
    }

    /// How the cache of answers is used.
    pub fn cache_use(&self) -> CacheUse {
        self.answers.usage()
    }
}

/// What others are told about keeping an answer.
fn cache_control(max_age: Duration) -> HeaderValue {
    let seconds = max_age.as_secs();
    let text = if seconds == 0 { "public, no-cache".into() } else { format!("public, max-age={seconds}") };
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static("no-cache"))
}

/// What is compressed on its way: all but streams of events, images, and what is not worth it.
fn worth_compressing() -> impl Predicate {
    SizeAbove::new(compress::WORTH_IT as u64)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::const_new("text/event-stream"))
        .and(NotForContentType::const_new("font/woff"))
}

/// Every route of the service but that of the API, which the front calls itself.
fn router(state: State) -> Router {
    Router::new()
        .route("/", any(web::home))
        .route("/schema.graphql", any(schema))
        .route("/health", any(health::report))
        .route("/health/live", any(health::alive))
        .route("/health/ready", any(health::ready))
        .route("/graphiql", any(web::graphiql))
        .route("/query", any(form::page))
        .route("/query.css", any(form::style))
        .route("/examples.json", any(web::examples))
        .route("/assets/{*path}", any(web::asset))
        .route("/releases.atom", any(feed::releases))
        .route("/export", any(export::list))
        .route("/export/{file}", any(export::file))
        .route("/nodes/{id}", any(export::node))
        .route("/q", any(named::list))
        .route("/openapi.json", any(openapi::description))
        .route("/q/{file}", any(named::answer))
        .fallback(not_found)
        .layer(CompressionLayer::new().compress_when(worth_compressing()))
        .layer(middleware::from_fn(message::finish))
        .layer(middleware::from_fn(observe::name_route))
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
