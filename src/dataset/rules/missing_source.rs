//! Everything that is said is said by a source.

use crate::dataset::place::{NodePlace, Spot};
use crate::dataset::{Code, Dataset, Diagnostic, Diagnostics};
use crate::model::{BindingForce, Membership};

pub(super) fn check(dataset: &Dataset, faults: &mut Diagnostics) {
    let places = &dataset.places;
    for (index, node) in dataset.nodes.iter().enumerate() {
        if node.citations.is_empty() && !places.nodes.get(index).is_some_and(|place| place.lost_citation) {
            report(dataset, Spot::Node(index), format!("`{}` has no source", node.id), faults);
        }
        let declares = |membership: &Membership| membership.declared.is_some() && membership.citations.is_empty();
        let lost = |place: &NodePlace| place.lost_membership_citation;
        if node.membership.as_deref().is_some_and(declares) && !places.nodes.get(index).is_some_and(lost) {
            let message = format!("no source declares how many members `{}` has", node.id);
            report(dataset, Spot::Node(index), message, faults);
        }
    }
    agreements(dataset, faults);
    for (index, statement) in dataset.statements.iter().enumerate() {
        if statement.citations.is_empty() && !places.statements.get(index).is_some_and(|place| place.lost_citation) {
            let message = format!("this `{}` has no source", statement.kind.home().1);
            report(dataset, Spot::Statement(index), message, faults);
        }
    }
}

/// Looks at what only agreements say.
fn agreements(dataset: &Dataset, faults: &mut Diagnostics) {
    for (index, node) in dataset.nodes.iter().enumerate() {
        let Some(details) = node.agreement() else { continue };
        let place = dataset.places.nodes.get(index);
        let is_said = details.binding.force != BindingForce::Unknown;
        if is_said && details.binding.citations.is_empty() && !place.is_some_and(|place| place.lost_binding_citation) {
            let message = format!("no source says whether `{}` is binding", node.id);
            report(dataset, Spot::Node(index), message, faults);
        }
        for (number, signer) in details.signers.iter().enumerate() {
            let lost = place.and_then(|place| place.signers.get(number)).is_some_and(|signer| signer.lost_citation);
            if signer.citations.is_empty() && !lost {
                let message = format!("no source says who signed for `{}`", signer.party);
                report(dataset, Spot::Signer(index, number), message, faults);
            }
        }
    }
}

fn report(dataset: &Dataset, spot: Spot, message: String, faults: &mut Diagnostics) {
    faults.push(
        Diagnostic::new(Code::MissingSource, dataset.locate(spot), message)
            .expected("at least one source, as in `sources: [(id: \"…\", locator: \"…\")]`")
            .help("cite the public document that says so; what no document says is left out"),
    );
}
