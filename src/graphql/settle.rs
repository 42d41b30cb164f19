//! What the variables decide before a question is executed. One that has no value, or is null, leaves out the
//! argument it would be the value of, so that the default of the argument holds.
//! What `@skip` and `@include` leave out is not asked for.

use async_graphql::parser::types::{Directive, Selection, SelectionSet};
use async_graphql::{Name, Positioned, Variables};
use async_graphql_value::Value;

/// Leaves out every selection that is skipped or not included, and every argument and field of an input
/// object whose value is an absent variable.
pub(super) fn settle(set: &mut SelectionSet, variables: &Variables, absent: &[Name]) {
    set.items.retain(|selection| selection.node.directives().iter().all(|one| is_wanted(&one.node, variables)));
    for selection in &mut set.items {
        match &mut selection.node {
            Selection::Field(field) => clear(&mut field.node.directives),
            Selection::FragmentSpread(spread) => clear(&mut spread.node.directives),
            Selection::InlineFragment(inline) => clear(&mut inline.node.directives),
        }
        match &mut selection.node {
            Selection::Field(field) => {
                if !absent.is_empty() {
                    let arguments = &mut field.node.arguments;
                    arguments.retain(|(_, value)| !is_absent(&value.node, absent));
                    arguments.iter_mut().for_each(|(_, value)| fields(&mut value.node, absent));
                }
                settle(&mut field.node.selection_set.node, variables, absent);
            }
            Selection::InlineFragment(inline) => settle(&mut inline.node.selection_set.node, variables, absent),
            Selection::FragmentSpread(_) => {}
        }
    }
}

/// Takes away the directives that have been obeyed.
fn clear(directives: &mut Vec<Positioned<Directive>>) {
    directives.retain(|one| !matches!(one.node.name.node.as_str(), "skip" | "include"));
}

/// Whether a directive lets its selection be: any but `@skip(if: true)` and `@include(if: false)`.
fn is_wanted(directive: &Directive, variables: &Variables) -> bool {
    let condition = directive.arguments.iter().find(|(name, _)| name.node == "if").map(|(_, value)| &value.node);
    let holds = match condition {
        Some(Value::Boolean(holds)) => *holds,
        Some(Value::Variable(name)) => variables.get(name) == Some(&async_graphql::Value::Boolean(true)),
        // Anything else was refused.
        Some(_) | None => false,
    };
    match directive.name.node.as_str() {
        "skip" => !holds,
        "include" => holds,
        _ => true,
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
