//! Dated events in the order of time.

use super::{NodeFilter, NodeRef, QuestionError, View};
use crate::model::{Certainty, DateRange, LifeCycleEvent};

/// Units of work to sort one event among many.
const SORTED: usize = 10;

/// Events in the order of time.
pub struct Timeline<'g> {
    /// The dated events, by date (the vaguer first), then by node and stage.
    pub events: Vec<(NodeRef<'g>, &'g LifeCycleEvent)>,
    /// How many events of the same nodes have no date and so no place here.
    pub undated: usize,
}

impl View {
    /// The life-cycle events of the nodes that fit, in a range of dates. A vague date is in the range
    /// if it can be. As of a date, only what had happened by then is shown.
    ///
    /// # Errors
    /// A filter that names an unknown id, or a range that ends before it begins.
    pub fn timeline(&self, filter: Option<&NodeFilter>, range: DateRange) -> Result<Timeline<'_>, QuestionError> {
        if let (Some(from), Some(to)) = (range.from, range.to)
            && to.before(from, Certainty::Certain)
        {
            return Err(QuestionError::bad("to", format!("{to} is before {from}, so nothing can lie between")));
        }
        let mut timeline = Timeline { events: Vec::new(), undated: 0 };
        for node in self.fitting(filter)? {
            if !self.spend(1) {
                break;
            }
            for event in node.events() {
                match event.date {
                    None => timeline.undated += 1,
                    Some(date) => {
                        if range.contains(date, Certainty::Possible) {
                            timeline.events.push((node, event));
                        }
                    }
                }
            }
        }
        self.spend(SORTED * timeline.events.len());
        timeline.events.sort_by_key(|(node, event)| (event.date, node.number(), event.kind));
        Ok(timeline)
    }
}
