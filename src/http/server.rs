//! Connections: how many, how slow, and how they end.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::http::header::{ACCEPT, CONNECTION, ORIGIN};
use axum::http::{HeaderValue, Request, Version};
use axum::response::Response;
use futures_util::future::{BoxFuture, Either};
use futures_util::{FutureExt, TryFutureExt};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use prometheus_client::metrics::gauge::Gauge;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::access::Access;
use super::client_socket::ClientSocket;
use super::client_stream::ClientStream;
use super::refusal::Rules;
use super::{Front, Life, Limits, Phase, State, metrics, secure};

/// Connections to the metrics at once: of whoever collects them, and of probes.
const METRICS_CONNECTIONS: usize = 64;

/// Whatever answers the requests of a connection.
pub(super) trait Answers:
    Service<Request<Incoming>, Response = Response, Error = Infallible> + Clone + Send + 'static
{
}

impl<S> Answers for S where
    S: Service<Request<Incoming>, Response = Response, Error = Infallible> + Clone + Send + 'static
{
}

/// Serves until the service's life is over: once it leaves, for the time of grace as before; then
/// without taking new connections, for the time to drain.
pub async fn serve(listener: TcpListener, state: State) {
    let (life, limits, open) = (state.life.clone(), Arc::new(state.limits.clone()), state.metrics.connections.clone());
    let (sockets, rules) = (state.places.sockets.clone(), state.rules.clone());
    let all = all_of(limits.streams.sockets);
    let served = async {
        accept_all(listener, Front::new(state), &life, &limits, &rules, open).await;
        // Web sockets have left their connections behind; each holds a place of its own.
        drop(sockets.acquire_many(all).await);
    };
    to_the_end(served, &life, &limits).await;
}

/// Whatever is served ends as soon as it can; the time to drain is the most it takes.
async fn to_the_end(served: impl Future<Output = ()>, life: &Life, limits: &Limits) {
    tokio::select! {
        () = served => {}
        () = life.run_out(limits.grace_time, limits.drain_time) => tracing::warn!("requests under way were cut off"),
    }
    life.go_on_to(Phase::Over);
}

/// As many permits as there are of something.
fn all_of(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Gives the metrics, and whether the service lives and is ready, until its life is over.
pub async fn serve_metrics(listener: TcpListener, state: State) {
    let (life, limits) = (state.life.clone(), Limits::clone(&state.limits));
    let limits = Arc::new(Limits { connections: METRICS_CONNECTIONS, ..limits });
    let (open, rules) = (Gauge::default(), state.rules.clone());
    tokio::select! {
        () = accept_all(listener, TowerToHyperService::new(metrics::router(state)), &life, &limits, &rules, open) => {}
        () = life.until(Phase::Over) => {}
    }
}

/// Takes connections until the service ends, then waits until each has ended.
async fn accept_all<S>(
    listener: TcpListener,
    service: S,
    life: &Life,
    limits: &Arc<Limits>,
    rules: &Arc<Rules>,
    open: Gauge,
) where
    S: Answers,
    S::Future: Send,
{
    let places = Arc::new(Semaphore::new(limits.connections));
    let ending = life.until(Phase::Ending);
    tokio::pin!(ending);
    loop {
        let accepted = tokio::select! {
            () = &mut ending => break,
            accepted = accept(&listener, &places) => accepted,
        };
        if let Some((stream, place)) = accepted {
            let held = Held::new(open.clone(), place);
            let (service, life, limits, rules) = (service.clone(), life.clone(), limits.clone(), rules.clone());
            tokio::spawn(async move {
                connection(stream, service, life, &limits, rules).await;
                drop(held);
            });
        }
    }
    drop(listener);
    let all = all_of(limits.connections);
    // Every connection holds a place: all of them are free once the last one has ended.
    drop(places.acquire_many(all).await);
}

async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> Option<(TcpStream, OwnedSemaphorePermit)> {
    let place = places.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => Some((stream, place)),
        Err(error) => {
            // Mostly too many open files; trying again at once would only keep the processor busy.
            tracing::warn!(%error, "a connection was not accepted");
            tokio::time::sleep(Duration::from_millis(100)).await;
            None
        }
    }
}

