//! What every resolver may take from its request: the view it answers from, and the language.

use std::any::Any;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use async_graphql::{Context, ContextSelectionSet};
use tokio::sync::Semaphore;

use super::written::Out;
use crate::graph::{Bounds, ByteLease, BytePool, Cancel, Graph, RequestBudget, Stop, View};
use crate::live::Live;
use crate::model;

/// One snapshot and one language, taken once when the request comes in. A subscription has what is
/// live instead: it lasts, and a snapshot it held would last with it.
pub struct RequestState {
    view: Option<View>,
    live: Option<Arc<Live>>,
    language: model::Language,
    out: Option<Arc<Out>>,
    bounds: Bounds,
    cancel: Cancel,
    budget: Arc<RequestBudget>,
    memory: Option<Arc<AnswerMemory>>,
    /// Whose turn it is to work out what a subscription tells.
    turns: Arc<Semaphore>,
    /// What is held while the question is worked on.
    _held: Option<Arc<dyn Any + Send + Sync>>,
}

/// The memory of one answer: at most so much, and a lease on what all answers may take together.
pub(super) struct AnswerMemory {
    most: usize,
    lease: Mutex<ByteLease>,
}

impl AnswerMemory {
    fn new(most: usize, pool: &Arc<BytePool>) -> Self {
        Self { most, lease: Mutex::new(pool.lease()) }
    }

    /// Takes so many bytes in all. Says why the request must stop where it may not.
    fn resize(&self, bytes: usize) -> Result<(), Stop> {
        if bytes > self.most {
            return Err(Stop::AnswerBytes);
        }
        let mut lease = self.lease.lock().unwrap_or_else(PoisonError::into_inner);
        if lease.resize(bytes) { Ok(()) } else { Err(Stop::Memory) }
    }

