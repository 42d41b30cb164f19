//! What questions can be narrowed and ordered by.

use async_graphql::{ID, InputObject};

use super::enums::{
    AgreementStatus, Certainty, Direction, Instrument, Language, NodeKind, NodeOrderField, PartialDate, Quantifier,
    RelationshipKind, SortDirection,
};
use crate::graph;
use crate::model;

/// A range of dates, both ends included.
#[derive(InputObject)]
pub struct DateRange {
    /// The first date that counts, as in `2023`; open where left out.
    from: Option<PartialDate>,
    /// The last date that counts, as in `2025-06`; open where left out.
    to: Option<PartialDate>,
    /// How vague dates are treated: POSSIBLE takes one that may lie in the range, CERTAIN only one that must.
    #[graphql(default_with = "Some(Certainty::Possible)")]
    certainty: Option<Certainty>,
}

impl From<DateRange> for (model::DateRange, model::Certainty) {
    fn from(range: DateRange) -> Self {
        let bounds = model::DateRange { from: range.from.map(|d| d.0), to: range.to.map(|d| d.0) };
        (bounds, range.certainty.map_or(model::Certainty::Possible, Into::into))
    }
}

/// Which nodes to take. All parts that are given must hold; `{}` takes every node.
#[derive(InputObject, Default)]
pub struct NodeFilter {
    /// All of these must hold.
    and: Option<Vec<NodeFilter>>,
    /// At least one of these must hold.
    or: Option<Vec<NodeFilter>>,
    /// This must not hold.
    not: Option<Box<NodeFilter>>,
    /// Only these nodes, as in `["germany", "france"]`.
    ids: Option<Vec<ID>>,
    /// Only nodes of these kinds, as in `[AGREEMENT, INITIATIVE]`.
    kinds: Option<Vec<NodeKind>>,
    /// Only nodes one of whose names, in any language, contains this text, as in `"coree"`; case, accents and punctuation do not matter.
    name_contains: Option<String>,
    /// Only nodes whose first life-cycle event lies in this range. A node without a date never does.
    date: Option<DateRange>,
    /// Only nodes that stood on some day of this range: begun by its end, and not ended before it. Countries, organizations, jurisdictions, Indigenous peoples and themes stand at any date; others without a date may (POSSIBLE), but need not (CERTAIN).
    during: Option<DateRange>,
    /// Only agreements of these forms, as in `[MEMORANDUM_OF_UNDERSTANDING]`.
    instrument: Option<Vec<Instrument>>,
    /// Only agreements whose status is one of these, as in `[SIGNED, IN_FORCE]`.
    status: Option<Vec<AgreementStatus>>,
    /// Only nodes that stand, or do not stand, in these relationships; each of them must hold.
    related: Option<Vec<RelatedFilter>>,
    /// Only nodes whose fact sheets cite one of these sources, as in `["goc-partnerships-2026-01-22"]`.
    source: Option<Vec<ID>>,
    /// Only nodes that Canada's own page of partnerships names (true) or does not name (false).
    listed_by_canada: Option<bool>,
}

impl NodeFilter {
    /// Nodes of one kind.
    pub fn of_kind(kind: NodeKind) -> Self {
        Self { kinds: Some(vec![kind]), ..Self::default() }
    }

    /// This and another.
    pub fn and(self, other: Option<Self>) -> Self {
        Self { and: Some(other.into_iter().collect()), ..self }
    }
}

/// Nodes that stand (SOME) or do not stand (NONE) in this relationship with a node that fits.
#[derive(InputObject)]
pub struct RelatedFilter {
    /// The kind of relationship, as in `MEMBER_OF`.
    kind: RelationshipKind,
    /// Which way it goes from the node that is looked for.
    #[graphql(default_with = "Some(Direction::Any)")]
    direction: Option<Direction>,
    /// What the node at the other end must be like, as in `{ ids: ["g7"] }`; any node where left out.
    node: Option<NodeFilter>,
    /// Whether some or none of the neighbours must fit.
    #[graphql(default_with = "Some(Quantifier::Some)")]
    quantifier: Option<Quantifier>,
}

impl From<NodeFilter> for graph::NodeFilter {
    fn from(filter: NodeFilter) -> Self {
        let all = |filters: Option<Vec<NodeFilter>>| filters.unwrap_or_default().into_iter().map(Into::into).collect();
        let ids = |ids: Option<Vec<ID>>| ids.map(|ids| ids.into_iter().map(|id| id.0).collect());
        Self {
            and: all(filter.and),
            or: all(filter.or),
            not: filter.not.map(|not| Box::new((*not).into())),
            ids: ids(filter.ids),
            kinds: filter.kinds.map(|kinds| kinds.into_iter().map(Into::into).collect()),
            name_contains: filter.name_contains,
            date: filter.date.map(Into::into),
            during: filter.during.map(Into::into),
            instrument: filter.instrument.map(|list| list.into_iter().map(Into::into).collect()),
            status: filter.status.map(|list| list.into_iter().map(Into::into).collect()),
            related: filter.related.unwrap_or_default().into_iter().map(Into::into).collect(),
            source: ids(filter.source),
            listed_by_canada: filter.listed_by_canada,
        }
    }
}

