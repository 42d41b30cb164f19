//! Questions whose answers come one by one: those of web sockets and event streams.

use futures_util::StreamExt;
use futures_util::stream::{BoxStream, once};

use super::State;
use crate::graphql::{Answer, Language, Question, RequestState};

/// Begins to answer a question: a subscription with each change, anything else once.
///
/// # Errors
///
/// With the refusal of a question that is not run.
pub(super) fn begin(
    state: &State,
    question: Question,
    language: Language,
) -> Result<BoxStream<'static, Answer>, Box<Answer>> {
    let prepared = state.api.prepare(question)?;
    if prepared.is_subscription() {
        // It holds no snapshot, or each would stay for as long as somebody listens.
        return Ok(state.api.stream(prepared, RequestState::following(state.live.clone(), language)));
    }
    let (api, graph, turns) = (state.api.clone(), state.live.graph(), state.turns.clone());
    let answer = async move {
        let turn = turns.wait(prepared.cost()).await;
        let answer = api.run(prepared, RequestState::new(graph, language)).await;
        drop(turn);
        answer
    };
    Ok(once(answer).boxed())
}
