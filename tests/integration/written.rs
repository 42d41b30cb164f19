//! Lists are written as JSON while they are resolved: that must say what the library says by itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use async_graphql::{Request, Variables};
use pactgraph::graphql::{ApiSchema, Language, Limits, RequestState, schema};
use serde_json::Value;

use crate::queries::{self, REAL};

static SCHEMA: LazyLock<ApiSchema> = LazyLock::new(|| schema(&Limits::default()));

/// What the library says, its way.
fn plainly(document: &str, variables: Value) -> Value {
    plainly_in(document, variables, Language::En)
}

fn plainly_in(document: &str, variables: Value, language: Language) -> Value {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let request = Request::new(document).variables(Variables::from_json(variables));
    let state = RequestState::new(REAL.clone(), language);
    let answer = runtime.block_on(SCHEMA.execute(request.data(state)));
    serde_json::to_value(&answer).expect("an answer in JSON")
}

fn compare(document: &str, variables: Value) {
    compare_in(document, variables, Language::En);
}

fn compare_in(document: &str, variables: Value, language: Language) {
    let ours = queries::ask(&REAL, document, variables.clone(), language);
    let plain = plainly_in(document, variables, language);
    // Where a field failed, the library leaves out what should be null: see `answers`.
    if plain["errors"].is_null() {
        assert_eq!(ours["data"], plain["data"], "{document}");
        // The order of keys is that of the fields.
        assert_eq!(ours["data"].to_string(), plain["data"].to_string(), "{document}");
    }
    let errors = |answer: &Value| {
        let errors = answer["errors"].as_array().cloned().unwrap_or_default();
        let part =
            |error: &Value| (error["message"].to_string(), error["path"].to_string(), error["locations"].to_string());
        errors.iter().map(part).collect::<Vec<_>>()
    };
    // The library goes on where nothing can come of it any more, and names more errors.
    let (ours, plain) = (errors(&ours), errors(&plain));
    assert!(ours.first() == plain.first() && ours.iter().all(|error| plain.contains(error)), "{document}: {ours:?}");
}

#[test]
fn every_question_is_answered_as_the_library_answers_it() {
    let folder = |dir: &str| {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join(dir);
        let entries = fs::read_dir(dir).expect("questions").map(|entry| entry.expect("an entry").path());
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "graphql")).collect::<Vec<PathBuf>>()
    };
    for path in [folder("tests/queries"), folder("graph-data/queries")].concat() {
        let document = fs::read_to_string(&path).expect("a question");
        // An absent variable is null to the library: `settle` is tested elsewhere.
        if document.contains('$') && !path.with_extension("variables.json").exists() {
            continue;
        }
        compare(&document, queries::variables(&path));
    }
}

#[test]
fn keys_fragments_types_and_errors_are_those_of_the_library() {
    let documents = [
        "{ reach(from: [\"canada\"], hubs: ALLOW, first: 60) { nodes { __typename id ... on Agreement { status id } ... on Country { code } ... on Party { agreements(first: 2) { totalCount nodes { id } } } } } }",
        "{ reach(from: [\"canada\"], hubs: ALLOW, first: 60) { nodes { ...A ...B } } } fragment A on Node { id names { text } } fragment B on Agreement { name events { kind date } }",
        "{ agreements(first: 5) { nodes { parties { totalCount } parties { nodes { id } } } nodes { name } } }",
        "{ agreements(first: 5) { edges { cursor node { a: id b: id c: name(language: FR) } relationships { id } } } }",
        "{ agreements(first: 5) { nodes { id relationships(first: 1000000) { totalCount } } } }",
        "{ agreements(first: 5) { edges { node { id reach(maxDepth: 99) { totalCount } } } } }",
        "{ subgraph(around: [\"japan\"], depth: 1) { nodes { id kind } relationships { id from { id } to { ... on Node { name } } citations { source { id title } text } } } }",
        "{ agreements(first: 3) { nodes { id @skip(if: true) name @include(if: true) ... @include(if: false) { url } } } }",
        "{ germany: node(id: \"germany\") { reach(first: 20) { edges { depth node { id } via { length sentence steps { from { id } relationship { kind start } direction to { id } } } } } } }",
        "{ search(text: \"lithium\") { edges { node { __typename id } matched { reason fragment parts { __typename } } } } }",
        "{ timeline(first: 20) { nodes { date node { id } event { kind citations { source { url } } } } } }",
        "{ node(id: \"canada-eu-raw-materials-partnership\") { facts { __typename citations { locator source { publisher } } } } }",
        "{ agreements(first: 4) { nodes { __typename } } }",
        "{ agreements(first: 5) { ...A ...B ...A } } fragment A on AgreementConnection { nodes { id } } fragment B on AgreementConnection { nodes { name } }",
        "{ agreements(first: 5) { ...A ...C } } fragment A on AgreementConnection { nodes { id events { kind } } } fragment C on AgreementConnection { ...A totalCount }",
        "{ agreements(first: 5) { edges { node { id } } edges { node { name events { kind } } cursor } } }",
        "{ canada { relationships(first: 3) { nodes { from { id } } } } ...More } fragment More on Query { canada { relationships(first: 3) { nodes { from { name } to { id } } } } }",
        "{ groupBy(keys: [KIND]) { count keys { key value node { id } } nodes(first: 2) { nodes { id } } } }",
    ];
    let mut faulty = 0;
    for document in documents {
        compare(document, Value::Null);
        faulty += usize::from(plainly(document, Value::Null)["data"].is_null());
    }
    assert!(faulty <= 3, "most of these questions are answered: {faulty} are not");
}

