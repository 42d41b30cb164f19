//! Every root field.

use async_graphql::{Context, ID, Object};

use super::connection::Connection;
use super::error::Refusal;
use super::request::{language_or, view};
use super::types::enums::{Certainty, GroupKey, HubPolicy, PartialDate, PathMode};
use super::types::input::{Follow, NodeFilter, NodeOrder, RelationshipFilter};
use super::types::{
    self, Agreement, Country, Forum, IndigenousPeople, Initiative, Jurisdiction, Node, Organization, Source, Theme,
    nodes,
};
use crate::graph::{AsOf, PageArgs, PathsQuestion, ReachQuestion, SubgraphQuestion, View};
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
        Graph(Holder::Owned(Box::new(view(ctx).as_of(as_of))))
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

    /// Everything that can be reached from some nodes, themselves apart, by distance, then id. Each
    /// item carries its distance and one shortest path. As in "what would be touched if this
    /// partnership ended?"
    #[allow(clippy::too_many_arguments)] // the arguments of the API
    async fn reach(
        &self,
        #[graphql(desc = "Where to begin, as in `[\"canada-eu-raw-materials-partnership\"]`; 1 to 100 ids.")] from: Vec<
            ID,
        >,
        #[graphql(desc = "What to follow; everything where left out or empty.")] follow: Option<Vec<Follow>>,
        #[graphql(desc = "The most steps, 1 to 32.", default = 3)] max_depth: i32,
        #[graphql(desc = "Nodes to stop behind: they are listed, and not walked on from.")] until: Option<NodeFilter>,
        #[graphql(desc = "Which of the nodes reached are listed.", name = "where")] filter: Option<NodeFilter>,
        #[graphql(desc = "Whether to walk on from hubs.", default_with = "HubPolicy::Avoid")] hubs: HubPolicy,
        #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
    ) -> Result<types::ReachConnection<'_>, Refusal> {
        let question = ReachQuestion {
            follow: Follow::into_graph(follow),
            max_depth,
            until: until.map(Into::into),
            filter: filter.map(Into::into),
            hubs: hubs.into(),
        };
        types::reach(self.view().reach(&from, &question)?, PageArgs::forward(first, after))
    }

    /// Whether there is a path from one node to another. Answers with the first it finds.
    async fn path_exists(
        &self,
        #[graphql(desc = "Where the path begins.")] from: ID,
        #[graphql(desc = "Where it ends.")] to: ID,
        #[graphql(desc = "What to follow; everything where left out or empty.")] follow: Option<Vec<Follow>>,
        #[graphql(desc = "The most steps, 1 to 32.", default = 6)] max_length: i32,
        #[graphql(desc = "Whether it may pass through hubs.", default_with = "HubPolicy::Avoid")] hubs: HubPolicy,
    ) -> Result<bool, Refusal> {
        let follow = Follow::into_graph(follow);
        let question = PathsQuestion { follow, max_length, hubs: hubs.into(), first: 1, ..PathsQuestion::default() };
        Ok(self.view().path_exists(&from, &to, &question)?)
    }

    /// The paths from one node to another, each with its relationships, their dates and their
    /// sources. An empty list where there is none. As in "what links this memorandum to the G7 action
    /// plan, without passing through Canada?"
    #[allow(clippy::too_many_arguments)] // the arguments of the API
    async fn paths(
        &self,
        #[graphql(desc = "Where paths begin, as in `canada-japan-battery-supply-chains-moc`.")] from: ID,
        #[graphql(desc = "Where they end, as in `g7-critical-minerals-action-plan`.")] to: ID,
        #[graphql(desc = "Which paths to list.", default_with = "PathMode::Shortest")] mode: PathMode,
        #[graphql(desc = "What to follow; everything where left out or empty.")] follow: Option<Vec<Follow>>,
        #[graphql(desc = "Nodes all of which a path must visit; at most 8.")] via: Option<Vec<ID>>,
        #[graphql(desc = "Nodes a path must not visit.")] avoid: Option<Vec<ID>>,
        #[graphql(desc = "Whether they may pass through hubs.", default_with = "HubPolicy::Avoid")] hubs: HubPolicy,
        #[graphql(desc = "The most steps, 1 to 32.", default = 6)] max_length: i32,
        #[graphql(desc = "The most paths to list, 0 to 500.", default = 10)] first: i32,
    ) -> Result<types::PathConnection<'_>, Refusal> {
        let ids = |ids: Option<Vec<ID>>| ids.unwrap_or_default().into_iter().map(|id| id.0).collect();
        let question = PathsQuestion {
            mode: mode.into(),
            follow: Follow::into_graph(follow),
            via: ids(via),
            avoid: ids(avoid),
            hubs: hubs.into(),
            max_length,
            first,
        };
        Ok(self.view().paths(&from, &to, &question)?.into())
    }

    /// The part of the graph around some nodes, to draw: the nodes within some steps and all
    /// relationships among them.
    #[allow(clippy::too_many_arguments)] // the arguments of the API
    async fn subgraph(
        &self,
        #[graphql(desc = "The nodes in the middle, as in `[\"germany\", \"france\"]`; 1 to 100 ids.")] around: Vec<ID>,
        #[graphql(desc = "How many steps around, 1 to 32.", default = 1)] depth: i32,
        #[graphql(desc = "What to follow; everything where left out or empty.")] follow: Option<Vec<Follow>>,
        #[graphql(desc = "Which of the nodes around are shown.", name = "where")] filter: Option<NodeFilter>,
        #[graphql(desc = "Whether to walk on from hubs.", default_with = "HubPolicy::Avoid")] hubs: HubPolicy,
        #[graphql(desc = "The most nodes to show, 1 to 2000, nearest first.", default = 500)] limit: i32,
    ) -> Result<types::Subgraph<'_>, Refusal> {
        let question = SubgraphQuestion {
            depth,
            follow: Follow::into_graph(follow),
            filter: filter.map(Into::into),
            hubs: hubs.into(),
            limit,
        };
        Ok(self.view().subgraph(&around, &question)?.into())
    }

    /// What several nodes have in common: the nodes next to every one of them, by id. The
    /// relationships on each edge say how it is connected to each.
    async fn shared_neighbors(
        &self,
        #[graphql(desc = "The nodes, as in `[\"france\", \"germany\"]`; 2 to 100 different ids.")] of: Vec<ID>,
        #[graphql(desc = "What to follow from them; everything where left out or empty.")] follow: Option<Vec<Follow>>,
        #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
    ) -> Result<types::NodeConnection<'_>, Refusal> {
        let shared = self.view().shared_neighbors(&of, &Follow::into_graph(follow))?;
        types::shared(shared, PageArgs::forward(first, after))
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
