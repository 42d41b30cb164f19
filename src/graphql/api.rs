//! The one place between the network and async-graphql: guard, parse, choose, measure, execute.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use async_graphql::futures_util::stream::{BoxStream, StreamExt};
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition};
use async_graphql::parser::{Error as ParseError, parse_query};
use async_graphql::{Response, ServerError, Value, Variables};
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use super::answer::{Answer, Code, fault, with_code};
use super::limits::Limits;
use super::prepared::{Document, Prepared};
use super::request::RequestState;
use super::type_map::TypeMap;
use super::{ApiSchema, cost, guard, schema, sdl, variables};

/// What is asked.
#[derive(Debug, Default)]
pub struct Question {
    /// The GraphQL document.
    pub document: String,
    /// The operation to run, where the document has several.
    pub operation: Option<String>,
    /// The values of the variables.
    pub variables: Variables,
}

/// The API: answers questions about whatever graph a request brings. Clones are cheap.
#[derive(Clone)]
pub struct Api {
    schema: ApiSchema,
    types: Arc<TypeMap>,
    heavy: Arc<Semaphore>,
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
        Self { schema: schema(&limits), types: Arc::new(TypeMap::new(&sdl())), heavy, limits }
    }

    /// The limits it keeps.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(super) fn schema(&self) -> &ApiSchema {
        &self.schema
    }

    pub(super) fn types(&self) -> &TypeMap {
        &self.types
    }

    /// Answers a question. Hostile documents are refused before they cost anything, a panic becomes
    /// an error, and an answer that takes too long is given up. Needs a tokio runtime.
    pub async fn execute(&self, question: Question, state: RequestState) -> Answer {
        match self.prepare(question) {
            Ok(prepared) => self.run(prepared, state).await,
            Err(refusal) => refusal,
        }
    }

    /// Everything before execution: the question as it will be run, and what identifies it.
    ///
    /// # Errors
    /// The refusal of a question that is not run.
    pub fn prepare(&self, question: Question) -> Result<Prepared, Answer> {
        match catch_unwind(AssertUnwindSafe(|| self.judge(question))) {
            Ok(Ok(prepared)) => Ok(prepared),
            Ok(Err(errors)) => Err(Answer::refused(errors, self.limits.errors)),
            // The panic has been told already, where it happened.
            Err(_) => Err(Answer::failed()),
        }
    }

    /// Answers a question that was prepared; a subscription is refused here. A panic becomes an error,
    /// and an answer that takes too long is given up. Needs a tokio runtime.
    pub async fn run(&self, prepared: Prepared, state: RequestState) -> Answer {
        if prepared.is_subscription() {
            let message = "A subscription is answered by a stream: send it over WebSocket (graphql-transport-ws) or \
                           as a request for text/event-stream.";
            return Answer::refused(vec![fault(Code::SubscriptionNeedsStream, message.into(), None)], 1);
        }
        let api = self.clone();
        bounded(self.limits.time, async move { api.answer(prepared, state).await }).await
    }

    /// The answers to a subscription as they come, or the one answer to anything else.
    pub fn stream(&self, prepared: Prepared, state: RequestState) -> BoxStream<'static, Answer> {
        let request = prepared.request().data(state.bounded(self.limits.bounds()));
        let shown = self.limits.errors;
        self.schema.execute_stream(request).map(move |response| answered(response, shown)).boxed()
    }

    async fn answer(&self, prepared: Prepared, state: RequestState) -> Answer {
        let Limits { heavy_cost, heavy_graph, .. } = self.limits;
        let heavy = prepared.cost() >= heavy_cost || state.relationship_count() >= heavy_graph;
        let request = prepared.request().data(state.bounded(self.limits.bounds()));
        if !heavy {
            return answered(self.schema.execute(request).await, self.limits.errors);
        }
        // Resolvers never wait, so a large answer would keep a worker of the runtime from all others.
        let Ok(permit) = self.heavy.clone().acquire_owned().await else { return Answer::failed() };
        let (schema, shown) = (self.schema.clone(), self.limits.errors);
        let runtime = Handle::current();
        let task = tokio::task::spawn_blocking(move || {
            let response = runtime.block_on(schema.execute(request));
            drop(permit);
            answered(response, shown)
        });
        task.await.unwrap_or_else(|error| {
            tracing::error!(%error, "a heavy question was not answered");
            Answer::failed()
        })
    }

    /// Everything before execution that the library does not do, or not safely.
    fn judge(&self, question: Question) -> Result<Prepared, Vec<ServerError>> {
        let Question { document: text, operation, variables } = question;
        guard::check_text(&text, &self.limits)?;
        let parsed = parse_query(&text).map_err(|error| not_parsed(&error))?;
        let chosen = choose(&parsed, operation.as_deref())?;
        let cost = cost::check(&parsed, chosen, &variables, &self.types, &self.limits)?;
        let faults = variables::check(chosen, &variables, &self.types);
        if !faults.is_empty() {
            return Err(faults);
        }
        let kind = chosen.ty;
        let declared = chosen.variable_definitions.iter().map(|definition| definition.node.name.node.clone());
        let declared = declared.filter_map(|name| variables.get(&name).cloned().map(|value| (name, value))).collect();
        let operation = match &parsed.operations {
            DocumentOperations::Single(_) => None,
            DocumentOperations::Multiple(all) => operation.or_else(|| all.keys().next().map(ToString::to_string)),
        };
        let document = Arc::new(Document { hash: blake3::hash(text.as_bytes()), parsed });
        Ok(Prepared { document, operation, kind, variables: declared, cost })
    }
}

