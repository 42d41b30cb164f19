//! Connections: how many, how slow, and how they end.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use super::{State, router};

/// Connections open at once; more wait until one ends.
const CONNECTIONS: usize = 1024;

/// How long the head of a request may take, and a connection may lie idle.
const HEAD_TIME: Duration = Duration::from_secs(20);

/// Bytes of a request's head: a document of full length in a query string, every sign escaped.
const HEAD_BYTES: usize = 64 * 1024;

/// How long requests under way may take once the service is to end.
const DRAIN_TIME: Duration = Duration::from_secs(10);

/// Serves until `shutdown`, then ends what is under way, for ten seconds at most.
pub async fn serve(listener: TcpListener, state: State, shutdown: impl Future<Output = ()>) {
    let (sockets, ending) = (state.places.sockets.clone(), state.ending.clone());
    let all = u32::try_from(state.streams.sockets).unwrap_or(u32::MAX);
    let mut heard = ending.subscribe();
    let shutdown = async move {
        shutdown.await;
        ending.send_replace(true);
    };
    let drained = async move {
        // Web sockets have left their connections behind; each holds a place of its own.
        drop(heard.wait_for(|ending| *ending).await);
        if tokio::time::timeout(DRAIN_TIME, sockets.acquire_many(all)).await.is_err() {
            tracing::warn!("web sockets were cut off");
        }
    };
    tokio::join!(serve_router(listener, router(state), shutdown), drained);
}

/// Serves whatever these routes are, in the same way.
pub async fn serve_router(listener: TcpListener, router: Router, shutdown: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    // Every connection holds a receiver: it hears of the end, and its own end is heard.
    let (ending, heard) = watch::channel(false);
    tokio::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            () = &mut shutdown => break,
            accepted = accept(&listener, &places) => accepted,
        };
        if let Some((stream, place)) = accepted {
            tokio::spawn(connection(stream, router.clone(), heard.clone(), place));
        }
    }
    drop(listener);
    drop(heard);
    ending.send_replace(true);
    if tokio::time::timeout(DRAIN_TIME, ending.closed()).await.is_err() {
        tracing::warn!("requests under way were cut off");
    }
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

async fn connection(
    stream: TcpStream,
    router: Router,
    mut ending: watch::Receiver<bool>,
    _place: OwnedSemaphorePermit,
) {
    // Answers are written whole; waiting to fill packets only delays them. Without it all still works.
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
        .with_upgrades();
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = &mut connection => ended,
        () = async { drop(ending.wait_for(|ending| *ending).await) } => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}
