//! An argument that is null is as good as left out: in every field of the schema, and in input objects.

use std::collections::{BTreeMap, VecDeque};

use async_graphql::Value;
use async_graphql::parser::types::FieldDefinition;

use super::generate::base;
use super::{SCHEMA, ask_of, part};
use crate::queries::REAL;

/// Required arguments that say something of the real data; fields that want others are not asked.
fn required(field: &FieldDefinition) -> Option<Vec<String>> {
    let needed = field
        .arguments
        .iter()
        .filter(|argument| !argument.node.ty.node.nullable && argument.node.default_value.is_none());
    let given = needed.map(|argument| {
        let name = argument.node.name.node.as_str();
        let value = match (name, argument.node.ty.node.to_string().as_str()) {
            ("from", "ID!") => "\"germany\"".to_owned(),
            ("to", "ID!") => "\"japan\"".into(),
            ("from" | "around", "[ID!]!") => "[\"germany\"]".into(),
            ("of", _) => "[\"germany\", \"japan\"]".into(),
            ("keys", _) => "[KIND]".into(),
            ("text", _) => "\"canada\"".into(),
            ("date", _) => "\"2024\"".into(),
            ("since", _) => format!("{:?}", REAL.digest()),
            _ => return None,
        };
        Some(format!("{name}: {value}"))
    });
    given.collect()
}

fn called(field: &FieldDefinition, arguments: &[String]) -> String {
    let name = field.name.node.as_str();
    if arguments.is_empty() { name.into() } else { format!("{name}({})", arguments.join(", ")) }
}

/// What to choose of a value, so that the length of its lists is seen.
fn chosen(of: &str) -> String {
    let Some(fields) = SCHEMA.fields.get(of) else { return String::new() };
    let has = |name: &str| fields.iter().any(|field| field.name.node == name);
    let mut text = String::from(" { __typename");
    for name in ["totalCount", "count", "id"].into_iter().filter(|name| has(name)) {
        text = text + " " + name;
    }
    if has("nodes") && (has("totalCount") || has("hiddenNodes")) {
        text += " nodes { __typename }";
    }
    text + " }"
}

/// Around a selection of each object: what has to stand before and behind it in a document.
fn places() -> BTreeMap<String, (String, String)> {
    let mut places = BTreeMap::from([("Query".to_owned(), ("{ ".to_owned(), " }".to_owned()))]);
    let mut open = VecDeque::from(["Query".to_owned()]);
    while let Some(of) = open.pop_front() {
        let (before, behind) = places[&of].clone();
        for field in &SCHEMA.fields[&of] {
            let Some(arguments) = required(field) else { continue };
            let value = base(&field.ty.node);
            for object in SCHEMA.possible.get(value).into_iter().flatten().filter(|_| !value.starts_with("Page")) {
                if places.contains_key(object) {
                    continue;
                }
                let call = called(field, &arguments);
                let place = (format!("{before}{call} {{ ... on {object} {{ "), format!(" }} }}{behind}"));
                places.insert(object.clone(), place);
                open.push_back(object.clone());
            }
        }
    }
    places
}

/// Data, errors and cost.
fn answer(document: &str, variables: serde_json::Value) -> (String, Option<u64>) {
    let answer = ask_of(&REAL, document, variables);
    let shown = |name: &str| part(&answer, name).map(Value::to_string).unwrap_or_default();
    let cost = part(&answer, "extensions").and_then(|told| part(told, "cost")).and_then(|cost| part(cost, "requested"));
    (shown("data") + &shown("errors"), cost.and_then(|cost| cost.to_string().parse().ok()))
}

#[test]
fn an_argument_that_is_null_is_as_good_as_left_out() {
    let places = places();
    let mut asked = 0;
    for (of, (before, behind)) in &places {
        for field in &SCHEMA.fields[of] {
            let Some(arguments) = required(field) else { continue };
            let chosen = chosen(base(&field.ty.node));
            let document = |more: &str, declared: &str| {
                let arguments: Vec<_> =
                    arguments.iter().cloned().chain((!more.is_empty()).then(|| more.into())).collect();
                format!("query Q{declared} {before}{}{chosen}{behind}", called(field, &arguments))
            };
            let left_out = answer(&document("", ""), serde_json::Value::Null);
            assert!(left_out.1.is_some(), "{}: {}", document("", ""), left_out.0);
            for argument in field.arguments.iter().filter(|argument| argument.node.ty.node.nullable) {
                let (name, ty) = (&argument.node.name.node, &argument.node.ty.node);
                let (variable, declared) = (format!("{name}: $v"), format!("($v: {ty})"));
                let document = [document(&format!("{name}: null"), ""), document(&variable, &declared)];
                for (document, variables) in [
                    (&document[0], serde_json::json!({})),
                    (&document[1], serde_json::json!({"v": null})),
                    (&document[1], serde_json::json!({})),
                ] {
                    assert_eq!(answer(document, variables), left_out, "{document}");
                }
                asked += 1;
            }
        }
    }
    assert!(asked > 400, "{asked} arguments of {} types", places.len());
}

