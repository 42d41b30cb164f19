//! Every node is joined to another one.

use std::collections::HashSet;

use super::unknown_node;
use crate::dataset::place::Spot;
use crate::dataset::unread::Unread;
use crate::dataset::{Code, Dataset, Diagnostic, Diagnostics};

pub(super) fn check(dataset: &Dataset, faults: &mut Diagnostics) {
    let mut is_joined = vec![false; dataset.nodes.len()];
    for end in dataset.statements.iter().flat_map(|statement| dataset.ends(statement)).flatten() {
        is_joined[end] = true;
    }
    let is_alone = |&index: &usize| {
        let id = dataset.nodes[index].id.as_str();
        let lost_statement = dataset.places.nodes.get(index).is_some_and(|place| place.lost_statement);
        // Of sheets with one id only the first is known to be joined.
        !is_joined[index] && !lost_statement && dataset.node_index(id) == Some(index)
    };
    let alone: Vec<usize> = (0..dataset.nodes.len()).filter(is_alone).collect();
    if alone.is_empty() {
        return;
    }
    // Who is only named with a slip of the pen is not alone.
    let unread = Unread::of(dataset);
    let meant: HashSet<&str> = unknown_node::nearest_of_unknown(dataset).into_values().flatten().collect();
    for index in alone {
        let node = &dataset.nodes[index];
        if meant.contains(node.id.as_str()) || unread.may_name(node.id.as_str()) {
            continue;
        }
        let message = format!("no relationship leads to `{}` or away from it", node.id);
        faults.push(
            Diagnostic::new(Code::OrphanNode, dataset.locate(Spot::Node(index)), message)
                .expected("at least one relationship, in this sheet or in that of another node")
                .help("state what joins it to the others, or remove the sheet"),
        );
    }
}
