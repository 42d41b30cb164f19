//! A variable without a value leaves out the argument it would be the value of, so that the default of
//! the argument holds; async-graphql would take it for null.

use async_graphql::Name;
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, Selection, SelectionSet};
use async_graphql_value::Value;

/// Leaves out every argument, and every field of an input object, whose value is an absent variable.
pub(super) fn settle(document: &mut ExecutableDocument, absent: &[Name]) {
    if absent.is_empty() {
        return;
    }
    match &mut document.operations {
        DocumentOperations::Single(operation) => selections(&mut operation.node.selection_set.node, absent),
        DocumentOperations::Multiple(operations) => {
            for operation in operations.values_mut() {
                selections(&mut operation.node.selection_set.node, absent);
            }
        }
    }
    for fragment in document.fragments.values_mut() {
        selections(&mut fragment.node.selection_set.node, absent);
    }
}

fn selections(set: &mut SelectionSet, absent: &[Name]) {
    for selection in &mut set.items {
        match &mut selection.node {
            Selection::Field(field) => {
                let arguments = &mut field.node.arguments;
                arguments.retain(|(_, value)| !is_absent(&value.node, absent));
                arguments.iter_mut().for_each(|(_, value)| fields(&mut value.node, absent));
                selections(&mut field.node.selection_set.node, absent);
            }
            Selection::InlineFragment(inline) => selections(&mut inline.node.selection_set.node, absent),
            Selection::FragmentSpread(_) => {}
        }
    }
}

fn is_absent(value: &Value, absent: &[Name]) -> bool {
    matches!(value, Value::Variable(name) if absent.contains(name))
}

fn fields(value: &mut Value, absent: &[Name]) {
    match value {
        Value::Object(object) => {
            object.retain(|_, value| !is_absent(value, absent));
            object.values_mut().for_each(|value| fields(value, absent));
        }
        Value::List(items) => items.iter_mut().for_each(|item| fields(item, absent)),
        Value::Variable(_) | Value::Null | Value::Number(_) | Value::String(_) => {}
        Value::Boolean(_) | Value::Binary(_) | Value::Enum(_) => {}
    }
}