/// An object of which nothing is chosen is empty, and never null: in every field that gives objects.
#[test]
fn an_object_of_which_nothing_is_chosen_is_empty() {
    let mut asked = 0;
    for (of, (before, behind)) in &places() {
        for field in &SCHEMA.fields[of] {
            let value = base(&field.ty.node);
            let (Some(arguments), Some(objects)) = (required(field), SCHEMA.possible.get(value)) else { continue };
            let ask = |chosen: &str| {
                let document = format!("{before}{} {{ {chosen} }}{behind}", called(field, &arguments));
                answer(&document, serde_json::Value::Null).0
            };
            let mut expected = ask("__typename");
            for object in objects {
                expected = expected.replace(&format!("{{__typename: \"{object}\"}}"), "{}");
            }
            assert_eq!(ask("__typename @skip(if: true)"), expected, "{of}.{}", field.name.node);
            asked += 1;
        }
    }
    assert!(asked > 150, "{asked} fields");
}

#[test]
fn a_field_of_an_input_object_that_is_null_is_as_good_as_left_out() {
    let cases = [
        (
            "agreements(where: $v) { totalCount nodes { id } }",
            "NodeFilter",
            vec![
                "{kinds: null, and: null, or: null, not: null, ids: null, related: [{kind: COVERS, direction: null, node: null, quantifier: null}]}",
                "{date: {from: \"2023\", to: null, certainty: null}, listedByCanada: null, nameContains: null}",
                "{during: {from: null, to: \"2024\", certainty: null}, status: null, instrument: null, source: null}",
            ],
            vec!["{related: [{kind: COVERS}]}", "{date: {from: \"2023\"}}", "{during: {to: \"2024\"}}"],
        ),
        (
            "agreements(orderBy: $v) { nodes { id } }",
            "NodeOrder",
            vec!["{by: NAME, direction: null, language: null}"],
            vec!["{by: NAME}"],
        ),
        (
            "canada { reach(follow: $v) { totalCount } }",
            "[Follow!]",
            vec!["[{kind: SIGNED, direction: null}]"],
            vec!["[{kind: SIGNED}]"],
        ),
        (
            "relationships(where: $v) { totalCount }",
            "RelationshipFilter",
            vec!["{kinds: [SIGNED], from: null, to: {kinds: null}}"],
            vec!["{kinds: [SIGNED], to: {}}"],
        ),
        (
            "sources(where: $v) { totalCount }",
            "SourceFilter",
            vec!["{ids: null, language: [\"fr\"], citedBy: {not: null}}"],
            vec!["{language: [\"fr\"], citedBy: {}}"],
        ),
    ];
    for (field, ty, nulls, left_out) in cases {
        for (nulls, left_out) in nulls.into_iter().zip(left_out) {
            let literal =
                |value: &str| answer(&format!("{{ {} }}", field.replace("$v", value)), serde_json::Value::Null);
            let expected = literal(left_out);
            assert!(!expected.0.contains("message"), "{field} {left_out}: {}", expected.0);
            assert_eq!(literal(nulls), expected, "{field} {nulls}");
            let document = format!("query($v: {ty}) {{ {field} }}");
            let given = serde_json::json!({ "v": json_of(nulls) });
            assert_eq!(answer(&document, given), expected, "{document} {nulls}");
        }
    }
}

/// A literal as JSON: names and words of enums in quotation marks.
fn json_of(literal: &str) -> serde_json::Value {
    let mut json = String::new();
    let mut parts = literal.split('"');
    while let Some(outside) = parts.next() {
        let mut word = String::new();
        for character in outside.chars().chain([' ']) {
            if character.is_ascii_alphabetic() {
                word.push(character);
                continue;
            }
            if !word.is_empty() {
                json += &if word == "null" { word.clone() } else { format!("\"{word}\"") };
                word.clear();
            }
            json.push(character);
        }
        if let Some(inside) = parts.next() {
            json += &format!("\"{inside}\"");
        }
    }
    serde_json::from_str(&json).expect("JSON")
}
