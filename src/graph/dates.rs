//! Which nodes began on which dates.

use crate::model::{Certainty, DateInterval, DateRange, PartialDate};

/// The nodes by the date on which their life began, each date once and in order. 4 bytes a node.
#[derive(Debug, Default)]
pub(super) struct Dates {
    dates: Vec<PartialDate>,
    /// Where the nodes of each date begin in `nodes`.
    offsets: Vec<u32>,
    nodes: Vec<u32>,
}

impl Dates {
    /// Takes the lives of all nodes. O(n log n).
    pub(super) fn new(lives: &[DateInterval]) -> Self {
        let mut begun: Vec<(PartialDate, u32)> = (0u32..).zip(lives).filter_map(|(n, l)| Some((l.start?, n))).collect();
        begun.sort_unstable();
        let mut dates = Self { dates: Vec::new(), offsets: Vec::new(), nodes: Vec::with_capacity(begun.len()) };
        for (date, node) in begun {
            if dates.dates.last() != Some(&date) {
                dates.dates.push(date);
                dates.offsets.push(dates.nodes.len() as u32);
            }
            dates.nodes.push(node);
        }
        dates.offsets.push(dates.nodes.len() as u32);
        dates
    }

    /// The nodes of each date within a range, by number. Looks at the dates of its years.
    pub(super) fn within(&self, range: DateRange, certainty: Certainty) -> impl Iterator<Item = &[u32]> {
        // A date that lies in the range, if perhaps, begins in a year that the range touches.
        let first = range.from.map_or(0, |from| self.dates.partition_point(|date| date.year() < from.year()));
        let end = range.to.map_or(self.dates.len(), |to| self.dates.partition_point(|date| date.year() <= to.year()));
        (first..end.max(first)).filter(move |at| range.contains(self.dates[*at], certainty)).map(|at| self.of(at))
    }

    fn of(&self, at: usize) -> &[u32] {
        &self.nodes[self.offsets[at] as usize..self.offsets[at + 1] as usize]
    }
}
