//! The rules for whole operations: their variables, the root of subscriptions, and introspection.

use std::collections::{HashMap, HashSet};

use async_graphql::parser::types::{BaseType, OperationType};

use super::ast::{Field, Kind, Operation, Selection, Selections, Variable};
use super::judge::{Expected, Judge, Usage};
use crate::graphql::type_map::TypeMap;

/// Lists of introspection within each other, of which each multiplies what is answered.
const INTROSPECTION_LISTS: usize = 3;

impl<'a, 't> Judge<'a, 't> {
    /// Every variable used is declared, every one declared is used, and each fits where it is used.
    pub(super) fn variables_of(&mut self, operation: &'a Operation<'t>, position: usize) {
        let mut usages = self.usages[position].clone();
        for fragment in self.reached(&[operation]) {
            usages.extend(&self.usages[fragment]);
            self.lookups += self.usages[fragment].len();
        }
        let in_operation = operation.name.map_or(String::new(), |name| format!("operation \"{}\"", name.text));
        let declared: HashMap<_, _> = operation.variables.iter().map(|one| (one.name.text, one)).collect();
        for usage in usages.iter().filter(|usage| !declared.contains_key(usage.name)) {
            let by = if in_operation.is_empty() { String::new() } else { format!(" by {in_operation}") };
            let message = format!("Variable \"${}\" is not defined{by}.", usage.name);
            self.report(vec![usage.at, operation.at], message);
        }
        let used: HashSet<_> = usages.iter().map(|usage| usage.name).collect();
        for variable in operation.variables.iter().filter(|variable| !used.contains(variable.name.text)) {
            let of = if in_operation.is_empty() { String::new() } else { format!(" in {in_operation}") };
            let message = format!("Variable \"${}\" is never used{of}.", variable.name.text);
            self.report(vec![variable.at], message);
        }
        for usage in &usages {
            if let Some(variable) = declared.get(usage.name) {
                self.position(variable, *usage);
            }
        }
    }

    fn position(&mut self, variable: &'a Variable<'t>, usage: Usage<'a, 't>) {
        let ty = Expected::new(&variable.ty);
        let (Some(expected), Some(_)) = (usage.expected, self.types.get(ty.name())) else { return };
        let name = usage.name;
        if !allowed(self.types, variable, ty, expected, usage.has_default) {
            let message =
                format!("Variable \"${name}\" of type \"{ty}\" used in position expecting type \"{expected}\".");
            self.report(vec![variable.at, usage.at], message);
        }
        if let Some(of) = usage.one_of.filter(|_| ty.nullable) {
            let message = format!(
                "Variable \"${name}\" is of type \"{ty}\" but must be non-nullable to be used for OneOf Input Object \"{of}\"."
            );
            self.report(vec![variable.at, usage.at], message);
        }
    }

    /// A subscription has one field at its root, and none of introspection.
    pub(super) fn single_field(&mut self, operation: &'a Operation<'t>) {
        let Some(root) = self.types.root(operation.kind).filter(|_| operation.kind == OperationType::Subscription)
        else {
            return;
        };
        let (mut fields, mut visited) = (Vec::new(), HashSet::new());
        self.root_fields(&operation.selections, root, &mut fields, &mut visited);
        let subject =
            operation.name.map_or("Anonymous Subscription".into(), |name| format!("Subscription \"{}\"", name.text));
        let key = fields.first().map(|field: &&Field<'t>| field.key());
        let extra: Vec<_> = fields.iter().filter(|field| Some(field.key()) != key).map(|field| field.at).collect();
        if !extra.is_empty() {
            self.report(extra, format!("{subject} must select only one top level field."));
        }
        for field in fields.iter().filter(|field| field.name.text.starts_with("__")) {
            let message = format!("{subject} must not select an introspection top level field.");
            self.report(vec![field.at], message);
        }
    }

    fn root_fields(
        &self,
        selections: &'a Selections<'t>,
        root: &str,
        fields: &mut Vec<&'a Field<'t>>,
        visited: &mut HashSet<&'t str>,
    ) {
        for selection in &selections.items {
            match selection {
                Selection::Field(field) => fields.push(field),
                Selection::Inline(inline) => {
                    if inline.on.is_none_or(|on| self.types.overlap(on.text, root)) {
                        self.root_fields(&inline.selections, root, fields, visited);
                    }
                }
                Selection::Spread(spread) => {
                    let fragment = self.fragment(spread.name.text).filter(|_| visited.insert(spread.name.text));
                    if let Some(fragment) = fragment.filter(|fragment| self.types.overlap(fragment.on.text, root)) {
                        self.root_fields(&fragment.selections, root, fields, visited);
                    }
                }
            }
        }
    }

    /// Introspection may not go round in circles.
    pub(super) fn introspection_depth(&mut self, field: &'a Field<'t>) {
        if self.collecting {
            return;
        }
        let mut checked = HashMap::new();
        if field.selections.as_ref().is_some_and(|inner| self.is_too_deep(inner, 0, &mut checked)) {
            self.report(vec![field.at], "Maximum introspection depth exceeded".into());
        }
    }

    fn is_too_deep(&self, selections: &'a Selections<'t>, depth: usize, checked: &mut HashMap<&'t str, usize>) -> bool {
        selections.items.iter().any(|selection| match selection {
            Selection::Field(field) => {
                let is_list = matches!(field.name.text, "fields" | "interfaces" | "possibleTypes" | "inputFields");
                let depth = depth + usize::from(is_list);
                let inner = field.selections.as_ref();
                is_list && depth >= INTROSPECTION_LISTS
                    || inner.is_some_and(|inner| self.is_too_deep(inner, depth, checked))
            }
            Selection::Inline(inline) => self.is_too_deep(&inline.selections, depth, checked),
            Selection::Spread(spread) => {
                let name = spread.name.text;
                // From no deeper than before, nothing new is found; this ends circles, too.
                if checked.get(name).is_some_and(|known| *known >= depth) {
                    return false;
                }
                let Some(fragment) = self.fragment(name) else { return false };
                checked.insert(name, depth);
                self.is_too_deep(&fragment.selections, depth, checked)
            }
        })
    }
}

/// Whether a variable may stand where `expected` is expected.
fn allowed(
    types: &TypeMap,
    variable: &Variable<'_>,
    ty: Expected<'_>,
    expected: Expected<'_>,
    place_has_default: bool,
) -> bool {
    if !expected.nullable && ty.nullable {
        let has_default = variable.default.as_ref().is_some_and(|default| !matches!(default.kind, Kind::Null));
        let expected = Expected { nullable: true, ..expected };
        return (has_default || place_has_default) && is_subtype(types, ty, expected);
    }
    is_subtype(types, ty, expected)
}

fn is_subtype(types: &TypeMap, ty: Expected<'_>, of: Expected<'_>) -> bool {
    if ty.nullable && !of.nullable {
        return false;
    }
    match (ty.base, of.base) {
        (BaseType::List(ty), BaseType::List(of)) => is_subtype(types, Expected::new(ty), Expected::new(of)),
        (BaseType::Named(ty), BaseType::Named(of)) => ty == of || types.possible(of).any(|object| object == ty),
        (BaseType::List(_), BaseType::Named(_)) | (BaseType::Named(_), BaseType::List(_)) => false,
    }
}