    /// The lease, for as long as the answer is in memory.
    pub(super) fn take(&self) -> ByteLease {
        self.lease.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl RequestState {
    /// A request answered from `graph` on the day it was published, in `language` where a field does not
    /// ask for another.
    pub fn new(graph: Arc<Graph>, language: model::Language) -> Self {
        let today = graph.release().published.at_its_end();
        Self::on(graph, today, language)
    }

    /// The same on another day.
    pub fn on(graph: Arc<Graph>, today: model::PartialDate, language: model::Language) -> Self {
        Self { view: Some(View::today(graph, today, Bounds::unlimited())), ..Self::empty(language) }
    }

    /// A subscription to what becomes of `live`.
    pub fn following(live: Arc<Live>, language: model::Language) -> Self {
        Self { live: Some(live), ..Self::empty(language) }
    }

    fn empty(language: model::Language) -> Self {
        let bounds = Bounds::default();
        Self {
            view: None,
            live: None,
            language,
            out: None,
            bounds,
            cancel: Cancel::default(),
            budget: Arc::new(RequestBudget::new(&bounds)),
            memory: None,
            turns: Arc::new(Semaphore::new(1)),
            _held: None,
        }
    }

    /// The same request, whose work ends when `cancel` is cancelled.
    #[must_use]
    pub fn under(self, cancel: Cancel) -> Self {
        Self { cancel, ..self }
    }

    /// The same request, which holds `place` until it is worked on no more.
    #[must_use]
    pub fn holding(self, place: impl Any + Send + Sync) -> Self {
        Self { _held: Some(Arc::new(place)), ..self }
    }
}

impl RequestState {
    /// The same request within these bounds, none of its work done yet, until `deadline`.
    #[must_use]
    pub(super) fn bounded(self, bounds: Bounds, deadline: Option<Instant>) -> Self {
        let budget = Arc::new(RequestBudget::new(&bounds).ending(deadline, self.cancel.clone()));
        Self { view: self.view.as_ref().map(|view| view.within(bounds, budget.clone())), bounds, budget, ..self }
    }

    /// The same request, whose answer may take `most` bytes, out of a pool for all answers.
    #[must_use]
    pub(super) fn answered_within(self, most: usize, pool: &Arc<BytePool>) -> Self {
        Self { memory: Some(Arc::new(AnswerMemory::new(most, pool))), ..self }
    }

    /// The same subscription, which takes its turn with others that do.
    #[must_use]
    pub(super) fn taking_turns(self, turns: Arc<Semaphore>) -> Self {
        Self { turns, ..self }
    }

    /// The address of the data that a subscription follows.
    pub(super) fn live_address(&self) -> usize {
        self.live.as_ref().map_or(0, |live| Arc::as_ptr(live) as usize)
    }

    /// The language of the request.
    pub(super) fn language(&self) -> model::Language {
        self.language
    }

    /// The budget of the request.
    pub(super) fn budget(&self) -> &Arc<RequestBudget> {
        &self.budget
    }

    /// The flag that cancels it.
    pub(super) fn cancel(&self) -> &Cancel {
        &self.cancel
    }

    /// The memory of its answer, where that is bounded.
    pub(super) fn memory(&self) -> Option<Arc<AnswerMemory>> {
        self.memory.clone()
    }

    /// Pays for values of an answer that is written: `bytes` more, of which the buffer now has `capacity` in
    /// all. False once the request is stopped.
    #[inline]
    pub(super) fn spend_on_text(&self, values: u64, bytes: usize, grown_to: Option<usize>) -> bool {
        if let (Some(capacity), Some(memory)) = (grown_to, &self.memory)
            && let Err(stop) = memory.resize(capacity)
        {
            self.budget.stop(stop);
        }
        self.budget.spend(VALUE_WORK * values + bytes as u64 / BYTES_OF_WORK)
    }

    /// The same request, whose answer is written there.
    #[must_use]
    pub(super) fn written(self, out: Arc<Out>) -> Self {
        Self { out: Some(out), ..self }
    }

    /// Units of work of a look at the whole graph: its nodes and relationships.
    pub(super) fn graph_size(&self) -> u64 {
        let size = |view: &View| (view.graph().counts().nodes + view.graph().counts().relationships) as u64;
        self.view.as_ref().map_or(0, size)
    }
}

/// Units of work to resolve a value and write it.
const VALUE_WORK: u64 = 8;
/// Bytes that are written with one unit of work.
const BYTES_OF_WORK: u64 = 8;
/// The view a request is answered from.
pub(super) fn view<'c>(ctx: &Context<'c>) -> &'c View {
    state(ctx).view.as_ref().expect("only fields of Query look at a view, and only they are run with one")
}

/// What is live, for a subscription.
pub(super) fn live<'c>(ctx: &Context<'c>) -> Option<&'c Arc<Live>> {
    state(ctx).live.as_ref()
}

/// Whose turn it is to work out what a subscription tells.
pub(super) fn turns(ctx: &Context<'_>) -> Arc<Semaphore> {
    state(ctx).turns.clone()
}

/// The bounds of the request.
pub(super) fn bounds(ctx: &Context<'_>) -> Bounds {
    state(ctx).bounds
}

/// The language of the request.
pub(super) fn language(ctx: &Context<'_>) -> model::Language {
    state(ctx).language
}

/// What is written of the answer, where it is written.
pub(super) fn out<'c>(ctx: &ContextSelectionSet<'c>) -> Option<&'c Out> {
    ctx.data_opt::<RequestState>()?.out.as_deref()
}

/// The state of the request, for those who pay for its answer.
pub(super) fn of_request<'c>(ctx: &ContextSelectionSet<'c>) -> Option<&'c RequestState> {
    ctx.data_opt()
}

fn state<'c>(ctx: &Context<'c>) -> &'c RequestState {
    ctx.data_opt().expect("Api::execute gives every request its state")
}

/// The language asked for, or that of the request.
pub(super) fn language_or(ctx: &Context<'_>, asked: Option<super::types::enums::Language>) -> model::Language {
    asked.map_or_else(|| language(ctx), Into::into)
}
