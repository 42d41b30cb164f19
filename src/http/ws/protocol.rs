//! The messages of `graphql-transport-ws`, and the codes it closes with.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::graphql::{Answer, Question};
use crate::http::question::{self, Malformed};

/// The one subprotocol; the one before it, `graphql-ws`, is not spoken.
pub(super) const SUBPROTOCOL: &str = "graphql-transport-ws";

/// Bytes of a reason that a close frame has room for.
const REASON_BYTES: usize = 123;

/// Why a socket is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Close {
    pub(super) code: u16,
    pub(super) reason: String,
}

impl Close {
    fn new(code: u16, reason: impl Into<String>) -> Self {
        let mut reason = reason.into();
        while reason.len() > REASON_BYTES {
            reason.pop();
        }
        Self { code, reason }
    }

    pub(super) fn going_away() -> Self {
        Self::new(1001, "The service ends; connect again")
    }

    pub(super) fn no_web_socket() -> Self {
        Self::new(1002, "This is not how web sockets speak")
    }

    pub(super) fn not_text() -> Self {
        Self::new(1007, "The message is not UTF-8")
    }

    pub(super) fn too_large(limit: usize) -> Self {
        Self::new(1009, format!("A message has at most {limit} bytes"))
    }

    pub(super) fn invalid(reason: impl Into<String>) -> Self {
        Self::new(4400, reason)
    }

    pub(super) fn unauthorized() -> Self {
        Self::new(4401, "Unauthorized")
    }

    pub(super) fn wrong_subprotocol() -> Self {
        Self::new(4406, "Subprotocol not acceptable; use graphql-transport-ws")
    }

    pub(super) fn not_initialised() -> Self {
        Self::new(4408, "Connection initialisation timeout")
    }

    pub(super) fn taken(id: &str) -> Self {
        Self::new(4409, format!("Subscriber for {id} already exists"))
    }

    pub(super) fn initialised_twice() -> Self {
        Self::new(4429, "Too many initialisation requests")
    }
}

/// A message of the client.
#[derive(Debug)]
pub(super) enum Incoming {
    /// It wants to begin.
    Init,
    /// It wants to know whether we are there, and have this back.
    Ping(Option<Value>),
    /// It is there.
    Pong,
    /// It asks something.
    Subscribe(String, Result<Question, Malformed>),
    /// It wants no more of this.
    Complete(String),
}

/// Reads a message.
pub(super) fn read(text: &str, id_bytes: usize) -> Result<Incoming, Close> {
    let Ok(Value::Object(mut message)) = serde_json::from_str(text) else {
        return Err(Close::invalid("Invalid message received: it is no JSON object"));
    };
    let Some(Value::String(kind)) = message.remove("type") else {
        return Err(Close::invalid("Invalid message received: it has no \"type\""));
    };
    let payload = message.remove("payload").filter(|payload| !payload.is_null());
    match (kind.as_str(), payload) {
        ("connection_init", None | Some(Value::Object(_))) => Ok(Incoming::Init),
        ("ping", payload @ (None | Some(Value::Object(_)))) => Ok(Incoming::Ping(payload)),
        ("pong", None | Some(Value::Object(_))) => Ok(Incoming::Pong),
        ("complete", None) => Ok(Incoming::Complete(id(&mut message, id_bytes)?)),
        ("subscribe", Some(Value::Object(payload))) => {
            let id = id(&mut message, id_bytes)?;
            Ok(Incoming::Subscribe(id, asked(payload)?))
        }
        ("connection_init" | "ping" | "pong" | "complete" | "subscribe", _) => {
            Err(Close::invalid(format!("Invalid message received: \"payload\" of \"{kind}\" is not as expected")))
        }
        (kind, _) => Err(Close::invalid(format!("Unexpected message of type {kind} received"))),
    }
}

