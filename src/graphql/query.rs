//! Every root field.

use async_graphql::{Context, ID, Object};

use super::connection::Connection;
use super::error::Refusal;
use super::request::{language_or, view};
use super::types::enums::{Certainty, GroupKey, Language, PartialDate};
use super::types::input::{NodeFilter, NodeOrder, RelationshipFilter};
use super::types::{
    self, Agreement, Country, Forum, IndigenousPeople, Initiative, Jurisdiction, Node, Organization, Source, Theme,
    nodes,
};
use crate::graph::{AsOf, PageArgs, View};
use crate::model::{self, NodeKind};

/// Every question one can ask of the graph of Canada's critical-minerals partnerships.
///
/// Nodes (agreements, countries, organizations, forums, initiatives, jurisdictions, Indigenous
/// peoples, themes) stand in relationships, and each relationship is a fact of its own with dates and
/// sources. Ids are readable, as in `canada-eu-raw-materials-partnership`; find them with `search`.
pub struct Query;

/// Every question one can ask of the graph of Canada's critical-minerals partnerships.
///
/// Nodes (agreements, countries, organizations, forums, initiatives, jurisdictions, Indigenous
/// peoples, themes) stand in relationships, and each relationship is a fact of its own with dates and
/// sources. Ids are readable, as in `canada-eu-raw-materials-partnership`; find them with `search`.
#[Object]
impl Query {
    #[graphql(flatten)]
    async fn graph<'c>(&self, ctx: &Context<'c>) -> Graph<'c> {
        Graph(Holder::Borrowed(view(ctx)))
    }

    /// All of these fields again, over the graph as it stood on a date. A node or relationship that
    /// had not begun by then, or had ended, is gone, from traversals and counts too. A relationship
    /// goes with either of its nodes. Countries, organizations, jurisdictions, Indigenous peoples and
    /// themes stand at any date.
    async fn as_of<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(
            desc = "The date, as in `2022`, `2022-12` or `2022-12-31`; a vague one asks for every day it may mean (CERTAIN) or any of them (POSSIBLE)."
        )]
        date: PartialDate,
        #[graphql(desc = "How vague and missing dates are treated.", default_with = "Some(Certainty::Possible)")]
        certainty: Option<Certainty>,
    ) -> Graph<'c> {
        let as_of = AsOf { date: date.0, certainty: certainty.map_or(model::Certainty::Possible, Into::into) };
        Graph(Holder::Owned(Box::new(View::as_of(view(ctx).graph().clone(), as_of))))
    }

    /// Which data this is: release, digest, counts, when loaded.
    async fn release<'c>(&self, ctx: &Context<'c>) -> types::Release<'c> {
        types::Release(view(ctx).graph())
    }
}

/// The graph, whole or as it stood on a date.
pub struct Graph<'c>(Holder<'c>);

enum Holder<'c> {
    Borrowed(&'c View),
    Owned(Box<View>),
}

impl Graph<'_> {
    fn view(&self) -> &View {
        match &self.0 {
            Holder::Borrowed(view) => view,
            Holder::Owned(view) => view,
        }
    }
}

