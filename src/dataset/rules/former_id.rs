//! A former id is no longer an id, and leads to one node.

use std::collections::HashMap;

use crate::dataset::place::Spot;
use crate::dataset::{Code, Dataset, Diagnostic, Diagnostics};

pub(super) fn check(dataset: &Dataset, faults: &mut Diagnostics) {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (index, node) in dataset.nodes.iter().enumerate() {
        for former in &node.former_ids {
            let (message, other) = match (dataset.node_index(former.as_str()), seen.get(former.as_str())) {
                (Some(other), _) => (format!("the former id `{former}` is still that of a node"), other),
                (None, Some(&other)) => (format!("the former id `{former}` is given twice"), other),
                (None, None) => {
                    seen.insert(former.as_str(), index);
                    continue;
                }
            };
            let fault = Diagnostic::new(Code::FormerId, dataset.locate(Spot::Node(index)), message)
                .expected("ids of nodes that are gone, each on the sheet of the one node that replaced it");
            faults.push(fault.help("remove it from `former_ids`").related(dataset.locate(Spot::Node(other)), "here"));
        }
    }
}
