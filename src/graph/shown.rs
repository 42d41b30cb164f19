//! What a view shows: worked out once for each, or once for all of a day.

use fixedbitset::FixedBitSet;

use super::Graph;
use super::view::AsOf;
use crate::model::{Certainty, DateInterval, Nature, PartialDate};

/// The nodes and relationships a view shows.
#[derive(Debug)]
pub(super) struct Shown {
    /// All, where none is given.
    pub(super) nodes: Option<FixedBitSet>,
    pub(super) relationships: FixedBitSet,
    /// How many of them each node has. 4 bytes a node.
    pub(super) degrees: Vec<u32>,
    pub(super) undated: Undated,
}

/// How many may have been there on the date of a view, and are known only from a later date on because they
/// have none of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Undated {
    /// Nodes.
    pub nodes: usize,
    /// Relationships between nodes that are known to have been there.
    pub relationships: usize,
}

impl Shown {
    /// What holds on a day as it is known now: all nodes, whatever became of them; states that hold, and
    /// what has happened. None where that is everything. O(relationships).
    pub(super) fn today(graph: &Graph, day: PartialDate) -> Option<Self> {
        let count = graph.counts().relationships;
        let mut relationships = FixedBitSet::with_capacity(count);
        let by = |date: Option<PartialDate>| date.is_none_or(|date| date.not_after(day, Certainty::Possible));
        for number in 0..count as u32 {
            let relationship = graph.relationship(number);
            let DateInterval { start, end } = graph.holding(number);
            let holds = match relationship.nature() {
                Nature::Event => true,
                Nature::State => end.is_none_or(|end| day.not_after(end, Certainty::Possible)),
            };
            let begun = [relationship.from, relationship.to].into_iter().all(|node| by(graph.life(node).start));
            relationships.set(number as usize, by(start) && holds && begun);
        }
        let is_all = relationships.count_ones(..) == count;
        (!is_all).then(|| {
            let degrees = degrees(graph, &relationships);
            Self { nodes: None, relationships, degrees, undated: Undated::default() }
        })
    }

    /// What is known to have been there, or to have happened, by a date; with `undated`, also what may have
    /// been, because it has no date of its own. O(nodes + relationships).
    pub(super) fn as_of(graph: &Graph, as_of: AsOf, undated: bool) -> Self {
        let (day, certainty) = (as_of.date.at_its_end(), as_of.certainty);
        let counts = graph.counts();
        let (known, mut left_out) = (graph.known(), Undated::default());
        // Begun by then: by its own date, or else by what is known of it.
        let begun = |start: Option<PartialDate>, known: PartialDate, left_out: &mut usize| {
            let begun = start.unwrap_or(known).not_after(day, certainty);
            let is_possible = !begun && start.is_none();
            *left_out += usize::from(is_possible);
            begun || is_possible && undated
        };
        let mut nodes = FixedBitSet::with_capacity(counts.nodes);
        for number in 0..counts.nodes as u32 {
            let stands = !graph.kind(number).has_life_cycle();
            let shown = stands || begun(graph.life(number).start, known.node(number), &mut left_out.nodes);
            nodes.set(number as usize, shown);
        }
        let mut relationships = FixedBitSet::with_capacity(counts.relationships);
        for number in 0..counts.relationships as u32 {
            let relationship = graph.relationship(number);
            let DateInterval { start, end } = graph.holding(number);
            let goes_on = match relationship.nature() {
                Nature::Event => true,
                Nature::State => end.is_none_or(|end| day.not_after(end, certainty)),
            };
            let shown = goes_on
                && nodes[relationship.from as usize]
                && nodes[relationship.to as usize]
                && begun(start, known.relationship(number), &mut left_out.relationships);
            relationships.set(number as usize, shown);
        }
        let degrees = degrees(graph, &relationships);
        Self { nodes: Some(nodes), relationships, degrees, undated: left_out }
    }
}

/// How many of some relationships each node has; one to itself counts twice, as it is seen twice.
fn degrees(graph: &Graph, relationships: &FixedBitSet) -> Vec<u32> {
    let mut degrees = vec![0; graph.counts().nodes];
    for number in relationships.ones() {
        let (from, to) = graph.ends(number as u32);
        degrees[from as usize] += 1;
        degrees[to as usize] += 1;
    }
    degrees
}

impl Graph {
    /// The time in which a relationship holds: by its own dates, and for a state no longer than both of its
    /// ends last.
    pub fn holding(&self, relationship: u32) -> DateInterval {
        let relationship = self.relationship(relationship);
        let mut interval = relationship.interval();
        if relationship.nature() == Nature::State {
            let of_ends = [relationship.from, relationship.to].into_iter().filter_map(|node| self.life(node).end);
            interval.end = interval.end.into_iter().chain(of_ends).min_by_key(|end| (end.last_day(), end.first_day()));
        }
        interval
    }
}
