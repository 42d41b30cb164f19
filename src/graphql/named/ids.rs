//! The ids that a named query names, in its document and in the values of its variables.

use std::collections::BTreeMap;

use async_graphql::Pos;
use async_graphql::parser::types::{BaseType, ExecutableDocument, OperationDefinition, SelectionSet, Type};
use async_graphql_value::Value;
use serde_json::Value as Json;

use super::Values;
use super::fields::fields;
use crate::dataset::Named as Thing;
use crate::graphql::type_map::{TypeDef, TypeMap};

/// An id, of what, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NamedId {
    pub(super) id: String,
    pub(super) of: Thing,
    /// Whether it is a value of a variable; else it stands in the document.
    pub(super) in_variables: bool,
    /// From where on it stands in the document.
    pub(super) from: Pos,
}

/// What the ids at a place name: arguments and fields of inputs of the type `ID`. None where they name a
/// relationship or a release, or mark a place in a list.
fn named_by(owner: &str, field: &str, argument: &str) -> Option<Thing> {
    match (owner, field, argument) {
        (_, "relationship" | "release" | "changes", _) | (_, _, "after" | "before" | "since") => None,
        (_, "source", _) | (_, _, "source") | ("SourceFilter", _, "ids") => Some(Thing::Source),
        _ => Some(Thing::Node),
    }
}

/// Every id that stands in `document`, or among the values `given` for its variables.
pub(super) fn all(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    given: &Values,
    types: &TypeMap,
) -> Vec<NamedId> {
    let mut finder = Finder { types, found: Vec::new(), variables: BTreeMap::new() };
    if let Some(root) = types.root(operation.ty) {
        finder.selection(document, &operation.selection_set.node, root);
    }
    for definition in &operation.variable_definitions {
        let name = definition.node.name.node.as_str();
        let ty = &definition.node.var_type.node;
        let of = finder.variables.get(name).copied();
        if let Some(value) = given.get(name) {
            finder.json(value, ty, of);
        } else if let Some(value) = &definition.node.default_value {
            finder.value(&value.node.clone().into_value(), ty, of, value.pos);
        }
    }
    finder.found.sort();
    finder.found.dedup();
    finder.found
}

struct Finder<'s> {
    types: &'s TypeMap,
    found: Vec<NamedId>,
    /// What the ids in variables name, by where the variables are used.
    variables: BTreeMap<String, Thing>,
}

impl Finder<'_> {
    fn selection(&mut self, document: &ExecutableDocument, set: &SelectionSet, of: &str) {
        let mut inner = Vec::new();
        fields(document, set, of, &mut |field, owner| inner.push((field, owner.to_owned())));
        for (field, owner) in inner {
            let name = field.name.node.as_str();
            let Some(definition) = self.types.field(&owner, name) else { continue };
            for (argument, value) in &field.arguments {
                let Some(known) = definition.arguments.get(&argument.node) else { continue };
                self.value(&value.node, &known.ty, named_by(&owner, name, &argument.node), value.pos);
            }
            self.selection(document, &field.selection_set.node, definition.of());
        }
    }

    fn value(&mut self, value: &Value, ty: &Type, of: Option<Thing>, from: Pos) {
        match value {
            Value::Variable(name) => {
                self.variables.extend(of.map(|of| (name.to_string(), of)));
            }
            Value::String(id) => self.found(id, ty, of, Some(from)),
            Value::List(items) => items.iter().for_each(|item| self.value(item, item_of(ty), of, from)),
            Value::Object(object) => {
                for (key, value) in object {
                    if let Some((ty, of)) = self.part(ty, key) {
                        self.value(value, &ty, of, from);
                    }
                }
            }
            Value::Null | Value::Number(_) | Value::Boolean(_) | Value::Enum(_) | Value::Binary(_) => {}
        }
    }

    fn json(&mut self, value: &Json, ty: &Type, of: Option<Thing>) {
        match value {
            Json::String(id) => self.found(id, ty, of, None),
            Json::Array(items) => items.iter().for_each(|item| self.json(item, item_of(ty), of)),
            Json::Object(object) => {
                for (key, value) in object {
                    if let Some((ty, of)) = self.part(ty, key) {
                        self.json(value, &ty, of);
                    }
                }
            }
            Json::Null | Json::Bool(_) | Json::Number(_) => {}
        }
    }

    /// The type of a field of an input, and what ids in it name.
    fn part(&self, ty: &Type, key: &str) -> Option<(Type, Option<Thing>)> {
        let name = name_of(ty);
        match self.types.get(name)?.1 {
            TypeDef::Input(fields, _) => Some((fields.get(key)?.ty.clone(), named_by(name, "", key))),
            TypeDef::Scalar | TypeDef::Enum(_) | TypeDef::Object(_) | TypeDef::Interface(_) | TypeDef::Union => None,
        }
    }

    fn found(&mut self, id: &str, ty: &Type, of: Option<Thing>, from: Option<Pos>) {
        if let (Some(of), "ID") = (of, name_of(ty)) {
            let (in_variables, from) = (from.is_none(), from.unwrap_or(Pos { line: 1, column: 1 }));
            self.found.push(NamedId { id: id.to_owned(), of, in_variables, from });
        }
    }
}