/// The answer, whatever becomes of it on the way.
async fn bounded(time: Duration, answer: impl Future<Output = Answer> + Send + 'static) -> Answer {
    // A task of its own, so that a panic ends in its handle.
    match tokio::time::timeout(time, tokio::spawn(answer)).await {
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

pub(super) fn choose<'d>(
    document: &'d ExecutableDocument,
    name: Option<&str>,
) -> Result<&'d OperationDefinition, ServerError> {
    let message = match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => return Ok(&operation.node),
        (DocumentOperations::Single(_), Some(name)) => {
            format!("The document has no operation named \"{name}\"; its only operation has no name.")
        }
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => match operations.values().next() {
            Some(operation) => return Ok(&operation.node),
            None => "The document has no operation.".into(),
        },
        (DocumentOperations::Multiple(operations), None) => {
            let mut names: Vec<_> = operations.keys().map(|name| name.as_str()).collect();
            names.sort_unstable();
            let names = names.into_iter().take(10).collect::<Vec<_>>().join(", ");
            format!("The document has several operations; say with `operationName` which one to run: {names}.")
        }
        (DocumentOperations::Multiple(operations), Some(name)) => match operations.get(name) {
            Some(operation) => return Ok(&operation.node),
            None => format!("The document has no operation named \"{name}\"."),
        },
    };
    Err(fault(Code::OperationResolutionFailure, message, None))
}

/// A parser's error in one sentence, with its place.
#[expect(clippy::wildcard_enum_match_arm, reason = "the other errors say it themselves, and the list is open")]
pub(super) fn not_parsed(error: &ParseError) -> ServerError {
    let at = error.positions().next();
    let reason = match error {
        // The parser draws a picture of several lines; the last one says what it expected.
        ParseError::Syntax { message, .. } => message.rsplit("= ").next().unwrap_or_default().trim().to_owned(),
        ParseError::RecursionLimitExceeded => {
            let message = "The document nests its selections too deep.".to_owned();
            return fault(Code::QueryTooLarge, message, at);
        }
        ParseError::MultipleOperations { .. } => "an operation without a name must be the only one".into(),
        other => other.to_string(),
    };
    let reason = reason.replace("EOI", "the end of the document").replace("type_", "type").replace('_', " ");
    let reason = reason.trim_end_matches('.');
    let message = match at {
        Some(at) => format!("Syntax error at line {}, column {}: {reason}.", at.line, at.column),
        None => format!("Syntax error: {reason}."),
    };
    fault(Code::ParseFailed, message, at)
}

fn answered(response: Response, shown: usize) -> Answer {
    // The library does not tell how far it came, but only what was executed has a path.
    let executed = response.errors.is_empty()
        || response.data != Value::Null
        || response.errors.iter().any(|error| !error.path.is_empty());
    if executed {
        let errors = response.errors.into_iter().map(|error| with_code(error, Code::BadUserInput));
        return Answer::executed_with(response.data, errors.collect());
    }
    let errors = response.errors.into_iter().map(|error| with_code(error, Code::ValidationFailed));
    Answer::refused(errors.collect(), shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(time: Duration, answer: impl Future<Output = Answer> + Send + 'static) -> String {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        serde_json::to_string(&runtime.block_on(bounded(time, answer))).expect("JSON")
    }

    #[test]
    fn panics_and_delays_become_errors_that_tell_nothing_internal() {
        let panicked = run(Duration::from_secs(30), async { panic!("a secret of ours") });
        assert!(panicked.contains("INTERNAL_SERVER_ERROR"), "{panicked}");
        assert!(!panicked.contains("secret") && !panicked.contains("data"), "{panicked}");
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
            let document = parse_query(document).expect("a document");
            let said = choose(&document, name).err().map_or(String::new(), |error| error.message);
            assert_eq!(said.is_empty(), expected.is_empty(), "{said}");
            assert!(said.contains(expected), "{said}");
        }
    }
}
