//! An id is that of one sheet, whatever folder it lies in.

use crate::dataset::place::Spot;
use crate::dataset::{Code, Dataset, Diagnostic, Diagnostics};

pub(super) fn check(dataset: &Dataset, faults: &mut Diagnostics) {
    let mut nodes = dataset.nodes.iter().map(|node| node.id.as_str()).enumerate().peekable();
    let mut sources = dataset.sources.iter().map(|source| source.id.as_str()).enumerate().peekable();
    let mut last: Option<(&str, Spot)> = None;
    // Both are sorted, so equal ids meet.
    loop {
        let source = sources.peek().map(|(_, id)| *id);
        let (id, spot) = match nodes.next_if(|(_, node)| source.is_none_or(|source| *node <= source)) {
            Some((index, id)) => (id, Spot::Node(index)),
            None => match sources.next() {
                Some((index, id)) => (id, Spot::Source(index)),
                None => break,
            },
        };
        let Some((_, first)) = last.filter(|(last, _)| *last == id) else {
            last = Some((id, spot));
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