#[test]
fn the_schema_says_of_itself_what_the_library_says() {
    let documents = [
        "{ __schema { description queryType { name kind } mutationType { name } subscriptionType { name fields { name } } types { kind name description specifiedByURL isOneOf } } }",
        "{ __schema { types { name fields { name description isDeprecated deprecationReason args { name defaultValue type { kind name ofType { kind name ofType { kind name ofType { name } } } } } type { kind name ofType { kind name ofType { kind name ofType { name } } } } } } } }",
        "{ __schema { directives { name description locations isRepeatable args { name description type { name ofType { name fields { name } } } } } } }",
        "{ __schema { types { name inputFields { name description defaultValue isDeprecated type { name } } enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { name } } } }",
        "{ __type(name: \"Country\") { __typename name interfaces { name kind fields { name } } ...T a: fields { __typename name } } canada { id } } fragment T on __Type { fields(includeDeprecated: true) { type { name ofType { name description } } } }",
        "query($of: String!) { __type(name: $of) { name ofType { name } } a: __type(name: \"Nothing\") { name } }",
    ];
    for document in documents {
        compare(document, serde_json::json!({ "of": "NodeFilter" }));
    }
}

/// The fields of a type that have no parts and can be asked for without arguments.
fn scalars(of: &str) -> Vec<String> {
    let asked = format!(
        "{{ __type(name: \"{of}\") {{ fields {{ name args {{ name defaultValue type {{ kind }} }} type {{ kind ofType {{ kind }} }} }} }} }}"
    );
    let answer = plainly(&asked, Value::Null);
    let fields = answer["data"]["__type"]["fields"].as_array().expect("fields").iter();
    let is_scalar = |field: &&Value| {
        let of = &field["type"];
        let kind = if of["kind"] == "NON_NULL" { &of["ofType"]["kind"] } else { &of["kind"] };
        let required = |arg: &Value| arg["type"]["kind"] == "NON_NULL" && arg["defaultValue"].is_null();
        (kind == "SCALAR" || kind == "ENUM") && !field["args"].as_array().expect("arguments").iter().any(required)
    };
    fields.filter(is_scalar).map(|field| field["name"].as_str().expect("a name").to_owned()).collect()
}

#[test]
fn every_scalar_is_written_as_its_resolver_says() {
    let mut asked = 0;
    let mut all = |of: &str| {
        // Fields of one name need not have one type.
        let fields = scalars(of).into_iter().map(|name| format!("{of}_{name}: {name}")).collect::<Vec<_>>();
        asked += fields.len();
        fields.join(" ")
    };
    let kinds =
        ["Agreement", "Country", "Forum", "IndigenousPeople", "Initiative", "Jurisdiction", "Organization", "Theme"];
    let kinds = kinds.map(|of| format!("... on {of} {{ {} }}", all(of))).join(" ");
    let relationship = all("Relationship");
    for language in [Language::En, Language::Fr] {
        let document = format!(
            "{{ reach(from: [\"canada\"], hubs: ALLOW, maxDepth: 9, first: 300) {{ totalCount nodes {{ {kinds} }} }}
               canada {{ relationships(first: 300) {{ nodes {{ {relationship} }} }} }} }}"
        );
        compare_in(&document, Value::Null, language);
    }
    assert!(asked > 80, "{asked} fields");
}
