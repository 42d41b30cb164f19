//! Named queries: what a document that has a name asks for, which values its variables take, and in
//! which forms its answer can be had. All of it is read off the document and the schema, before
//! anything is asked.

mod check;
mod fields;
mod ids;
mod parts;
mod rows;
mod variable;

use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType};
use async_graphql::{Pos, ServerError, Variables};
use serde_json::{Map, Value as Json};

pub use check::check;
pub use parts::Parts;
pub use rows::{Cell, Rows};
pub use variable::{Shape, Variable, WrongValue};

use super::answer::{Code, fault};
use super::api::choose;
use super::{Api, Question, cost, document};
use crate::graph::{NamedQuery, Time};

/// The values of all variables of a named query, those that were left out too.
pub type Values = Map<String, Json>;

/// A named query, read against the schema.
pub struct Named {
    text: String,
    document: ExecutableDocument,
    variables: Vec<Variable>,
    rows: Result<Rows, Vec<String>>,
    parts: Option<String>,
}

/// What is wrong with a named query, and where: in its document, or in the values of its variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedFault {
    /// Whether it is in the values of its variables.
    pub in_variables: bool,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What is wrong, as a sentence.
    pub message: String,
}

impl Api {
    /// Reads a named query against the schema. Linear in the document; executes nothing.
    ///
    /// # Errors
    /// Everything wrong with the document: it is no GraphQL, does not fit the schema, is too large, or
    /// not one query; or the values of its variables are no JSON object.
    pub fn named(&self, query: &NamedQuery) -> Result<Named, Vec<NamedFault>> {
        let text = query.document.to_string();
        let of_document = |error: ServerError| vec![NamedFault::of(&error)];
        let read = document::read_plain(&text, self.types(), self.limits());
        let document = read.map_err(|errors| errors.iter().map(NamedFault::of).collect::<Vec<_>>())?;
        let operation = one_query(&document).map_err(of_document)?;
        let given = given(&query.variables)?;
        let types = self.types();
        let values = Variables::from_json(Json::Object(given.clone()));
        cost::check(&document, operation, &values, types, self.limits()).map_err(of_document)?;
        let variables = variable::all(operation, &given, types);
        let rows = rows::find(&document, operation, types);
        let parts = parts::document(&text, &document, operation, types);
        Ok(Named { text, document, variables, rows, parts })
    }
}

impl Named {
    /// Its variables, in the order of the document.
    pub fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// The values that the variables have with these given as texts, as in an address.
    ///
    /// # Errors
    /// A variable that the query does not have, that is missing, given twice, or not of its type.
    pub fn values<'v>(&self, given: impl IntoIterator<Item = (&'v str, &'v str)>) -> Result<Values, WrongValue> {
        variable::values(&self.variables, given)
    }

    /// The question with these values.
    pub fn question(&self, values: &Values) -> Question {
        asked(self.text.clone(), values)
    }

    /// The one list its answer holds.
    ///
    /// # Errors
    /// The lists, where there are several or none.
    pub fn rows(&self) -> Result<&Rows, &[String]> {
        self.rows.as_ref().map_err(Vec::as_slice)
    }

    /// The question that also asks for the ids of all nodes and relationships its answer speaks of;
    /// none where it speaks of none. Its answer is read by [`Parts::of`].
    pub fn question_of_parts(&self, values: &Values) -> Option<Question> {
        self.parts.clone().map(|text| asked(text, values))
    }

    /// Whether its answer speaks of nodes or relationships.
    pub fn has_parts(&self) -> bool {
        self.parts.is_some()
    }

    /// The time at which everything is asked; all dates where it is asked at several.
    pub fn time(&self, values: &Values) -> Time {
        let Ok(operation) = one_query(&self.document) else { return Time::Today };
        parts::time(&self.document, operation, &Variables::from_json(Json::Object(values.clone())))
    }
}

fn asked(document: String, values: &Values) -> Question {
    Question {
        document: document.into(),
        operation: None,
        variables: Variables::from_json(Json::Object(values.clone())),
    }
}

impl NamedFault {
    fn of(error: &ServerError) -> Self {
        let Pos { line, column } = error.locations.first().copied().unwrap_or(Pos { line: 1, column: 1 });
        Self { in_variables: false, line, column, message: error.message.clone() }
    }

    fn of_variables(line: usize, column: usize, message: impl Into<String>) -> Self {
        Self { in_variables: true, line, column, message: message.into() }
    }
}

/// The operation of a document that holds one, which reads.
fn one_query(document: &ExecutableDocument) -> Result<&OperationDefinition, ServerError> {
    let count = match &document.operations {
        DocumentOperations::Single(_) => 1,
        DocumentOperations::Multiple(operations) => operations.len(),
    };
    let operation = if count == 1 { choose(document, None)?.1 } else { return Err(not_one(count)) };
    match operation.ty {
        OperationType::Query => Ok(operation),
        OperationType::Mutation | OperationType::Subscription => Err(not_one(0)),
    }
}

fn not_one(count: usize) -> ServerError {
    let message = format!("A named query holds one query, and this document holds {count}.");
    fault(Code::OperationResolutionFailure, message, None)
}

/// The values a query brings for its variables.
fn given(text: &str) -> Result<Values, Vec<NamedFault>> {
    if text.trim().is_empty() {
        return Ok(Values::new());
    }
    match serde_json::from_str(text) {
        Ok(Json::Object(values)) => Ok(values),
        Ok(Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Array(_)) => {
            Err(vec![NamedFault::of_variables(1, 1, "The values of variables are a JSON object.")])
        }
        Err(error) => {
            let message = "The values of variables are no JSON.";
            Err(vec![NamedFault::of_variables(error.line(), error.column().max(1), message)])
        }
    }
}
