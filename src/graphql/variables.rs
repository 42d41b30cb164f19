//! Whether the variables of a request are what its operation declares, before anything is run.

use async_graphql::parser::types::{BaseType, OperationDefinition, Type};
use async_graphql::{Number, ServerError, Value, Variables};

use super::answer::{Code, fault};
use super::type_map::{TypeDef, TypeMap};

/// The variables as their operation declares them. Those that are not declared are ignored.
///
/// # Errors
/// Every variable that cannot be used as declared.
pub(super) fn coerce(
    operation: &OperationDefinition,
    mut variables: Variables,
    types: &TypeMap,
) -> Result<Variables, Vec<ServerError>> {
    let faults = operation.variable_definitions.iter().filter_map(|definition| {
        let (name, ty) = (&definition.node.name.node, &definition.node.var_type.node);
        let problem = match variables.get_mut(name) {
            Some(value) => problem(value, ty, types)?,
            None if ty.nullable || definition.node.default_value.is_some() => return None,
            None => "it is required, but not given".into(),
        };
        let message = format!("The variable \"${name}\" of type \"{ty}\" cannot be used: {problem}.");
        Some(fault(Code::BadUserInput, message, Some(definition.pos)))
    });
    let faults: Vec<_> = faults.collect();
    if faults.is_empty() { Ok(variables) } else { Err(faults) }
}

/// What is wrong with a value. One that is right is made what its type takes.
fn problem(value: &mut Value, ty: &Type, types: &TypeMap) -> Option<String> {
    match (value, &ty.base) {
        (Value::Null, _) => (!ty.nullable).then(|| "it must not be null".into()),
        (Value::List(items), BaseType::List(of)) => items.iter_mut().enumerate().find_map(|(position, item)| {
            problem(item, of, types).map(|problem| format!("in item {position}, {problem}"))
        }),
        // One item stands for a list of one.
        (value, BaseType::List(of)) => problem(value, of, types),
        (value, BaseType::Named(name)) => named(value, name, types),
    }
}

fn named(value: &mut Value, name: &str, types: &TypeMap) -> Option<String> {
    let fits = match (name, &*value) {
        ("String", Value::String(_)) | ("Boolean", Value::Boolean(_)) | ("ID", Value::String(_)) => true,
        ("ID", Value::Number(number)) => match whole(number) {
            Some(whole) => {
                *value = Value::String(whole);
                true
            }
            None => false,
        },
        ("Float", Value::Number(_)) => true,
        ("Int", Value::Number(number)) => match whole(number).and_then(|whole| whole.parse::<i32>().ok()) {
            Some(whole) => {
                *value = Value::Number(whole.into());
                true
            }
            None => false,
        },
        ("String" | "Boolean" | "ID" | "Float" | "Int", _) => false,
        _ => return declared(value, name, types),
    };
    (!fits).then(|| format!("{} is no {name}", shown(value)))
}

/// The digits of a whole number, however JSON writes it: `3.0` is 3, too. From 10^21 on they are as
/// JavaScript writes them, as in `1e+21`.
fn whole(number: &Number) -> Option<String> {
    if number.is_i64() || number.is_u64() {
        return Some(number.to_string());
    }
    let float = number.as_f64().filter(|float| float.fract() == 0.0)?;
    if float.abs() < 1e21 {
        // Zero has no sign.
        return Some(format!("{:.0}", float + 0.0));
    }
    let shortest = format!("{float:e}");
    Some(shortest.replacen('e', "e+", 1))
}

fn declared(value: &mut Value, name: &str, types: &TypeMap) -> Option<String> {
    match types.get(name)?.1 {
        TypeDef::Scalar | TypeDef::Object(_) | TypeDef::Interface(_) | TypeDef::Union => None,
        TypeDef::Enum(values) => match &*value {
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
            let Value::Object(given) = &mut *value else { return Some(format!("{} is no {name}", shown(value))) };
            let unknown = given.keys().find(|key| !fields.contains_key(*key));
            if let Some(key) = unknown {
                return Some(format!("{name} has no field \"{key}\""));
            }
            if *is_one_of && (given.len() != 1 || given.values().any(|value| *value == Value::Null)) {
                return Some(format!("{name} needs exactly one of its fields, and not null"));
            }
            fields.iter().find_map(|(key, field)| match given.get_mut(key) {
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
            ("$v: ID!", r#"{"v": 12.5}"#, "12.5 is no ID"),
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
            let faults = coerce(operation, variables, &types).err().unwrap_or_default();
            let said = faults.first().map_or(String::new(), |fault| fault.message.clone());
            assert_eq!(said.is_empty(), expected.is_empty(), "{declared} {given}: {said}");
            assert!(said.contains(expected), "{declared} {given}: {said}");
        }
    }

    #[test]
    fn whole_numbers_are_what_their_types_take() {
        let cases = [
            ("Int", "3.0", "3"),
            ("Int", "-0.0", "0"),
            ("Int", "2147483647.0", "2147483647"),
            ("[Int]", "[3e0, 4]", "[3, 4]"),
            ("ID", "12", "\"12\""),
            ("ID", "12.0", "\"12\""),
            ("ID", "1e20", "\"100000000000000000000\""),
            ("ID", "1e308", "\"1e+308\""),
            ("ID", "-1.5e300", "\"-1.5e+300\""),
            ("Float", "3", "3"),
            ("Filter", r#"{"limit": 2.0, "text": "x"}"#, r#"{limit: 2, text: "x"}"#),
        ];
        let types = TypeMap::new(SDL);
        for (ty, given, expected) in cases {
            let document = parse_query(format!("query Q($v: {ty}) {{ a }}")).expect("a document");
            let DocumentOperations::Multiple(operations) = document.operations else { panic!("a named operation") };
            let operation = &operations.values().next().expect("an operation").node;
            let given = serde_json::from_str(&format!("{{\"v\": {given}}}")).expect("JSON");
            let coerced = coerce(operation, Variables::from_json(given), &types).expect("a value that fits");
            assert_eq!(coerced.get("v").map(ToString::to_string).as_deref(), Some(expected), "{ty}");
        }
    }
}
