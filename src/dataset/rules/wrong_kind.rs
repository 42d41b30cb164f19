//! A relationship joins only kinds of nodes that it can join.

use super::one_of;
use crate::dataset::place::Spot;
use crate::dataset::{Code, Dataset, Diagnostic, Diagnostics};
use crate::model::{Home, Node, NodeKind, RelationshipKind};

pub(super) fn check(dataset: &Dataset, faults: &mut Diagnostics) {
    let kinds: Vec<NodeKind> = dataset.nodes.iter().map(Node::kind).collect();
    for (index, statement) in dataset.statements.iter().enumerate() {
        let [Some(from), Some(to)] = dataset.ends(statement) else { continue };
        let (fits_from, fits_to) = statement.kind.signature();
        if fits_from.contains(&kinds[from]) && fits_to.contains(&kinds[to]) {
            continue;
        }
        let (home, verb) = statement.kind.home();
        let (own, own_fits, other, other_fits) = match home {
            Home::Subject => (from, fits_from, to, fits_to),
            Home::Object => (to, fits_to, from, fits_from),
        };
        let (own_is_wrong, other_is_wrong) = (is_wrong(dataset, own, own_fits), is_wrong(dataset, other, other_fits));
        let kinds = [own, other].map(|node| kinds[node]);
        let names = |kinds: &[NodeKind]| one_of(kinds.iter().map(|kind| kind.name()));
        let fault = if own_is_wrong {
            let message = format!("`{verb}` cannot stand in the sheet of a node of the kind `{}`", kinds[0].name());
            Diagnostic::new(Code::WrongKind, dataset.locate(Spot::Verb(index)), message)
                .expected(format!("the sheet of a node of the kind {}", names(own_fits)))
        } else if other_is_wrong {
            let id = &dataset.nodes[other].id;
            let message = format!("`{verb}` cannot name `{id}`, which is of the kind `{}`", kinds[1].name());
            Diagnostic::new(Code::WrongKind, dataset.locate(Spot::Statement(index)), message)
                .expected(format!("the id of a node of the kind {}", names(other_fits)))
                .related(dataset.locate(Spot::Node(other)), format!("`{id}` is of the kind `{}`", kinds[1].name()))
        } else {
            continue;
        };
        faults.push(fault.help(way_out(kinds)));
    }
}

/// Whether no sheet of the id that the node at `index` has is of a kind in `fitting`.
fn is_wrong(dataset: &Dataset, index: usize, fitting: &[NodeKind]) -> bool {
    let id = &dataset.nodes[index].id;
    let same_id = dataset.nodes[index..].iter().take_while(|node| node.id == *id);
    !same_id.into_iter().any(|node| fitting.contains(&node.kind()))
}

/// What can be stated instead, in this sheet of the first kind or in the other one of the second.
fn way_out([own, other]: [NodeKind; 2]) -> String {
    let [here, there] = [verbs(own, other), verbs(other, own)];
    let (own, other) = (own.name(), other.name());
    match (here.is_empty(), there.is_empty()) {
        (false, false) => {
            format!("about the other, the sheet of the `{own}` can state {here}; that of the `{other}`, {there}")
        }
        (false, true) => format!("about the other, the sheet of the `{own}` can state {here}"),
        (true, false) => format!("about the other, only the sheet of the `{other}` can state something: {there}"),
        (true, true) => format!("nothing joins the kinds `{own}` and `{other}`; name another node"),
    }
}

/// The verbs that can stand in a sheet of the kind `own` and name a node of the kind `other`.
fn verbs(own: NodeKind, other: NodeKind) -> String {
    let fits = |kind: &&RelationshipKind| {
        let (from, to) = kind.signature();
        match kind.home().0 {
            Home::Subject => from.contains(&own) && to.contains(&other),
            Home::Object => to.contains(&own) && from.contains(&other),
        }
    };
    one_of(RelationshipKind::ALL.iter().filter(fits).map(|kind| kind.home().1))
}
