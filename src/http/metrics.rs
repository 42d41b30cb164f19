//! What the service counts, and how it is told to whoever collects it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State as StateOf};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::any;
use prometheus_client::encoding::text;
use prometheus_client::metrics::counter::{ConstCounter, Counter};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;

use super::observe::{Outcome, Source};
use super::streams::TOO_MANY_STREAMS;
use super::{State, ask, health, message, secure};

/// A label of which there are few values.
type Label = (&'static str, Cow<'static, str>);

type Histograms = Family<[Label; 1], Histogram, fn() -> Histogram>;

/// What stands for every operation beyond those that have metrics of their own.
const OTHER: &str = "(other)";

/// What stands for operations without a name.
const UNNAMED: &str = "(unnamed)";

/// The longest name of an operation that has metrics of its own.
const NAME_LENGTH: usize = 64;

/// From half a millisecond to half a minute.
fn times() -> Histogram {
    Histogram::new([0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0])
}

/// From one field to the largest cost that passes.
fn costs() -> Histogram {
    Histogram::new([10.0, 100.0, 1_000.0, 5_000.0, 25_000.0, 100_000.0, 250_000.0])
}

/// What is counted while the service runs.
#[derive(Debug)]
pub(super) struct Metrics {
    registry: Registry,
    /// Connections that are open.
    pub(super) connections: Gauge,
    requests: Family<[Label; 3], Counter>,
    request_time: Histograms,
    operations: Family<[Label; 2], Counter>,
    operation_time: Histograms,
    operation_cost: Histograms,
    answers: Family<[Label; 1], Counter>,
    errors: Family<[Label; 1], Counter>,
    shed: Counter,
    names: Mutex<HashSet<Arc<str>>>,
    /// What was counted before, found by one look instead of many.
    tallies: RwLock<HashMap<Alike, Arc<Tally>>>,
    most_names: usize,
}

