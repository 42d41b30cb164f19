//! A path: how one node is connected to another, step by step.

use crate::graph::sentence::joined;
use crate::graph::{CitationRef, Direction, NodeRef, RelationshipRef, Step, View};
use crate::model::{DateInterval, Language};

/// A path through a view.
#[derive(Clone)]
pub struct Path<'g> {
    view: &'g View,
    from: u32,
    steps: Vec<Step>,
}

/// One step of a path.
#[derive(Clone, Copy)]
pub struct PathStep<'g> {
    /// Where it begins.
    pub from: NodeRef<'g>,
    /// The relationship it walks.
    pub relationship: RelationshipRef<'g>,
    /// Whether it walks from subject to object (`Out`) or back (`In`).
    pub direction: Direction,
    /// Where it ends.
    pub to: NodeRef<'g>,
}

/// The time in which every step of a path holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValidDuring {
    /// From the latest beginning to the earliest end, each no more precise than its source.
    pub interval: DateInterval,
    /// Whether there is such a time whichever days the vague dates mean.
    pub certain: bool,
}

impl<'g> Path<'g> {
    pub(super) fn new(view: &'g View, from: u32, steps: Vec<Step>) -> Self {
        Self { view, from, steps }
    }

    /// How many steps it has.
    pub fn length(&self) -> usize {
        self.steps.len()
    }

    /// Where it begins.
    pub fn from(&self) -> NodeRef<'g> {
        NodeRef::new(self.view, self.from)
    }

    /// Where it ends.
    pub fn to(&self) -> NodeRef<'g> {
        NodeRef::new(self.view, self.steps.last().map_or(self.from, |step| step.other))
    }

    /// Its steps.
    pub fn steps(&self) -> impl Iterator<Item = PathStep<'g>> {
        let view = self.view;
        let starts = std::iter::once(self.from).chain(self.steps.iter().map(|step| step.other));
        starts.zip(&self.steps).map(move |(from, step)| PathStep {
            from: NodeRef::new(view, from),
            relationship: RelationshipRef::new(view, step.relationship),
            direction: step.direction,
            to: NodeRef::new(view, step.other),
        })
    }

    /// Its relationships in the order they are walked.
    pub fn relationships(&self) -> impl Iterator<Item = RelationshipRef<'g>> {
        self.steps().map(|step| step.relationship)
    }

    /// How many of its steps no source dates.
    pub fn undated_steps(&self) -> usize {
        self.relationships().filter(|relationship| relationship.interval().start.is_none()).count()
    }

    /// The time in which every step holds; none where a step is not dated, or where no day can be in
    /// all of them. Of vague dates the latest is the one whose last possible day is latest, and the
    /// earliest likewise, so the bounds claim no more than the sources.
    pub fn valid_during(&self) -> Option<ValidDuring> {
        let mut interval = DateInterval::default();
        for relationship in self.relationships() {
            let DateInterval { start, end } = relationship.interval();
            let start = start?;
            let later = |date: &crate::model::PartialDate| (date.last_day(), date.first_day());
            interval.start = interval.start.into_iter().chain([start]).max_by_key(later);
            interval.end = interval.end.into_iter().chain(end).min_by_key(|date| (date.first_day(), date.last_day()));
        }
        let start = interval.start?;
        let overlap = |certainty| interval.end.is_none_or(|end| start.not_after(end, certainty));
        let certain = overlap(crate::model::Certainty::Certain);
        overlap(crate::model::Certainty::Possible).then_some(ValidDuring { interval, certain })
    }

    /// The path as one sentence, ready to quote; empty where it has no step.
    pub fn sentence(&self, language: Language) -> String {
        joined(self.relationships().map(|relationship| relationship.clause(language)))
    }

    /// The sources of its steps, in their order, without repeats.
    pub fn citations(&self) -> Vec<CitationRef<'g>> {
        let mut citations: Vec<CitationRef<'g>> = Vec::new();
        for citation in self.relationships().flat_map(RelationshipRef::citations) {
            if !citations.contains(&citation) {
                citations.push(citation);
            }
        }
        citations
    }
}
