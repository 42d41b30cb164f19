//! Execution as the specification writes it down, one step after another: fields are collected (6.3.2), and an
//! error makes null what may be null (6.4.4). The values themselves are those of a document without fragments
//! of a name, keys in two places, variables, directives and errors.

use std::fmt::Write;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{BaseType, Type};
use async_graphql::{Name, Value};

use super::generate::{Head, Made, Schema, Selected, What, base};

/// The key by which each object of the flat document says its type.
const TYPE: &str = "typeOfThis";

/// What is chosen of each object that a value can be.
pub(crate) struct Flat(Vec<(String, Vec<FlatField>)>);

struct FlatField {
    head: Head,
    inner: Option<Flat>,
}

/// CollectFields, for each type of object that the value can be.
pub(crate) fn flat(schema: &Schema, made: &Made, sets: &[&[Selected]], of: &str) -> Flat {
    let objects = schema.possible[of].iter().map(|object| {
        let mut groups: Vec<(&Head, Vec<&[Selected]>)> = Vec::new();
        let mut visited = Vec::new();
        for set in sets {
            collect(schema, made, set, object, &mut visited, &mut groups);
        }
        let fields = groups.into_iter().map(|(head, sets)| {
            let of = head.ty.as_ref().map(base).filter(|of| schema.possible.contains_key(*of));
            FlatField { head: head.clone(), inner: of.map(|of| flat(schema, made, &sets, of)) }
        });
        (object.clone(), fields.collect())
    });
    Flat(objects.collect())
}

fn collect<'m>(
    schema: &Schema,
    made: &'m Made,
    set: &'m [Selected],
    object: &str,
    visited: &mut Vec<usize>,
    groups: &mut Vec<(&'m Head, Vec<&'m [Selected]>)>,
) {
    for selected in set.iter().filter(|selected| selected.is_wanted) {
        let (on, inner) = match &selected.what {
            What::Field(head, inner) => {
                match groups.iter_mut().find(|(other, _)| other.key == head.key) {
                    Some((_, sets)) => sets.push(inner),
                    None => groups.push((head, vec![inner])),
                }
                continue;
            }
            What::Inline(on, inner) => (on.as_ref(), inner),
            What::Spread(number) => {
                if visited.contains(number) {
                    continue;
                }
                visited.push(*number);
                let (on, inner) = &made.fragments[*number];
                (Some(on), inner)
            }
        };
        if on.is_none_or(|on| schema.possible[on].contains(object)) {
            collect(schema, made, inner, object, visited, groups);
        }
    }
}

impl Flat {
    /// The document that asks for the same.
    pub(crate) fn printed(&self) -> String {
        let parts: Vec<_> = self.0.iter().map(|(of, fields)| (of, printed(fields))).collect();
        let mut text = format!("{{ {TYPE}: __typename");
        match &parts[..] {
            [(_, first), rest @ ..] if rest.iter().all(|(_, other)| other == first) => text += first,
            parts => {
                for (of, fields) in parts.iter().filter(|(_, fields)| !fields.is_empty()) {
                    let _ = write!(text, " ... on {of} {{{fields} }}");
                }
            }
        }
        text + " }"
    }

    /// The data that the original document gets, given those of the flat one; where there is nothing to get,
    /// `None`. Fields that failed are added to `failed` by their paths.
    pub(crate) fn expected(&self, value: &Value, path: &mut Vec<String>, failed: &mut Vec<String>) -> Option<Value> {
        let Value::Object(values) = value else { panic!("{value} is no object") };
        let Some(Value::String(of)) = values.get(TYPE) else { panic!("{value} has no type") };
        let (_, fields) = self.0.iter().find(|(object, _)| object == of).expect("a type that the value can be");
        let mut data = IndexMap::new();
        for FlatField { head, inner } in fields {
            path.push(head.key.clone());
            let given = if head.fails {
                failed.push(path.join("/"));
                None
            } else {
                complete(head.ty.as_ref(), inner.as_ref(), &values[head.key.as_str()], path, failed)
            };
            path.pop();
            let is_nullable = head.ty.as_ref().is_some_and(|ty| ty.nullable);
            let given = given.or_else(|| is_nullable.then_some(Value::Null))?;
            data.insert(Name::new(&head.key), given);
        }
        Some(Value::Object(data))
    }
}

/// CompleteValue: `None` where the value cannot be given for an error within.
fn complete(
    ty: Option<&Type>,
    inner: Option<&Flat>,
    value: &Value,
    path: &mut Vec<String>,
    failed: &mut Vec<String>,
) -> Option<Value> {
    let (Some(ty), Some(flat)) = (ty, inner) else { return Some(value.clone()) };
    match (&ty.base, value) {
        (_, Value::Null) => {
            assert!(ty.nullable, "null in the place of {ty} at {path:?}");
            Some(Value::Null)
        }
        (BaseType::List(of), Value::List(items)) => {
            let mut all = Vec::new();
            for (index, item) in items.iter().enumerate() {
                path.push(index.to_string());
                let given = complete(Some(of), inner, item, path, failed);
                path.pop();
                all.push(given.or_else(|| of.nullable.then_some(Value::Null))?);
            }
            Some(Value::List(all))
        }
        (_, value) => flat.expected(value, path, failed),
    }
}

fn printed(fields: &[FlatField]) -> String {
    let mut text = String::new();
    for FlatField { head: Head { key, name, plain, .. }, inner } in fields {
        let _ = write!(text, " {key}: {name}{plain}");
        if let Some(inner) = inner {
            let _ = write!(text, " {}", inner.printed());
        }
    }
    text
}
