//! Answers as tables: the one list of an answer, each of its items a row.

use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, SelectionSet};
use serde_json::Value as Json;

use super::fields::fields;
use crate::graphql::type_map::TypeMap;

/// The one list of an answer, and the columns its items have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// The keys that lead to the list.
    path: Vec<String>,
    columns: Vec<Column>,
}

/// A column: its name, and the keys that lead to its value from an item.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Column {
    name: String,
    path: Vec<String>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What it holds; several values are joined by ` | `.
    pub text: String,
    /// Whether it is a number or a truth value, which no program takes for a formula.
    pub is_plain: bool,
}

impl Rows {
    /// Where the list is: `agreements.nodes`.
    pub fn place(&self) -> String {
        self.path.join(".")
    }

    /// The names of the columns: keys of the answer, joined by dots.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name.as_str())
    }

    /// The rows of an answer; none where the list is not there.
    pub fn of<'a>(&'a self, data: &'a Json) -> impl Iterator<Item = Vec<Cell>> + 'a {
        let list = self.path.iter().try_fold(data, |value, key| value.get(key));
        let items = list.and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
        items.iter().map(|item| self.columns.iter().map(|column| cell(item, &column.path)).collect())
    }
}

fn cell(item: &Json, path: &[String]) -> Cell {
    let mut cell = Cell { text: String::new(), is_plain: false };
    let mut is_first = true;
    add(item, path, &mut cell, &mut is_first);
    cell
}

/// Adds what lies at a path. A list on the way adds a value for each item, so that the values of
/// columns of the same list stand in the same places.
fn add(value: &Json, path: &[String], cell: &mut Cell, is_first: &mut bool) {
    match (value, path) {
        (Json::Array(items), _) => items.iter().for_each(|item| add(item, path, cell, is_first)),
        (Json::Object(object), [key, rest @ ..]) => add(object.get(key).unwrap_or(&Json::Null), rest, cell, is_first),
        (Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Object(_), _) => {
            if !*is_first {
                cell.text.push_str(" | ");
            }
            cell.is_plain = *is_first && (value.is_number() || value.is_boolean());
            *is_first = false;
            match value {
                Json::Null => {}
                Json::String(text) => cell.text.push_str(text),
                Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => {
                    cell.text.push_str(&value.to_string());
                }
            }
        }
    }
}

/// The one list that an answer to the operation holds; or the places of all it holds. The `edges` or
/// the `nodes` of a connection are its list, whatever other lists it tells of.
pub(super) fn find(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    types: &TypeMap,
) -> Result<Rows, Vec<String>> {
    let walk = Walk { document, types };
    let mut lists = walk.lists(&operation.selection_set.node, "Query", &[]);
    match lists.len() {
        1 => Ok(lists.remove(0)),
        _ => Err(lists.iter().map(Rows::place).collect()),
    }
}

struct Walk<'d> {
    document: &'d ExecutableDocument,
    types: &'d TypeMap,
}

impl<'d> Walk<'d> {
    /// The lists in a selection set that lie in no other list, in the order of the document.
    fn lists(&self, set: &'d SelectionSet, of: &'d str, path: &[String]) -> Vec<Rows> {
        let mut found: Vec<(&str, Rows)> = Vec::new();
        fields(self.document, set, of, &mut |field, of| {
            let name = field.name.node.as_str();
            let Some(known) = self.types.composite(of).and_then(|of| of.fields.get(name)) else { return };
            let path = [path, &[field.response_key().node.to_string()]].concat();
            let inner = &field.selection_set.node;
            if known.is_list() {
                let mut columns = Vec::new();
                self.columns(inner, known.of(), &[], &mut columns);
                if inner.items.is_empty() {
                    columns.push(Column { name: name.to_owned(), path: Vec::new() });
                }
                found.push((name, Rows { path, columns }));
            } else {
                found.extend(self.lists(inner, known.of(), &path).into_iter().map(|rows| ("", rows)));
            }
        });
        let is_connection = of.ends_with("Connection");
        let own = ["edges", "nodes"].into_iter().find(|own| found.iter().any(|(name, _)| name == own));
        let mut lists: Vec<Rows> = Vec::new();
        for (name, rows) in found {
            match lists.iter_mut().find(|list| list.path == rows.path) {
                _ if is_connection && own.is_some_and(|own| own != name) => {}
                // Asked for twice, perhaps by a fragment.
                Some(list) => rows.columns.into_iter().for_each(|column| push(&mut list.columns, column)),
                None => lists.push(rows),
            }
        }
        lists
    }

    fn columns(&self, set: &'d SelectionSet, of: &'d str, path: &[String], columns: &mut Vec<Column>) {
        fields(self.document, set, of, &mut |field, of| {
            let path = [path, &[field.response_key().node.to_string()]].concat();
            let inner = &field.selection_set.node;
            let known = self.types.composite(of).and_then(|of| of.fields.get(field.name.node.as_str()));
            match known {
                Some(known) if !inner.items.is_empty() => self.columns(inner, known.of(), &path, columns),
                _ => push(columns, Column { name: path.join("."), path }),
            }
        });
    }
}

fn push(columns: &mut Vec<Column>, column: Column) {
    if !columns.contains(&column) {
        columns.push(column);
    }
}
