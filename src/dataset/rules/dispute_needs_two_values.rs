//! A dispute has at least two values.

use crate::dataset::place::Spot;
use crate::dataset::{Code, Dataset, Diagnostic, Diagnostics};

pub(super) fn check(dataset: &Dataset, faults: &mut Diagnostics) {
    for (index, node) in dataset.nodes.iter().enumerate() {
        for (number, dispute) in node.disputes.iter().enumerate() {
            let place = dataset.places.nodes.get(index).and_then(|place| place.disputes.get(number));
            if dispute.values.len() >= 2 || place.is_some_and(|place| place.lost_value) {
                continue;
            }
            let count = if dispute.values.is_empty() { "no value" } else { "only one value" };
            let message = format!("the dispute has {count}");
            faults.push(
                Diagnostic::new(Code::DisputeNeedsTwoValues, dataset.locate(Spot::Dispute(index, number)), message)
                    .expected("at least two `values`, each with its source")
                    .help("add what the other source says, or remove the dispute"),
            );
        }
    }
}
