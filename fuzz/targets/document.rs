//! A document of any text: it is refused or answered, and never a fault of ours.

#![no_main]

mod world;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use pactgraph::graphql::{Api, Language, Question, RequestState, Variables};

static API: LazyLock<Api> = LazyLock::new(Api::default);

fuzz_target!(|document: &str| {
    let question = Question { document: document.to_owned(), operation: None, variables: Variables::default() };
    let state = RequestState::new(world::GRAPH.clone(), Language::En);
    let answer = world::RUNTIME.block_on(API.execute(question, state));
    assert!(!answer.codes().contains(&"INTERNAL_SERVER_ERROR"), "{:?}", answer.codes());
});
