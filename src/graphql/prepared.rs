//! A question that may be run, and what identifies it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, Field, FragmentDefinition, OperationDefinition, OperationType, Selection,
    SelectionSet,
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
    /// Those without a value that is not null.
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

    /// The values of the variables, those by default among them, without fields of input objects that are
    /// null.
    pub(super) fn values(&self) -> Variables {
        let variables = self.variables.iter().chain(&self.defaults);
        let variables = variables.map(|(name, value)| (name.clone(), without_nulls(value)));
        Variables::from_value(Value::Object(variables.collect()))
    }

    /// The operation as it is executed with these values, and the fragments.
    pub(super) fn settled(&self, values: &Variables) -> (Positioned<OperationDefinition>, Fragments) {
        let chosen = match (&self.document.executable.operations, &self.operation) {
            (DocumentOperations::Single(operation), _) => Some(operation),
            (DocumentOperations::Multiple(operations), Some(name)) => operations.get(name.as_str()),
            (DocumentOperations::Multiple(_), None) => None,
        };
        let mut operation = chosen.expect("the operation was found when the question was prepared").clone();
        let mut fragments = self.document.executable.fragments.clone();
        settle(&mut operation.node.selection_set.node, values, &self.absent);
        for fragment in fragments.values_mut() {
            settle(&mut fragment.node.selection_set.node, values, &self.absent);
        }
        (operation, fragments)
    }

    /// The subscription as the library takes it, which knows no fragments there and no key in two places.
    pub(super) fn subscription(&self) -> Request {
        let values = self.values();
        let (mut operation, fragments) = self.settled(&values);
        let mut fields = Vec::new();
        join(&operation.node.selection_set.node, &fragments, &mut fields);
        let field = |field: Positioned<Field>| Positioned::new(Selection::Field(field.clone()), field.pos);
        operation.node.selection_set.node.items = fields.into_iter().map(field).collect();
        let mut request = Request::new("");
        let operations = DocumentOperations::Single(operation);
        request.set_parsed_query(ExecutableDocument { operations, fragments });
        request.variables(values)
    }
}

/// Gathers the fields of a selection, each key once with all that is chosen of its value.
fn join(set: &SelectionSet, fragments: &Fragments, fields: &mut Vec<Positioned<Field>>) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => {
                let key = field.node.response_key();
                match fields.iter_mut().find(|known| known.node.response_key().node == key.node) {
                    Some(known) => {
                        let more = field.node.selection_set.node.items.iter().cloned();
                        known.node.selection_set.node.items.extend(more);
                    }
                    None => fields.push(field.clone()),
                }
            }
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = fragments.get(&spread.node.fragment_name.node) {
                    join(&fragment.node.selection_set.node, fragments, fields);
                }
            }
            Selection::InlineFragment(inline) => join(&inline.node.selection_set.node, fragments, fields),
        }
    }
}

/// The value without fields of objects that are null.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let given = fields.iter().filter(|(_, value)| **value != Value::Null);
            Value::Object(given.map(|(name, value)| (name.clone(), without_nulls(value))).collect())
        }
        Value::List(items) => Value::List(items.iter().map(without_nulls).collect()),
        Value::Null | Value::Number(_) | Value::String(_) => value.clone(),
        Value::Boolean(_) | Value::Binary(_) | Value::Enum(_) => value.clone(),
    }
}
