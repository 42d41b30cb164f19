//! A value that was chosen in a dispute is one that a source gives, or a date that is vaguer than one.

use super::chosen_date_differs::{FirstDate, first_date, is_same};
use super::{nearest, one_of};
use crate::dataset::place::Spot;
use crate::dataset::{Code, Dataset, Diagnostic, Diagnostics};
use crate::model::{Dispute, DisputedProperty, PartialDate};

pub(super) fn check(dataset: &Dataset, faults: &mut Diagnostics) {
    for (index, node) in dataset.nodes.iter().enumerate() {
        for (number, dispute) in node.disputes.iter().enumerate() {
            let place = dataset.places.nodes.get(index).and_then(|place| place.disputes.get(number));
            let lost_value = place.is_some_and(|place| place.lost_value);
            let Some(chosen) = dispute.chosen.as_deref() else { continue };
            // A date that is not even that of the event is a fault of its own.
            let differs = dispute.property == DisputedProperty::Date
                && !matches!(first_date(dataset, index), FirstDate::Of(_, date) if is_same(chosen, date));
            if lost_value || differs || dispute.values.is_empty() || is_given(dispute, chosen) {
                continue;
            }
            let values = || dispute.values.iter().map(|given| &*given.value);
            let vaguer = match dispute.property {
                DisputedProperty::Date => ", or a vaguer date that holds one of them",
                DisputedProperty::EventKind
                | DisputedProperty::NameEn
                | DisputedProperty::NameFr
                | DisputedProperty::Status
                | DisputedProperty::MemberCount => "",
            };
            let message = format!("`{chosen}` was chosen, but none of the values is that");
            faults.push(
                Diagnostic::new(Code::ChosenNotGiven, dataset.locate(Spot::Chosen(index, number)), message)
                    .expected(format!("{}{vaguer}", one_of(values())))
                    .help(match nearest(chosen, values()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "choose one of the values, or leave `chosen` out and say why none was preferred".into(),
                    }),
            );
        }
    }
}

/// Whether a source gives the value `chosen`, or a date that it holds.
fn is_given(dispute: &Dispute, chosen: &str) -> bool {
    let holds = |chosen: PartialDate, given: PartialDate| {
        chosen.first_day() <= given.first_day() && given.last_day() <= chosen.last_day()
    };
    dispute.values.iter().any(|given| match (chosen.parse(), given.value.parse()) {
        (Ok(chosen), Ok(given)) if dispute.property == DisputedProperty::Date => holds(chosen, given),
        _ => *given.value == *chosen,
    })
}
