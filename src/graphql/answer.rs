//! What comes back: data, or errors that each have a code.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::{Pos, ServerError, Value};
use serde::ser::{Error, Serialize, Serializer};
use serde_json::value::RawValue;

use super::json::write;
use super::limits::Limits;
use crate::graph::{ByteLease, RequestBudget, Stop};

/// Why a question was refused or failed: what clients branch on, in `extensions.code`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The document is no GraphQL.
    ParseFailed,
    /// The document does not fit the schema.
    ValidationFailed,
    /// An argument or a variable cannot be used as given.
    BadUserInput,
    /// No operation of the document has the name asked for, or several could be meant.
    OperationResolutionFailure,
    /// The answer would be too large.
    QueryTooExpensive,
    /// The document is too large.
    QueryTooLarge,
    /// A subscription was sent where one answer is given.
    SubscriptionNeedsStream,
    /// A fault of ours.
    InternalServerError,
    /// The answer took too long.
    RequestTimeout,
    /// Too many others are being answered.
    Overloaded,
    /// A listener has fallen behind.
    TooSlow,
}

impl Code {
    /// As clients read it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ParseFailed => "GRAPHQL_PARSE_FAILED",
            Self::ValidationFailed => "GRAPHQL_VALIDATION_FAILED",
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::OperationResolutionFailure => "OPERATION_RESOLUTION_FAILURE",
            Self::QueryTooExpensive => "QUERY_TOO_EXPENSIVE",
            Self::QueryTooLarge => "QUERY_TOO_LARGE",
            Self::SubscriptionNeedsStream => "SUBSCRIPTION_NEEDS_STREAM",
            Self::InternalServerError => "INTERNAL_SERVER_ERROR",
            Self::RequestTimeout => "REQUEST_TIMEOUT",
            Self::Overloaded => "OVERLOADED",
            Self::TooSlow => "TOO_SLOW",
        }
    }
}

/// How far a question came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Refused before execution: there is no `data`.
    Refused,
    /// Executed: there is `data`, perhaps with errors beside it.
    Executed,
    /// Given up for a fault of ours.
    Failed,
    /// Given up for taking too long.
    TimedOut,
    /// Given up, or not begun, because of all that is asked at the same time; it is worth to ask again.
    Overloaded,
}

/// The response to a question.
#[derive(Debug, Clone)]
pub struct Answer {
    stage: Stage,
    /// The data in JSON behind [`BEFORE`]; empty where the question was not executed.
    json: Vec<u8>,
    errors: Vec<ServerError>,
    /// What it was estimated to cost, and the limit.
    cost: Option<(u64, u64)>,
    /// Units of work it took.
    work: u64,
    /// What it takes of the memory of all answers.
    lease: Option<Arc<ByteLease>>,
}

/// What stands before the data of an answer without errors.
pub(super) const BEFORE: &[u8] = b"{\"data\":";

impl Answer {
    /// Whether the question was executed, so that there is `data`.
    pub fn executed(&self) -> bool {
        self.stage == Stage::Executed
    }

    /// How far the question came.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// Whether there are no errors.
    pub fn is_ok(&self) -> bool {
        self.errors.is_empty()
    }

    /// The code of each error.
    pub fn codes(&self) -> Vec<&str> {
        self.errors.iter().filter_map(|error| code_of(error)).collect()
    }

    /// The answer to a question that was executed: its data in JSON behind [`BEFORE`], the errors of its
    /// fields, of which at most `shown` are named, what it was estimated to cost, and what it might have.
    pub(super) fn of(json: Vec<u8>, errors: Vec<ServerError>, shown: usize, (cost, limit): (u64, u64)) -> Self {
        let errors = errors.into_iter().map(|error| with_code(error, Code::BadUserInput)).collect();
        let errors = limited(errors, shown, Code::BadUserInput);
        Self { stage: Stage::Executed, json, errors, cost: Some((cost, limit)), work: 0, lease: None }
    }

    /// A refusal that names at most `shown` errors.
    pub(super) fn refused(errors: Vec<ServerError>, shown: usize) -> Self {
        let mut errors = errors;
        // The library says some things once for each of its rules that find them.
        errors.dedup();
        Self::without_data(Stage::Refused, limited(errors, shown, Code::ValidationFailed))
    }

    fn without_data(stage: Stage, errors: Vec<ServerError>) -> Self {
        Self { stage, json: Vec::new(), errors, cost: None, work: 0, lease: None }
    }

    /// The same answer, which took so many units of work, and takes so much of the memory of all answers until
    /// it is dropped.
    #[must_use]
    pub(super) fn paid(self, work: u64, lease: Option<ByteLease>) -> Self {
        Self { work, lease: lease.map(Arc::new), ..self }
    }

    /// Units of work it took.
    pub fn work(&self) -> u64 {
        self.work
    }

    /// What it takes of the memory of all answers: to be held for as long as its bytes are.
    pub fn lease(&self) -> Option<Arc<ByteLease>> {
        self.lease.clone()
    }