fn id(message: &mut Map<String, Value>, most: usize) -> Result<String, Close> {
    match message.remove("id") {
        Some(Value::String(id)) if (1..=most).contains(&id.len()) => Ok(id),
        Some(Value::String(_)) => {
            Err(Close::invalid(format!("Invalid message received: \"id\" must have 1 to {most} bytes")))
        }
        _ => Err(Close::invalid("Invalid message received: \"id\" must be a text")),
    }
}

/// The question of a payload. One of the wrong form ends the connection; one that asks nothing is
/// refused by itself.
fn asked(payload: Map<String, Value>) -> Result<Result<Question, Malformed>, Close> {
    let fits =
        |name: &str, fit: fn(&Value) -> bool| payload.get(name).is_none_or(|value| value.is_null() || fit(value));
    let is_formed = payload.get("query").is_some_and(Value::is_string)
        && fits("variables", Value::is_object)
        && fits("extensions", Value::is_object)
        && fits("operationName", Value::is_string);
    if !is_formed {
        return Err(Close::invalid("Invalid message received: \"payload\" is no question"));
    }
    Ok(question::from_parameters(payload))
}

/// A message of ours.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Outgoing<'a> {
    /// The connection may be used.
    ConnectionAck,
    /// Here we are.
    Pong {
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<Value>,
    },
    /// An answer.
    Next { id: &'a str, payload: &'a Answer },
    /// There is no answer, and this is why.
    Error { id: &'a str, payload: Value },
    /// That was the last answer.
    Complete { id: &'a str },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> u16 {
        read(text, 8).err().map_or(0, |close| {
            assert!(close.reason.len() <= REASON_BYTES, "{}", close.reason);
            close.code
        })
    }

    #[test]
    fn messages_of_the_wrong_form_close_the_connection() {
        let good = [
            r#"{"type": "connection_init"}"#,
            r#"{"type": "connection_init", "payload": {"a": 1}}"#,
            r#"{"type": "connection_init", "payload": null}"#,
            r#"{"type": "ping"}"#,
            r#"{"type": "ping", "payload": {}}"#,
            r#"{"type": "pong"}"#,
            r#"{"type": "complete", "id": "1"}"#,
            r#"{"type": "subscribe", "id": "12345678", "payload": {"query": "{ a }"}}"#,
            r#"{"type": "subscribe", "id": "1", "payload": {"query": "", "variables": null, "extensions": {}}}"#,
        ];
        for text in good {
            assert_eq!(code(text), 0, "{text}");
        }
        let bad = [
            "",
            "hello",
            "[]",
            "{}",
            r#"{"type": 7}"#,
            r#"{"type": "next", "id": "1", "payload": {}}"#,
            r#"{"type": "start", "id": "1", "payload": {"query": "{ a }"}}"#,
            r#"{"type": "connection_ack"}"#,
            r#"{"type": "connection_init", "payload": "a"}"#,
            r#"{"type": "ping", "payload": []}"#,
            r#"{"type": "complete"}"#,
            r#"{"type": "complete", "id": ""}"#,
            r#"{"type": "complete", "id": 1}"#,
            r#"{"type": "subscribe", "id": "1"}"#,
            r#"{"type": "subscribe", "payload": {"query": "{ a }"}}"#,
            r#"{"type": "subscribe", "id": "123456789", "payload": {"query": "{ a }"}}"#,
            r#"{"type": "subscribe", "id": "1", "payload": {}}"#,
            r#"{"type": "subscribe", "id": "1", "payload": {"query": 7}}"#,
            r#"{"type": "subscribe", "id": "1", "payload": {"query": "{ a }", "variables": "{}"}}"#,
            r#"{"type": "subscribe", "id": "1", "payload": {"query": "{ a }", "operationName": 1}}"#,
        ];
        for text in bad {
            assert_eq!(code(text), 4400, "{text}");
        }
        assert_eq!(code(&format!(r#"{{"type": "{}"}}"#, "é".repeat(500))), 4400);
    }
}
