//! A date that was chosen in a dispute is the one the sheet gives.

use crate::dataset::place::Spot;
use crate::dataset::{Code, Dataset, Diagnostic, Diagnostics};
use crate::model::{DisputedProperty, PartialDate};

pub(super) fn check(dataset: &Dataset, faults: &mut Diagnostics) {
    for (index, node) in dataset.nodes.iter().enumerate() {
        let first = match first_date(dataset, index) {
            FirstDate::NotUnderstood => continue,
            FirstDate::None => None,
            FirstDate::Of(event, date) => Some((event, date)),
        };
        for (number, dispute) in node.disputes.iter().enumerate() {
            let Some(chosen) = dispute.chosen.as_deref() else { continue };
            if dispute.property != DisputedProperty::Date || first.is_some_and(|(_, date)| is_same(chosen, date)) {
                continue;
            }
            let location = dataset.locate(Spot::Chosen(index, number));
            faults.push(match first {
                Some((event, date)) => {
                    let message = format!("the date `{chosen}` was chosen, but the first dated event is of {date}");
                    Diagnostic::new(Code::ChosenDateDiffers, location, message)
                        .expected(format!("`{date}`"))
                        .help("give the event and the dispute the same date, or choose none")
                        .related(dataset.locate(Spot::EventDate(index, event)), "the first dated event")
                }
                None => {
                    let message = format!("the date `{chosen}` was chosen, but the sheet has no dated event");
                    Diagnostic::new(Code::ChosenDateDiffers, location, message)
                        .expected("an event that has the chosen date")
                        .help("add the event that the dispute is about, or choose none")
                }
            });
        }
    }
}

/// The first date among the events of a node.
pub(super) enum FirstDate {
    /// No event has a date.
    None,
    /// The position of the event, and its date.
    Of(usize, PartialDate),
    /// It is given, but is no date.
    NotUnderstood,
}

/// The first date among the events of the node at `index`.
pub(super) fn first_date(dataset: &Dataset, index: usize) -> FirstDate {
    let places = dataset.places.nodes.get(index).map_or(&[][..], |place| &place.events);
    for (number, event) in dataset.nodes[index].events.iter().enumerate() {
        match event.date {
            Some(date) => return FirstDate::Of(number, date),
            None if places.get(number).is_some_and(|place| place.date.is_some()) => return FirstDate::NotUnderstood,
            None => {}
        }
    }
    FirstDate::None
}

/// Whether `text` is how `date` is written.
pub(super) fn is_same(text: &str, date: PartialDate) -> bool {
    text.parse() == Ok(date)
}
