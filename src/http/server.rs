//! Connections: how many, how slow, and how they end.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::http::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use prometheus_client::metrics::gauge::Gauge;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::patience::Patient;
use super::{Front, Life, Limits, Phase, State, metrics};

/// Connections to the metrics at once: of whoever collects them, and of probes.
const METRICS_CONNECTIONS: usize = 64;

/// Whatever answers the requests of a connection.
trait Answers: Service<Request<Incoming>, Response = Response, Error = Infallible> + Clone + Send + 'static {}

impl<S> Answers for S where
    S: Service<Request<Incoming>, Response = Response, Error = Infallible> + Clone + Send + 'static
{
}

/// Serves until the service's life is over: once it leaves, for the time of grace as before; then
/// without taking new connections, for the time to drain.
pub async fn serve(listener: TcpListener, state: State) {
    let (life, limits, open) = (state.life.clone(), Arc::new(state.limits.clone()), state.metrics.connections.clone());
    let sockets = state.places.sockets.clone();
    let all = all_of(limits.streams.sockets);
    let served = async {
        accept_all(listener, Front::new(state), &life, &limits, open).await;
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
    let open = Gauge::default();
    tokio::select! {
        () = accept_all(listener, TowerToHyperService::new(metrics::router(state)), &life, &limits, open) => {}
        () = life.until(Phase::Over) => {}
    }
}

/// Takes connections until the service ends, then waits until each has ended.
async fn accept_all<S>(listener: TcpListener, service: S, life: &Life, limits: &Arc<Limits>, open: Gauge)
where
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
            tokio::spawn(connection(stream, service.clone(), life.clone(), limits.clone(), held));
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

async fn connection<S>(stream: TcpStream, service: S, life: Life, limits: Arc<Limits>, held: Held)
where
    S: Answers,
    S::Future: Send,
{
    // Answers are written whole; waiting to fill packets only delays them. Without it all still works.
    let _ = stream.set_nodelay(true);
    let stream = TokioIo::new(Patient::new(stream, limits.write_time));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head_time)
        .max_buf_size(limits.head_bytes)
        .serve_connection(stream, service)
        .with_upgrades();
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = &mut connection => ended,
        () = life.until(Phase::Ending) => {
            connection.as_mut().graceful_shutdown();
            tokio::select! {
                ended = connection => ended,
                () = life.until(Phase::Over) => Ok(()),
            }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
    drop(held);
}
