//! Documents are judged as the specification does: the verdicts of graphql-js are the truth.
//!
//! `tests/documents/documents.json` names the documents, `verdicts.json` beside it holds what graphql-js
//! says of each: null where it accepts, else the place and the words of its first error. Node checks
//! that it still says so, and says anew of documents that are made of those by chance.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, LazyLock};

use pactgraph::graph::Graph;
use pactgraph::graphql::{Answer, Api, Language, Question, RequestState, Variables};
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::server::example_graph;

/// A document by a name that says what it is about.
#[derive(Clone, Deserialize, Serialize)]
struct Named {
    name: String,
    document: String,
    /// Why our verdict is another one, where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    departs: Option<String>,
}

/// What is wrong first: where, and in which words.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
struct Fault {
    line: Option<u64>,
    column: Option<u64>,
    message: String,
}

static API: LazyLock<Api> = LazyLock::new(Api::default);
static GRAPH: LazyLock<Arc<Graph>> = LazyLock::new(example_graph);

static DOCUMENTS: LazyLock<Vec<Named>> = LazyLock::new(|| {
    let text = fs::read_to_string(folder().join("documents.json")).expect("the documents");
    serde_json::from_str(&text).expect("a list of documents")
});

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents")
}

fn question(document: &str) -> Question {
    Question { document: document.into(), ..Question::default() }
}

fn shown(answer: &Answer) -> Value {
    serde_json::to_value(answer).expect("answers have a JSON form")
}

/// What we say of a document, in the form of [`Fault`]; those that are only judged when they are run pass.
fn verdict(document: &str) -> Option<Fault> {
    let answer = shown(&*API.prepare(question(document)).err()?);
    let error = &answer["errors"][0];
    match error["extensions"]["code"].as_str() {
        Some("GRAPHQL_PARSE_FAILED" | "GRAPHQL_VALIDATION_FAILED") => {}
        // Which operation is meant, and the values of variables, are no matter of the document.
        Some("OPERATION_RESOLUTION_FAILURE" | "BAD_USER_INPUT") => return None,
        _ => panic!("{document}: {answer}"),
    }
    let place = &error["locations"][0];
    let message = error["message"].as_str().expect("a message").to_owned();
    Some(Fault { line: place["line"].as_u64(), column: place["column"].as_u64(), message })
}

/// The words without what each says in its own way: how a syntax error begins, and long values.
fn words(message: &str) -> String {
    let (ours, theirs) = ("Syntax error at line ", "Syntax Error: ");
    if let Some(rest) = message.strip_prefix(ours) {
        return rest.split_once(": ").map_or(rest, |(_, rest)| rest).to_lowercase();
    }
    message.strip_prefix(theirs).map_or_else(|| message.to_owned(), str::to_lowercase)
}

fn compare(document: &str, ours: Option<&Fault>, theirs: Option<&Fault>) -> Result<(), String> {
    let form = |fault: Option<&Fault>| fault.map(|fault| (fault.line, fault.column, words(&fault.message)));
    if form(ours) == form(theirs) {
        return Ok(());
    }
    Err(format!("{document}\n  graphql-js: {theirs:?}\n  we: {ours:?}"))
}

/// A folder with graphql-js, our scripts for it and the schema; nothing where there is no Node.
static GRAPHQL_JS: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/audits");
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("graphql-js");
    fs::create_dir_all(&dir).expect("a folder");
    for file in ["package.json", "package-lock.json", ".npmrc", "judge.mjs", "coerce.mjs"] {
        fs::copy(source.join(file), dir.join(file)).expect("a file of the audits");
    }
    fs::write(dir.join("schema.graphql"), pactgraph::graphql::sdl()).expect("the schema is written");
    let npm = Command::new("npm").args(["ci", "--ignore-scripts", "--prefer-offline"]).current_dir(&dir).output();
    let installed = match npm {
        Ok(output) => output,
        Err(_) if std::env::var_os("CI").is_none() => {
            eprintln!("skipped: the verdicts of graphql-js need Node and npm");
            return None;
        }
        Err(error) => panic!("the verdicts of graphql-js need Node and npm: {error}"),
    };
    assert!(installed.status.success(), "{}", String::from_utf8_lossy(&installed.stderr));
    Some(dir)
});

