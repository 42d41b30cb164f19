//! Questions whose answers come one by one: those of web sockets and event streams.

use std::future::ready;
use std::time::Instant;

use futures_util::StreamExt;
use futures_util::stream::{BoxStream, once};
use tracing::Instrument;

use super::observe::{self, Outcome};
use super::{State, ask};
use crate::graphql::{Answer, Language, Question, RequestState};

/// The answers to a question: to a subscription with each change, to anything else one. A refusal is an
/// answer too, and so is that too many others are under way.
pub(super) fn begin(state: &State, question: Question, language: Language) -> BoxStream<'static, Answer> {
    let (began, span) = (Instant::now(), observe::question());
    let (prepared, outcome) = span.in_scope(|| ask::prepare(state, question));
    match prepared {
        Err(refusal) => {
            observe::answered(state, &span, &outcome, began.elapsed());
            once(ready(*refusal)).boxed()
        }
        Ok(prepared) if prepared.is_subscription() => {
            let Ok(place) = state.places.subscriptions.clone().try_acquire_owned() else {
                let outcome = Outcome { codes: vec![ask::OVERLOADED.to_owned()], ..outcome };
                observe::answered(state, &span, &outcome, began.elapsed());
                return once(ready(Answer::overloaded())).boxed();
            };
            let outcome = Outcome { executed: true, ..outcome };
            observe::answered(state, &span, &outcome, began.elapsed());
            // It holds no snapshot, or each would stay for as long as somebody listens.
            let answers = state.api.stream(prepared, RequestState::following(state.live.clone(), language));
            // Its place is taken for as long as somebody listens.
            answers.map(move |answer| (&place, answer).1).boxed()
        }
        Ok(prepared) => {
            let (state, now) = (state.clone(), state.now());
            let answer = async move {
                let asked = async { ask::run(&state, now, prepared, language, outcome).await };
                let (answer, outcome) = asked.instrument(span.clone()).await;
                observe::answered(&state, &span, &outcome, began.elapsed());
                answer.unwrap_or_else(Answer::overloaded)
            };
            once(answer).boxed()
        }
    }
}
