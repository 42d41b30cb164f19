//! The relationships of a list, found by way of the nodes they are asked to join.

use std::ops::Range;

use super::filter::Remembered;
use super::{Direction, Filter, NodeFilter, QuestionError, RelationshipFilter, RelationshipRef, View};
use crate::model::Citation;

/// Units of work to check the conditions on a relationship, those on its ends apart.
const RELATIONSHIP: usize = 3;

/// The relationships that fit, by subject, kind, object and date, without a handle for each before it is
/// asked for.
pub struct Listed<'g> {
    view: &'g View,
    numbers: Numbers,
}

enum Numbers {
    /// All there are, so many.
    All(u32),
    /// Sorted.
    Some(Vec<u32>),
}

impl<'g> Listed<'g> {
    /// How many there are. O(1).
    pub fn total(&self) -> usize {
        match &self.numbers {
            Numbers::All(count) => *count as usize,
            Numbers::Some(numbers) => numbers.len(),
        }
    }

    /// The place of the relationship with this id among them. O(log n).
    pub fn position(&self, id: &str) -> Option<usize> {
        let number = self.view.relationship(id)?.number();
        match &self.numbers {
            Numbers::All(_) => Some(number as usize),
            Numbers::Some(numbers) => numbers.binary_search(&number).ok(),
        }
    }

    /// Those at some places. O(p) for p places.
    pub fn at(&self, places: Range<usize>) -> Vec<RelationshipRef<'g>> {
        self.view.spend(places.len());
        let shown = |number| RelationshipRef::new(self.view, number);
        match &self.numbers {
            Numbers::All(_) => (places.start as u32..places.end as u32).map(shown).collect(),
            Numbers::Some(numbers) => numbers[places].iter().copied().map(shown).collect(),
        }
    }

    /// All of them.
    pub fn all(&self) -> Vec<RelationshipRef<'g>> {
        self.at(0..self.total())
    }
}

impl View {
    /// The relationships that fit, by subject, kind, object and date. Costs the relationships of the nodes
    /// that may be their subjects or objects; where neither is asked for, all; without a filter, nothing.
    ///
    /// # Errors
    /// A filter that names an unknown id.
    pub fn list_relationships(&self, filter: Option<&RelationshipFilter>) -> Result<Listed<'_>, QuestionError> {
        let all = 0..self.graph().counts().relationships as u32;
        let shown = |number: &u32| self.shows_relationship(*number);
        let numbers = match filter {
            None if self.shows_all_relationships() => Numbers::All(all.end),
            None => {
                self.spend(all.len());
                Numbers::Some(all.filter(shown).collect())
            }
            Some(filter) => {
                let fits = self.fits(filter)?;
                let fits = |number: &u32| shown(number) && fits(&RelationshipRef::new(self, *number));
                let nodes = |filter: &NodeFilter| {
                    let filter = Filter::new(self, filter)?;
                    Ok(self.find(None, Some(&filter)).all().into_iter())
                };
                Numbers::Some(match (&filter.from, &filter.to) {
                    (Some(from), _) => {
                        let stated = nodes(from)?.flat_map(|node| self.graph().stated_by(node.number()));
                        stated.filter(fits).collect()
                    }
                    (None, Some(to)) => {
                        let steps = nodes(to)?.flat_map(|node| self.steps(node.number()));
                        let steps = steps.filter(|step| step.direction == Direction::In);
                        let mut numbers: Vec<_> = steps.map(|step| step.relationship).filter(fits).collect();
                        numbers.sort_unstable();
                        numbers
                    }
                    (None, None) => all.filter(fits).collect(),
                })
            }
        };
        Ok(Listed { view: self, numbers })
    }

    /// Those of `relationships` that fit, in their order.
    ///
    /// # Errors
    /// A filter that names an unknown id.
    pub fn select_relationships<'g>(
        &'g self,
        relationships: impl Iterator<Item = RelationshipRef<'g>>,
        filter: Option<&RelationshipFilter>,
    ) -> Result<Vec<RelationshipRef<'g>>, QuestionError> {
        let Some(filter) = filter else { return Ok(relationships.take_while(|_| self.spend(1)).collect()) };
        Ok(relationships.filter(self.fits(filter)?).collect())
    }

    /// Whether a relationship fits.
    ///
    /// # Errors
    /// A filter that names an unknown id.
    fn fits<'f>(
        &'f self,
        filter: &'f RelationshipFilter,
    ) -> Result<impl Fn(&RelationshipRef<'_>) -> bool + 'f, QuestionError> {
        let end = |end: &Option<NodeFilter>| end.as_ref().map(|end| Remembered::new(self, end)).transpose();
        let (from, to) = (end(&filter.from)?, end(&filter.to)?);
        let sources = self.require_sources("source", filter.source.as_deref().unwrap_or_default())?;
        let work = RELATIONSHIP + 4 * sources.len();
        Ok(move |r: &RelationshipRef<'_>| {
            let data = r.data();
            let cites = |citation: &Citation| sources.iter().any(|source| source.data().id == citation.source);
            self.spend(work)
                && filter.kinds.as_ref().is_none_or(|kinds| kinds.contains(&data.kind))
                && filter.listed_by_canada.is_none_or(|listed| data.listed_by_canada == listed)
                && filter.date.is_none_or(|(range, certainty)| {
                    r.interval().start.is_some_and(|start| range.contains(start, certainty))
                })
                && filter.during.is_none_or(|(range, certainty)| r.interval().overlaps(range, certainty))
                && (filter.source.is_none() || data.citations.iter().any(cites))
                && from.as_ref().is_none_or(|filter| filter.fits(r.from()))
                && to.as_ref().is_none_or(|filter| filter.fits(r.to()))
        })
    }
}
