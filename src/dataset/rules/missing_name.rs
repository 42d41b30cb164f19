//! Every node has a name in both languages.

use crate::dataset::place::Spot;
use crate::dataset::{Code, Dataset, Diagnostic, Diagnostics};
use crate::model::Language;

pub(super) fn check(dataset: &Dataset, faults: &mut Diagnostics) {
    for (index, node) in dataset.nodes.iter().enumerate() {
        for language in Language::ALL {
            if !node.name.text.get(language).trim().is_empty() {
                continue;
            }
            let (adjective, way_out) = match language {
                Language::En => ("English", "give the name that an English source uses"),
                Language::Fr => (
                    "French",
                    "give the name that a French source uses, or translate it and say so with `fr_basis: Translated`",
                ),
            };
            let message = format!("`{}` has no name in {adjective}", node.id);
            faults.push(
                Diagnostic::new(Code::MissingName, dataset.locate(Spot::Name(index, language)), message)
                    .expected(format!("the name in {adjective}"))
                    .help(way_out),
            );
        }
    }
}
