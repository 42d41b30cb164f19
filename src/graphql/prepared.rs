//! A question that may be run, and what identifies it.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use async_graphql::{Name, Request, Value, Variables};

use super::document::Document;
use super::settle::settle;

/// A question that has passed everything but its execution. Equal hashes of the document, operations
/// and variables get equal answers from equal data in one language.
#[derive(Debug, Clone)]
pub struct Prepared {
    pub(super) document: Arc<Document>,
    pub(super) operation: Option<String>,
    pub(super) kind: OperationType,
    /// Those that the operation declares and the question gives.
    pub(super) variables: BTreeMap<Name, Value>,
    /// The defaults of those it does not give.
    pub(super) defaults: BTreeMap<Name, Value>,
    /// Those without any value.
    pub(super) absent: Vec<Name>,
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
        self.document.hash
    }

    /// The variables that the operation declares and the question gives, as JSON with sorted keys.
    pub fn variables(&self) -> String {
        let mut variables = serde_json::to_value(&self.variables).unwrap_or_default();
        variables.sort_all_objects();
        variables.to_string()
    }

    /// Whether the library has to put parts of objects together.
    pub(super) fn merges(&self) -> bool {
        self.document.merges
    }

    pub(super) fn is_marked(&self) -> bool {
        self.document.is_marked
    }

    pub(super) fn request(&self) -> Request {
        let variables = self.variables.iter().chain(&self.defaults);
        let variables = variables.map(|(name, value)| (name.clone(), value.clone())).collect();
        let mut request = Request::new("").variables(Variables::from_value(Value::Object(variables)));
        if let Some(operation) = &self.operation {
            request = request.operation_name(operation);
        }
        let mut document = self.document.executable.clone();
        settle(&mut document, &self.absent);
        request.set_parsed_query(document);
        request
    }
}
