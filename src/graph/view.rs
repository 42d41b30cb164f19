//! The graph as one request sees it: today, over all dates, or as of a date.

use std::ops::Range;
use std::sync::Arc;

use super::shown::{Shown, Undated};
use super::trace::{Follow, Rows};
use super::{
    Bounds, Graph, HubPolicy, NodeRef, QuestionError, RelationshipRef, RequestBudget, SourceRef, Step, quoted,
};
use crate::model::{Certainty, Citation, LifeCycleEvent, NodeKind, PartialDate};

/// Units of work to compare an id with another.
const NEAREST: u64 = 30;

/// The date a view shows, and how vague dates are treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// The date; a year or a month means its last day.
    pub date: PartialDate,
    /// How vague dates are treated.
    pub certainty: Certainty,
}

/// The time a view speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// The day it is: what holds, what has happened, and every node whatever became of it.
    Today,
    /// Everything ever stated, with its dates.
    AllDates,
    /// What was known to have happened by a date.
    AsOf(AsOf),
}

/// The graph as one request sees it. A request takes one and keeps it, so that no answer mixes two
/// states.
pub struct View {
    graph: Arc<Graph>,
    today: PartialDate,
    time: Time,
    /// The day that sentences speak of: the first of the epoch of today, or the date asked about.
    day: PartialDate,
    /// What is shown; all, where none is given.
    shown: Option<Arc<Shown>>,
    lists_undated: bool,
    bounds: Bounds,
    budget: Arc<RequestBudget>,
}

impl View {
    /// Everything ever stated, seen on the day the release was published, within the default bounds, but for the
    /// work of the request, which has none: for those who write all of it.
    pub fn new(graph: Arc<Graph>) -> Self {
        let today = graph.release().published.at_its_end();
        Self::at(Time::AllDates, graph, today, Bounds::unlimited())
    }

    /// What holds on the day it is, within these bounds. Costs nothing where the last view of this graph
    /// was of the same epoch, else O(relationships).
    pub fn today(graph: Arc<Graph>, today: PartialDate, bounds: Bounds) -> Self {
        Self::at(Time::Today, graph, today, bounds)
    }

    fn at(time: Time, graph: Arc<Graph>, today: PartialDate, bounds: Bounds) -> Self {
        let budget = Arc::new(RequestBudget::new(&bounds));
        let day = graph.epoch(today).since;
        let shown = (time == Time::Today).then(|| graph.shown_today(day)).flatten();
        Self { graph, today, time, day, shown, lists_undated: false, bounds, budget }
    }

    /// The same within these bounds, for a request that has this budget.
    #[must_use]
    pub fn within(&self, bounds: Bounds, budget: Arc<RequestBudget>) -> Self {
        Self { graph: self.graph.clone(), shown: self.shown.clone(), bounds, budget, ..*self }
    }

    /// The same graph with everything ever stated.
    pub fn all_dates(&self) -> Self {
        let day = self.graph.epoch(self.today).since;
        self.of_time(Time::AllDates, day, None)
    }

    /// The same graph as it was known to stand on a date: events, nodes and relationships of a later date are
    /// gone, and states that had ended. What has no date counts from the publication of its earliest
    /// source. Countries, organizations, jurisdictions, peoples and themes stand at any date.
    /// O(nodes + relationships).
    pub fn as_of(&self, as_of: AsOf) -> Self {
        let counts = self.graph.counts();
        self.budget.spend((counts.nodes + counts.relationships) as u64 / 2);
        let shown = Shown::as_of(&self.graph, as_of, false);
        self.of_time(Time::AsOf(as_of), as_of.date.at_its_end(), Some(shown))
    }

    /// The same with what may have been there too, because it has no date of its own.
    pub fn as_of_with_undated(&self, as_of: AsOf) -> Self {
        let shown = Shown::as_of(&self.graph, as_of, true);
        let view = self.of_time(Time::AsOf(as_of), as_of.date.at_its_end(), Some(shown));
        Self { lists_undated: true, ..view }
    }

    /// The same graph at a time; what is today stays today.
    #[must_use]
    pub fn at_time(self, time: Time) -> Self {
        match time {
            Time::Today => self,
            Time::AllDates => self.all_dates(),
            Time::AsOf(as_of) => self.as_of(as_of),
        }
    }

