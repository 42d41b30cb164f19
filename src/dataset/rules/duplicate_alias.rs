//! No alias is given twice.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::dataset::place::Spot;
use crate::dataset::tidy::normal;
use crate::dataset::{Code, Dataset, Diagnostic, Diagnostics};

pub(super) fn check(dataset: &Dataset, faults: &mut Diagnostics) {
    for (index, node) in dataset.nodes.iter().enumerate() {
        let mut seen = HashMap::new();
        for (number, alias) in node.aliases.iter().enumerate() {
            // Texts that look the same are the same, however their accents are written.
            let text = &*alias.text;
            let same = if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(normal(text)) };
            let first = *seen.entry((same, &alias.language)).or_insert(number);
            // An empty alias is a fault of its own.
            if first != number && !alias.text.trim().is_empty() {
                let message = format!("the alias `{}` is given twice", alias.text);
                faults.push(
                    Diagnostic::new(Code::DuplicateAlias, dataset.locate(Spot::Alias(index, number)), message)
                        .help("keep one of the two")
                        .related(dataset.locate(Spot::Alias(index, first)), "first given here"),
                );
            }
        }
    }
}
