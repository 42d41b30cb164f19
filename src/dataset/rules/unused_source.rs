//! Every source says something, unless it is kept as a copy of another one.

use std::collections::HashSet;

use super::unknown_source;
use crate::dataset::place::Spot;
use crate::dataset::unread::Unread;
use crate::dataset::{Code, Dataset, Diagnostic, Diagnostics};

pub(super) fn check(dataset: &Dataset, faults: &mut Diagnostics) {
    let used = unknown_source::cited_by_id(dataset);
    let is_cited = |index: usize| dataset.cited.as_ref().is_some_and(|cited| cited[index]);
    let is_unused = |&index: &usize| {
        let source = &dataset.sources[index];
        source.copy_of.is_none() && !is_cited(index) && !used.contains(source.id.as_str())
    };
    let unused: Vec<usize> = (0..dataset.sources.len()).filter(is_unused).collect();
    if unused.is_empty() {
        return;
    }
    // What is only cited with a slip of the pen is not unused.
    let unread = Unread::of(dataset);
    let meant: HashSet<&str> = unknown_source::nearest_of_unknown(dataset).into_values().flatten().collect();
    for index in unused {
        let id = dataset.sources[index].id.as_str();
        if meant.contains(id) || unread.may_name(id) {
            continue;
        }
        let message = format!("the source `{id}` is not cited");
        faults.push(
            Diagnostic::new(Code::UnusedSource, dataset.locate(Spot::Source(index)), message)
                .expected("a citation of it in a sheet, or `copy_of` in its own")
                .help("cite it where it says something, or remove the sheet"),
        );
    }
}
