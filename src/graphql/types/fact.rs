//! Facts: single statements about a node.

use async_graphql::{Context, ID, Object};

use super::Citation;
use super::enums::{FactStatus, Language};
use crate::graph;
use crate::graphql::request::language_or;
use crate::graphql::written::{Many, written};

/// One statement about a node, with its sources.
#[derive(Clone)]
pub struct Fact<'g>(graph::Fact<'g>);

written! { ['g] Fact<'g> }

impl<'g> From<graph::Fact<'g>> for Fact<'g> {
    fn from(fact: graph::Fact<'g>) -> Self {
        Self(fact)
    }
}

/// One statement about a node, with its sources. Where sources differ there is one fact for each value.
#[Object]
impl<'g> Fact<'g> {
    /// The id of the fact within this release, as in `g7#2`.
    async fn id(&self) -> ID {
        format!("{}#{}", self.0.subject.id(), self.0.ordinal).into()
    }

    /// The id of the node it is about.
    async fn subject(&self) -> ID {
        self.0.subject.id().into()
    }

    /// What it is about: `name.en`, `name.fr`, `alias`, `code`, `date` (of the first event),
    /// `event`, `place`, `occasion`, `eventNote`, `standing`, `legalStatus`, `bindingForce`, `mineral`, `memberCount`,
    /// `status`.
    async fn property(&self) -> &'static str {
        self.0.property
    }

    /// What it says.
    async fn value(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The language of texts of ours; the request's own where left out.")] language: Option<
            Language,
        >,
    ) -> &str {
        self.0.value.get(language_or(ctx, language))
    }

    /// Whether sources agree on it.
    async fn status(&self) -> FactStatus {
        self.0.status.into()
    }

    /// Whether this is the value shown elsewhere in the graph; always so where sources agree.
    async fn chosen(&self) -> bool {
        self.0.chosen
    }

    /// Of a disputed fact: why the value shown elsewhere was chosen.
    async fn why(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The language; the request's own where left out.")] language: Option<Language>,
    ) -> Option<&'g str> {
        self.0.why.map(|text| text.get(language_or(ctx, language)))
    }

    /// What the source says with it.
    async fn note(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The language; the request's own where left out.")] language: Option<Language>,
    ) -> Option<&'g str> {
        self.0.note.map(|text| text.get(language_or(ctx, language)))
    }

    /// Who says so.
    async fn citations(&self) -> Many<Citation<'g>> {
        self.0.citations.iter().copied().map(Citation::from).collect()
    }
}