    /// The refusal of a request that was stopped while it was worked on.
    pub(super) fn stopped(stop: Stop, budget: &RequestBudget, limits: &Limits) -> Self {
        let too_expensive = |message: String, limit: u64| {
            let mut error = fault(Code::QueryTooExpensive, message, None);
            let extensions = error.extensions.get_or_insert_default();
            extensions.set("work", budget.spent());
            extensions.set("limit", limit);
            Self::without_data(Stage::Refused, vec![error])
        };
        match stop {
            Stop::Work => {
                let most = budget.most();
                let message = format!(
                    "The question needs more than the {most} units of work that one may cost (relationships visited, \
                     conditions checked, values written). Ask for fewer nodes, narrow lists by kind before other \
                     conditions, or send its fields one by one."
                );
                too_expensive(message, most)
            }
            Stop::AnswerBytes => {
                let most = limits.answer_bytes as u64;
                let message = format!("The answer is larger than {most} bytes. Ask for smaller pages or fewer fields.");
                too_expensive(message, most)
            }
            Stop::Memory => Self::overloaded(),
            Stop::Deadline => Self::timed_out(limits.time),
            Stop::Cancelled => {
                let message = "The service is ending; ask again in a moment.";
                Self::without_data(Stage::Overloaded, vec![fault(Code::Overloaded, message.into(), None)])
            }
        }
    }

    /// The answer to a question that could not be answered for a fault of ours.
    pub fn failed() -> Self {
        let message = "The question could not be answered because of a fault of this service. Please report it.";
        Self::without_data(Stage::Failed, vec![fault(Code::InternalServerError, message.into(), None)])
    }

    /// What whoever is turned away is told.
    pub const TOO_MANY: &str = "Too many questions are being answered; ask again in a moment.";

    /// The answer to a question that was not looked at, because too many others are being answered.
    pub fn overloaded() -> Self {
        Self::without_data(Stage::Overloaded, vec![fault(Code::Overloaded, Self::TOO_MANY.into(), None)])
    }

    /// What a listener hears who has not read in time.
    pub(super) fn too_slow(missed: u64) -> Self {
        let message = format!("You read too slowly and have missed {missed} changes; subscribe again.");
        Self::of([BEFORE, b"null"].concat(), vec![fault(Code::TooSlow, message, None)], 1, (0, 0))
    }

    pub(super) fn timed_out(time: Duration) -> Self {
        let message = format!("The answer took longer than {time:?}. Ask for less at once, or try again.");
        Self::without_data(Stage::TimedOut, vec![fault(Code::RequestTimeout, message, None)])
    }
}

impl Answer {
    /// The answer as GraphQL clients expect it.
    pub fn into_json(self) -> Vec<u8> {
        let Self { stage: _, mut json, errors, cost, work, lease: _ } = self;
        if !errors.is_empty() {
            let mut told = Vec::with_capacity(json.len() + 1024);
            told.extend_from_slice(b"{\"errors\":");
            write(&errors, &mut told);
            // The data go on behind the bracket that opens the answer.
            if let Some(data) = json.get(1..) {
                told.push(b',');
                told.extend_from_slice(data);
            }
            json = told;
        }
        if let Some((requested, limit)) = cost {
            let cost =
                format!(",\"extensions\":{{\"cost\":{{\"limit\":{limit},\"requested\":{requested},\"work\":{work}}}}}");
            json.extend_from_slice(cost.as_bytes());
        }
        json.push(b'}');
        json
    }
}

impl Answer {
    /// The answer for people to read, a line for each value.
    pub fn into_lines(self) -> String {
        // What holds values in the order in which they were asked for.
        let read = serde_json::from_slice::<Value>(&self.into_json());
        read.and_then(|answer| serde_json::to_string_pretty(&answer)).unwrap_or_default()
    }
}

/// For an answer within other JSON; `serde_json` alone can write it.
impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let json = String::from_utf8(self.clone().into_json()).map_err(S::Error::custom)?;
        RawValue::from_string(json).map_err(S::Error::custom)?.serialize(serializer)
    }
}

/// The longest message of an error, in characters.
const LONGEST_MESSAGE: usize = 1_000;

/// The first of these errors, as many as are shown, each no longer than a message should be; a last one says
/// how many more there are.
pub(super) fn limited(mut errors: Vec<ServerError>, shown: usize, code: Code) -> Vec<ServerError> {
    let left_out = errors.len().saturating_sub(shown);
    errors.truncate(shown);
    for error in &mut errors {
        if let Some((end, _)) = error.message.char_indices().nth(LONGEST_MESSAGE) {
            error.message.truncate(end);
            error.message.push('…');
        }
    }
    if left_out > 0 {
        let more = format!("{left_out} more errors are not shown; correct these first.");
        errors.push(fault(code, more, None));
    }
    errors
}

/// An error with a code.
pub(super) fn fault(code: Code, message: String, at: Option<Pos>) -> ServerError {
    with_code(ServerError::new(message, at), code)
}

/// The error, with `code` where it has none.
pub(super) fn with_code(mut error: ServerError, code: Code) -> ServerError {
    let extensions = error.extensions.get_or_insert_default();
    if extensions.get("code").is_none() {
        extensions.set("code", code.as_str());
    }
    error
}

fn code_of(error: &ServerError) -> Option<&str> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Some(code),
        Value::Null | Value::Number(_) | Value::Boolean(_) | Value::Binary(_) | Value::Enum(_) => None,
        Value::List(_) | Value::Object(_) => None,
    }
}
