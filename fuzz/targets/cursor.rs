//! A cursor of any text: it marks an item of the list, or is refused by name.

#![no_main]

mod world;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use pactgraph::graphql::{Api, Language, Question, RequestState, Variables};

static API: LazyLock<Api> = LazyLock::new(Api::default);

const DOCUMENT: &str = r#"query($c: String) {
  a: agreements(first: 2, after: $c) { nodes { id } }
  b: relationships(last: 2, before: $c) { nodes { id } }
  c: search(text: "canada", first: 2, after: $c) { nodes { id } }
  d: reach(from: ["canada"], hubs: ALLOW, first: 2, after: $c) { edges { depth } }
  e: timeline(first: 2, after: $c) { totalCount }
}"#;

fuzz_target!(|cursor: &str| {
    let variables = Variables::from_json(serde_json::json!({ "c": cursor }));
    let question = Question { document: DOCUMENT.to_owned(), operation: None, variables };
    let state = RequestState::new(world::GRAPH.clone(), Language::En);
    let answer = world::RUNTIME.block_on(API.execute(question, state));
    assert!(answer.codes().iter().all(|code| *code == "BAD_USER_INPUT"), "{:?}", answer.codes());
});