/// What graphql-js says of these, by a script of ours; nothing where there is no Node.
pub(crate) fn of_graphql_js<T: Serialize, V: DeserializeOwned>(script: &str, asked: &[T]) -> Option<Vec<V>> {
    let dir = GRAPHQL_JS.as_ref()?;
    let file = format!("{script}.json");
    fs::write(dir.join(&file), serde_json::to_string(asked).expect("JSON")).expect("the cases are written");
    let run = Command::new("node").args([script, "schema.graphql", &file]).current_dir(dir).output();
    let run = run.expect("node runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    Some(serde_json::from_slice(&run.stdout).expect("a list of verdicts"))
}

#[test]
fn documents_have_the_verdicts_of_graphql_js() {
    let text = fs::read_to_string(folder().join("verdicts.json")).unwrap_or_else(|_| "[]".into());
    let verdicts: Vec<(String, Option<Fault>)> = serde_json::from_str(&text).expect("a list of verdicts");
    let names: Vec<_> = verdicts.iter().map(|(name, _)| name).collect();
    let documents: Vec<_> = DOCUMENTS.iter().map(|named| &named.name).collect();
    assert_eq!(names, documents, "UPDATE_EXPECT=1 asks graphql-js anew");
    let mut wrong = Vec::new();
    for (named, (_, theirs)) in DOCUMENTS.iter().zip(&verdicts) {
        let outcome = compare(&named.document, verdict(&named.document).as_ref(), theirs.as_ref());
        match (&named.departs, outcome) {
            (None, Err(difference)) => wrong.push(format!("{}: {difference}", named.name)),
            (Some(_), Ok(())) => wrong.push(format!("{} departs no more", named.name)),
            (None, Ok(())) | (Some(_), Err(_)) => {}
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), documents.len(), wrong.join("\n"));
    let accepted = verdicts.iter().filter(|(_, fault)| fault.is_none()).count();
    assert!(accepted >= 40 && verdicts.len() - accepted >= 80, "{accepted} of {} are accepted", verdicts.len());
}

/// What graphql-js accepts, we run.
#[test]
fn what_is_accepted_is_run() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    for Named { name, document, .. } in DOCUMENTS.iter() {
        for values in
            [json!({}), json!({"a": true, "i": "germany", "on": "germany", "k": "COUNTRY", "n": 3, "d": "IN"})]
        {
            let asked = Question { variables: Variables::from_json(values), ..question(document) };
            let Ok(prepared) = API.prepare(asked) else { continue };
            let state = RequestState::new(GRAPH.clone(), Language::En);
            let answer = shown(&runtime.block_on(API.run(prepared, state).into_future()));
            assert!(answer.get("data").is_some(), "{name}: {answer}");
            for error in answer["errors"].as_array().into_iter().flatten() {
                assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{name}: {answer}");
            }
        }
    }
}

/// A small generator of numbers, so that every run makes the same documents.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// The words and signs of a document, roughly.
fn pieces(document: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut last = ' ';
    for character in document.chars() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        match pieces.last_mut() {
            Some(piece) if is_word(last) && is_word(character) => piece.push(character),
            _ => pieces.push(character.into()),
        }
        last = character;
    }
    pieces
}

/// A document made of two others: pieces left out, doubled, swapped, replaced.
fn mutated(dice: &mut Dice) -> String {
    let pick = |dice: &mut Dice| pieces(&DOCUMENTS[dice.throw(DOCUMENTS.len())].document);
    let (mut document, other) = (pick(dice), pick(dice));
    for _ in 0..=dice.throw(3) {
        if document.is_empty() || other.is_empty() {
            break;
        }
        let at = dice.throw(document.len());
        match dice.throw(5) {
            0 => drop(document.remove(at)),
            1 => document.insert(at, document[at].clone()),
            2 => document[at] = other[dice.throw(other.len())].clone(),
            3 => document.insert(at, other[dice.throw(other.len())].clone()),
            _ => {
                let with = dice.throw(document.len());
                document.swap(at, with);
            }
        }
    }
    document.concat()
}

