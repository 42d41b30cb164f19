//! The graph as one request sees it: whole, or as it stood on a date.

use std::ops::Range;
use std::sync::Arc;

use fixedbitset::FixedBitSet;

use super::trace::{Follow, Rows};
use super::{
    Bounds, Graph, HubPolicy, NodeRef, QuestionError, RelationshipRef, RequestBudget, SourceRef, Step, quoted,
};
use crate::model::{Certainty, NodeKind, PartialDate};

/// Units of work to compare an id with another.
const NEAREST: u64 = 30;

/// The date a view shows, and how vague dates are treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// The date.
    pub date: PartialDate,
    /// How vague dates are treated.
    pub certainty: Certainty,
}

/// The graph as one request sees it. A request takes one and keeps it, so that no answer mixes two
/// states.
pub struct View {
    graph: Arc<Graph>,
    as_of: Option<(AsOf, Shown)>,
    bounds: Bounds,
    budget: Arc<RequestBudget>,
}

/// What a view as of a date shows.
struct Shown {
    nodes: FixedBitSet,
    relationships: FixedBitSet,
}

impl View {
    /// All that is known, of any time, within the default bounds, but for the work of the request, which has
    /// none: for those who write all of it.
    pub fn new(graph: Arc<Graph>) -> Self {
        let bounds = Bounds { request_work: u64::MAX, ..Bounds::default() };
        Self::bounded(graph, bounds, Arc::new(RequestBudget::new(&bounds)))
    }

    /// The same within these bounds, for a request that has this budget.
    pub fn bounded(graph: Arc<Graph>, bounds: Bounds, budget: Arc<RequestBudget>) -> Self {
        Self { graph, as_of: None, bounds, budget }
    }

    /// The same graph as it stood on a date. A node or relationship that had not begun, or had ended, is
    /// gone, and a relationship goes with either of its nodes. Countries, organizations,
    /// jurisdictions, peoples and themes stand at any date. O(nodes + relationships).
    pub fn as_of(&self, as_of: AsOf) -> Self {
        let graph = self.graph.clone();
        let counts = graph.counts();
        self.budget.spend((counts.nodes + counts.relationships) as u64 / 2);
        let mut nodes = FixedBitSet::with_capacity(counts.nodes);
        for number in 0..counts.nodes as u32 {
            let stands = !graph.kind(number).has_life_cycle();
            let holds = stands || graph.life(number).holds_on(as_of.date, as_of.certainty);
            nodes.set(number as usize, holds);
        }
        let mut relationships = FixedBitSet::with_capacity(counts.relationships);
        for number in 0..counts.relationships as u32 {
            let (from, to) = graph.ends(number);
            let holds = graph.relationship(number).interval().holds_on(as_of.date, as_of.certainty);
            relationships.set(number as usize, holds && nodes[from as usize] && nodes[to as usize]);
        }
        let as_of = Some((as_of, Shown { nodes, relationships }));
        Self { graph, as_of, bounds: self.bounds, budget: self.budget.clone() }
    }

    /// All that is known in another release, within what is left of the bounds of this view.
    pub fn of(&self, graph: Arc<Graph>) -> Self {
        Self { graph, as_of: None, bounds: self.bounds, budget: self.budget.clone() }
    }

    /// The snapshot behind it.
    pub fn graph(&self) -> &Arc<Graph> {
        &self.graph
    }

    /// What its questions may ask for.
    pub fn bounds(&self) -> &Bounds {
        &self.bounds
    }

    /// The date it shows, or none where it shows all.
    pub fn date(&self) -> Option<AsOf> {
        self.as_of.as_ref().map(|(as_of, _)| *as_of)
    }

    /// Whether it shows a node.
    pub fn shows_node(&self, number: u32) -> bool {
        self.as_of.as_ref().is_none_or(|(_, shown)| shown.nodes[number as usize])
    }

    /// Whether it shows a relationship.
    pub fn shows_relationship(&self, number: u32) -> bool {
        self.as_of.as_ref().is_none_or(|(_, shown)| shown.relationships[number as usize])
    }

