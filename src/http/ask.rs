//! From a question to its answer: kept from before, executed now, or turned away while too many are.

use std::sync::Arc;

use super::State;
use super::cache::{Kept, Key};
use super::observe::{Outcome, Source};
use crate::graph::{Graph, PartialDate};
use crate::graphql::{Answer, Language, Prepared, Progress, Question, RequestState};

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
    /// It was not looked at, because too many others are under way.
    Overloaded,
}

/// Answers a question about `graph` on a day; `key` is that of its answer. Says too what is to be told of it.
pub(super) fn ask(
    state: &State,
    (graph, today): (Arc<Graph>, PartialDate),
    question: Question,
    language: Language,
    key: Key,
) -> Progress<(Asked, Outcome)> {
    if let Some(kept) = state.answers.get(&key) {
        let outcome = Outcome { source: Source::Hit, ..kept.outcome().clone() };
        return Progress::Done((Asked::Whole { kept, hit: true }, outcome));
    }
    let answers = state.answers.clone();
    execute(state, (graph, today), question, language).map(move |(answer, outcome)| {
        let Some(answer) = answer else { return (Asked::Overloaded, outcome) };
        if !(answer.executed() && answer.is_ok()) {
            return (Asked::Faulty(answer), outcome);
        }
        let outcome = Outcome { source: Source::Miss, ..outcome };
        let kept = answers.keep(key, answer, outcome.clone());
        (Asked::Whole { kept, hit: false }, outcome)
    })
}

/// Executes a question; nothing where too many others are under way.
pub(super) fn execute(
    state: &State,
    (graph, today): (Arc<Graph>, PartialDate),
    question: Question,
    language: Language,
) -> Progress<(Option<Answer>, Outcome)> {
    match prepare(state, question) {
        (Ok(prepared), outcome) => run(state, (graph, today), prepared, language, outcome),
        (Err(refusal), outcome) => Progress::Done((Some(*refusal), outcome)),
    }
}

/// Everything before execution; a question that is not run is refused here.
pub(super) fn prepare(state: &State, question: Question) -> (Result<Prepared, Box<Answer>>, Outcome) {
    let operation = question.operation.as_deref().map(Into::into);
    match state.api.prepare(question) {
        Ok(prepared) => {
            let outcome = Outcome {
                operation: prepared.operation().map(Into::into),
                document: Some(prepared.document_hash()),
                cost: Some(prepared.cost()),
                ..Outcome::default()
            };
            (Ok(prepared), outcome)
        }
        Err(refusal) => {
            let outcome = Outcome { operation, codes: codes(&refusal), ..Outcome::default() };
            (Err(refusal), outcome)
        }
    }
}

/// Runs a question; nothing where too many others are under way.
pub(super) fn run(
    state: &State,
    (graph, today): (Arc<Graph>, PartialDate),
    prepared: Prepared,
    language: Language,
    outcome: Outcome,
) -> Progress<(Option<Answer>, Outcome)> {
    let Some(turn) = state.turns.take(prepared.cost()) else {
        return Progress::Done((None, Outcome { codes: vec![OVERLOADED.to_owned()], ..outcome }));
    };
    // The place is taken for as long as the question is worked on, also where nobody waits any more.
    let request = RequestState::on(graph, today, language).under(state.life.work().clone()).holding(turn);
    let answer = state.api.run(prepared, request);
    answer.map(move |answer| {
        let outcome = Outcome { executed: answer.executed(), codes: codes(&answer), ..outcome };
        (Some(answer), outcome)
    })
}

fn codes(answer: &Answer) -> Vec<String> {
    answer.codes().into_iter().map(str::to_owned).collect()
}

/// The code of questions that were turned away.
pub(super) const OVERLOADED: &str = "OVERLOADED";

/// What whoever was turned away is told.
pub(super) const TOO_MANY: &str = Answer::TOO_MANY;

/// In how many seconds it is worth to ask again.
pub(super) const RETRY_TIME: &str = "1";
