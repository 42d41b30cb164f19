//! Every question of ours with its blessed answer on the fixed world.
//!
//! A case is `tests/queries/NAME.graphql` with `NAME.json` beside it. Its first line may name a
//! language (`# language: FR`), and `NAME.variables.json` may hold variables. The worked examples of
//! `graph-data/queries` are cases too, with their answers in `tests/queries/examples`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use expect_test::expect_file;
use pactgraph::dataset::{Files, ValidDataset};
use pactgraph::graph::Graph;
use pactgraph::graphql::{Api, Language, Limits, Question, RequestState, Variables};
use serde_json::Value;

fn graph(dir: &str) -> Arc<Graph> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join(dir);
    let dataset = Files::from_dir(&dir).and_then(|files| ValidDataset::from_files(&files));
    Arc::new(Graph::new(dataset.expect("the data are valid")))
}

pub(crate) static WORLD: LazyLock<Arc<Graph>> = LazyLock::new(|| graph("tests/example-data"));
pub(crate) static REAL: LazyLock<Arc<Graph>> = LazyLock::new(|| graph("graph-data"));
static API: LazyLock<Api> = LazyLock::new(Api::default);

/// Answers a question as the program does.
pub(crate) fn ask(graph: &Arc<Graph>, document: &str, variables: Value, language: Language) -> Value {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let question = Question { document: document.into(), operation: None, variables: Variables::from_json(variables) };
    let answer = runtime.block_on(API.execute(question, RequestState::new(graph.clone(), language)));
    let mut answer = serde_json::to_value(&answer).expect("answers have a JSON form");
    // What a question costs is no part of its answer.
    answer.as_object_mut().expect("an object").remove("extensions");
    answer
}

/// Answers a question in English about the real data, and takes its data.
pub(crate) fn ask_real(document: &str) -> Value {
    let mut answer = ask(&REAL, document, Value::Null, Language::En);
    assert_eq!(answer.get("errors"), None, "{document}");
    answer["data"].take()
}

fn documents(dir: &str) -> Vec<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join(dir);
    let entries = fs::read_dir(&dir).expect("a folder of questions").map(|entry| entry.expect("an entry").path());
    let mut documents: Vec<_> = entries.filter(|path| path.extension().is_some_and(|e| e == "graphql")).collect();
    documents.sort();
    documents
}

pub(crate) fn variables(path: &Path) -> Value {
    match fs::read_to_string(path.with_extension("variables.json")) {
        Ok(text) => serde_json::from_str(&text).expect("variables are JSON"),
        Err(_) => Value::Null,
    }
}

fn answer(graph: &Arc<Graph>, path: &Path) -> Value {
    let document = fs::read_to_string(path).expect("a readable question");
    let french = document.lines().next().is_some_and(|line| line.trim() == "# language: FR");
    ask(graph, &document, variables(path), if french { Language::Fr } else { Language::En })
}

/// When a snapshot was made and what its bytes are differ from run to run and edit to edit.
fn settled(mut answer: Value) -> Value {
    if let Some(release) = answer.pointer_mut("/data/release").and_then(Value::as_object_mut) {
        for (key, value) in release {
            if key == "digest" || key == "loadedAt" {
                *value = "…".into();
            }
        }
    }
    answer
}

fn check(path: &Path, expected: &Path) {
    let answer = settled(answer(&WORLD, path));
    let text = serde_json::to_string_pretty(&answer).expect("answers have a JSON form") + "\n";
    expect_file![expected].assert_eq(&text);
}

#[test]
fn questions_have_their_blessed_answers() {
    let documents = documents("tests/queries");
    assert!(documents.len() >= 15, "the questions an analyst would ask");
    for path in documents {
        check(&path, &path.with_extension("json"));
    }
}

#[test]
fn worked_examples_have_their_blessed_answers() {
    let answers = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/queries/examples");
    let documents = documents("graph-data/queries");
    assert!(documents.len() >= 6, "enough for three kinds of users");
    for path in &documents {
        let name = path.file_stem().expect("a name");
        check(path, &answers.join(name).with_extension("json"));
    }
}

#[test]
fn worked_examples_answer_on_the_real_data() {
    for path in documents("graph-data/queries") {
        let answer = answer(&REAL, &path);
        assert_eq!(answer.get("errors"), None, "{}", path.display());
    }
}

#[test]
fn no_answer_is_without_its_question() {
    let stems = |paths: Vec<PathBuf>| -> BTreeSet<_> {
        paths.iter().map(|path| path.file_stem().expect("a name").to_owned()).collect()
    };
    for (answers, questions) in [("tests/queries", "tests/queries"), ("tests/queries/examples", "graph-data/queries")] {
        let questions = stems(documents(questions));
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(answers)).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let Some(stem) = name.strip_suffix(".variables.json").or_else(|| name.strip_suffix(".json")) else {
                continue;
            };
            assert!(questions.contains(std::ffi::OsStr::new(stem)), "{} has no question", path.display());
        }
    }
}

/// Every ```graphql block of the README is a worked example or a case, word for word.
#[test]
fn the_readme_shows_only_tested_questions() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("a README");
    let mut known = BTreeSet::new();
    for path in documents("graph-data/queries").into_iter().chain(documents("tests/queries")) {
        let text = fs::read_to_string(&path).expect("a readable question");
        let code: Vec<_> = text.lines().filter(|line| !line.starts_with('#')).collect();
        known.insert(code.join("\n").trim().to_owned());
    }
    let blocks: Vec<_> = readme.split("```graphql\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(blocks.len() >= 3, "the best questions are shown");
    for block in blocks {
        let code: Vec<_> = block.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(known.contains(code.join("\n").trim()), "this question of the README is not tested:\n{block}");
    }
}

