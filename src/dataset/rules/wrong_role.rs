//! A role is one that its kind of relationship has, and who signs does so for a party.

use std::collections::HashSet;

use super::one_of;
use crate::dataset::place::Spot;
use crate::dataset::{Code, Dataset, Diagnostic, Diagnostics};
use crate::model::Role;

pub(super) fn check(dataset: &Dataset, faults: &mut Diagnostics) {
    for (index, statement) in dataset.statements.iter().enumerate() {
        let Some(role) = statement.role.filter(|role| role.kind() != statement.kind) else { continue };
        let verb = statement.kind.home().1;
        let fitting = Role::ALL.into_iter().filter(|role| role.kind() == statement.kind).collect::<Vec<_>>();
        let names: Vec<String> = fitting.iter().map(|role| format!("{role:?}")).collect();
        let fault = Diagnostic::new(
            Code::WrongRole,
            dataset.locate(Spot::Statement(index)),
            format!("`{verb}` cannot have the role `{role:?}`"),
        );
        faults.push(if names.is_empty() {
            fault.expected(format!("no role: `{verb}` has none")).help("remove the role")
        } else {
            let home = role.kind().home().1;
            fault
                .expected(format!("the role {}", one_of(names.iter().map(String::as_str))))
                .help(format!("choose one of these, or state it with `{home}`"))
        });
    }
    signers(dataset, faults);
}

/// Looks for whom the signers of agreements sign.
fn signers(dataset: &Dataset, faults: &mut Diagnostics) {
    if dataset.nodes.iter().all(|node| node.agreement().is_none_or(|details| details.signers.is_empty())) {
        return;
    }
    let signed = dataset.statements.iter().filter(|statement| statement.kind.has_signers());
    // By id, for the sheet of a party may not have been understood.
    let parties: HashSet<(u32, &str)> =
        signed.map(|statement| (statement.to, dataset.id(statement.from).as_str())).collect();
    for (index, node) in dataset.nodes.iter().enumerate() {
        let lost_statement = dataset.places.nodes.get(index).is_some_and(|place| place.lost_statement);
        if lost_statement || dataset.node_index(node.id.as_str()) != Some(index) {
            continue;
        }
        for (number, signer) in node.agreement().into_iter().flat_map(|details| details.signers.iter().enumerate()) {
            if parties.contains(&(index as u32, signer.party.as_str())) {
                continue;
            }
            let message = format!("nobody can sign for `{}`, which is no party to `{}`", signer.party, node.id);
            faults.push(
                Diagnostic::new(Code::WrongRole, dataset.locate(Spot::Signer(index, number)), message)
                    .expected("the id of a node that the sheet names with `SignedBy` or `HasParty`")
                    .help("correct the id, or state that it signed"),
            );
        }
    }
}
