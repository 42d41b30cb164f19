//! What comes back: data, or errors that each have a code.

use std::time::Duration;

use async_graphql::{Pos, ServerError, Value};
use serde::ser::{Error, Serialize, Serializer};
use serde_json::value::RawValue;

use super::document::MARK;

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
}

/// The response to a question.
#[derive(Debug)]
pub struct Answer {
    stage: Stage,
    data: Value,
    errors: Vec<ServerError>,
    /// What it was estimated to cost, and the limit.
    cost: Option<(u64, u64)>,
}

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

    /// An answer, what it was estimated to cost, and what it might have.
    pub(super) fn executed_with(data: Value, errors: Vec<ServerError>, cost: u64, limit: u64) -> Self {
        Self { stage: Stage::Executed, data, errors, cost: Some((cost, limit)) }
    }

    /// A refusal that names at most `shown` errors.
    pub(super) fn refused(errors: Vec<ServerError>, shown: usize) -> Self {
        let mut errors = errors;
        // The library says some things once for each of its rules that find them.
        errors.dedup();
        let left_out = errors.len().saturating_sub(shown);
        if left_out > 0 {
            errors.truncate(shown);
            let more = format!("{left_out} more errors are not shown; correct these first.");
            errors.push(fault(Code::ValidationFailed, more, None));
        }
        Self { stage: Stage::Refused, data: Value::Null, errors, cost: None }
    }

    /// The answer to a question that could not be answered for a fault of ours.
    pub fn failed() -> Self {
        let message = "The question could not be answered because of a fault of this service. Please report it.";
        let errors = vec![fault(Code::InternalServerError, message.into(), None)];
        Self { stage: Stage::Failed, data: Value::Null, errors, cost: None }
    }

    /// What whoever is turned away is told.
    pub const TOO_MANY: &str = "Too many questions are being answered; ask again in a moment.";

    /// The answer to a question that was not looked at, because too many others are being answered.
    pub fn overloaded() -> Self {
        Self::refused(vec![fault(Code::Overloaded, Self::TOO_MANY.into(), None)], 1)
    }

    pub(super) fn timed_out(time: Duration) -> Self {
        let message = format!("The answer took longer than {time:?}. Ask for less at once, or try again.");
        Self {
            stage: Stage::TimedOut,
            data: Value::Null,
            errors: vec![fault(Code::RequestTimeout, message, None)],
            cost: None,
        }
    }
}

impl Answer {
    /// The answer as GraphQL clients expect it.
    pub fn to_json(&self) -> Vec<u8> {
        let written = if let Value::Binary(written) = &self.data { Some(written) } else { None };
        let mut json = Vec::with_capacity(written.map_or(1024, |written| written.len() + 128));
        json.push(b'{');
        if !self.errors.is_empty() {
            json.extend_from_slice(b"\"errors\":");
            write(&self.errors, &mut json);
        }
        if self.executed() {
            json.extend_from_slice(if self.is_ok() { b"\"data\":" } else { b",\"data\":" });
            match written {
                Some(written) => json.extend_from_slice(written),
                None => write_json(&self.data, &mut json, &|_| None),
            }
        }
        if let Some((requested, limit)) = self.cost {
            let cost = format!(",\"extensions\":{{\"cost\":{{\"limit\":{limit},\"requested\":{requested}}}}}}}");
            json.extend_from_slice(cost.as_bytes());
        } else {
            json.push(b'}');
        }
        json
    }
}

impl Answer {
    /// The answer for people to read, a line for each value.
    pub fn to_lines(&self) -> String {
        // What holds values in the order in which they were asked for.
        let read = serde_json::from_slice::<Value>(&self.to_json());
        read.and_then(|answer| serde_json::to_string_pretty(&answer)).unwrap_or_default()
    }
}

/// For an answer within other JSON; `serde_json` alone can write it.
impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let json = String::from_utf8(self.to_json()).map_err(S::Error::custom)?;
        RawValue::from_string(json).map_err(S::Error::custom)?.serialize(serializer)
    }
}

/// Writes a value as JSON. What was written already stands for itself, as bytes that say where it is:
/// the API has no other use for binary values.
pub(super) fn write_json<'p>(value: &Value, json: &mut Vec<u8>, piece: &impl Fn(&[u8]) -> Option<&'p [u8]>) {
    let comma = |json: &mut Vec<u8>, index: usize| {
        if index > 0 {
            json.push(b',');
        }
    };
    match value {
        Value::Null => json.extend_from_slice(b"null"),
        Value::Boolean(true) => json.extend_from_slice(b"true"),
        Value::Boolean(false) => json.extend_from_slice(b"false"),
        Value::Number(number) => write(number, json),
        Value::String(text) => write(text, json),
        Value::Enum(name) => write(name.as_str(), json),
        Value::Binary(place) => json.extend_from_slice(piece(place).unwrap_or(b"null")),
        Value::List(items) => {
            json.push(b'[');
            for (index, item) in items.iter().enumerate() {
                comma(json, index);
                write_json(item, json, piece);
            }
            json.push(b']');
        }
        Value::Object(fields) => {
            json.push(b'{');
            let fields = fields.iter().filter(|(name, _)| *name != MARK);
            for (index, (name, value)) in fields.enumerate() {
                comma(json, index);
                write(name.as_str(), json);
                json.push(b':');
                write_json(value, json, piece);
            }
            json.push(b'}');
        }
    }
}

fn write(value: &(impl Serialize + ?Sized), json: &mut Vec<u8>) {
    // Neither texts nor numbers nor errors can fail to be written, nor memory.
    if serde_json::to_writer(&mut *json, value).is_err() {
        json.extend_from_slice(b"null");
    }
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
