//! The days on which the answer to a question about today may change.

use jiff::civil::Date;

use super::Graph;
use crate::model::{DateInterval, PartialDate};

/// A run of days on all of which the same is true: on none of them but the first does anything begin, and
/// on none of them has anything ended the day before. Whatever depends on the day depends on this alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Epoch {
    /// The first of the days; 1000-01-01 where nothing has begun yet.
    pub since: PartialDate,
    /// The first day of the next; none where nothing begins or ends any more.
    pub until: Option<PartialDate>,
}

impl Epoch {
    /// Whether a day is one of them.
    pub fn contains(&self, day: PartialDate) -> bool {
        self.since <= day && self.until.is_none_or(|until| day < until)
    }
}

/// The days on which an epoch begins, in order.
#[derive(Debug)]
pub(super) struct Epochs {
    days: Vec<Date>,
}

impl Epochs {
    /// Looks at every date by which something begins, happens or ends. O(n log n).
    pub(super) fn new(graph: &Graph) -> Self {
        let counts = graph.counts();
        let mut days = Vec::new();
        let mut add = |DateInterval { start, end }: DateInterval| {
            days.extend(start.map(PartialDate::first_day));
            // What ends on a day still holds on it.
            days.extend(end.and_then(|end| end.last_day().tomorrow().ok()));
        };
        for number in 0..counts.nodes as u32 {
            add(graph.life(number));
            for event in &graph.node(number).events {
                add(DateInterval { start: event.date, end: None });
            }
        }
        (0..counts.relationships as u32).for_each(|number| add(graph.relationship(number).interval()));
        days.sort_unstable();
        days.dedup();
        Self { days }
    }

    /// The epoch that a day lies in. O(log n).
    pub(super) fn of(&self, day: PartialDate) -> Epoch {
        let next = self.days.partition_point(|begun| *begun <= day.last_day());
        let since = next.checked_sub(1).map_or(PartialDate::FIRST_DAY, |last| self.days[last]);
        Epoch { since: PartialDate::of_day(since), until: self.days.get(next).copied().map(PartialDate::of_day) }
    }
}