/// The type of the items of a list; of a value that stands for a list of it alone, its own.
fn item_of(ty: &Type) -> &Type {
    match &ty.base {
        BaseType::List(item) => item,
        BaseType::Named(_) => ty,
    }
}

fn name_of(ty: &Type) -> &str {
    match &ty.base {
        BaseType::List(item) => name_of(item),
        BaseType::Named(name) => name,
    }
}

/// The line and column, both from 1, of the first text `"word"` in `text` at or behind `from`; `from`
/// itself where there is none.
pub(super) fn place_of(text: &str, word: &str, from: Pos) -> (usize, usize) {
    let lines = text.split_inclusive('\n').take(from.line.saturating_sub(1));
    let line: usize = lines.map(str::len).sum();
    let column = text[line..].chars().take(from.column.saturating_sub(1)).map(char::len_utf8).sum::<usize>();
    let quoted = format!("\"{word}\"");
    match text.get(line + column..).and_then(|rest| rest.find(&quoted)) {
        None => (from.line, from.column),
        Some(found) => {
            let before = &text[..line + column + found + 1];
            let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
            (1 + before.matches('\n').count(), 1 + before[line_start..].chars().count())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_argument_of_ids_names_something_that_is_looked_up_or_is_none_of_the_facts() {
        let api = crate::graphql::Api::default();
        let types = api.types();
        let mut seen = Vec::new();
        let owners: Vec<_> = types.names().map(str::to_owned).collect();
        for owner in &owners {
            match types.get(owner).expect("a type").1 {
                TypeDef::Object(of) => {
                    for (field, definition) in &of.fields {
                        let ids = definition.arguments.iter().filter(|(_, argument)| name_of(&argument.ty) == "ID");
                        seen.extend(ids.map(|(argument, _)| (owner.as_str(), field.as_str(), argument.as_str())));
                    }
                }
                TypeDef::Input(fields, _) => {
                    let ids = fields.iter().filter(|(_, field)| name_of(&field.ty) == "ID");
                    seen.extend(ids.map(|(field, _)| (owner.as_str(), "", field.as_str())));
                }
                TypeDef::Scalar | TypeDef::Enum(_) | TypeDef::Interface(_) | TypeDef::Union => {}
            }
        }
        // A new argument of this type is looked at here, and told apart in `named_by`.
        let known = ["after", "around", "avoid", "from", "id", "ids", "of", "since", "source", "to", "via"];
        for (owner, field, argument) in &seen {
            assert!(known.contains(argument), "{owner}.{field}({argument}:)");
        }
        let of = |named| seen.iter().filter(|(o, f, a)| named_by(o, f, a) == named).count();
        assert!(of(Some(Thing::Node)) > 10 && of(Some(Thing::Source)) >= 4 && of(None) >= 5, "{seen:?}");
    }

    #[test]
    fn a_place_is_found_behind_where_it_may_be() {
        let text = "a(id: \"é\")\n  b(ids: [\"x\", \"y-z\"], c: \"x\")";
        assert_eq!(place_of(text, "x", Pos { line: 1, column: 1 }), (2, 12));
        assert_eq!(place_of(text, "y-z", Pos { line: 2, column: 10 }), (2, 17));
        assert_eq!(place_of(text, "x", Pos { line: 2, column: 13 }), (2, 28));
        assert_eq!(place_of(text, "none", Pos { line: 2, column: 3 }), (2, 3));
    }
}
