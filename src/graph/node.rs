//! A node as a view shows it.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::{CitationRef, Direction, NodeFilter, NodeOrder, QuestionError, RelationshipRef, Step, Time, View, life};
use crate::model::{
    AgreementDetails, AgreementStatus, Certainty, Citation, DateInterval, Details, JurisdictionType, Language,
    LifeCycleEvent, Localized, Membership, Node, NodeKind, OrganizationType, PartialDate, RelationshipKind,
};

/// Units of work to sort one number among many.
const SORTED: usize = 4;

/// A node: a small handle that borrows from the view it was found in.
#[derive(Clone, Copy)]
pub struct NodeRef<'g> {
    view: &'g View,
    number: u32,
}

impl<'g> NodeRef<'g> {
    pub(super) fn new(view: &'g View, number: u32) -> Self {
        Self { view, number }
    }

    /// The view it was found in.
    pub fn view(self) -> &'g View {
        self.view
    }

    /// Its number in the snapshot; ids and numbers have the same order.
    pub fn number(self) -> u32 {
        self.number
    }

    /// Whether the view shows it.
    pub fn is_visible(self) -> bool {
        self.view.shows_node(self.number)
    }

    /// What its fact sheet says.
    pub fn data(self) -> &'g Node {
        self.view.graph().node(self.number)
    }

    /// Its id.
    pub fn id(self) -> &'g str {
        self.data().id.as_str()
    }

    /// Its kind.
    pub fn kind(self) -> NodeKind {
        self.view.graph().kind(self.number)
    }

    /// Its name.
    pub fn name(self, language: Language) -> &'g str {
        self.data().name.text.get(language)
    }

    /// Its ISO 3166 code, where it has one.
    pub fn code(self) -> Option<&'g str> {
        match &self.data().details {
            Details::Country { code } | Details::Jurisdiction { code, .. } => Some(code),
            Details::Agreement(_)
            | Details::Forum
            | Details::IndigenousPeople
            | Details::Initiative
            | Details::Organization { .. }
            | Details::Theme => None,
        }
    }

    /// What only agreements have.
    pub fn agreement(self) -> Option<&'g AgreementDetails> {
        self.data().agreement()
    }

    /// What kind of body it is, if it is one.
    pub fn organization_type(self) -> Option<OrganizationType> {
        match self.data().details {
            Details::Organization { organization_type } => Some(organization_type),
            Details::Agreement(_)
            | Details::Country { .. }
            | Details::Forum
            | Details::IndigenousPeople
            | Details::Initiative
            | Details::Jurisdiction { .. }
            | Details::Theme => None,
        }
    }

    /// What kind of jurisdiction it is, if it is one.
    pub fn jurisdiction_type(self) -> Option<JurisdictionType> {
        match self.data().details {
            Details::Jurisdiction { jurisdiction_type, .. } => Some(jurisdiction_type),
            Details::Agreement(_)
            | Details::Country { .. }
            | Details::Forum
            | Details::IndigenousPeople
            | Details::Initiative
            | Details::Organization { .. }
            | Details::Theme => None,
        }
    }

    /// How whole the list of its members is, where its sheet says so.
    pub fn membership(self) -> Option<&'g Membership> {
        self.data().membership.as_deref()
    }

    /// The sources of what is declared of its members.
    pub fn membership_citations(self) -> impl Iterator<Item = CitationRef<'g>> {
        self.cite(self.membership().map_or(&[][..], |membership| &membership.citations[..]))
    }

    /// The country it is a part of, directly.
    pub fn country(self) -> Option<NodeRef<'g>> {
        let wholes = self.neighbors(&[RelationshipKind::PartOf], Direction::Out);
        wholes.into_iter().find(|node| node.kind() == NodeKind::Country)
    }

    /// From when to when it is known to exist. As of a date, an end that is later is not known.
    pub fn life(self) -> DateInterval {
        let DateInterval { start, end } = self.view.graph().life(self.number);
        DateInterval { start, end: end.filter(|end| self.view.has_come(*end)) }
    }

    /// From when on it is known to be there, where its start is not known: the publication of the earliest
    /// source, or a date at which something of it is told. None where it has a start, or stands at any date.
    pub fn known_from(self) -> Option<PartialDate> {
        let is_undated = self.kind().has_life_cycle() && self.life().start.is_none();
        is_undated.then(|| self.view.graph().known().node(self.number))
    }

    /// Its life cycle, the dated events first and by date, then by stage. As of a date only what was known to
    /// have happened by then.
    pub fn events(self) -> Vec<&'g LifeCycleEvent> {
        let known = |event: &&LifeCycleEvent| self.view.knows_event(self.number, event);
        let mut events: Vec<_> = self.data().events.iter().filter(known).collect();
        self.view.spend(SORTED * events.len());
        events.sort_by_key(|event| (event.date.is_none(), event.date, event.kind));
        events
    }

    /// The furthest stage reached on a date, of which a year or a month means the end. Without one, on the day
    /// of the view or, where that shows all dates, ever. Where a date is given or asked about, an event
    /// without one counts from the publication of its sources.
    pub fn status(self, on: Option<PartialDate>) -> AgreementStatus {
        let certainty = self.view.asked().map_or(Certainty::Possible, |as_of| as_of.certainty);
        let by = |date: PartialDate, day: PartialDate| date.not_after(day, certainty);
        life::status(self.events().into_iter().filter(|event| match (on, self.view.time()) {
            (Some(on), _) => by(self.view.graph().event_known(self.number, event), on.at_its_end()),
            (None, Time::Today) => event.date.is_none_or(|date| by(date, self.view.day())),
            (None, Time::AllDates | Time::AsOf(_)) => true,
        }))
    }

    /// What the sources say of its standing. It is written for the day of the release and may tell of anything
    /// until then, so as of an earlier date it is not known.
    pub fn standing(self) -> Option<&'g Localized> {
        let standing = self.agreement()?.standing.as_deref()?;
        self.view.knows(self.view.graph().release().published).then_some(standing)
    }

    /// What an agreement says of its own binding force, as soon as one of its sources was published.
    pub fn legal_status(self) -> Option<&'g Localized> {
        let text = self.agreement()?.legal_status.as_deref()?;
        self.view.knows_any(&self.data().citations).then_some(text)
    }

    /// The minerals an agreement names, as soon as one of its sources was published.
    pub fn minerals(self) -> &'g [Localized] {
        let minerals = self.agreement().map_or(&[][..], |agreement| &agreement.minerals);
        if self.view.knows_any(&self.data().citations) { minerals } else { &[] }
    }

    /// The sources of its fact sheet.
    pub fn citations(self) -> impl Iterator<Item = CitationRef<'g>> {
        self.cite(&self.data().citations)
    }

    /// The sources of one of its events, or those of its sheet where none are given.
    pub fn event_citations(self, event: &'g LifeCycleEvent) -> impl Iterator<Item = CitationRef<'g>> {
        self.cite(event.citations_or(&self.data().citations))
    }

    /// Sources as its view shows them.
    pub fn cite(self, citations: &'g [Citation]) -> impl Iterator<Item = CitationRef<'g>> {
        citations.iter().map(move |citation| CitationRef::new(self.view, citation))
    }

    /// The steps to its neighbours along `kinds` (all, where empty) in `direction`, sorted by kind,
    /// date and other node. A relationship to itself counts once.
    pub fn steps(self, kinds: &[RelationshipKind], direction: Direction) -> impl Iterator<Item = Step> {
        let adjacency = self.view.graph().adjacency();
        let row = match kinds {
            [kind] => adjacency.row_of(self.number, *kind),
            _ => adjacency.row(self.number),
        };
        let row = self.view.within_budget(row);
        let steps = row.map(|place| adjacency.step(place));
        steps.filter(|step| self.view.shows_relationship(step.relationship)).filter(move |step| {
            let loops_back =
                step.other == self.number && step.direction == Direction::In && direction == Direction::Any;
            (kinds.is_empty() || kinds.contains(&step.kind)) && direction.includes(step.direction) && !loops_back
        })
    }

    /// Its relationships along `kinds` (all, where empty) in `direction`.
    pub fn relationships(
        self,
        kinds: &[RelationshipKind],
        direction: Direction,
    ) -> impl Iterator<Item = RelationshipRef<'g>> {
        self.steps(kinds, direction).map(move |step| RelationshipRef::new(self.view, step.relationship))
    }

    /// Its relationships of `kinds` in `direction` with one other node, by kind and date. Costs the steps of
    /// that of the two that has fewer.
    pub fn relationships_with(
        self,
        other: NodeRef<'g>,
        kinds: &[RelationshipKind],
        direction: Direction,
    ) -> Vec<RelationshipRef<'g>> {
        let adjacency = self.view.graph().adjacency();
        let width = |node: NodeRef<'_>| adjacency.row(node.number).len();
        let shown = |relationship| RelationshipRef::new(self.view, relationship);
        if self.number == other.number || width(self) <= width(other) {
            let steps = self.steps(kinds, direction).filter(|step| step.other == other.number);
            return steps.map(|step| shown(step.relationship)).collect();
        }
        let steps = other.steps(kinds, direction.reversed()).filter(|step| step.other == self.number);
        let mut steps: Vec<Step> = steps.collect();
        // By kind and date both see them alike; only of those alike in both is the direction another.
        let start = |step: &Step| shown(step.relationship).data().interval().start;
        steps.sort_by_key(|step| (step.kind, start(step).is_none(), start(step), step.direction.reversed()));
        steps.into_iter().map(|step| shown(step.relationship)).collect()
    }

    /// Its relationships of `kinds` in `direction` with nodes that fit, in the order of those nodes
    /// where one is asked for.
    ///
    /// # Errors
    /// A filter that names an unknown id.
    pub fn select_relationships(
        self,
        kinds: &[RelationshipKind],
        direction: Direction,
        filter: Option<&NodeFilter>,
        order: Option<NodeOrder>,
        language: Language,
    ) -> Result<Vec<RelationshipRef<'g>>, QuestionError> {
        if filter.is_none() && order.is_none() {
            return Ok(self.relationships(kinds, direction).collect());
        }
        let others = self.view.select(self.neighbors(kinds, direction), filter, order, language)?;
        let mut places: Vec<(u32, usize)> = others.iter().map(|other| other.number).zip(0..).collect();
        places.sort_unstable();
        let place = |other: u32| places.binary_search_by_key(&other, |(node, _)| *node).ok().map(|at| places[at].1);
        let steps = self.steps(kinds, direction);
        let mut steps: Vec<_> = steps.filter_map(|step| Some((place(step.other)?, step.relationship))).collect();
        // Those with one node stay as they are.
        steps.sort_by_key(|(place, _)| *place);
        Ok(steps.into_iter().map(|(_, relationship)| RelationshipRef::new(self.view, relationship)).collect())
    }

    /// The nodes at the other end of its relationships of `kinds` in `direction`, each once, by id.
    pub fn neighbors(self, kinds: &[RelationshipKind], direction: Direction) -> Vec<NodeRef<'g>> {
        let mut numbers: Vec<u32> = self.steps(kinds, direction).map(|step| step.other).collect();
        self.view.spend(SORTED * numbers.len());
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().map(|number| NodeRef::new(self.view, number)).collect()
    }
}

impl PartialEq for NodeRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Eq for NodeRef<'_> {}

impl Hash for NodeRef<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}

impl PartialOrd for NodeRef<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for NodeRef<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.number.cmp(&other.number)
    }
}