    fn of_time(&self, time: Time, day: PartialDate, shown: Option<Shown>) -> Self {
        let (graph, budget) = (self.graph.clone(), self.budget.clone());
        Self { graph, time, day, shown: shown.map(Arc::new), lists_undated: false, budget, ..*self }
    }

    /// Another release on the same day, within what is left of the bounds of this view.
    pub fn of(&self, graph: Arc<Graph>) -> Self {
        let time = if self.time == Time::AllDates { Time::AllDates } else { Time::Today };
        Self { budget: self.budget.clone(), ..Self::at(time, graph, self.today, self.bounds) }
    }

    /// The time it speaks of.
    pub fn time(&self) -> Time {
        self.time
    }

    /// The day its sentences speak of. For today it is the first day of the epoch, so that nothing said
    /// depends on the day itself.
    pub fn day(&self) -> PartialDate {
        self.day
    }

    /// The date asked about, where it was one.
    pub(super) fn asked(&self) -> Option<AsOf> {
        match self.time {
            Time::AsOf(as_of) => Some(as_of),
            Time::Today | Time::AllDates => None,
        }
    }

    /// Whether something was known by the date asked about, if it is known from `date` on.
    pub(super) fn knows(&self, date: PartialDate) -> bool {
        self.asked().is_none_or(|as_of| date.not_after(self.day, as_of.certainty))
    }

    /// Whether a date has come: it is not one of those that lie behind the date asked about.
    pub(super) fn has_come(&self, date: PartialDate) -> bool {
        self.asked().is_none() || date.not_after(self.day, Certainty::Possible)
    }

    /// Whether what some sources say together was known by the date asked about: all of them were published.
    pub(super) fn knows_all(&self, citations: &[Citation]) -> bool {
        self.asked().is_none() || self.graph.latest_of(citations).is_none_or(|date| self.knows(date))
    }

    /// Whether what some sources say each was known by the date asked about: one of them was published, or
    /// what is undated is listed too.
    pub(super) fn knows_any(&self, citations: &[Citation]) -> bool {
        self.asked().is_none()
            || self.lists_undated
            || self.graph.earliest_of(citations).is_none_or(|date| self.knows(date))
    }

    /// Whether an event of a node was known to have happened by the date asked about.
    pub(super) fn knows_event(&self, node: u32, event: &LifeCycleEvent) -> bool {
        self.asked().is_none()
            || self.lists_undated && event.date.is_none()
            || self.knows(self.graph.event_known(node, event))
    }

    /// How many may have been there too, because they have no date of their own; none but as of a date.
    pub fn undated(&self) -> Undated {
        self.shown.as_ref().map_or_else(Undated::default, |shown| shown.undated)
    }

    /// Whether what has no date is listed even where it is not known to have been there.
    pub fn lists_undated(&self) -> bool {
        self.lists_undated
    }

    /// The snapshot behind it.
    pub fn graph(&self) -> &Arc<Graph> {
        &self.graph
    }

    /// What its questions may ask for.
    pub fn bounds(&self) -> &Bounds {
        &self.bounds
    }

    /// Whether it shows every node of the release.
    pub fn shows_all_nodes(&self) -> bool {
        self.shown.as_ref().is_none_or(|shown| shown.nodes.is_none())
    }

    /// Whether it shows every relationship of the release.
    pub fn shows_all_relationships(&self) -> bool {
        self.shown.is_none()
    }

    /// Whether it shows a node.
    pub fn shows_node(&self, number: u32) -> bool {
        self.shown.as_ref().and_then(|shown| shown.nodes.as_ref()).is_none_or(|nodes| nodes[number as usize])
    }

    /// Whether it shows a relationship.
    pub fn shows_relationship(&self, number: u32) -> bool {
        self.shown.as_ref().is_none_or(|shown| shown.relationships[number as usize])
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
        match (self.graph.number(id), self.asked()) {
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
        let shown = self.shown.as_ref().map(|shown| &shown.relationships);
        Rows::new(self.graph.adjacency(), shown, follow)
    }

    /// The budget of the request, which views of it as of a date share.
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

    /// How many steps there are from a node. O(1).
    pub(super) fn degree(&self, node: u32) -> usize {
        match &self.shown {
            None => self.graph.adjacency().row(node).len(),
            Some(shown) => shown.degrees[node as usize] as usize,
        }
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
