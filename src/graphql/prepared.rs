//! A question that may be run, and what identifies it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use async_graphql::parser::types::{ExecutableDocument, OperationType};
use async_graphql::{Name, Request, Value, Variables};

/// A document that was read.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) hash: blake3::Hash,
    pub(super) parsed: ExecutableDocument,
}

/// A question that has passed everything but its execution. Equal hashes of the document, operations
/// and variables get equal answers from equal data in one language.
#[derive(Debug, Clone)]
pub struct Prepared {
    pub(super) document: Arc<Document>,
    pub(super) operation: Option<String>,
    pub(super) kind: OperationType,
    /// Those the operation declares.
    pub(super) variables: BTreeMap<Name, Value>,
    pub(super) cost: u64,
}

impl Prepared {
    /// The name of the operation to be run, where it has one.
    pub fn operation(&self) -> Option<&str> {
        self.operation.as_deref()
    }

    /// Whether it is a subscription, which `Api::stream` answers.
    pub fn is_subscription(&self) -> bool {
        self.kind == OperationType::Subscription
    }

    /// How many values the answer may have, as estimated.
    pub fn cost(&self) -> u64 {
        self.cost
    }

    /// The digest of the document's text.
    pub fn document_hash(&self) -> [u8; 32] {
        *self.document.hash.as_bytes()
    }

    /// The variables that the operation declares and the question gives, as JSON with sorted keys.
    pub fn variables(&self) -> String {
        let mut text = String::from("{");
        for (position, (name, value)) in self.variables.iter().enumerate() {
            let comma = if position == 0 { "" } else { "," };
            // Writing to a text cannot fail.
            let _ = write!(text, "{comma}\"{name}\":");
            canonical(value, &mut text);
        }
        text.push('}');
        text
    }

    pub(super) fn request(&self) -> Request {
        let variables = self.variables.iter().map(|(name, value)| (name.clone(), value.clone()));
        let mut request = Request::new("").variables(Variables::from_value(Value::Object(variables.collect())));
        if let Some(operation) = &self.operation {
            request = request.operation_name(operation);
        }
        request.set_parsed_query(self.document.parsed.clone());
        request
    }
}

/// Appends the JSON of a value, its keys sorted.
fn canonical(value: &Value, text: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_unstable_by_key(|(name, _)| *name);
            text.push('{');
            for (position, (name, value)) in fields.into_iter().enumerate() {
                text.push_str(if position == 0 { "" } else { "," });
                // The keys of variables may hold anything.
                text.push_str(&leaf(&Value::String(name.to_string())));
                text.push(':');
                canonical(value, text);
            }
            text.push('}');
        }
        Value::List(items) => {
            text.push('[');
            for (position, value) in items.iter().enumerate() {
                text.push_str(if position == 0 { "" } else { "," });
                canonical(value, text);
            }
            text.push(']');
        }
        Value::Null | Value::Number(_) | Value::String(_) | Value::Boolean(_) | Value::Binary(_) | Value::Enum(_) => {
            text.push_str(&leaf(value));
        }
    }
}

fn leaf(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_variables_have_one_form() {
        let canon = |json: &str| {
            let mut text = String::new();
            canonical(&Value::from_json(serde_json::from_str(json).expect("JSON")).expect("a value"), &mut text);
            text
        };
        assert_eq!(
            canon(r#"{"b": [1, {"d": null, "c": 1.5}], "a": "x\"\n"}"#),
            r#"{"a":"x\"\n","b":[1,{"c":1.5,"d":null}]}"#
        );
        assert_eq!(canon(r#"{"\"": true}"#), r#"{"\"":true}"#);
    }
}