/// The graph as it stood on a date: every question of `Query` again.
#[Object]
impl Graph<'_> {
    /// Canada, the country this graph is about.
    async fn canada(&self) -> Result<Country<'_>, Refusal> {
        Ok(self.view().require("canada", "canada")?.into())
    }

    /// The node with this id, of whatever kind; null where there is none.
    async fn node(&self, #[graphql(desc = "The id, as in `germany`.")] id: ID) -> Option<Node<'_>> {
        self.view().node(&id).map(Node::from)
    }

    /// The nodes with these ids, in the order asked for; null in the place of an id that does not exist.
    async fn nodes(
        &self,
        #[graphql(desc = "The ids, as in `[\"germany\", \"g7\"]`; at most 500.", validator(max_items = 500))] ids: Vec<
            ID,
        >,
    ) -> Vec<Option<Node<'_>>> {
        ids.iter().map(|id| self.view().node(id).map(Node::from)).collect()
    }

    /// The agreement with this id; null where there is none.
    async fn agreement(
        &self,
        #[graphql(desc = "The id, as in `canada-eu-raw-materials-partnership`.")] id: ID,
    ) -> Option<Agreement<'_>> {
        self.view().node(&id).filter(|node| node.kind() == NodeKind::Agreement).map(Agreement::from)
    }

    /// The country with this id; null where there is none.
    async fn country(&self, #[graphql(desc = "The id, as in `germany`.")] id: ID) -> Option<Country<'_>> {
        self.view().node(&id).filter(|node| node.kind() == NodeKind::Country).map(Country::from)
    }

    /// The forum with this id; null where there is none.
    async fn forum(&self, #[graphql(desc = "The id, as in `g7`.")] id: ID) -> Option<Forum<'_>> {
        self.view().node(&id).filter(|node| node.kind() == NodeKind::Forum).map(Forum::from)
    }

    /// The Indigenous people with this id; null where there is none.
    async fn indigenous_people(
        &self,
        #[graphql(desc = "The id, as in `inuit`.")] id: ID,
    ) -> Option<IndigenousPeople<'_>> {
        self.view().node(&id).filter(|node| node.kind() == NodeKind::IndigenousPeople).map(IndigenousPeople::from)
    }

    /// The initiative with this id; null where there is none.
    async fn initiative(
        &self,
        #[graphql(desc = "The id, as in `g7-critical-minerals-action-plan`.")] id: ID,
    ) -> Option<Initiative<'_>> {
        self.view().node(&id).filter(|node| node.kind() == NodeKind::Initiative).map(Initiative::from)
    }

    /// The jurisdiction with this id; null where there is none.
    async fn jurisdiction(&self, #[graphql(desc = "The id, as in `quebec`.")] id: ID) -> Option<Jurisdiction<'_>> {
        self.view().node(&id).filter(|node| node.kind() == NodeKind::Jurisdiction).map(Jurisdiction::from)
    }

    /// The organization with this id; null where there is none.
    async fn organization(
        &self,
        #[graphql(desc = "The id, as in `european-union`.")] id: ID,
    ) -> Option<Organization<'_>> {
        self.view().node(&id).filter(|node| node.kind() == NodeKind::Organization).map(Organization::from)
    }

    /// The theme with this id; null where there is none.
    async fn theme(
        &self,
        #[graphql(desc = "The id, as in `theme-supply-chain-resilience`.")] id: ID,
    ) -> Option<Theme<'_>> {
        self.view().node(&id).filter(|node| node.kind() == NodeKind::Theme).map(Theme::from)
    }

    /// The agreements that fit, by id where no order is asked for.
    #[allow(clippy::too_many_arguments)] // the arguments of the API
    async fn agreements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only agreements that fit; all where left out.", name = "where")] filter: Option<NodeFilter>,
        #[graphql(desc = "Their order.")] order_by: Option<NodeOrder>,
        #[graphql(desc = "How many from the start; 50 where neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before the item with this cursor.")] before: Option<String>,
    ) -> Result<Connection<Agreement<'_>, types::Beside<'_>>, Refusal> {
        self.list(ctx, NodeKind::Agreement, filter, order_by, PageArgs { first, after, last, before })
    }

    /// The countries that fit, by id where no order is asked for.
    #[allow(clippy::too_many_arguments)] // the arguments of the API
    async fn countries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only countries that fit; all where left out.", name = "where")] filter: Option<NodeFilter>,
        #[graphql(desc = "Their order.")] order_by: Option<NodeOrder>,
        #[graphql(desc = "How many from the start; 50 where neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before the item with this cursor.")] before: Option<String>,
    ) -> Result<Connection<Country<'_>, types::Beside<'_>>, Refusal> {
        self.list(ctx, NodeKind::Country, filter, order_by, PageArgs { first, after, last, before })
    }

    /// The forums that fit, by id where no order is asked for.
    #[allow(clippy::too_many_arguments)] // the arguments of the API
    async fn forums(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only forums that fit; all where left out.", name = "where")] filter: Option<NodeFilter>,
        #[graphql(desc = "Their order.")] order_by: Option<NodeOrder>,
        #[graphql(desc = "How many from the start; 50 where neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before the item with this cursor.")] before: Option<String>,
    ) -> Result<Connection<Forum<'_>, types::Beside<'_>>, Refusal> {
        self.list(ctx, NodeKind::Forum, filter, order_by, PageArgs { first, after, last, before })
    }

    /// The Indigenous peoples that fit, by id where no order is asked for.
    #[allow(clippy::too_many_arguments)] // the arguments of the API
    async fn indigenous_peoples(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only Indigenous peoples that fit; all where left out.", name = "where")] filter: Option<
            NodeFilter,
        >,
        #[graphql(desc = "Their order.")] order_by: Option<NodeOrder>,
        #[graphql(desc = "How many from the start; 50 where neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before the item with this cursor.")] before: Option<String>,
    ) -> Result<Connection<IndigenousPeople<'_>, types::Beside<'_>>, Refusal> {
        self.list(ctx, NodeKind::IndigenousPeople, filter, order_by, PageArgs { first, after, last, before })
    }

    /// The initiatives that fit, by id where no order is asked for.
    #[allow(clippy::too_many_arguments)] // the arguments of the API
    async fn initiatives(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only initiatives that fit; all where left out.", name = "where")] filter: Option<NodeFilter>,
        #[graphql(desc = "Their order.")] order_by: Option<NodeOrder>,
        #[graphql(desc = "How many from the start; 50 where neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before the item with this cursor.")] before: Option<String>,
    ) -> Result<Connection<Initiative<'_>, types::Beside<'_>>, Refusal> {
        self.list(ctx, NodeKind::Initiative, filter, order_by, PageArgs { first, after, last, before })
    }

    /// The jurisdictions that fit, by id where no order is asked for.
    #[allow(clippy::too_many_arguments)] // the arguments of the API
    async fn jurisdictions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only jurisdictions that fit; all where left out.", name = "where")] filter: Option<
            NodeFilter,
        >,
        #[graphql(desc = "Their order.")] order_by: Option<NodeOrder>,
        #[graphql(desc = "How many from the start; 50 where neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before the item with this cursor.")] before: Option<String>,
    ) -> Result<Connection<Jurisdiction<'_>, types::Beside<'_>>, Refusal> {
        self.list(ctx, NodeKind::Jurisdiction, filter, order_by, PageArgs { first, after, last, before })
    }

    /// The organizations that fit, by id where no order is asked for.
    #[allow(clippy::too_many_arguments)] // the arguments of the API
    async fn organizations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only organizations that fit; all where left out.", name = "where")] filter: Option<
            NodeFilter,
        >,
        #[graphql(desc = "Their order.")] order_by: Option<NodeOrder>,
        #[graphql(desc = "How many from the start; 50 where neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before the item with this cursor.")] before: Option<String>,
    ) -> Result<Connection<Organization<'_>, types::Beside<'_>>, Refusal> {
        self.list(ctx, NodeKind::Organization, filter, order_by, PageArgs { first, after, last, before })
    }

    /// The themes that fit, by id where no order is asked for.
    #[allow(clippy::too_many_arguments)] // the arguments of the API
    async fn themes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only themes that fit; all where left out.", name = "where")] filter: Option<NodeFilter>,
        #[graphql(desc = "Their order.")] order_by: Option<NodeOrder>,
        #[graphql(desc = "How many from the start; 50 where neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before the item with this cursor.")] before: Option<String>,
    ) -> Result<Connection<Theme<'_>, types::Beside<'_>>, Refusal> {
        self.list(ctx, NodeKind::Theme, filter, order_by, PageArgs { first, after, last, before })
    }

    /// Canada's provinces and territories, by name.
    async fn provinces(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
    ) -> Result<Connection<Jurisdiction<'_>, types::Beside<'_>>, Refusal> {
        nodes(&self.view().provinces(language_or(ctx, None)), PageArgs::forward(first, after))
    }

    /// The relationships that fit, by subject, kind, object and date.
    #[allow(clippy::too_many_arguments)] // the arguments of the API
    async fn relationships(
        &self,
        #[graphql(desc = "Only relationships that fit; all where left out.", name = "where")] filter: Option<
            RelationshipFilter,
        >,
        #[graphql(desc = "How many from the start; 50 where neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before the item with this cursor.")] before: Option<String>,
    ) -> Result<types::RelationshipConnection<'_>, Refusal> {
        let list = self.view().list_relationships(filter.map(Into::into).as_ref())?;
        types::relationships(&list, PageArgs { first, after, last, before })
    }

    /// The relationship with this id; null where there is none.
    async fn relationship(
        &self,
        #[graphql(desc = "The id, as in `germany.SIGNED.canada-germany-critical-minerals-jdoi`.")] id: ID,
    ) -> Option<types::Relationship<'_>> {
        self.view().relationship(&id).map(Into::into)
    }

    /// The source with this id; null where there is none.
    async fn source(
        &self,
        #[graphql(desc = "The id, as in `goc-partnerships-2026-01-22`.")] id: ID,
    ) -> Option<Source<'_>> {
        self.view().source(&id).map(Into::into)
    }

    /// The sources, by id.
    async fn sources(
        &self,
        #[graphql(desc = "How many from the start; 50 where neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before the item with this cursor.")] before: Option<String>,
    ) -> Result<types::SourceConnection<'_>, Refusal> {
        types::sources(&self.view().sources().collect::<Vec<_>>(), PageArgs { first, after, last, before })
    }

    /// Finds nodes by their names, acronyms, ids, ISO codes, minerals, places and summaries in both
    /// languages, best first. Accents, case, endings and small typing errors do not matter. All words
    /// must be found; where no node has them all, those which have the most are listed.
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A name or some words, as in `metis` or `DE`; at most 300 characters.")] text: String,
        #[graphql(desc = "Matches in this language come first, both are searched; the request's own where left out.")]
        language: Option<Language>,
        #[graphql(desc = "Only nodes of these kinds, as in `[AGREEMENT, INITIATIVE]`; all where left out.")]
        kinds: Option<Vec<types::enums::NodeKind>>,
        #[graphql(desc = "How many from the start.", default_with = "Some(20)")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
    ) -> Result<types::SearchConnection<'_>, Refusal> {
        let page = PageArgs::forward(first, after);
        types::search(self.view(), &text, language_or(ctx, language), kinds, page)
    }

    /// Counts for charts: the nodes that fit, by one key, or by two for a matrix, as in
    /// `groupBy(keys: [PARTY, THEME], where: { kinds: [AGREEMENT] })`. A node counts once under each of
    /// its values, and not at all where it has none; groups without a node are not listed. By value
    /// of the first key, then of the second: years by time, nodes and sources by id, the rest by name.
    async fn group_by(
        &self,
        #[graphql(desc = "One key, as in `[YEAR]`, or two different ones.")] keys: Vec<GroupKey>,
        #[graphql(desc = "Only nodes that fit; all where left out.", name = "where")] filter: Option<NodeFilter>,
    ) -> Result<Vec<types::Group<'_>>, Refusal> {
        let keys: Vec<_> = keys.into_iter().map(Into::into).collect();
        let groups = self.view().group_by(&keys, filter.map(Into::into).as_ref())?;
        Ok(groups.into_iter().map(Into::into).collect())
    }

    /// The dated life-cycle events of the nodes that fit, by date (the vaguer first), then by node.
    async fn timeline(
        &self,
        #[graphql(desc = "Only events of nodes that fit; all where left out.", name = "where")] filter: Option<
            NodeFilter,
        >,
        #[graphql(desc = "The first date that counts, as in `2023`; a vague date counts if it can lie in the range.")]
        from: Option<PartialDate>,
        #[graphql(desc = "The last date that counts.")] to: Option<PartialDate>,
        #[graphql(desc = "How many from the start.", default_with = "Some(100)")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
    ) -> Result<types::TimelineConnection<'_>, Refusal> {
        let range = model::DateRange { from: from.map(|d| d.0), to: to.map(|d| d.0) };
        let timeline = self.view().timeline(filter.map(Into::into).as_ref(), range)?;
        types::timeline(&timeline, PageArgs::forward(first, after))
    }
}

impl Graph<'_> {
    fn list<'g, N>(
        &'g self,
        ctx: &Context<'_>,
        kind: NodeKind,
        filter: Option<NodeFilter>,
        order: Option<NodeOrder>,
        page: PageArgs,
    ) -> Result<Connection<N, types::Beside<'g>>, Refusal>
    where
        N: async_graphql::OutputType + From<crate::graph::NodeRef<'g>>,
    {
        let order = order.map(NodeOrder::into_graph);
        let list = self.view().list(kind, filter.map(Into::into).as_ref(), order, language_or(ctx, None))?;
        nodes(&list, page)
    }
}
