//! The one place between the network and async-graphql: read, judge, choose, measure, execute.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition};
use async_graphql::{Response, ServerError, Value, Variables};
use futures_util::FutureExt;
use futures_util::stream::{BoxStream, StreamExt, once};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use super::amount::Amount;
use super::answer::{Answer, Code, fault, with_code};
use super::direct::Direct;
use super::limits::Limits;
use super::prepared::Prepared;
use super::progress::Progress;
use super::request::RequestState;
use super::shared::{Shared, Topic};
use super::store::Documents;
use super::type_map::TypeMap;
use super::written::Out;
use super::{ApiSchema, cost, schema, sdl, variables};
use crate::graph::{Bounds, BytePool, Cancel};

/// A document as it was sent, and its digest, by which it is known.
#[derive(Debug)]
pub struct Text {
    text: String,
    digest: [u8; 32],
}

impl Text {
    /// As it was sent.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its digest (BLAKE3).
    pub fn digest(&self) -> &[u8; 32] {
        &self.digest
    }
}

impl<T: Into<String>> From<T> for Text {
    fn from(text: T) -> Self {
        let text = text.into();
        Self { digest: blake3::hash(text.as_bytes()).into(), text }
    }
}

impl Default for Text {
    fn default() -> Self {
        String::new().into()
    }
}

/// What is asked.
#[derive(Debug, Default)]
pub struct Question {
    /// The GraphQL document.
    pub document: Text,
    /// The operation to run, where the document has several.
    pub operation: Option<String>,
    /// The values of the variables.
    pub variables: Variables,
}

/// What an answer depends on besides its question.
#[derive(Clone, Copy)]
struct About {
    cost: u64,
    limit: u64,
    shown: usize,
}

/// Units of work that may be done on a thread that serves all others: half a millisecond, about.
const WORK_AT_ONCE: u64 = 50_000;

/// Bytes that an answer is wont to grow by: the next may be a little longer, and something is said behind it.
const MORE: usize = 256;

/// The API: answers questions about whatever graph a request brings. Clones are cheap.
#[derive(Clone)]
pub struct Api {
    schema: ApiSchema,
    types: Arc<TypeMap>,
    documents: Arc<Documents>,
    direct: Arc<Direct>,
    heavy: Arc<Semaphore>,
    memory: Arc<BytePool>,
    subscriptions: Arc<Shared>,
    /// Whose turn it is to work out what a subscription tells.
    subscription_turns: Arc<Semaphore>,
    limits: Limits,
}

impl Default for Api {
    fn default() -> Self {
        Self::new(Limits::default())
    }
}

impl Api {
    /// The API with its published schema, within these limits.
    pub fn new(limits: Limits) -> Self {
        let heavy = Arc::new(Semaphore::new(limits.heavy_at_once));
        let (types, documents) = (Arc::new(TypeMap::new(&sdl())), Arc::new(Documents::new(limits.document_cache)));
        let schema = schema(&limits);
        let (subscriptions, subscription_turns) = (Arc::default(), Arc::new(Semaphore::new(1)));
        let (direct, memory) = (Arc::new(Direct::of(&schema)), BytePool::new(limits.answers_bytes));
        Self { schema, types, documents, direct, heavy, memory, subscriptions, subscription_turns, limits }
    }

