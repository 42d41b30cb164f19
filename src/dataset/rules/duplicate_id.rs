//! An id is that of one sheet, whatever folder it lies in.

use std::collections::HashMap;

use crate::dataset::place::Spot;
use crate::dataset::{Code, Dataset, Diagnostic, Diagnostics};

pub(super) fn check(dataset: &Dataset, faults: &mut Diagnostics) {
    let nodes = dataset.nodes.iter().enumerate().map(|(index, node)| (node.id.as_str(), Spot::Node(index)));
    let sources = dataset.sources.iter().enumerate().map(|(index, source)| (source.id.as_str(), Spot::Source(index)));
    let mut seen: HashMap<&str, Spot> = HashMap::new();
    for (id, spot) in nodes.chain(sources) {
        let Some(&first) = seen.get(id) else {
            seen.insert(id, spot);
            continue;
        };
        let message = format!("the id `{id}` is already that of another sheet");
        faults.push(
            Diagnostic::new(Code::DuplicateId, dataset.locate(spot), message)
                .expected("an id that no other sheet has, in whatever folder")
                .help("give one of the two files another name, and what names it the new id")
                .related(dataset.locate(first), "the other sheet"),
        );
    }
}
