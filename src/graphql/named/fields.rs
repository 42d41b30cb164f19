//! A document's fields with the types they are fields of.

use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};

/// Visits the fields of a selection set, those of its fragments in their places, each with the name
/// of the type it is a field of. The document's fragments must not spread themselves.
pub(super) fn fields<'d>(
    document: &'d ExecutableDocument,
    set: &'d SelectionSet,
    of: &'d str,
    visit: &mut dyn FnMut(&'d Field, &'d str),
) {
    for item in &set.items {
        match &item.node {
            Selection::Field(field) => visit(&field.node, of),
            Selection::InlineFragment(fragment) => {
                let condition = fragment.node.type_condition.as_ref();
                let of = condition.map_or(of, |condition| condition.node.on.node.as_str());
                fields(document, &fragment.node.selection_set.node, of, visit);
            }
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                    let of = fragment.node.type_condition.node.on.node.as_str();
                    fields(document, &fragment.node.selection_set.node, of, visit);
                }
            }
        }
    }
}
