//! No chain of relationships that order nodes, and none of copies, leads back to where it began.

use crate::dataset::place::Spot;
use crate::dataset::{Code, Dataset, Diagnostic, Diagnostics};
use crate::model::RelationshipKind;

/// More members of a cycle than this are counted, not named.
const MOST_NAMED: usize = 20;

pub(super) fn check(dataset: &Dataset, faults: &mut Diagnostics) {
    for kind in RelationshipKind::ALL.into_iter().filter(|kind| kind.is_acyclic()) {
        let ends = |index: usize| -> Option<(usize, usize)> {
            let [Some(from), Some(to)] = dataset.ends[index] else { return None };
            // What leads to itself is a fault of its own.
            (dataset.statements[index].kind == kind && from != to).then_some((from as usize, to as usize))
        };
        let steps = (0..dataset.statements.len())
            .filter_map(|index| ends(index).map(|(from, to)| Step { from, to, spot: Spot::Statement(index) }));
        for cycle in cycles(dataset.nodes.len(), steps.collect()) {
            let ids = cycle.iter().map(|step| dataset.nodes[step.from].id.as_str());
            faults.push(fault(dataset, kind.home().1, ids, &cycle));
        }
    }
    let steps = dataset.sources.iter().enumerate().filter_map(|(from, source)| {
        let to = dataset.source_index(source.copy_of.as_ref()?.as_str())?;
        Some(Step { from, to, spot: Spot::CopyOf(from) })
    });
    for cycle in cycles(dataset.sources.len(), steps.collect()) {
        let ids = cycle.iter().map(|step| dataset.sources[step.from].id.as_str());
        faults.push(fault(dataset, "copy_of", ids, &cycle));
    }
}

fn fault<'d>(dataset: &'d Dataset, verb: &str, ids: impl Iterator<Item = &'d str>, cycle: &[Step]) -> Diagnostic {
    let mut ids = ids.map(|id| format!("`{id}`"));
    let first = ids.next().unwrap_or_default();
    let mut way = first.clone();
    ids.take(MOST_NAMED).for_each(|id| way += &format!(" → {id}"));
    if cycle.len() > MOST_NAMED + 1 {
        way += &format!(" → {} more", cycle.len() - MOST_NAMED - 1);
    }
    let message = format!("`{verb}` leads back to where it began: {way} → {first}");
    let fault = Diagnostic::new(Code::Cycle, dataset.locate(cycle[0].spot), message)
        .expected(format!("a chain of `{verb}` that does not come back"))
        .help("remove the link that no source states, or turn it around");
    let others = cycle[1..].iter().take(MOST_NAMED);
    others.fold(fault, |fault, step| fault.related(dataset.locate(step.spot), "and this leads on"))
}

/// One relationship, from one position to another.
#[derive(Clone, Copy)]
struct Step {
    from: usize,
    to: usize,
    spot: Spot,
}

/// Enough cycles that none is left when each is broken where it closes, each once and from its
/// lowest position on. Takes time in proportion to the steps and to the length of what is found.
fn cycles(count: usize, mut steps: Vec<Step>) -> Vec<Vec<Step>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Visit {
        NotYet,
        /// On the way that is being walked, so many steps after its beginning.
        OnTheWay(usize),
        Done,
    }
    steps.sort_by_key(|step| (step.from, step.to));
    // The same relationship at two dates makes no second cycle.
    steps.dedup_by_key(|step| (step.from, step.to));
    let first_from = |node: usize| steps.partition_point(|step| step.from < node);
    let mut visits = vec![Visit::NotYet; count];
    let mut found = Vec::new();
    let roots: Vec<usize> = steps.iter().map(|step| step.from).collect();
    for root in roots {
        if visits[root] != Visit::NotYet {
            continue;
        }
        // A stack of its own: a long chain must not exhaust that of the thread.
        visits[root] = Visit::OnTheWay(0);
        let mut nodes = vec![(root, first_from(root))];
        let mut way: Vec<Step> = Vec::new();
        while let Some((node, next)) = nodes.last_mut() {
            let Some(&step) = steps.get(*next).filter(|step| step.from == *node) else {
                visits[*node] = Visit::Done;
                nodes.pop();
                way.pop();
                continue;
            };
            *next += 1;
            match visits[step.to] {
                Visit::Done => {}
                Visit::NotYet => {
                    way.push(step);
                    visits[step.to] = Visit::OnTheWay(way.len());
                    nodes.push((step.to, first_from(step.to)));
                }
                Visit::OnTheWay(depth) => {
                    let mut cycle: Vec<Step> = way[depth..].iter().copied().chain([step]).collect();
                    let lowest = (0..cycle.len()).min_by_key(|&i| cycle[i].from).unwrap_or_default();
                    cycle.rotate_left(lowest);
                    found.push(cycle);
                }
            }
        }
    }
    found
}
