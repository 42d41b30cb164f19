//! No chain of relationships that order nodes, and none of copies, leads back to where it began.

use crate::dataset::place::Spot;
use crate::dataset::{Code, Dataset, Diagnostic, Diagnostics};
use crate::model::{RelationshipKind, Statement};

/// More members of a cycle than this are counted, not named.
const MOST_NAMED: usize = 20;

pub(super) fn check(dataset: &Dataset, faults: &mut Diagnostics) {
    for kind in RelationshipKind::ALL.into_iter().filter(|kind| kind.is_acyclic()) {
        let step = |(number, statement): (u32, &Statement<u32>)| {
            let [Some(_), Some(_)] = dataset.ends(statement) else { return None };
            // What leads to itself is a fault of its own.
            let leads_on = statement.kind == kind && statement.from != statement.to;
            leads_on.then_some(Step { from: statement.from, to: statement.to, number })
        };
        let steps = (0..).zip(&dataset.statements).filter_map(step).collect();
        for cycle in cycles(dataset.nodes.len(), steps) {
            let ids = cycle.iter().map(|step| dataset.id(step.from).as_str());
            faults.push(fault(dataset, kind.home().1, ids, &cycle, Spot::Statement));
        }
    }
    let steps = (0..).zip(&dataset.sources).filter_map(|(from, source)| {
        let to = dataset.source_index(source.copy_of.as_ref()?.as_str())?;
        Some(Step { from, to: to as u32, number: from })
    });
    for cycle in cycles(dataset.sources.len(), steps.collect()) {
        let ids = cycle.iter().map(|step| dataset.sources[step.from as usize].id.as_str());
        faults.push(fault(dataset, "copy_of", ids, &cycle, Spot::CopyOf));
    }
}

fn fault<'d>(
    dataset: &'d Dataset,
    verb: &str,
    ids: impl Iterator<Item = &'d str>,
    cycle: &[Step],
    spot: impl Fn(usize) -> Spot,
) -> Diagnostic {
    let locate = |step: &Step| dataset.locate(spot(step.number as usize));
    let mut ids = ids.map(|id| format!("`{id}`"));
    let first = ids.next().unwrap_or_default();
    let mut way = first.clone();
    ids.take(MOST_NAMED).for_each(|id| way += &format!(" → {id}"));
    if cycle.len() > MOST_NAMED + 1 {
        way += &format!(" → {} more", cycle.len() - MOST_NAMED - 1);
    }
    let message = format!("`{verb}` leads back to where it began: {way} → {first}");
    let fault = Diagnostic::new(Code::Cycle, locate(&cycle[0]), message)
        .expected(format!("a chain of `{verb}` that does not come back"))
        .help("remove the link that no source states, or turn it around");
    let others = cycle[1..].iter().take(MOST_NAMED);
    others.fold(fault, |fault, step| fault.related(locate(step), "and this leads on"))
}

/// One relationship, from one position to another, and where it is stated.
#[derive(Clone, Copy)]
struct Step {
    from: u32,
    to: u32,
    number: u32,
}

/// Enough cycles that none is left when each is broken where it closes, each once and from its
/// lowest position on. Takes time in proportion to the steps and to the length of what is found.
fn cycles(count: usize, mut steps: Vec<Step>) -> Vec<Vec<Step>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Visit {
        NotYet,
        /// On the way that is being walked, so many steps after its beginning.
        OnTheWay(u32),
        Done,
    }
    steps.sort_by_key(|step| (step.from, step.to));
    // The same relationship at two dates makes no second cycle.
    steps.dedup_by_key(|step| (step.from, step.to));
    let first_from = |node: u32| steps.partition_point(|step| step.from < node);
    let mut visits = vec![Visit::NotYet; count];
    let mut found = Vec::new();
    for root in 0..steps.len() {
        let root = steps[root].from;
        if visits[root as usize] != Visit::NotYet {
            continue;
        }
        // A stack of its own: a long chain must not exhaust that of the thread.
        visits[root as usize] = Visit::OnTheWay(0);
        let mut nodes = vec![(root, first_from(root))];
        let mut way: Vec<Step> = Vec::new();
        while let Some((node, next)) = nodes.last_mut() {
            let Some(&step) = steps.get(*next).filter(|step| step.from == *node) else {
                visits[*node as usize] = Visit::Done;
                nodes.pop();
                way.pop();
                continue;
            };
            *next += 1;
            match visits[step.to as usize] {
                Visit::Done => {}
                Visit::NotYet => {
                    way.push(step);
                    visits[step.to as usize] = Visit::OnTheWay(way.len() as u32);
                    nodes.push((step.to, first_from(step.to)));
                }
                Visit::OnTheWay(depth) => {
                    let mut cycle: Vec<Step> = way[depth as usize..].iter().copied().chain([step]).collect();
                    let lowest = (0..cycle.len()).min_by_key(|&i| cycle[i].from).unwrap_or_default();
                    cycle.rotate_left(lowest);
                    found.push(cycle);
                }
            }
        }
    }
    found
}