impl Metrics {
    /// Nothing counted yet; at most so many operations have metrics of their own.
    pub(super) fn new(most_names: usize) -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("pactgraph"),
            connections: Gauge::default(),
            requests: Family::default(),
            request_time: Family::new_with_constructor(times),
            operations: Family::default(),
            operation_time: Family::new_with_constructor(times),
            operation_cost: Family::new_with_constructor(costs),
            answers: Family::default(),
            errors: Family::default(),
            shed: Counter::default(),
            names: Mutex::default(),
            tallies: RwLock::default(),
            most_names,
        };
        let to = &mut metrics.registry;
        to.register("connections", "Connections that are open", metrics.connections.clone());
        to.register("requests", "Requests answered, by route, method and status", metrics.requests.clone());
        let says = "Seconds until the answer to a request began, by route";
        to.register("request_duration_seconds", says, metrics.request_time.clone());
        let says = "Questions, by operation and result: ok, or the code of the first error";
        to.register("operations", says, metrics.operations.clone());
        let says = "Seconds a question took, by operation";
        to.register("operation_duration_seconds", says, metrics.operation_time.clone());
        let says = "Cost of questions as estimated before they run, by operation";
        to.register("operation_cost", says, metrics.operation_cost.clone());
        let says = "Answers, by where they came from: hit (the cache), miss (worked out and kept), none (not kept)";
        to.register("answers", says, metrics.answers.clone());
        to.register("errors", "Errors told to clients, by code", metrics.errors.clone());
        let says = "Questions, web sockets and streams of events turned away because there were too many";
        to.register("shed", says, metrics.shed.clone());
        metrics
    }

    /// Counts a request, and the question it asked.
    pub(super) fn request(
        &self,
        route: Cow<'static, str>,
        method: &'static str,
        status: StatusCode,
        outcome: Option<&Outcome>,
        took: Duration,
    ) {
        self.tally(route, method, status, outcome).count(outcome, took);
        outcome.into_iter().for_each(|outcome| self.errors_of(outcome));
    }

    /// Counts a question on a line that serves many.
    pub(super) fn operation(&self, outcome: &Outcome, took: Duration) {
        self.questions(self.name(outcome), result(outcome), outcome.source).count(outcome, took);
        self.errors_of(outcome);
    }

    /// What counts requests like this one. Errors of the question it asked are not counted.
    pub(super) fn tally(
        &self,
        route: Cow<'static, str>,
        method: &'static str,
        status: StatusCode,
        outcome: Option<&Outcome>,
    ) -> Arc<Tally> {
        let question = outcome.map(|outcome| (self.name(outcome), result(outcome), outcome.source));
        let alike = Alike { route, method, status: status.as_u16(), question };
        let tallies = self.tallies.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(tally) = tallies.get(&alike) {
            return tally.clone();
        }
        drop(tallies);
        let Alike { route, question, .. } = alike.clone();
        let status = Cow::from(status.as_str().to_owned());
        let labels = [("route", route.clone()), ("method", method.into()), ("status", status)];
        let tally = Arc::new(Tally {
            requests: self.requests.get_or_create_owned(&labels),
            time: self.request_time.get_or_create_owned(&[("route", route)]),
            questions: question.map(|(name, result, source)| self.questions(name, result, source)),
        });
        self.tallies.write().unwrap_or_else(PoisonError::into_inner).insert(alike, tally.clone());
        tally
    }

    fn questions(&self, name: Name, result: Cow<'static, str>, source: Source) -> Questions {
        let name = Cow::from(name.as_deref().unwrap_or(UNNAMED).to_owned());
        let operation = [("operation", name.clone())];
        Questions {
            operations: self.operations.get_or_create_owned(&[("operation", name), ("result", result)]),
            time: self.operation_time.get_or_create_owned(&operation),
            cost: self.operation_cost.get_or_create_owned(&operation),
            answers: self.answers.get_or_create_owned(&[("source", source.as_str().into())]),
        }
    }

    fn errors_of(&self, outcome: &Outcome) {
        outcome.codes.iter().for_each(|code| self.error(code.clone().into()));
    }

    /// Counts an error.
    pub(super) fn error(&self, code: Cow<'static, str>) {
        if matches!(&*code, ask::OVERLOADED | TOO_MANY_STREAMS) {
            self.shed.inc();
        }
        self.errors.get_or_create(&[("code", code)]).inc();
    }

    /// The name under which a question is counted. Whoever asks chooses it, so that there must not be
    /// more of them than are wanted, and none of questions that were refused.
    fn name(&self, outcome: &Outcome) -> Name {
        let name = outcome.operation.as_ref()?;
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        if names.contains(name) {
            return Some(name.clone());
        }
        if !outcome.executed || name.len() > NAME_LENGTH || names.len() >= self.most_names {
            return Some(OTHER.into());
        }
        names.insert(name.clone());
        Some(name.clone())
    }
}

/// The name of an operation, where it has one.
type Name = Option<Arc<str>>;

/// What became of a question, as metrics name it.
fn result(outcome: &Outcome) -> Cow<'static, str> {
    outcome.codes.first().map_or(Cow::from("ok"), |code| code.clone().into())
}

/// What requests have in common that are counted together. There are few of each: names are bounded, and
/// routes, codes and methods known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Alike {
    route: Cow<'static, str>,
    method: &'static str,
    status: u16,
    question: Option<(Name, Cow<'static, str>, Source)>,
}

/// What counts requests that are alike.
#[derive(Debug)]
pub(super) struct Tally {
    requests: Counter,
    time: Histogram,
    questions: Option<Questions>,
}

/// What counts questions that are alike.
#[derive(Debug)]
struct Questions {
    operations: Counter,
    time: Histogram,
    cost: Histogram,
    answers: Counter,
}

impl Tally {
    /// Counts a request that took so long, and the question it asked.
    pub(super) fn count(&self, outcome: Option<&Outcome>, took: Duration) {
        self.requests.inc();
        self.time.observe(took.as_secs_f64());
        if let (Some(questions), Some(outcome)) = (&self.questions, outcome) {
            questions.count(outcome, took);
        }
    }
}

impl Questions {
    fn count(&self, outcome: &Outcome, took: Duration) {
        self.operations.inc();
        self.time.observe(took.as_secs_f64());
        if let Some(cost) = outcome.cost {
            self.cost.observe(cost as f64);
        }
        self.answers.inc();
    }
}

