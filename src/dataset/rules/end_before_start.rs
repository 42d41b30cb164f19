//! Nothing ends before it begins. Vague dates get the benefit of the doubt.

use crate::dataset::place::Spot;
use crate::dataset::{Code, Dataset, Diagnostic, Diagnostics};
use crate::model::{Certainty, PartialDate, When};

pub(super) fn check(dataset: &Dataset, faults: &mut Diagnostics) {
    for (index, node) in dataset.nodes.iter().enumerate() {
        let dated = || node.events.iter().enumerate().filter_map(|(number, e)| Some((number, e.kind, e.date?)));
        let beginning = dated().filter(|(_, kind, _)| !kind.is_end()).min_by_key(|&(_, _, date)| date);
        let Some((first, _, start)) = beginning else { continue };
        for (number, _, end) in dated().filter(|(_, kind, _)| kind.is_end()) {
            let spots = [Spot::EventDate(index, first), Spot::EventDate(index, number)];
            compare(dataset, [start, end], spots, faults);
        }
    }
    for (index, statement) in dataset.statements.iter().enumerate() {
        if let When::Span { since: Some(since), until: Some(until) } = statement.when {
            compare(dataset, [since, until], [Spot::Since(index), Spot::Until(index)], faults);
        }
    }
}

fn compare(dataset: &Dataset, [start, end]: [PartialDate; 2], [from, to]: [Spot; 2], faults: &mut Diagnostics) {
    if end.before(start, Certainty::Certain) {
        let message = format!("the end, {end}, lies before the beginning, {start}");
        faults.push(
            Diagnostic::new(Code::EndBeforeStart, dataset.locate(to), message)
                .expected(format!("a date that is not before {start}"))
                .help("correct one of the two dates; where no source gives a date, leave it out")
                .related(dataset.locate(from), "the beginning"),
        );
    }
}
