//! A question that may be run, and what identifies it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, FragmentDefinition, OperationDefinition, OperationType,
};
use async_graphql::{Name, Positioned, Request, Value, Variables};

use super::document::Document;
use super::settle::settle;

/// Fragments by name.
type Fragments = HashMap<Name, Positioned<FragmentDefinition>>;

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
    /// How often the whole graph may be looked at.
    pub(super) scans: u64,
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

    pub(super) fn is_marked(&self) -> bool {
        self.document.is_marked
    }

    /// Whether its answer may be written as it is resolved.
    pub(super) fn is_written(&self) -> bool {
        !self.document.merges && !self.document.introspects
    }

    /// The values of the variables, those by default among them.
    pub(super) fn values(&self) -> Variables {
        let variables = self.variables.iter().chain(&self.defaults);
        Variables::from_value(Value::Object(variables.map(|(name, value)| (name.clone(), value.clone())).collect()))
    }

    /// The operation as it is executed with these values, and the fragments.
    pub(super) fn settled(&self, values: &Variables) -> Option<(Positioned<OperationDefinition>, Fragments)> {
        let mut operation = match (&self.document.executable.operations, &self.operation) {
            (DocumentOperations::Single(operation), _) => operation.clone(),
            (DocumentOperations::Multiple(operations), Some(name)) => operations.get(name.as_str())?.clone(),
            (DocumentOperations::Multiple(_), None) => return None,
        };
        let mut fragments = self.document.executable.fragments.clone();
        settle(&mut operation.node.selection_set.node, values, &self.absent);
        for fragment in fragments.values_mut() {
            settle(&mut fragment.node.selection_set.node, values, &self.absent);
        }
        Some((operation, fragments))
    }

    /// The question as the library takes it.
    pub(super) fn request(&self) -> Request {
        let variables = self.values();
        let mut request = Request::new("");
        if let Some((operation, fragments)) = self.settled(&variables) {
            let operations = DocumentOperations::Single(operation);
            request.set_parsed_query(ExecutableDocument { operations, fragments });
        }
        request.variables(variables)
    }
}