/// How the data stand, looked up when somebody asks.
fn standing(state: &State) -> Registry {
    let (graph, status) = (state.live.graph(), state.live.status());
    let counts = graph.counts();
    let mut to = Registry::with_prefix("pactgraph");
    let info = [("version", env!("CARGO_PKG_VERSION").to_owned())];
    to.register("build", "The program", Info::new(info));
    let info = [("release", graph.release().id.to_string()), ("digest", graph.digest().to_owned())];
    to.register("release", "The data served now", Info::new(info));
    to.register("nodes", "Nodes of the graph served now", ConstGauge::new(counts.nodes as u64));
    to.register("relationships", "Relationships of the graph served now", ConstGauge::new(counts.relationships as u64));
    to.register("sources", "Sources of the graph served now", ConstGauge::new(counts.sources as u64));
    let loaded = status.loaded_at.as_second();
    to.register("loaded_timestamp_seconds", "When the data served now were loaded", ConstGauge::new(loaded));
    to.register("reloads", "How often other data have replaced those before", ConstCounter::new(status.reloads));
    to.register("refusals", "How often newer data were refused", ConstCounter::new(status.refusals));
    let degraded = i64::from(status.is_degraded());
    to.register("degraded", "1 while the newest data are refused and older ones served", ConstGauge::new(degraded));
    let refused = status.refused.as_ref().map_or(0, |refused| refused.at.as_second());
    let says = "When the newest data were refused; 0 where they are served";
    to.register("refused_timestamp_seconds", says, ConstGauge::new(refused));
    let cache = state.cache_use();
    to.register("cache_bytes", "Bytes of the answers kept", ConstGauge::new(cache.bytes));
    to.register("cache_answers", "Answers kept", ConstGauge::new(cache.answers as u64));
    to.register("cache_hits", "Questions answered from the cache", ConstCounter::new(cache.hits));
    to.register("cache_misses", "Questions not found in the cache", ConstCounter::new(cache.misses));
    to.register("cache_evictions", "Answers given up to make room for others", ConstCounter::new(cache.evictions));
    let sockets = state.streams.sockets - state.places.sockets.available_permits();
    to.register("web_sockets", "Web sockets that are open", ConstGauge::new(sockets as u64));
    let streams = state.streams.event_streams - state.places.event_streams.available_permits();
    to.register("event_streams", "Streams of events that are open", ConstGauge::new(streams as u64));
    let says = "Subscriptions that are open, over web sockets and streams of events";
    to.register("subscriptions", says, ConstGauge::new(state.live.listeners() as u64));
    let ready = i64::from(state.life.is_ready());
    to.register("ready", "1 while the service takes new work, 0 once it is to end", ConstGauge::new(ready));
    to
}

/// Everything there is to tell, in the text format of OpenMetrics.
fn text(state: &State) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    text::encode_registry(&mut text, &state.metrics.registry)?;
    text::encode(&mut text, &standing(state))?;
    Ok(text)
}

/// The routes of the listener for those who run the service.
pub(super) fn router(state: State) -> Router {
    Router::new()
        .route("/metrics", any(endpoint))
        .route("/health", any(health::report))
        .route("/health/live", any(health::alive))
        .route("/health/ready", any(health::ready))
        .fallback(super::not_found)
        .layer(axum::middleware::from_fn(message::finish))
        .layer(axum::middleware::from_fn_with_state(state.clone(), protect))
        .with_state(state)
}

async fn protect(StateOf(state): StateOf<State>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    secure::protect_in(&state, &mut response);
    response
}

async fn endpoint(StateOf(state): StateOf<State>, request: Request) -> Response {
    if let Some(refusal) = message::only_reads(&request) {
        return refusal;
    }
    match text(&state) {
        Ok(text) => {
            let media = "application/openmetrics-text; version=1.0.0; charset=utf-8";
            message::response(StatusCode::OK, [(CONTENT_TYPE, media), (CACHE_CONTROL, "no-store")], text)
        }
        Err(_) => {
            let text = "The metrics have no form.";
            message::refusal(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL_SERVER_ERROR", text)
        }
    }
}
