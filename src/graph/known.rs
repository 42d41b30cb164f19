//! From when on something is known that has no date of its own.

use std::collections::HashMap;

use super::Graph;
use crate::model::{Citation, Citations, LifeCycleEvent, Part, PartialDate};

/// For each node and relationship the earliest date at which it is known to have been there: its beginning
/// where that is dated, else the publication of its earliest source. 4 bytes for each.
#[derive(Debug)]
pub(super) struct Known {
    nodes: Vec<PartialDate>,
    relationships: Vec<PartialDate>,
}

impl Known {
    /// Looks at every source of every statement. O(n).
    pub(super) fn new(graph: &Graph) -> Self {
        let counts = graph.counts();
        let mut memo = HashMap::new();
        let mut published = |citations: &Citations| match citations.place() {
            Some(place) => *memo.entry(place).or_insert_with(|| graph.earliest_of(citations)),
            None => None,
        };
        let otherwise = graph.release().published;
        let mut relationships = Vec::with_capacity(counts.relationships);
        // What stands in a dated relationship was there by then.
        let mut dated = vec![None; counts.nodes];
        for number in 0..counts.relationships as u32 {
            let relationship = graph.relationship(number);
            let interval = relationship.interval();
            let known = || earliest(published(&relationship.citations).into_iter().chain(interval.end));
            relationships.push(interval.start.or_else(known).unwrap_or(otherwise));
            for node in [relationship.from, relationship.to] {
                let date = &mut dated[node as usize];
                *date = earliest((*date).into_iter().chain(interval.start));
            }
        }
        let nodes = (0..counts.nodes as u32).map(|number| {
            let (node, life) = (graph.node(number), graph.life(number));
            let known = || {
                let of_events = node.events.iter().flat_map(|event| {
                    let confirmed = event.date.filter(|_| event.kind.part() == Part::Confirms);
                    confirmed.into_iter().chain(published(&event.citations))
                });
                let of_events: Vec<_> = of_events.collect();
                let of_sheet = published(&node.citations).into_iter().chain(life.end).chain(dated[number as usize]);
                earliest(of_sheet.chain(of_events))
            };
            life.start.or_else(known).unwrap_or(otherwise)
        });
        Self { nodes: nodes.collect(), relationships }
    }

    /// From when on a node is known to have been there.
    pub(super) fn node(&self, number: u32) -> PartialDate {
        self.nodes[number as usize]
    }

    /// From when on a relationship is known to hold or to have happened.
    pub(super) fn relationship(&self, number: u32) -> PartialDate {
        self.relationships[number as usize]
    }
}

/// The earliest of some dates; of vague ones that whose last possible day is earliest, which claims least.
fn earliest(dates: impl IntoIterator<Item = PartialDate>) -> Option<PartialDate> {
    dates.into_iter().min_by_key(|date| (date.last_day(), date.first_day()))
}

impl Graph {
    /// When the earliest of some sources was published; that of this release for sources which do not say.
    /// None where there is no source.
    pub(super) fn earliest_of(&self, citations: &[Citation]) -> Option<PartialDate> {
        earliest(citations.iter().map(|citation| self.published(citation)))
    }

    /// When the latest of some sources was published, likewise.
    pub(super) fn latest_of(&self, citations: &[Citation]) -> Option<PartialDate> {
        citations.iter().map(|citation| self.published(citation)).max_by_key(|date| (date.last_day(), date.first_day()))
    }

    /// When a source was published, or this release where it does not say.
    pub(super) fn published(&self, citation: &Citation) -> PartialDate {
        let number = self.source_number(citation.source.as_str());
        let published = number.and_then(|number| self.sources()[number as usize].published);
        published.unwrap_or(self.release().published)
    }

    /// From when on an event of a node is known to have happened: its date, else the publication of its
    /// earliest source. Where it has no source of its own, any one of the sheet's may be the one that says so,
    /// and it is known once all were published.
    pub(super) fn event_known(&self, node: u32, event: &LifeCycleEvent) -> PartialDate {
        let known = || match event.citations.is_empty() {
            true => self.latest_of(&self.node(node).citations),
            false => self.earliest_of(&event.citations),
        };
        event.date.or_else(known).unwrap_or(self.release().published)
    }
}