    /// The limits it keeps.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(super) fn types(&self) -> &TypeMap {
        &self.types
    }

    /// Answers a question. Hostile documents are refused before they cost anything, a panic becomes
    /// an error, and an answer that takes too long is given up. Needs a tokio runtime.
    pub async fn execute(&self, question: Question, state: RequestState) -> Answer {
        match self.prepare(question) {
            Ok(prepared) => self.run(prepared, state).await,
            Err(refusal) => *refusal,
        }
    }

    /// Everything before execution: the question as it will be run, and what identifies it.
    ///
    /// # Errors
    /// The refusal of a question that is not run.
    pub fn prepare(&self, question: Question) -> Result<Prepared, Box<Answer>> {
        match catch_unwind(AssertUnwindSafe(|| self.judge(question))) {
            Ok(Ok(prepared)) => Ok(prepared),
            Ok(Err(errors)) => Err(Box::new(Answer::refused(errors, self.limits.errors))),
            // The panic has been told already, where it happened.
            Err(_) => Err(Box::new(Answer::failed())),
        }
    }

    /// Answers a question that was prepared; a subscription is refused here. A panic becomes an error,
    /// and an answer that takes too long is given up. Needs a tokio runtime.
    pub fn run(&self, prepared: Prepared, state: RequestState) -> Progress<Answer> {
        if prepared.is_subscription() {
            let message = "A subscription is answered by a stream: send it over WebSocket (graphql-transport-ws) or \
                           as a request for text/event-stream.";
            let fault = fault(Code::SubscriptionNeedsStream, message.into(), None);
            return Progress::Done(Answer::refused(vec![fault], 1));
        }
        let Limits { time, heavy_cost, .. } = self.limits;
        let cancel = state.cancel().child();
        let state = self.budgeted(state.under(cancel.clone()), Some(Instant::now() + time));
        let scans = prepared.scans.saturating_mul(state.graph_size());
        if prepared.cost() >= heavy_cost || scans > WORK_AT_ONCE {
            let answer = self.clone().answer_apart(prepared, state);
            return Progress::UnderWay(bounded(time, cancel, answer).boxed());
        }
        // Resolvers never wait, and so little is bounded by the budget alone.
        let answer = catch_unwind(AssertUnwindSafe(|| self.answer(&prepared, state)));
        Progress::Done(answer.unwrap_or_else(|_| broken()))
    }

    /// The answers to a subscription as they come, or the one answer to anything else.
    pub fn stream(&self, prepared: Prepared, state: RequestState) -> BoxStream<'static, Answer> {
        if !prepared.is_subscription() {
            let api = self.clone();
            return once(async move { api.run(prepared, state).await }).boxed();
        }
        let topic = Topic {
            document: prepared.document_hash(),
            operation: prepared.operation.clone(),
            variables: prepared.variables(),
            language: state.language().tag(),
            live: state.live_address(),
        };
        self.subscriptions.listen(topic, || {
            // What a subscription tells is bounded by its cost, and it lasts for as long as somebody listens.
            let bounds = Bounds { request_work: u64::MAX, ..self.limits.bounds() };
            // What is told at once is written anew, one after another.
            let (out, about) = (Arc::new(Out::new(0)), self.about(&prepared));
            let state = state.bounded(bounds, None).taking_turns(self.subscription_turns.clone());
            let answers = self.schema.execute_stream(prepared.subscription().data(state.written(out.clone())));
            answers.map(move |response| told(response, &out, about)).boxed()
        })
    }

    fn about(&self, prepared: &Prepared) -> About {
        let Limits { cost: limit, errors: shown, .. } = self.limits.of(prepared.kind);
        About { cost: prepared.cost(), limit, shown }
    }

    /// The request with all that it may use.
    fn budgeted(&self, state: RequestState, deadline: Option<Instant>) -> RequestState {
        state.bounded(self.limits.bounds(), deadline).answered_within(self.limits.answer_bytes, &self.memory)
    }

    /// The answer to a question, or its refusal where it was stopped before that was whole.
    fn answer(&self, prepared: &Prepared, state: RequestState) -> Answer {
        let room = &prepared.document.room;
        let out = Arc::new(Out::new(room.load(Ordering::Relaxed)));
        let (budget, memory) = (state.budget().clone(), state.memory());
        let (json, errors) = self.direct.execute(prepared, state.written(out.clone()), &out);
        if let Some(stop) = budget.stopped() {
            return Answer::stopped(stop, &budget, &self.limits);
        }
        room.store(json.len() + MORE, Ordering::Relaxed);
        let About { cost, limit, shown } = self.about(prepared);
        Answer::of(json, errors, shown, (cost, limit)).paid(budget.spent(), memory.map(|memory| memory.take()))
    }

    /// A large answer would keep a worker of the runtime from all others.
    async fn answer_apart(self, prepared: Prepared, state: RequestState) -> Answer {
        let Ok(permit) = self.heavy.clone().acquire_owned().await else { return Answer::failed() };
        if let (false, Some(stop)) = (state.budget().check(), state.budget().stopped()) {
            return Answer::stopped(stop, state.budget(), &self.limits);
        }
        let task = tokio::task::spawn_blocking(move || {
            let answer = self.answer(&prepared, state);
            drop(permit);
            answer
        });
        task.await.unwrap_or_else(|error| {
            tracing::error!(%error, "a heavy question was not answered");
            Answer::failed()
        })
    }

    /// Everything before execution that the library does not do, or not safely. A document that is known
    /// is neither read nor judged again.
    fn judge(&self, question: Question) -> Result<Prepared, Vec<ServerError>> {
        let Question { document: text, operation: name, variables } = question;
        let document = self.documents.read(&text, &self.types, &self.limits).map_err(|errors| errors.to_vec())?;
        let (operation, chosen) = choose(&document.executable, name.as_deref())?;
        let variables = variables::coerce(chosen, variables, &self.types)?;
        let limits = self.limits.of(chosen.ty);
        let Amount { values: cost, scans } = match document.costs.get(operation.unwrap_or_default()) {
            Some(cost) if cost.values <= limits.cost => *cost,
            Some(_) | None => cost::check(&document.executable, chosen, &variables, &self.types, &limits)?,
        };
        let (operation, kind) = (operation.map(ToOwned::to_owned), chosen.ty);
        let (mut given, mut defaults, mut absent) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        for definition in chosen.variable_definitions.iter().map(|definition| &definition.node) {
            let name = definition.name.node.clone();
            let default = definition.default_value.as_ref().map(|default| &default.node);
            // An argument that is null is as good as left out.
            if variables.get(&name).or(default).is_none_or(|value| *value == Value::Null) {
                absent.push(name.clone());
            }
            match (variables.get(&name), default) {
                (Some(value), _) => drop(given.insert(name, value.clone())),
                (None, Some(default)) => drop(defaults.insert(name, default.clone())),
                (None, None) => {}
            }
        }
        Ok(Prepared { document, operation, kind, variables: given, defaults, absent, cost, scans })
    }
}

