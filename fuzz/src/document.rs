//! A document of any text: it is refused or answered, and never a fault of ours.

use std::sync::LazyLock;

use pactgraph::graphql::{Api, Language, Question, RequestState, Variables};

static API: LazyLock<Api> = LazyLock::new(Api::default);

pub fn run(data: &[u8]) {
    let Ok(document) = std::str::from_utf8(data) else { return };
    let question = Question { document: document.into(), operation: None, variables: Variables::default() };
    let state = RequestState::new(crate::world::GRAPH.clone(), Language::En);
    let answer = crate::world::RUNTIME.block_on(API.execute(question, state));
    assert!(!answer.codes().contains(&"INTERNAL_SERVER_ERROR"), "{:?}", answer.codes());
}
