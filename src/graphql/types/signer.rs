//! Those who signed for the parties of an agreement.

use async_graphql::{Context, ID, Object};

use super::Citation;
use super::enums::Language;
use crate::graph::NodeRef;
use crate::graphql::request::language_or;
use crate::graphql::written::{Many, written};
use crate::model;

/// A holder of an office who signed an agreement for one of its parties.
#[derive(Clone, Copy)]
pub struct Signer<'g> {
    agreement: NodeRef<'g>,
    signer: &'g model::Signer,
}

written! { ['g] Signer<'g> }

impl<'g> Signer<'g> {
    /// Somebody who signed `agreement`.
    pub fn new(agreement: NodeRef<'g>, signer: &'g model::Signer) -> Self {
        Self { agreement, signer }
    }
}

/// A holder of an office who signed an agreement for one of its parties.
#[Object]
impl<'g> Signer<'g> {
    /// The id of the party signed for.
    async fn party(&self) -> ID {
        self.signer.party.as_str().into()
    }

    /// The name, as the sources print it.
    async fn name(&self) -> &'g str {
        &self.signer.name
    }

    /// The office held at that time.
    async fn office(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The language; the request's own where left out.")] language: Option<Language>,
    ) -> &'g str {
        self.signer.office.get(language_or(ctx, language))
    }

    /// Who says so; never empty.
    async fn citations(&self) -> Many<Citation<'g>> {
        self.agreement.cite(&self.signer.citations).map(Citation::from).collect()
    }
}
