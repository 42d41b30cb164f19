//! From the parameters of a request to a question.

use serde_json::{Map, Value};

use crate::graphql::{Question, Variables};

/// Why a request asks nothing: a code, and a sentence that says what was expected.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed {
    pub(super) code: &'static str,
    pub(super) message: String,
}

fn malformed(message: impl Into<String>) -> Malformed {
    Malformed { code: "BAD_REQUEST", message: message.into() }
}

/// The question of a JSON body.
pub(super) fn from_body(body: &[u8]) -> Result<Question, Malformed> {
    if body.is_empty() {
        return Err(malformed("The body is empty; send a JSON object with the key \"query\"."));
    }
    match parse(body, "The body")? {
        Value::Object(parameters) => from_parameters(parameters),
        Value::Array(_) => Err(malformed("Several questions at once are not answered; send one for each request.")),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            Err(malformed("The body is no JSON object; send one with the key \"query\"."))
        }
    }
}

/// The question of a query string; `variables` and `extensions` are JSON there.
pub(super) fn from_query(query: &str) -> Result<Question, Malformed> {
    let mut parameters = Map::new();
    for (name, text) in form_urlencoded::parse(query.as_bytes()) {
        let value = match name.as_ref() {
            "query" | "operationName" => Value::String(text.into_owned()),
            "variables" | "extensions" if text.trim().is_empty() => Value::Null,
            "variables" | "extensions" => parse(text.as_bytes(), &format!("The parameter \"{name}\""))?,
            _ => continue,
        };
        if parameters.insert(name.to_string(), value).is_some() {
            return Err(malformed(format!("The parameter \"{name}\" is given more than once.")));
        }
    }
    from_parameters(parameters)
}

fn parse(json: &[u8], what: &str) -> Result<Value, Malformed> {
    serde_json::from_slice(json)
        .map_err(|error| malformed(format!("{what} is no JSON: line {}, column {}.", error.line(), error.column())))
}

/// The question of parameters by name.
pub(super) fn from_parameters(mut parameters: Map<String, Value>) -> Result<Question, Malformed> {
    let mut take = |name: &str| parameters.remove(name).filter(|value| !value.is_null());
    let extensions = match take("extensions") {
        None => Map::new(),
        Some(Value::Object(extensions)) => extensions,
        Some(other) => return Err(wrong_type("extensions", "an object", &other)),
    };
    let document = match take("query") {
        Some(Value::String(document)) if !document.trim().is_empty() => document,
        None if extensions.contains_key("persistedQuery") => {
            // Clients that know this answer send the document itself next.
            let message = "PersistedQueryNotSupported".to_owned();
            return Err(Malformed { code: "PERSISTED_QUERY_NOT_SUPPORTED", message });
        }
        None | Some(Value::String(_)) => {
            return Err(malformed("There is no question: give a GraphQL document as \"query\"."));
        }
        Some(other) => return Err(wrong_type("query", "a text", &other)),
    };
    let operation = match take("operationName") {
        None => None,
        // Forms send every field, filled in or not.
        Some(Value::String(name)) => Some(name).filter(|name| !name.is_empty()),
        Some(other) => return Err(wrong_type("operationName", "a text", &other)),
    };
    let variables = match take("variables") {
        None => Variables::default(),
        Some(variables @ Value::Object(_)) => Variables::from_json(variables),
        Some(other) => return Err(wrong_type("variables", "an object", &other)),
    };
    Ok(Question { document: document.into(), operation, variables })
}

fn wrong_type(name: &str, expected: &str, given: &Value) -> Malformed {
    let given = match given {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    malformed(format!("\"{name}\" must be {expected}, not {given}."))
}
