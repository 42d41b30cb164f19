//! An agreement has somebody who agrees.

use crate::dataset::place::Spot;
use crate::dataset::{Code, Dataset, Diagnostic, Diagnostics};
use crate::model::{NodeKind, RelationshipKind};

pub(super) fn check(dataset: &Dataset, faults: &mut Diagnostics) {
    let mut has_party = vec![false; dataset.nodes.len()];
    for statement in &dataset.statements {
        let [_, object] = dataset.ends(statement);
        if let (RelationshipKind::PartyTo | RelationshipKind::Signed, Some(agreement)) = (statement.kind, object) {
            has_party[agreement] = true;
        }
    }
    for (index, node) in dataset.nodes.iter().enumerate() {
        let lost_statement = dataset.places.nodes.get(index).is_some_and(|place| place.lost_statement);
        // Of sheets with one id only the first is known to have what they state together.
        let is_first = || dataset.node_index(node.id.as_str()) == Some(index);
        if node.kind() == NodeKind::Agreement && !has_party[index] && !lost_statement && is_first() {
            let message = format!("the agreement `{}` has no parties", node.id);
            faults.push(
                Diagnostic::new(Code::AgreementWithoutParties, dataset.locate(Spot::Node(index)), message)
                    .expected("at least one `SignedBy` or `HasParty` among its relationships")
                    .help("name who signed it with `SignedBy`, and who takes part without a known signature with `HasParty`"),
            );
        }
    }
}
