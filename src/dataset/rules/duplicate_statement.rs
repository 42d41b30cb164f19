//! No statement is made twice.

use crate::dataset::place::Spot;
use crate::dataset::{Code, Dataset, Diagnostic, Diagnostics};
use crate::model::{Home, Statement, When};

pub(super) fn check(dataset: &Dataset, faults: &mut Diagnostics) {
    let statements = &dataset.statements;
    let mut start = 0;
    while start < statements.len() {
        let joins_same = |other: &&Statement<u32>| {
            let first = &statements[start];
            (other.kind, other.from, other.to) == (first.kind, first.from, first.to)
        };
        let end = start + statements[start..].iter().take_while(joins_same).count();
        for index in start + 1..end {
            // Undated ones come first. One without a date may be any of those with one.
            let twin = if statements[start].when == When::Undated { start } else { index - 1 };
            let is_twin = statements[twin].when == When::Undated || statements[twin].when == statements[index].when;
            if is_twin && can_compare(dataset, twin, index) {
                report(dataset, twin, index, faults);
            }
        }
        start = end;
    }
}

/// Whether both were understood, and stand in one sheet: sheets that share an id are a fault of their own.
fn can_compare(dataset: &Dataset, a: usize, b: usize) -> bool {
    match (dataset.places.statements.get(a), dataset.places.statements.get(b)) {
        (Some(a), Some(b)) => a.file == b.file && !a.lost_date && !b.lost_date,
        _ => true,
    }
}

fn report(dataset: &Dataset, a: usize, b: usize, faults: &mut Diagnostics) {
    let (first, second) = (dataset.locate(Spot::Statement(a)), dataset.locate(Spot::Statement(b)));
    let (first, second) = if first.span.start <= second.span.start { (first, second) } else { (second, first) };
    let statement = &dataset.statements[b];
    let (home, verb) = statement.kind.home();
    let other = match home {
        Home::Subject => statement.to,
        Home::Object => statement.from,
    };
    let other = dataset.id(other);
    faults.push(
        Diagnostic::new(Code::DuplicateStatement, second, format!("`{verb}` is stated twice of `{other}`"))
            .expected("one statement, or one for each event with its own `on`")
            .help("keep one of the two, with the sources of both; or date both, if they are two events")
            .related(first, "also stated here"),
    );
}
