//! Agreements.

use async_graphql::Context;

use super::enums::{AgreementStatus, BindingForce, Instrument, Language, PartialDate};
use super::input::{NodeFilter, NodeOrder};
use super::neighbors::{self, Neighbors, PartyConnection, ThemeConnection};
use super::node::node_object;
use super::{Chain, Citation, LifeCycleEvent, Membership, ReachConnection, Signer, foundations};
use crate::graph::{Direction, PageArgs};
use crate::graphql::error::Refusal;
use crate::graphql::request::language_or;
use crate::graphql::written::{Many, One};
use crate::model::RelationshipKind;

node_object! {
    /// A written arrangement between parties, such as `canada-eu-raw-materials-partnership`.
    Agreement {
        /// Its form, as its title or its sources name it.
        async fn instrument(&self) -> Instrument {
            self.node().agreement().expect("only agreements are shown as such").instrument.into()
        }

        /// The date of the first dated life-cycle event with which it may have begun, no more precise than its
        /// sources. A report that it is in effect, a confirmation or a renewal is no beginning.
        async fn date(&self) -> Option<PartialDate> {
            self.node().life().start.map(PartialDate)
        }

        /// Its life cycle, by date; events without a date come last. As of a date only what was known to have
        /// happened by then.
        async fn events(&self) -> Many<LifeCycleEvent<'g>> {
            LifeCycleEvent::of(self.node()).into_iter().collect()
        }

        /// The furthest stage reached by the events that can have happened by the end of `on` (in
        /// `asOf` with CERTAIN: that must have). Without `on`, those up to today, in `asOf` those up to its
        /// date, and in `allDates` all. An event without a date counts today, and on a date from the
        /// publication of its earliest source; where it has none of its own, from that of the last of the sheet. A confirmation or renewal says that the agreement is in
        /// effect.
        async fn status(
            &self,
            #[graphql(desc = "The date asked about, as in `2024-06`.")] on: Option<PartialDate>,
        ) -> AgreementStatus {
            self.node().status(on.map(|on| on.0)).into()
        }

        /// What the sources say of its standing, summed up for the day of the release; null as of an earlier date,
        /// for which `status` is told.
        async fn standing(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "The language; the request's own where left out.")] language: Option<Language>,
        ) -> Option<&'g str> {
            self.node().standing().map(|text| text.get(language_or(ctx, language)))
        }

        /// Whether it binds its parties in law; `legalStatus` says it in its own words.
        async fn binding_force(&self) -> BindingForce {
            self.node().agreement().expect("only agreements are shown as such").binding.force.into()
        }

        /// The clauses or reports that say whether it is binding; empty where nobody does.
        async fn binding_citations(&self) -> Many<Citation<'g>> {
            let citations = self.node().agreement().map_or(&[][..], |agreement| &agreement.binding.citations[..]);
            self.node().cite(citations).map(Citation::from).collect()
        }

        /// Who signed for whom, where that is known.
        async fn signers(&self) -> Many<Signer<'g>> {
            let signers = self.node().agreement().map_or(&[][..], |agreement| &agreement.signers);
            signers.iter().map(|signer| Signer::new(self.node(), signer)).collect()
        }

        /// What it says of its own binding force. As of a date from the publication of its earliest source.
        async fn legal_status(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "The language; the request's own where left out.")] language: Option<Language>,
        ) -> Option<&'g str> {
            self.node().legal_status().map(|text| text.get(language_or(ctx, language)))
        }

        /// The minerals it names. As of a date from the publication of its earliest source.
        async fn minerals(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "The language; the request's own where left out.")] language: Option<Language>,
        ) -> Vec<&'g str> {
            self.node().minerals().iter().map(|text| text.get(language_or(ctx, language))).collect()
        }

        /// Those who signed it or are party to it, by kind of relationship, date and id; with `orderBy`, in
        /// the order of the parties.
        async fn parties(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Only parties that fit.", name = "where")] filter: Option<NodeFilter>,
            #[graphql(desc = "The order of the parties.")] order_by: Option<NodeOrder>,
            #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        ) -> Result<PartyConnection<'g>, Refusal> {
            neighbors::parties(ctx, self.node(), filter, order_by, PageArgs::forward(first, after))
        }

        /// How whole the list of its parties is; null where its sheet does not say.
        async fn membership(&self) -> Option<One<Membership<'g>>> {
            Membership::of(self.node())
        }

        /// Its aims and areas of cooperation.
        async fn themes(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "Only nodes that fit.", name = "where")] filter: Option<NodeFilter>,
            #[graphql(desc = "Their order; by id where left out.")] order_by: Option<NodeOrder>,
            #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        ) -> Result<ThemeConnection<'g>, Refusal> {
            let themes = Neighbors::new(self.node(), &[RelationshipKind::Covers], Direction::Out);
            themes.page(ctx, filter, order_by.map(NodeOrder::into_graph), PageArgs::forward(first, after))
        }

        /// What this rests on: what its sources say it builds on. With `transitive` the whole chain, each
        /// item with its distance and one shortest path.
        async fn builds_on(
            &self,
            #[graphql(desc = "Whether to walk the whole chain; else only what it builds on directly.", default_with = "Some(false)")]
            transitive: Option<bool>,
            #[graphql(desc = "The most steps of the chain, from 1 to 32 unless the service sets another limit.", default_with = "Some(10)")] max_depth: Option<i32>,
            #[graphql(desc = "Which of the nodes reached are listed.", name = "where")] filter: Option<NodeFilter>,
            #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        ) -> Result<ReachConnection<'g>, Refusal> {
            foundations(self.node(), Direction::Out, Chain { transitive, max_depth, filter }, PageArgs::forward(first, after))
        }

        /// What builds on this: whatever says of itself that it rests on it. With `transitive` the whole
        /// chain, each item with its distance and one shortest path.
        async fn built_on_by(
            &self,
            #[graphql(desc = "Whether to walk the whole chain; else only what builds on it directly.", default_with = "Some(false)")]
            transitive: Option<bool>,
            #[graphql(desc = "The most steps of the chain, from 1 to 32 unless the service sets another limit.", default_with = "Some(10)")] max_depth: Option<i32>,
            #[graphql(desc = "Which of the nodes reached are listed.", name = "where")] filter: Option<NodeFilter>,
            #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
            #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        ) -> Result<ReachConnection<'g>, Refusal> {
            foundations(self.node(), Direction::In, Chain { transitive, max_depth, filter }, PageArgs::forward(first, after))
        }
    } {
        "date": date(),
        "instrument": instrument(),
        "status": status(None),
    }
}