/// Documents made by chance have the verdicts of graphql-js, too.
#[test]
fn mutated_documents_have_the_verdicts_of_graphql_js() {
    let count = std::env::var("PACTGRAPH_MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(3_000);
    let mut dice = Dice(2026);
    let documents = (0..count).map(|_| Named { name: String::new(), document: mutated(&mut dice), departs: None });
    let mut documents: Vec<_> = documents.filter(|named| !departs(&named.document)).collect();
    let fixed = documents.len();
    documents.extend(DOCUMENTS.iter().cloned());
    let Some(verdicts) = of_graphql_js::<_, Option<Fault>>("judge.mjs", &documents) else { return };
    let (mutations, recorded) = verdicts.split_at(fixed);
    let table: Vec<_> = DOCUMENTS.iter().map(|named| &named.name).zip(recorded).collect();
    let text = serde_json::to_string_pretty(&table).expect("JSON") + "\n";
    expect_test::expect_file![folder().join("verdicts.json")].assert_eq(&text);
    let compared = documents.iter().zip(mutations);
    let wrong = compared.filter_map(|(Named { document, .. }, theirs)| {
        compare(document, verdict(document).as_ref(), theirs.as_ref()).err()
    });
    let wrong: Vec<_> = wrong.collect();
    let shown = wrong.iter().take(20).cloned().collect::<Vec<_>>().join("\n");
    assert!(wrong.is_empty(), "{} of {fixed}:\n{shown}", wrong.len());
}

/// Where we knowingly say something else: a definition of types is not read on, whatever is wrong in it or
/// behind it.
fn departs(document: &str) -> bool {
    let types = ["type", "extend", "schema", "input", "enum", "union", "interface", "scalar", "directive"];
    pieces(document).iter().any(|piece| types.contains(&piece.as_str()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Whatever is sent, it is judged without a panic, and what is accepted ends without a fault of ours.
    #[test]
    fn any_text_is_judged_and_what_passes_is_run(text in "[\\PC\\n\\r\"{}()\\[\\]$@!:.a-f]{0,80}", seed: u64) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        for document in [text, mutated(&mut Dice(seed))] {
            match API.prepare(question(&document)) {
                Err(refusal) => prop_assert!(!refusal.codes().contains(&"INTERNAL_SERVER_ERROR"), "{}", document),
                Ok(prepared) => {
                    let state = RequestState::new(GRAPH.clone(), Language::En);
                    let answer = runtime.block_on(API.run(prepared, state).into_future());
                    prop_assert!(!answer.codes().contains(&"INTERNAL_SERVER_ERROR"), "{}", document);
                    prop_assert!(answer.executed(), "{}: {}", document, shown(&answer));
                }
            }
        }
    }
}

/// What the answers of some documents must be, by the specification.
#[test]
fn answers_keep_to_the_specification() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let cases = [
        ("{ canada { id @skip(if: true) } }", json!({}), json!({"canada": {}})),
        ("{ canada @skip(if: true) { id } }", json!({}), json!({})),
        ("{ node(id: \"germany\") { ... on Theme { id } } }", json!({}), json!({"node": {}})),
        (
            "query($a: Boolean!) { canada { ...F @include(if: $a) } } fragment F on Country { id }",
            json!({"a": false}),
            json!({"canada": {}}),
        ),
        (
            "query($a: Boolean!) { canada { ...F @include(if: $a) } } fragment F on Country { id }",
            json!({"a": true}),
            json!({"canada": {"id": "canada"}}),
        ),
        (
            "query($a: Boolean = true) { canada { id @include(if: $a) } }",
            json!({}),
            json!({"canada": {"id": "canada"}}),
        ),
        ("query($a: Boolean = true) { canada { id @skip(if: $a) } }", json!({}), json!({"canada": {}})),
        ("{ nodes(ids: [\"germany\", \"nothing\"]) { ... on Theme { id } } }", json!({}), json!({"nodes": [{}, null]})),
        // Without a value for the variable, the default of the argument holds.
        (
            "query($n: Int) { paths(from: \"germany\", to: \"france\", maxLength: $n) { __typename } }",
            json!({}),
            json!({"paths": {"__typename": "PathConnection"}}),
        ),
        ("query($i: ID!) { nodes(ids: [$i]) { id } }", json!({"i": "germany"}), json!({"nodes": [{"id": "germany"}]})),
        ("{ canada { b: id a: id } }", json!({}), json!({"canada": {"b": "canada", "a": "canada"}})),
    ];
    for (document, variables, expected) in cases {
        let asked = Question { variables: Variables::from_json(variables), ..question(document) };
        let answer = shown(&runtime.block_on(API.execute(asked, RequestState::new(GRAPH.clone(), Language::En))));
        assert_eq!(answer["data"].to_string(), expected.to_string(), "{document}: {answer}");
        assert_eq!(answer.get("errors"), None, "{document}");
    }
}

#[test]
fn answers_say_what_they_cost_and_refusals_what_would_pass() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let ask = |document: &str| {
        let state = RequestState::new(GRAPH.clone(), Language::En);
        shown(&runtime.block_on(API.execute(question(document), state)))
    };
    let answer = ask("{ canada { id name } }");
    let cost = &answer["extensions"]["cost"];
    assert_eq!((&cost["requested"], &cost["limit"]), (&json!(3), &json!(250_000)));
    assert!(cost["work"].as_u64().is_some_and(|work| (3..1_000).contains(&work)), "{cost}");
    let answer = ask("{ agreements(first: -1) { totalCount } }");
    assert!(answer["errors"].is_array() && answer["extensions"]["cost"]["requested"].is_u64(), "{answer}");
    let inner = "nodes { relationships(first: 500) { nodes { id sentence } } }";
    let cases = [
        (format!("{{ agreements(first: 500) {{ {inner} }} }}"), "agreements(first: 500)"),
        (format!("{{ a: agreements {{ {inner} }} b: agreements(first: 400) {{ {inner} }} }}"), "b(first: 400)"),
        (
            format!("{{ asOf(date: \"2024\") {{ ...F }} }} fragment F on Graph {{ forums(last: 300) {{ {inner} }} }}"),
            "asOf.forums(last: 300)",
        ),
    ];
    for (document, argument) in cases {
        let error = &ask(&document)["errors"][0];
        let (named, passes) = (error["extensions"]["argument"].as_str(), error["extensions"]["passes"].as_u64());
        assert_eq!(named, Some(format!("`{argument}`").as_str()), "{error}");
        let (start, asked) = argument.split_once(": ").expect("an argument");
        let lowered = |items: u64| {
            let field = start.rsplit('.').next().expect("a field").replace("b(", "agreements(");
            document.replace(&format!("{field}: {asked}"), &format!("{field}: {items})"))
        };
        let passes = passes.expect("a value that would pass");
        assert_eq!(ask(&lowered(passes)).get("errors"), None, "{}", lowered(passes));
        assert_eq!(ask(&lowered(passes + 1))["errors"][0]["extensions"]["code"], "QUERY_TOO_EXPENSIVE", "{error}");
    }
}