impl From<RelatedFilter> for graph::RelatedFilter {
    fn from(filter: RelatedFilter) -> Self {
        Self {
            kind: filter.kind.into(),
            direction: super::node::direction(filter.direction),
            node: filter.node.map(Into::into),
            quantifier: filter.quantifier.map_or(graph::Quantifier::Some, Into::into),
        }
    }
}

/// One kind of step: this kind of relationship, walked in this direction. An empty list of them, or
/// none, follows everything in both directions.
#[derive(InputObject)]
pub struct Follow {
    /// The kind of relationship, as in `BUILDS_ON`.
    kind: RelationshipKind,
    /// Which way it is walked: OUT from subject to object, as from an agreement to what it builds on.
    #[graphql(default_with = "Some(Direction::Any)")]
    direction: Option<Direction>,
}

impl Follow {
    /// Kinds of steps in the terms of the graph.
    pub fn into_graph(follow: Option<Vec<Self>>) -> Vec<(model::RelationshipKind, graph::Direction)> {
        let step = |step: Self| (step.kind.into(), super::node::direction(step.direction));
        follow.unwrap_or_default().into_iter().map(step).collect()
    }
}

/// The order of a list of nodes.
#[derive(InputObject)]
pub struct NodeOrder {
    /// What to order by.
    by: NodeOrderField,
    /// Which end comes first.
    #[graphql(default_with = "Some(SortDirection::Asc)")]
    direction: Option<SortDirection>,
    /// Whose alphabet names follow; the request's own language where left out.
    language: Option<Language>,
}

impl NodeOrder {
    /// The order in the terms of the graph.
    pub fn into_graph(self) -> graph::NodeOrder {
        let descending = self.direction == Some(SortDirection::Desc);
        graph::NodeOrder { by: self.by.into(), descending, language: self.language.map(Into::into) }
    }
}

/// Which sources to take. All parts that are given must hold.
#[derive(InputObject)]
pub struct SourceFilter {
    /// Only these, as in `["goc-partnerships-2026-01-22"]`.
    ids: Option<Vec<ID>>,
    /// Only sources whose title or publisher contains this text, as in `"ressources naturelles"`; case, accents and punctuation do not matter.
    contains: Option<String>,
    /// Only sources in one of these languages, as BCP 47 tags, as in `["fr"]`.
    language: Option<Vec<String>>,
    /// Only sources published in this range. One without a date never is.
    published: Option<DateRange>,
    /// Only sources that the fact sheet of a node that fits cites, as in `{ ids: ["germany"] }`.
    cited_by: Option<NodeFilter>,
}

impl From<SourceFilter> for graph::SourceFilter {
    fn from(filter: SourceFilter) -> Self {
        Self {
            ids: filter.ids.map(|ids| ids.into_iter().map(|id| id.0).collect()),
            contains: filter.contains,
            language: filter.language,
            published: filter.published.map(Into::into),
            cited_by: filter.cited_by.map(Into::into),
        }
    }
}

/// Which relationships to take. All parts that are given must hold.
#[derive(InputObject)]
pub struct RelationshipFilter {
    /// Only these kinds, as in `[BUILDS_ON, SUCCEEDS]`.
    kinds: Option<Vec<RelationshipKind>>,
    /// Only relationships whose subject fits.
    from: Option<NodeFilter>,
    /// Only relationships whose object fits.
    to: Option<NodeFilter>,
    /// Only relationships that began in this range. One without a date never does.
    date: Option<DateRange>,
    /// Only relationships that held on some day of this range, of those of the time asked about: what has ended since is found within `allDates`. One without a date may have (POSSIBLE), but need not (CERTAIN).
    during: Option<DateRange>,
    /// Only relationships for which one of these sources is cited.
    source: Option<Vec<ID>>,
    /// Only relationships that Canada's own page of partnerships states (true) or does not state (false).
    listed_by_canada: Option<bool>,
}

impl From<RelationshipFilter> for graph::RelationshipFilter {
    fn from(filter: RelationshipFilter) -> Self {
        Self {
            kinds: filter.kinds.map(|kinds| kinds.into_iter().map(Into::into).collect()),
            from: filter.from.map(Into::into),
            to: filter.to.map(Into::into),
            date: filter.date.map(Into::into),
            during: filter.during.map(Into::into),
            source: filter.source.map(|ids| ids.into_iter().map(|id| id.0).collect()),
            listed_by_canada: filter.listed_by_canada,
        }
    }
}