/// Wrong ids, and arguments that are out of bounds or contradict each other: each refusal names its
/// argument, says what was expected, and carries a code.
#[test]
fn refusals_name_the_argument_and_a_way_out() {
    let table = [
        (r#"{ reach(from: ["canada-eu-partnership"]) { totalCount } }"#, "from", "canada-eu-raw-materials-partnership"),
        (r#"{ reach(from: []) { totalCount } }"#, "from", "1 to 100 ids"),
        (r#"{ reach(from: ["germany"], maxDepth: 33) { totalCount } }"#, "maxDepth", "1 to 32 steps"),
        (r#"{ paths(from: "germny", to: "france") { totalCount } }"#, "from", "germany"),
        (r#"{ paths(from: "germany", to: "france", via: ["g77"]) { totalCount } }"#, "via", "g7"),
        (r#"{ paths(from: "germany", to: "france", via: ["g7"], avoid: ["g7"]) { totalCount } }"#, "avoid", "both"),
        (r#"{ paths(from: "germany", to: "france", avoid: ["france"]) { totalCount } }"#, "avoid", "both"),
        (r#"{ paths(from: "germany", to: "germany") { totalCount } }"#, "to", "one node to another"),
        (r#"{ paths(from: "germany", to: "france", maxLength: 0) { totalCount } }"#, "maxLength", "1 to 32 steps"),
        (r#"{ paths(from: "germany", to: "france", first: -1) { totalCount } }"#, "first", "0 to 500"),
        (r#"{ pathExists(from: "germany", to: "frence") }"#, "to", "france"),
        (r#"{ agreements(first: -1) { totalCount } }"#, "first", "0 to 500"),
        (r#"{ agreements(first: 501) { totalCount } }"#, "first", "0 to 500"),
        (r#"{ agreements(after: "nothing") { totalCount } }"#, "after", "cursor"),
        (r#"{ agreements(where: { ids: ["canada-frence-dialogue"] }) { totalCount } }"#, "ids", "canada-france"),
        (r#"{ agreements(where: { source: ["nothing"] }) { totalCount } }"#, "source", "sources"),
        (r#"{ subgraph(around: ["germany"], depth: 0) { hiddenNodes } }"#, "depth", "1 to 32"),
        (r#"{ subgraph(around: ["germany"], limit: 0) { hiddenNodes } }"#, "limit", "1 to 2000"),
        (r#"{ sharedNeighbors(of: ["germany"]) { totalCount } }"#, "of", "two different"),
        (r#"{ groupBy(keys: [KIND, KIND]) { count } }"#, "keys", "two different"),
        (r#"{ search(text: "") { totalCount } }"#, "text", ""),
        (
            r#"{ asOf(date: "1900") { reach(from: ["g7-critical-minerals-action-plan"]) { totalCount } } }"#,
            "from",
            "as of 1900",
        ),
    ];
    for (document, argument, hint) in table {
        let answer = ask(&REAL, document, Value::Null, Language::En);
        let error = &answer["errors"][0];
        assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{document}: {answer}");
        assert_eq!(error["extensions"]["argument"], argument, "{document}");
        let message = error["message"].as_str().expect("a message");
        assert!(message.contains(hint) && message.contains(argument), "{document}: {message}");
    }
}

#[test]
fn a_service_keeps_the_limits_it_was_given() {
    let limits = Limits { page: 100, part: 500, path_length: 10, cost: 300, work: 1, ..Limits::default() };
    let api = Api::new(limits);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let table = [
        ("{ agreements(first: 101) { totalCount } }", "a page has 0 to 100 items"),
        (r#"{ subgraph(around: ["germany"], limit: 501) { hiddenNodes } }"#, "1 to 500 nodes"),
        (r#"{ reach(from: ["germany"], maxDepth: 11) { totalCount } }"#, "1 to 10 steps"),
        (r#"{ reach(from: ["germany"]) { stoppedBy } }"#, "WORK_BUDGET"),
        ("{ agreements(first: 100) { nodes { id name summary status } } }", "at most 300"),
        ("{ agreements(first: 50) { nodes { id name summary status } } }", "\"data\""),
    ];
    for (document, expected) in table {
        let question = Question { document: document.into(), ..Question::default() };
        let answer = runtime.block_on(api.execute(question, RequestState::new(REAL.clone(), Language::En)));
        let answer = serde_json::to_string(&answer).expect("answers have a JSON form");
        assert!(answer.contains(expected), "{document}: {answer:.300}");
    }
}

/// What tells one question from another is the document, the operation, and the variables declared.
#[test]
fn prepared_questions_say_what_identifies_them() {
    let prepare = |document: &str, operation: Option<&str>, variables: Value| {
        let variables = Variables::from_json(variables);
        let question = Question { document: document.into(), operation: operation.map(Into::into), variables };
        API.prepare(question).expect("a question that may be run")
    };
    let document = "query A($id: ID!, $n: Int) { node(id: $id) { id degree } agreements(first: $n) { totalCount } } \
                    query B { canada { id } }";
    let a = prepare(document, Some("A"), serde_json::json!({"n": 3, "other": 1, "id": "germany"}));
    assert_eq!((a.operation(), a.variables().as_str()), (Some("A"), r#"{"id":"germany","n":3}"#));
    assert!(a.cost() > 0 && !a.is_subscription());
    let b = prepare(document, Some("B"), Value::Null);
    assert_eq!((b.operation(), b.variables().as_str()), (Some("B"), "{}"));
    assert_eq!(a.document_hash(), b.document_hash());
    let c = prepare("query C { canada { id } }", None, Value::Null);
    assert_eq!(c.operation(), Some("C"));
    assert_ne!(a.document_hash(), c.document_hash());
}
