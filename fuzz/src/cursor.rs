//! A cursor of any text: it marks an item of the list, or is refused by name.

use std::sync::LazyLock;

use pactgraph::graphql::{Api, Language, Question, RequestState, Variables};

static API: LazyLock<Api> = LazyLock::new(Api::default);

const DOCUMENT: &str = r#"query($c: String) {
  a: agreements(first: 2, after: $c) { nodes { id } }
  b: relationships(last: 2, before: $c) { nodes { id } }
  c: search(text: "canada", first: 2, after: $c) { nodes { id } }
  d: reach(from: ["canada"], hubs: ALLOW, first: 2, after: $c) { edges { depth } }
  e: timeline(first: 2, after: $c) { totalCount }
}"#;

pub fn run(data: &[u8]) {
    let Ok(cursor) = std::str::from_utf8(data) else { return };
    let variables = Variables::from_json(serde_json::json!({ "c": cursor }));
    let question = Question { document: DOCUMENT.into(), operation: None, variables };
    let state = RequestState::new(crate::world::GRAPH.clone(), Language::En);
    let answer = crate::world::RUNTIME.block_on(API.execute(question, state));
    let refused = ["BAD_USER_INPUT", "RELEASE_CHANGED"];
    assert!(answer.codes().iter().all(|code| refused.contains(code)), "{:?}", answer.codes());
}
