//! Whether the variables of a request are what its operation declares, before anything is run.

use async_graphql::parser::types::{BaseType, OperationDefinition, Type};
use async_graphql::{ServerError, Value, Variables};

use super::answer::{Code, fault};
use super::type_map::{TypeDef, TypeMap};

/// Every variable that cannot be used as declared. Variables that are not declared are ignored.
pub(super) fn check(operation: &OperationDefinition, variables: &Variables, types: &TypeMap) -> Vec<ServerError> {
    let faults = operation.variable_definitions.iter().filter_map(|definition| {
        let (name, ty) = (&definition.node.name.node, &definition.node.var_type.node);
        let problem = match variables.get(name) {
            Some(value) => problem(value, ty, types)?,
            None if ty.nullable || definition.node.default_value.is_some() => return None,
            None => "it is required, but not given".into(),
        };
        let message = format!("The variable \"${name}\" of type \"{ty}\" cannot be used: {problem}.");
        Some(fault(Code::BadUserInput, message, Some(definition.pos)))
    });
    faults.collect()
}

/// What is wrong with a value.
fn problem(value: &Value, ty: &Type, types: &TypeMap) -> Option<String> {
    match (value, &ty.base) {
        (Value::Null, _) => (!ty.nullable).then(|| "it must not be null".into()),
        (Value::List(items), BaseType::List(of)) => items.iter().enumerate().find_map(|(position, item)| {
            problem(item, of, types).map(|problem| format!("in item {position}, {problem}"))
        }),
        // One item stands for a list of one.
        (_, BaseType::List(of)) => problem(value, of, types),
        (_, BaseType::Named(name)) => named(value, name, types),
    }
}

fn named(value: &Value, name: &str, types: &TypeMap) -> Option<String> {
    let fits = match (name, value) {
        ("String", Value::String(_)) | ("Boolean", Value::Boolean(_)) | ("ID", Value::String(_)) => true,
        ("ID", Value::Number(number)) => number.is_i64() || number.is_u64(),
        ("Float", Value::Number(_)) => true,
        ("Int", Value::Number(number)) => number.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        ("String" | "Boolean" | "ID" | "Float" | "Int", _) => false,
        _ => return declared(value, name, types),
    };
    (!fits).then(|| format!("{} is no {name}", shown(value)))
}

fn declared(value: &Value, name: &str, types: &TypeMap) -> Option<String> {
    match types.get(name)?.1 {
        TypeDef::Scalar | TypeDef::Object(_) | TypeDef::Interface(_) | TypeDef::Union => None,
        TypeDef::Enum(values) => match value {
            Value::String(text) if values.contains(text.as_str()) => None,
            Value::Enum(text) if values.contains(text.as_str()) => None,
            Value::Null
            | Value::Number(_)
            | Value::String(_)
            | Value::Boolean(_)
            | Value::Binary(_)
            | Value::Enum(_)
            | Value::List(_)
            | Value::Object(_) => {
                let known: Vec<_> = values.iter().map(|value| value.as_str()).collect();
                Some(format!("{} is no {name}; the values are {}", shown(value), known.join(", ")))
            }
        },
        TypeDef::Input(fields, is_one_of) => {
            let Value::Object(given) = value else { return Some(format!("{} is no {name}", shown(value))) };
            let unknown = given.keys().find(|key| !fields.contains_key(*key));
            if let Some(key) = unknown {
                return Some(format!("{name} has no field \"{key}\""));
            }
            if *is_one_of && (given.len() != 1 || given.values().any(|value| *value == Value::Null)) {
                return Some(format!("{name} needs exactly one of its fields, and not null"));
            }
            fields.iter().find_map(|(key, field)| match given.get(key) {
                Some(value) => problem(value, &field.ty, types).map(|problem| format!("in \"{key}\", {problem}")),
                None if field.is_required() => Some(format!("{name} needs the field \"{key}\"")),
                None => None,
            })
        }
    }
}

/// The value, short enough to be shown.
fn shown(value: &Value) -> String {
    match value {
        Value::List(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
        Value::Null | Value::Number(_) | Value::String(_) | Value::Boolean(_) => {
            let text = value.to_string();
            if text.chars().count() <= 60 { text } else { text.chars().take(60).collect::<String>() + "…" }
        }
        Value::Binary(_) | Value::Enum(_) => "this value".into(),
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use async_graphql::parser::types::DocumentOperations;

    use super::*;

    const SDL: &str = "enum Kind { A B } scalar Date \
                       input Filter { kinds: [Kind!] text: String! at: Date limit: Int! = 3 } type Query { a: Int }";

    #[test]
    fn variables_fit_their_types() {
        let cases = [
            ("$v: Int", r#"{"v": 3}"#, ""),
            ("$v: Int", r#"{"v": null, "other": 1}"#, ""),
            ("$v: Int", "{}", ""),
            ("$v: Int! = 3", "{}", ""),
            ("$v: Int!", "{}", "it is required, but not given"),
            ("$v: ID!", r#"{"v": null}"#, "it must not be null"),
            ("$v: ID!", r#"{"v": 12}"#, ""),
            ("$v: ID!", r#"{"v": true}"#, "true is no ID"),
            ("$v: Int", r#"{"v": "3"}"#, "\"3\" is no Int"),
            ("$v: Int", r#"{"v": 3.5}"#, "3.5 is no Int"),
            ("$v: Int", r#"{"v": 3000000000}"#, "3000000000 is no Int"),
            ("$v: Float", r#"{"v": 3}"#, ""),
            ("$v: [Int!]", r#"{"v": 3}"#, ""),
            ("$v: [Int!]", r#"{"v": [1, null]}"#, "in item 1, it must not be null"),
            ("$v: Kind", r#"{"v": "A"}"#, ""),
            ("$v: Kind", r#"{"v": "C"}"#, "\"C\" is no Kind; the values are A, B"),
            ("$v: Filter", r#"{"v": {"text": "x", "at": [1]}}"#, ""),
            ("$v: Filter", r#"{"v": {"kinds": ["A", "C"], "text": ""}}"#, "in \"kinds\", in item 1, \"C\" is no Kind"),
            ("$v: Filter", r#"{"v": {}}"#, "Filter needs the field \"text\""),
            ("$v: Filter", r#"{"v": {"text": "x", "no": 1}}"#, "Filter has no field \"no\""),
            ("$v: Filter", r#"{"v": []}"#, "a list is no Filter"),
            ("$v: Unknown", r#"{"v": []}"#, ""),
        ];
        let types = TypeMap::new(SDL);
        for (declared, given, expected) in cases {
            let document = parse_query(format!("query Q({declared}) {{ a }}")).expect("a document");
            let DocumentOperations::Multiple(operations) = document.operations else { panic!("a named operation") };
            let operation = &operations.values().next().expect("an operation").node;
            let variables = Variables::from_json(serde_json::from_str(given).expect("JSON"));
            let faults = check(operation, &variables, &types);
            let said = faults.first().map_or(String::new(), |fault| fault.message.clone());
            assert_eq!(said.is_empty(), expected.is_empty(), "{declared} {given}: {said}");
            assert!(said.contains(expected), "{declared} {given}: {said}");
        }
    }
}
