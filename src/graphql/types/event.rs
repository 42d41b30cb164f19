//! Events of a life cycle.

use async_graphql::{Context, Object};

use super::Citation;
use super::enums::{EventKind, Language, PartialDate};
use crate::graph::NodeRef;
use crate::graphql::request::language_or;
use crate::graphql::written::{Many, written};
use crate::model;

/// One event in the life of an agreement, an initiative or a forum.
#[derive(Clone, Copy)]
pub struct LifeCycleEvent<'g> {
    node: NodeRef<'g>,
    event: &'g model::LifeCycleEvent,
}

written! { ['g] LifeCycleEvent<'g> }

impl<'g> LifeCycleEvent<'g> {
    /// One event of a node.
    pub fn new(node: NodeRef<'g>, event: &'g model::LifeCycleEvent) -> Self {
        Self { node, event }
    }

    /// What happened, by its name.
    pub fn kind_name(&self) -> &'static str {
        self.event.kind.name()
    }

    /// The life cycle of a node, by date.
    pub fn of(node: NodeRef<'g>) -> Vec<Self> {
        node.events().into_iter().map(|event| Self { node, event }).collect()
    }
}

/// One event in the life of an agreement, an initiative or a forum.
#[Object]
impl<'g> LifeCycleEvent<'g> {
    /// What happened.
    async fn kind(&self) -> EventKind {
        self.event.kind.into()
    }

    /// When, no more precise than the source; null where no source gives a date.
    async fn date(&self) -> Option<PartialDate> {
        self.event.date.map(PartialDate)
    }

    /// Where, as in `Brussels`.
    async fn place(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The language; the request's own where left out.")] language: Option<Language>,
    ) -> Option<&'g str> {
        self.event.place.as_ref().map(|text| text.get(language_or(ctx, language)))
    }

    /// At what meeting or visit.
    async fn occasion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The language; the request's own where left out.")] language: Option<Language>,
    ) -> Option<&'g str> {
        self.event.occasion.as_ref().map(|text| text.get(language_or(ctx, language)))
    }

    /// What else the source says of it.
    async fn note(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The language; the request's own where left out.")] language: Option<Language>,
    ) -> Option<&'g str> {
        self.event.note.as_ref().map(|text| text.get(language_or(ctx, language)))
    }

    /// Who says so.
    async fn citations(&self) -> Many<Citation<'g>> {
        self.node.event_citations(self.event).map(Citation::from).collect()
    }
}