    /// The node with this id, if the view shows it.
    pub fn node(&self, id: &str) -> Option<NodeRef<'_>> {
        self.graph.number(id).map(|number| NodeRef::new(self, number)).filter(|node| node.is_visible())
    }

    /// The node that `argument` names.
    ///
    /// # Errors
    /// No such node, with the ids most like it.
    pub fn require(&self, argument: &'static str, id: &str) -> Result<NodeRef<'_>, QuestionError> {
        match (self.graph.number(id), self.date()) {
            (Some(number), _) if self.shows_node(number) => Ok(NodeRef::new(self, number)),
            (Some(_), Some(as_of)) => Err(QuestionError::bad(
                argument,
                format!("{} does not stand in the graph as of {}", quoted(id), as_of.date),
            )),
            _ => Err(self.unknown_node(argument, id)),
        }
    }

    /// The error of an id that no node has, with the ids most like it. Costs a look at every id.
    pub(super) fn unknown_node(&self, argument: &'static str, id: &str) -> QuestionError {
        // To compare two ids takes some hundred nanoseconds.
        let looked_up = self.budget.spend(NEAREST * self.graph.counts().nodes as u64);
        let nearest = if looked_up { self.graph.nearest_ids(id) } else { Vec::new() };
        QuestionError::UnknownNode { argument, id: id.into(), nearest }
    }

    /// The rows that searches of this view walk along `follow`.
    pub(super) fn rows(&self, follow: Follow) -> Rows<'_> {
        let shown = self.as_of.as_ref().map(|(_, shown)| &shown.relationships);
        Rows::new(self.graph.adjacency(), shown, follow)
    }

    /// What is left of what the request may use; views of it as of a date draw on the same.
    pub fn budget(&self) -> &Arc<RequestBudget> {
        &self.budget
    }

    /// Spends work of the request. Returns false once it is stopped.
    #[inline]
    pub(super) fn spend(&self, units: usize) -> bool {
        self.budget.spend(units as u64)
    }

    /// Whether a node is a hub that `policy` avoids.
    pub fn avoids(&self, node: u32, policy: HubPolicy) -> bool {
        self.graph.hubs().avoids(node, policy)
    }

    /// Every node, by id.
    pub fn nodes(&self) -> impl Iterator<Item = NodeRef<'_>> {
        (0..self.graph.counts().nodes as u32).filter(|&n| self.shows_node(n)).map(|n| NodeRef::new(self, n))
    }

    /// The nodes of one kind, by id.
    pub fn of_kind(&self, kind: NodeKind) -> impl Iterator<Item = NodeRef<'_>> {
        self.graph.of_kind(kind).iter().copied().filter(|&n| self.shows_node(n)).map(|n| NodeRef::new(self, n))
    }

    /// Every relationship, by subject, kind, object and date.
    pub fn relationships(&self) -> impl Iterator<Item = RelationshipRef<'_>> {
        let all = 0..self.graph.counts().relationships as u32;
        all.filter(|&n| self.shows_relationship(n)).map(|n| RelationshipRef::new(self, n))
    }

    /// The relationship with this id, if the view shows it.
    pub fn relationship(&self, id: &str) -> Option<RelationshipRef<'_>> {
        let mut parts = id.splitn(3, '.');
        let (from, kind, rest) = (parts.next()?, parts.next()?, parts.next()?);
        let (to, ordinal) = rest.split_once('.').map_or((rest, None), |(to, ordinal)| (to, Some(ordinal)));
        let (from, to) = (self.graph.number(from)?, self.graph.number(to)?);
        // Former ids of the ends lead to it too.
        let mut id = format!("{}.{kind}.{}", self.graph.node(from).id, self.graph.node(to).id);
        id.extend(ordinal.iter().flat_map(|ordinal| [".", ordinal]));
        let mut steps = self.graph.adjacency().steps(from);
        let found = steps.find(|step| step.other == to && self.graph.relationship_id(step.relationship) == id)?;
        Some(RelationshipRef::new(self, found.relationship)).filter(|r| self.shows_relationship(r.number()))
    }

    /// Every source, by id.
    pub fn sources(&self) -> impl Iterator<Item = SourceRef<'_>> {
        (0..self.graph.sources().len() as u32).map(|number| SourceRef::new(self, number))
    }

    /// The source with this id.
    pub fn source(&self, id: &str) -> Option<SourceRef<'_>> {
        self.graph.source_number(id).map(|number| SourceRef::new(self, number))
    }

    /// The steps from a node that the view shows, sorted by kind, date and other node.
    pub fn steps(&self, node: u32) -> impl Iterator<Item = Step> {
        let adjacency = self.graph.adjacency();
        let row = self.within_budget(adjacency.row(node));
        row.map(|place| adjacency.step(place)).filter(|step| self.shows_relationship(step.relationship))
    }

    /// A row of relationships, once their visits are paid for; an empty one once the request is stopped.
    #[inline]
    pub(super) fn within_budget(&self, row: Range<usize>) -> Range<usize> {
        if self.spend(row.len()) { row } else { 0..0 }
    }
}