fn broken() -> Answer {
    // The panic has been told already, where it happened.
    tracing::error!("a question was not answered");
    Answer::failed()
}

/// A task whose work is cancelled when nobody waits for it any more.
struct Task {
    handle: JoinHandle<Answer>,
    cancel: Cancel,
}

impl Drop for Task {
    fn drop(&mut self) {
        self.cancel.cancel();
        self.handle.abort();
    }
}

/// The answer, whatever becomes of it on the way. Its work is cancelled once its time is over, or when this
/// future is dropped because the client has left.
async fn bounded(time: Duration, cancel: Cancel, answer: impl Future<Output = Answer> + Send + 'static) -> Answer {
    // A task of its own, so that a panic ends in its handle.
    let mut task = Task { handle: tokio::spawn(answer), cancel };
    match tokio::time::timeout(time, &mut task.handle).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(error)) => {
            tracing::error!(%error, "a question was not answered");
            Answer::failed()
        }
        Err(_) => {
            tracing::warn!("a question took too long");
            Answer::timed_out(time)
        }
    }
}

/// The operation to be run, and its name.
pub(super) fn choose<'d>(
    document: &'d ExecutableDocument,
    name: Option<&str>,
) -> Result<(Option<&'d str>, &'d OperationDefinition), ServerError> {
    let message = match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => return Ok((None, &operation.node)),
        (DocumentOperations::Single(_), Some(name)) => {
            format!("The document has no operation named \"{name}\"; its only operation has no name.")
        }
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => match operations.iter().next() {
            Some((name, operation)) => return Ok((Some(name), &operation.node)),
            None => "The document has no operation.".into(),
        },
        (DocumentOperations::Multiple(operations), None) if operations.is_empty() => {
            "The document has no operation.".into()
        }
        (DocumentOperations::Multiple(operations), None) => {
            let mut names: Vec<_> = operations.keys().map(|name| name.as_str()).collect();
            names.sort_unstable();
            let names = names.into_iter().take(10).collect::<Vec<_>>().join(", ");
            format!("The document has several operations; say with `operationName` which one to run: {names}.")
        }
        (DocumentOperations::Multiple(operations), Some(name)) => match operations.get_key_value(name) {
            Some((name, operation)) => return Ok((Some(name), &operation.node)),
            None => format!("The document has no operation named \"{name}\"."),
        },
    };
    Err(fault(Code::OperationResolutionFailure, message, None))
}

/// One of the answers to a subscription, whose parts were written there.
fn told(response: Response, out: &Out, about: About) -> Answer {
    let (Response { data, errors, .. }, About { cost, limit, shown }) = (response, about);
    // The library does not tell how far it came, but only what was executed has a path.
    if errors.is_empty() || data != Value::Null || errors.iter().any(|error| !error.path.is_empty()) {
        return Answer::of(out.with_data(&data), errors, shown, (cost, limit));
    }
    Answer::refused(errors.into_iter().map(|error| with_code(error, Code::ValidationFailed)).collect(), shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(time: Duration, answer: impl Future<Output = Answer> + Send + 'static) -> String {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let answer = bounded(time, Cancel::default(), answer);
        String::from_utf8(runtime.block_on(answer).into_json()).expect("JSON")
    }

    #[test]
    fn panics_and_delays_become_errors_that_tell_nothing_internal() {
        let panicked = run(Duration::from_secs(30), async { panic!("a secret of ours") });
        assert!(panicked.contains("INTERNAL_SERVER_ERROR"), "{panicked}");
        assert!(!panicked.contains("secret") && !panicked.contains("data"), "{panicked}");
        assert!(String::from_utf8(broken().into_json()).is_ok_and(|json| json == panicked), "{panicked}");
        let late = run(Duration::from_millis(10), std::future::pending());
        assert!(late.contains("REQUEST_TIMEOUT") && !late.contains("data"), "{late}");
    }

    #[test]
    fn an_operation_is_chosen_by_name_or_because_it_is_alone() {
        let cases = [
            ("{ a }", None, ""),
            ("{ a }", Some("A"), "its only operation has no name"),
            ("query A { a }", None, ""),
            ("query A { a }", Some("A"), ""),
            ("query A { a }", Some("B"), "no operation named \"B\""),
            ("query A { a } query B { a }", Some("B"), ""),
            ("query B { a } query A { a }", None, "which one to run: A, B."),
        ];
        for (document, name, expected) in cases {
            let document = async_graphql::parser::parse_query(document).expect("a document");
            let said = choose(&document, name).err().map_or(String::new(), |error| error.message);
            assert_eq!(said.is_empty(), expected.is_empty(), "{said}");
            assert!(said.contains(expected), "{said}");
        }
    }
}