/// The place of a connection, counted as long as it is held.
struct Held {
    open: Gauge,
    _place: OwnedSemaphorePermit,
}

impl Held {
    fn new(open: Gauge, place: OwnedSemaphorePermit) -> Self {
        open.inc();
        Self { open, _place: place }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.open.dec();
    }
}

/// Serves one connection until either side ends it.
pub(super) async fn connection<S>(stream: TcpStream, service: S, life: Life, limits: &Limits, rules: Arc<Rules>)
where
    S: Answers,
    S::Future: Send,
{
    let socket = Arc::new(ClientSocket::new(stream));
    let line = || ClientStream::new(socket.clone(), limits, rules.clone());
    if let Some(refusal) = rules.no_date(SystemTime::now()) {
        tracing::warn!("a connection was refused: the clock is before 1970 or after 9999");
        return refuse(line(), &refusal).await;
    }
    let service = Checked { service, rules: rules.clone(), socket: socket.clone() };
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .half_close(true)
        .header_read_timeout(limits.head_time)
        .max_header_size(limits.head_bytes)
        .max_buf_size(limits.head_bytes)
        .serve_connection(TokioIo::new(line()), service)
        .with_upgrades();
    tokio::pin!(connection);
    let mut is_ending = false;
    let ended = loop {
        tokio::select! {
            ended = &mut connection => break ended,
            () = socket.left() => return,
            () = life.until(Phase::Ending), if !is_ending => {
                is_ending = true;
                connection.as_mut().graceful_shutdown();
            }
            () = life.until(Phase::Over), if is_ending => return,
        }
    };
    let Err(error) = ended else { return };
    tracing::debug!(%error, "a connection ended early");
    // What hyper refuses without a word, unless nothing came or an answer has begun.
    if socket.received().bytes == 0 {
        return;
    }
    if error.is_timeout() {
        refuse(line(), &rules.slow_head()).await;
    } else if error.is_parse() || error.is_incomplete_message() {
        refuse(line(), &rules.bad_request()).await;
    }
}

/// Sends a refusal, and closes so that it arrives.
async fn refuse(mut line: ClientStream, refusal: &[u8]) {
    if line.write_all(refusal).await.is_ok() {
        // A client that has gone is told nothing.
        let _ = line.shutdown().await;
    }
}

/// A service that refuses requests by their host and origin.
#[derive(Clone)]
struct Checked<S> {
    service: S,
    rules: Arc<Rules>,
    socket: Arc<ClientSocket>,
}

type Answered = Result<Response, Infallible>;

impl<S> Service<Request<Incoming>> for Checked<S>
where
    S: Answers,
    S::Future: Send,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Either<Ready<Answered>, Either<S::Future, BoxFuture<'static, Answered>>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let accept = request.headers().get(ACCEPT).map(HeaderValue::as_bytes);
        let is_endless = accept.is_some_and(|accept| accept.starts_with(b"text/event-stream"));
        self.socket.took_request(request.version() == Version::HTTP_11, is_endless);
        let access = &self.rules.access;
        if let Some(mut response) = access.refusal(&request) {
            if access.is_by_origin() {
                Access::restrict(None, &mut response);
            }
            secure::protect(&self.rules.policy, &mut response);
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            return Either::Left(ready(Ok(response)));
        }
        if !access.is_by_origin() {
            return Either::Right(Either::Left(self.service.call(request)));
        }
        let origin = request.headers().get(ORIGIN).cloned();
        let response = self.service.call(request).map_ok(|mut response| {
            Access::restrict(origin, &mut response);
            secure::set_readers(&mut response);
            response
        });
        Either::Right(Either::Right(response.boxed()))
    }
}
