//! Every field of `Subscription`.

use std::sync::Arc;

use async_graphql::futures_util::StreamExt;
use async_graphql::futures_util::stream::{BoxStream, unfold};
use async_graphql::{Context, Error, ErrorExtensions, Result, Subscription as Subscribed};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::request::{bounds, live, turns};
use super::types::ReleaseChange;
use super::written::One;
use crate::graph::Difference;

/// What one can be told of when it happens, over a web socket (`graphql-transport-ws`) or as
/// server-sent events.
pub struct Subscription;

/// What one can be told of when it happens, over a web socket (`graphql-transport-ws`) or as
/// server-sent events.
#[Subscribed]
impl Subscription {
    /// Fires when other data are served than before: which release, and what was added, removed and
    /// changed. Whoever falls behind is told so, and has to subscribe again.
    async fn release_published(&self, ctx: &Context<'_>) -> BoxStream<'static, Result<One<ReleaseChange>>> {
        let most = bounds(ctx).page;
        let turns = turns(ctx);
        let changes = unfold(live(ctx).map(|live| (live.changes(), turns, None)), next);
        changes.map(move |change| change.map(|difference| One(ReleaseChange::new(difference, most)))).boxed()
    }
}

/// What is left of the changes, whose turn it is to work one out, and that turn while it lasts; None once
/// there is an end.
type Rest = Option<(Receiver<Arc<Difference>>, Arc<Semaphore>, Option<OwnedSemaphorePermit>)>;

async fn next(rest: Rest) -> Option<(Result<Arc<Difference>>, Rest)> {
    let (mut changes, turns, turn) = rest?;
    // The change before has been worked out: it was asked for the next one.
    drop(turn);
    match changes.recv().await {
        Ok(change) => {
            // One at a time, so that however many there are, the other threads serve everybody else.
            let turn = turns.clone().acquire_owned().await.ok();
            Some((Ok(change), Some((changes, turns, turn))))
        }
        Err(RecvError::Closed) => None,
        Err(RecvError::Lagged(missed)) => {
            let error = Error::new(format!("You read too slowly and have missed {missed} changes; subscribe again."));
            Some((Err(error.extend_with(|_, extensions| extensions.set("code", "TOO_SLOW"))), None))
        }
    }
}
