//! A relationship joins two different nodes.

use crate::dataset::place::Spot;
use crate::dataset::{Code, Dataset, Diagnostic, Diagnostics};

pub(super) fn check(dataset: &Dataset, faults: &mut Diagnostics) {
    for (index, statement) in dataset.statements.iter().enumerate() {
        if statement.from == statement.to {
            let verb = statement.kind.home().1;
            let message = format!("`{verb}` leads from `{}` to itself", dataset.id(statement.from));
            faults.push(
                Diagnostic::new(Code::SelfRelationship, dataset.locate(Spot::Statement(index)), message)
                    .expected("the id of another node")
                    .help("name the other node, or remove the relationship"),
            );
        }
    }
}
