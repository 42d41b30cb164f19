//! Answers are those of the specification: what documents made by chance get is compared with what a naive
//! execution of theirs gives, with data, order, errors and what errors leave behind.
//!
//! `PACTGRAPH_DOCUMENTS=20000` compares as many.

mod generate;
mod nulls;
mod reference;

use std::sync::{Arc, LazyLock};

use async_graphql::Value;
use pactgraph::graph::Graph;
use pactgraph::graphql::{Api, Language, Limits, Question, RequestState, Variables};

use self::generate::{Known, Made, Maker, Schema};
use crate::documents::Dice;
use crate::server::example_graph;

static GRAPH: LazyLock<Arc<Graph>> = LazyLock::new(example_graph);
static SCHEMA: LazyLock<Schema> = LazyLock::new(Schema::new);
static KNOWN: LazyLock<Known> = LazyLock::new(known);

/// The API, which takes flat documents of any length.
static API: LazyLock<Api> = LazyLock::new(|| {
    Api::new(Limits {
        document_bytes: 1024 * 1024,
        // Every one is compared.
        errors: 1_000,
        tokens: 100_000,
        open_brackets: 128,
        nesting: 128,
        depth: 64,
        fields: 1_000_000,
        aliases: 1_000_000,
        directives: 10_000,
        cost: 1_000_000_000,
        request_work: u64::MAX,
        answer_bytes: 1 << 30,
        answers_bytes: 1 << 32,
        heavy_cost: u64::MAX,
        ..Limits::default()
    })
});

/// How many, where the environment does not say.
pub(crate) fn count(variable: &str, default: usize) -> usize {
    std::env::var(variable).ok().and_then(|count| count.parse().ok()).unwrap_or(default)
}

/// An answer of the small world, with its keys in their order.
fn ask(document: &str, variables: serde_json::Value) -> Value {
    ask_of(&GRAPH, document, variables)
}

/// An answer of a graph, with its keys in their order.
fn ask_of(graph: &Arc<Graph>, document: &str, variables: serde_json::Value) -> Value {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let variables = Variables::from_json(variables);
    let question = Question { document: document.into(), operation: None, variables };
    let answer = runtime.block_on(API.execute(question, RequestState::new(graph.clone(), Language::En)));
    serde_json::from_slice(&answer.into_json()).expect("an answer in JSON")
}

/// A part of an answer.
fn part<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    match value {
        Value::Object(fields) => fields.get(name),
        Value::Null | Value::Number(_) | Value::String(_) | Value::Boolean(_) => None,
        Value::Binary(_) | Value::Enum(_) | Value::List(_) => None,
    }
}

fn list(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::List(items)) => items,
        Some(_) | None => &[],
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null | Value::Number(_) | Value::Boolean(_) | Value::Binary(_) => value.to_string(),
        Value::Enum(_) | Value::List(_) | Value::Object(_) => value.to_string(),
    }
}

/// The path of each error, its parts joined by `/`.
fn paths(answer: &Value) -> Vec<String> {
    let path = |error: &Value| list(part(error, "path")).iter().map(text).collect::<Vec<_>>().join("/");
    list(part(answer, "errors")).iter().map(path).collect()
}

fn known() -> Known {
    let kinds = [
        "agreements",
        "countries",
        "forums",
        "indigenousPeoples",
        "initiatives",
        "jurisdictions",
        "organizations",
        "themes",
    ];
    let lists = ["relationships", "sources"];
    let all = [&kinds[..], &lists[..]].concat();
    let fields: Vec<_> = all.iter().map(|list| format!("{list}(first: 40) {{ nodes {{ id }} }}")).collect();
    let answer = ask(&format!("{{ {} release {{ id digest }} }}", fields.concat()), serde_json::Value::Null);
    let data = part(&answer, "data").expect("data");
    let ids = |field: &str| {
        let nodes = list(part(data, field).and_then(|list| part(list, "nodes")));
        nodes.iter().map(|node| text(part(node, "id").expect("an id"))).collect::<Vec<_>>()
    };
    let release = part(data, "release").expect("a release");
    Known {
        nodes: kinds.iter().flat_map(|kind| ids(kind)).collect(),
        relationships: ids("relationships"),
        sources: ids("sources"),
        release: text(part(release, "id").expect("an id")),
        digest: text(part(release, "digest").expect("a digest")),
    }
}

