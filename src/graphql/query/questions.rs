//! Relationships, sources, and every question across the graph.

use async_graphql::{Context, ID, Object};

use super::Shown;
use crate::graph::{PageArgs, PathsQuestion, ReachQuestion, SubgraphQuestion, View};
use crate::graphql::error::Refusal;
use crate::graphql::request::language_or;
use crate::graphql::types::enums::{GroupKey, GroupOrder, HubPolicy, Language, PartialDate, PathMode};
use crate::graphql::types::input::{Follow, NodeFilter, NodeOrder, RelationshipFilter, SourceFilter};
use crate::graphql::types::{self, Source};
use crate::graphql::written::{Many, One};
use crate::model;

/// Relationships, sources, and every question across the graph.
pub struct Questions<'c>(pub(super) Shown<'c>);

/// Relationships, sources, and every question across the graph.
#[Object]
impl Questions<'_> {
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
        let filter = filter.map(Into::into);
        let list = self.view().list_relationships(filter.as_ref())?;
        types::listed_relationships(self.view(), &list, filter.as_ref(), PageArgs { first, after, last, before })
    }

    /// The relationship with this id; null where there is none.
    async fn relationship(
        &self,
        #[graphql(desc = "The id, as in `germany.SIGNED.canada-germany-critical-minerals-jdoi`.")] id: ID,
    ) -> Option<One<types::Relationship<'_>>> {
        self.view().relationship(&id).map(types::Relationship::from).map(One)
    }

    /// The source with this id; null where there is none.
    async fn source(
        &self,
        #[graphql(desc = "The id, as in `goc-partnerships-2026-01-22`.")] id: ID,
    ) -> Option<One<Source<'_>>> {
        self.view().source(&id).map(Source::from).map(One)
    }

    /// The sources that fit, by id.
    async fn sources(
        &self,
        #[graphql(desc = "Only sources that fit; all where left out.", name = "where")] filter: Option<SourceFilter>,
        #[graphql(desc = "How many from the start; 50 where neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before the item with this cursor.")] before: Option<String>,
    ) -> Result<types::SourceConnection<'_>, Refusal> {
        let list = self.view().list_sources(filter.map(Into::into).as_ref())?;
        types::sources(self.view(), &list, PageArgs { first, after, last, before })
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
        #[graphql(
            desc = "The most steps, from 1 to 32 unless the service sets another limit.",
            default_with = "Some(3)"
        )]
        max_depth: Option<i32>,
        #[graphql(desc = "Nodes to stop behind: they are listed, and not walked on from.")] until: Option<NodeFilter>,
        #[graphql(desc = "Which of the nodes reached are listed.", name = "where")] filter: Option<NodeFilter>,
        #[graphql(desc = "Whether to walk on from hubs.", default_with = "Some(HubPolicy::Avoid)")] hubs: Option<
            HubPolicy,
        >,
        #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
    ) -> Result<types::ReachConnection<'_>, Refusal> {
        let question = ReachQuestion {
            follow: Follow::into_graph(follow),
            max_depth: max_depth.unwrap_or(3),
            until: until.map(Into::into),
            filter: filter.map(Into::into),
            hubs: hubs.map(Into::into).unwrap_or_default(),
        };
        types::reach(self.view(), self.view().reach(&from, &question)?, PageArgs::forward(first, after))
    }

    /// Whether there is a path from one node to another. Answers with the first it finds. Where it says no,
    /// there may be one through hubs, unless they are allowed; `paths` counts these.
    async fn path_exists(
        &self,
        #[graphql(desc = "Where the path begins.")] from: ID,
        #[graphql(desc = "Where it ends.")] to: ID,
        #[graphql(desc = "What to follow; everything where left out or empty.")] follow: Option<Vec<Follow>>,
        #[graphql(
            desc = "The most steps, from 1 to 32 unless the service sets another limit.",
            default_with = "Some(6)"
        )]
        max_length: Option<i32>,
        #[graphql(desc = "Whether it may pass through hubs.", default_with = "Some(HubPolicy::Avoid)")] hubs: Option<
            HubPolicy,
        >,
    ) -> Result<bool, Refusal> {
        let follow = Follow::into_graph(follow);
        let (max_length, hubs) = (max_length.unwrap_or(6), hubs.map(Into::into).unwrap_or_default());
        let question = PathsQuestion { follow, max_length, hubs, first: 1, ..PathsQuestion::default() };
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
        #[graphql(desc = "Which paths to list.", default_with = "Some(PathMode::Shortest)")] mode: Option<PathMode>,
        #[graphql(desc = "What to follow; everything where left out or empty.")] follow: Option<Vec<Follow>>,
        #[graphql(desc = "Nodes all of which a path must visit; at most 8.")] via: Option<Vec<ID>>,
        #[graphql(desc = "Nodes a path must not visit.")] avoid: Option<Vec<ID>>,
        #[graphql(desc = "Whether they may pass through hubs.", default_with = "Some(HubPolicy::Avoid)")] hubs: Option<
            HubPolicy,
        >,
        #[graphql(
            desc = "The most steps, from 1 to 32 unless the service sets another limit.",
            default_with = "Some(6)"
        )]
        max_length: Option<i32>,
        #[graphql(
            desc = "The most paths to list, from 0 to 500 unless the service sets another limit.",
            default_with = "Some(10)"
        )]
        first: Option<i32>,
    ) -> Result<One<types::PathConnection<'_>>, Refusal> {
        let ids = |ids: Option<Vec<ID>>| ids.unwrap_or_default().into_iter().map(|id| id.0).collect();
        let question = PathsQuestion {
            mode: mode.map(Into::into).unwrap_or_default(),
            follow: Follow::into_graph(follow),
            via: ids(via),
            avoid: ids(avoid),
            hubs: hubs.map(Into::into).unwrap_or_default(),
            max_length: max_length.unwrap_or(6),
            first: first.unwrap_or(10),
        };
        Ok(One(self.view().paths(&from, &to, &question)?.into()))
    }

    /// The part of the graph around some nodes, to draw: the nodes within some steps and all
    /// relationships among them.
    #[allow(clippy::too_many_arguments)] // the arguments of the API
    async fn subgraph(
        &self,
        #[graphql(desc = "The nodes in the middle, as in `[\"germany\", \"france\"]`; 1 to 100 ids.")] around: Vec<ID>,
        #[graphql(
            desc = "How many steps around, from 1 to 32 unless the service sets another limit.",
            default_with = "Some(1)"
        )]
        depth: Option<i32>,
        #[graphql(desc = "What to follow; everything where left out or empty.")] follow: Option<Vec<Follow>>,
        #[graphql(desc = "Which of the nodes around are shown.", name = "where")] filter: Option<NodeFilter>,
        #[graphql(desc = "Whether to walk on from hubs.", default_with = "Some(HubPolicy::Avoid)")] hubs: Option<
            HubPolicy,
        >,
        #[graphql(desc = "The most nodes to show, 1 to 2000, nearest first.", default_with = "Some(500)")]
        limit: Option<i32>,
    ) -> Result<One<types::Subgraph<'_>>, Refusal> {
        let question = SubgraphQuestion {
            depth: depth.unwrap_or(1),
            follow: Follow::into_graph(follow),
            filter: filter.map(Into::into),
            hubs: hubs.map(Into::into).unwrap_or_default(),
            limit: limit.unwrap_or(500),
        };
        Ok(One(self.view().subgraph(&around, &question)?.into()))
    }

    /// What several nodes have in common: the nodes next to every one of them, by id. The
    /// relationships on each edge say how it is connected to each.
    #[allow(clippy::too_many_arguments)] // the arguments of the API
    async fn shared_neighbors(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The nodes, as in `[\"france\", \"germany\"]`; 2 to 100 different ids.")] of: Vec<ID>,
        #[graphql(desc = "What to follow from them; everything where left out or empty.")] follow: Option<Vec<Follow>>,
        #[graphql(desc = "Only neighbours that fit.", name = "where")] filter: Option<NodeFilter>,
        #[graphql(desc = "Their order; by id where left out.")] order_by: Option<NodeOrder>,
        #[graphql(desc = "How many from the start.", default_with = "Some(50)")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
    ) -> Result<types::NodeConnection<'_>, Refusal> {
        let follow = Follow::into_graph(follow);
        let mut shared = self.view().shared_neighbors(&of, &follow, filter.map(Into::into).as_ref())?;
        if let Some(order) = order_by.map(NodeOrder::into_graph) {
            order.sort(self.view(), language_or(ctx, None), &mut shared.nodes);
        }
        types::shared(self.view(), shared, PageArgs::forward(first, after))
    }

    /// Finds nodes by their names, acronyms, everyday terms (`UK`, `German`), ids, ISO codes, minerals,
    /// places and summaries in both languages, best first. Accents, case, stops, hyphens, endings and
    /// small typing errors do not matter, and words may be given by their beginning. All words must be
    /// found; where no node has them all, those which have the most are listed. Articles, what questions
    /// begin with and what a summary denies do not count.
    #[allow(clippy::too_many_arguments)] // the arguments of the API
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "A name or some words, as in `metis` or `DE`; at most 300 characters, of which the first 12 words that say something are looked for."
        )]
        text: String,
        #[graphql(desc = "Matches in this language come first, both are searched; the request's own where left out.")]
        language: Option<Language>,
        #[graphql(desc = "Only nodes of these kinds, as in `[AGREEMENT, INITIATIVE]`; all where left out.")]
        kinds: Option<Vec<types::enums::NodeKind>>,
        #[graphql(desc = "Only nodes that fit; `facets` count only these.", name = "where")] filter: Option<NodeFilter>,
        #[graphql(desc = "How many from the start.", default_with = "Some(20)")] first: Option<i32>,
        #[graphql(desc = "Only what comes after the item with this cursor.")] after: Option<String>,
    ) -> Result<types::SearchConnection<'_>, Refusal> {
        let page = PageArgs::forward(first, after);
        types::search(self.view(), &text, language_or(ctx, language), kinds, filter, page)
    }

    /// Counts for charts: the nodes that fit, by one key, or by two for a matrix, as in
    /// `groupBy(keys: [PARTY, THEME], where: { kinds: [AGREEMENT] })`. A node counts once under each of
    /// its values, and not at all where it has none; groups without a node are not listed.
    async fn group_by(
        &self,
        #[graphql(desc = "One key, as in `[YEAR]`, or two different ones.")] keys: Vec<GroupKey>,
        #[graphql(desc = "Only nodes that fit; all where left out.", name = "where")] filter: Option<NodeFilter>,
        #[graphql(desc = "Which groups come first.", default_with = "Some(GroupOrder::Value)")] order_by: Option<
            GroupOrder,
        >,
    ) -> Result<Many<types::Group<'_>>, Refusal> {
        let keys: Vec<_> = keys.into_iter().map(Into::into).collect();
        let groups = self.view().group_by(
            &keys,
            filter.map(Into::into).as_ref(),
            order_by.map(Into::into).unwrap_or_default(),
        )?;
        Ok(groups.into_iter().map(Into::into).collect())
    }

    /// How many nodes and relationships may have been there on the date asked about and are not listed,
    /// because they have no date of their own and no source of theirs was published by then. All are 0
    /// but within `asOf`; with `undated: true` there, they are listed too.
    async fn undated(&self) -> One<types::Undated> {
        One(self.view().undated().into())
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
        types::timeline(self.view(), &timeline, PageArgs::forward(first, after))
    }
}

impl Questions<'_> {
    fn view(&self) -> &View {
        self.0.view()
    }
}
