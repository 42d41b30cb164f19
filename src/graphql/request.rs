//! What every resolver may take from its request: the view it answers from, and the language.

use std::any::Any;
use std::sync::Arc;

use async_graphql::{Context, ContextSelectionSet};

use super::answer::BEFORE;
use super::written::Out;
use crate::graph::{Bounds, Graph, View};
use crate::live::Live;
use crate::model;

/// One snapshot and one language, taken once when the request comes in. A subscription has what is
/// live instead: it lasts, and a snapshot it held would last with it.
pub struct RequestState {
    view: Option<View>,
    live: Option<Arc<Live>>,
    language: model::Language,
    out: Option<Out>,
    bounds: Bounds,
    /// What is held while the question is worked on.
    held: Option<Arc<dyn Any + Send + Sync>>,
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
        let bounds = Bounds::default();
        let view = View::today(graph, today, bounds);
        Self { view: Some(view), live: None, language, bounds, out: None, held: None }
    }

    /// A subscription to what becomes of `live`.
    pub fn following(live: Arc<Live>, language: model::Language) -> Self {
        Self { view: None, live: Some(live), language, bounds: Bounds::default(), out: None, held: None }
    }

    /// The same request, which holds `place` until it is worked on no more.
    #[must_use]
    pub fn holding(self, place: impl Any + Send + Sync) -> Self {
        Self { held: Some(Arc::new(place)), ..self }
    }
}

impl RequestState {
    /// The same request within these bounds, none of its work done yet.
    #[must_use]
    pub fn bounded(&self, bounds: Bounds) -> Self {
        Self {
            view: self.view.as_ref().map(|view| view.within(bounds)),
            live: self.live.clone(),
            bounds,
            language: self.language,
            out: None,
            held: self.held.clone(),
        }
    }

    /// The same request, answered in JSON that has room for so many bytes before it grows.
    #[must_use]
    pub(super) fn written(self, room: usize) -> Self {
        Self { out: Some(Out::new(BEFORE, room)), ..self }
    }

    /// How many relationships a traversal may have to visit.
    pub(super) fn relationship_count(&self) -> usize {
        self.view.as_ref().map_or(0, |view| view.graph().counts().relationships)
    }
}

/// The view a request is answered from.
pub(super) fn view<'c>(ctx: &Context<'c>) -> &'c View {
    state(ctx).view.as_ref().expect("only fields of Query look at a view, and only they are run with one")
}

/// What is live, for a subscription.
pub(super) fn live<'c>(ctx: &Context<'c>) -> Option<&'c Arc<Live>> {
    state(ctx).live.as_ref()
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
    ctx.data_opt::<RequestState>()?.out.as_ref()
}

fn state<'c>(ctx: &Context<'c>) -> &'c RequestState {
    ctx.data_opt().expect("Api::execute gives every request its state")
}

/// The language asked for, or that of the request.
pub(super) fn language_or(ctx: &Context<'_>, asked: Option<super::types::enums::Language>) -> model::Language {
    asked.map_or_else(|| language(ctx), Into::into)
}
