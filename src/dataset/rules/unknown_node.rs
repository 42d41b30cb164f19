//! Every node that a relationship names has a sheet.

use std::collections::BTreeMap;

use super::nearest;
use crate::dataset::place::Spot;
use crate::dataset::unread::Unread;
use crate::dataset::{Code, Dataset, Diagnostic, Diagnostics};

/// Comparing an id with all others takes time; after so many unknown ones, no more help is given.
pub(super) const MOST_COMPARED: usize = 200;

pub(super) fn check(dataset: &Dataset, faults: &mut Diagnostics) {
    let near = nearest_of_unknown(dataset);
    if near.is_empty() {
        return;
    }
    let unread = Unread::of(dataset);
    for (index, id) in unknown(dataset) {
        if unread.may_be(id) {
            continue;
        }
        let message = format!("there is no node `{id}`");
        let help = match near.get(id).copied().flatten() {
            Some(near) => format!("did you mean `{near}`?"),
            None if dataset.source_index(id).is_some() => {
                "a source has this id; cite it in `sources`, relationships join nodes".to_owned()
            }
            None => format!("correct the id, or write the sheet `{id}.ron` in the folder of its kind"),
        };
        faults.push(
            Diagnostic::new(Code::UnknownNode, dataset.locate(Spot::Statement(index)), message)
                .expected("the id of a node, which is the name of its file without `.ron`")
                .help(help),
        );
    }
}

/// Each id that a relationship names and no node has, with the one that is most like it.
pub(super) fn nearest_of_unknown(dataset: &Dataset) -> BTreeMap<&str, Option<&str>> {
    let mut near: BTreeMap<&str, Option<&str>> = unknown(dataset).map(|(_, id)| (id, None)).collect();
    for (id, near) in near.iter_mut().take(MOST_COMPARED) {
        *near = nearest(id, dataset.nodes.iter().map(|node| node.id.as_str()));
    }
    near
}

/// The ends of statements that are not there, each with the position of its statement.
fn unknown(dataset: &Dataset) -> impl Iterator<Item = (usize, &str)> {
    dataset.statements.iter().enumerate().flat_map(move |(index, statement)| {
        let ends = [statement.from, statement.to].into_iter().filter(move |end| *end as usize >= dataset.nodes.len());
        ends.map(move |end| (index, dataset.id(end).as_str()))
    })
}
