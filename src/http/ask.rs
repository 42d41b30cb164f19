//! From a question to its answer: kept from before, or executed now.

use std::sync::Arc;

use super::State;
use super::cache::{Kept, Key};
use crate::graph::Graph;
use crate::graphql::{Answer, Language, Question, RequestState};

/// What became of a question.
pub(super) enum Asked {
    /// It was answered in full, now or before.
    Whole {
        /// The answer.
        kept: Arc<Kept>,
        /// Whether it came from the cache.
        hit: bool,
    },
    /// It was refused, or answered with errors, which may be other ones the next time.
    Faulty(Answer),
}

/// Answers a question about `graph`; `key` is that of its answer.
pub(super) async fn ask(state: &State, graph: Arc<Graph>, question: Question, language: Language, key: Key) -> Asked {
    if let Some(kept) = state.answers.get(&key) {
        return Asked::Whole { kept, hit: true };
    }
    let answer = state.api.execute(question, RequestState::new(graph, language)).await;
    if !(answer.executed() && answer.is_ok()) {
        return Asked::Faulty(answer);
    }
    match serde_json::to_vec(&answer) {
        Ok(body) => Asked::Whole { kept: state.answers.keep(key, body.into()), hit: false },
        Err(error) => {
            tracing::error!(%error, "an answer has no form");
            Asked::Faulty(Answer::failed())
        }
    }
}