/// Compares a document with its naive execution, and says how many of its fields failed.
fn compare(made: &Made) -> usize {
    let flat = reference::flat(&SCHEMA, made, &[&made.root], "Query");
    let plain = flat.printed();
    let values = ask(&plain, serde_json::Value::Null);
    assert_eq!(part(&values, "errors"), None, "{plain}\nmade of {}", made.text);
    let mut failed = Vec::new();
    let expected = flat.expected(part(&values, "data").expect("data"), &mut Vec::new(), &mut failed);
    let answer = ask(&made.text, made.variables.clone());
    let told = || format!("{}\n{}\n{answer}", made.text, made.variables);
    let data = part(&answer, "data").unwrap_or_else(|| panic!("{}", told()));
    assert_eq!(data.to_string(), expected.unwrap_or_default().to_string(), "{}", told());
    assert_eq!(paths(&answer), failed, "{}", told());
    failed.len()
}

#[test]
fn documents_made_by_chance_get_what_the_specification_says() {
    let mut dice = Dice::new(20_261_129);
    for _ in 0..count("PACTGRAPH_DOCUMENTS", 300) {
        let made = Maker::make(&SCHEMA, &KNOWN, &mut dice, 0);
        assert_eq!(compare(&made), 0, "{}", made.text);
    }
}

#[test]
fn what_a_failed_field_leaves_behind_is_what_the_specification_says() {
    let mut dice = Dice::new(1_129);
    let documents = count("PACTGRAPH_DOCUMENTS", 300);
    let mut failing = |_: &usize| compare(&Maker::make(&SCHEMA, &KNOWN, &mut dice, 12)) > 0;
    let with_errors = (0..documents).filter(|n| failing(n)).count();
    assert!(with_errors > documents / 5, "only {with_errors} of {documents} documents have errors");
}

/// What a field that fails leaves behind, on objects, on interfaces, in lists, and where it was all there was.
#[test]
fn a_failed_field_takes_with_it_what_cannot_be_without() {
    let fails = "relationships(first: -1) { totalCount }";
    let node = r#"{"node":null}"#;
    let cases = [
        (format!("{{ node(id: \"canada\") {{ id {fails} }} }}"), node, "node/relationships"),
        (format!("{{ node(id: \"canada\") {{ {fails} }} }}"), node, "node/relationships"),
        (format!("{{ node(id: \"canada\") {{ ... on Country {{ {fails} }} }} }}"), node, "node/relationships"),
        (
            format!("{{ nodes(ids: [\"canada\", \"x\"]) {{ id {fails} }} }}"),
            r#"{"nodes":[null,null]}"#,
            "nodes/0/relationships",
        ),
        (
            format!("{{ search(text: \"canada\") {{ nodes {{ id {fails} }} }} }}"),
            "null",
            "search/nodes/0/relationships",
        ),
        (format!("{{ canada {{ {fails} }} }}"), "null", "canada/relationships"),
        (format!("{{ canada {{ id {fails} }} }}"), "null", "canada/relationships"),
        (format!("{{ agreements(first: 1) {{ nodes {{ {fails} }} }} }}"), "null", "agreements/nodes/0/relationships"),
        (format!("{{ release {{ graph {{ canada {{ {fails} }} }} }} }}"), "null", "release/graph/canada/relationships"),
        (format!("{{ asOf(date: \"2024\") {{ canada {{ {fails} }} }} }}"), "null", "asOf/canada/relationships"),
        // A nullable field of the root, and one whose argument cannot be read.
        (
            format!("{{ __typename node(id: \"canada\") {{ r: {fails} }} __schema {{ __typename }} }}"),
            r#"{"__typename":"Query","node":null,"__schema":{"__typename":"__Schema"}}"#,
            "node/r",
        ),
        ("query($i: ID = \"canada\") { node(id: $i) { id } }".into(), node, "node"),
    ];
    for (document, data, path) in cases {
        let answer = ask(&document, serde_json::json!({ "i": null }));
        let given: Value = serde_json::from_str(data).expect("JSON");
        assert_eq!(part(&answer, "data").map(Value::to_string), Some(given.to_string()), "{document}: {answer}");
        assert_eq!(paths(&answer), [path], "{document}");
    }
    // What stands beside it is not touched, and what was not executed is not named.
    let document = format!(
        "{{ a: node(id: \"canada\") {{ {fails} }} b: node(id: \"canada\") {{ id }} c: agreements(first: -2) {{ totalCount }} d: agreements(first: -3) {{ totalCount }} }}"
    );
    let answer = ask(&document, serde_json::Value::Null);
    assert_eq!(part(&answer, "data"), Some(&Value::Null), "{answer}");
    assert_eq!(paths(&answer), ["a/relationships", "c"]);
    // A long list has its errors in its order.
    let ids = vec!["\"canada\""; 80].join(", ");
    let answer = ask(&format!("{{ nodes(ids: [{ids}]) {{ id {fails} }} }}"), serde_json::Value::Null);
    let expected: Vec<_> = (0..80).map(|index| format!("nodes/{index}/relationships")).collect();
    assert_eq!(paths(&answer), expected);
}
