//! Whether a folder holds facts and queries that can be served.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use async_graphql::parser::types::{Directive, DocumentOperations, ExecutableDocument};
use async_graphql::{Name, Pos, Positioned, Request, Value, Variables};
use serde_json::Value as Json;

use super::{Named, NamedFault, given, one_query};
use crate::dataset::{Diagnostic, Diagnostics, Files, QueryFile, ValidDataset};
use crate::graphql::{Api, variables};

/// The facts in `files`, if they break no rule and every named query beside them fits the schema.
///
/// # Errors
/// With every fault of every file, if there is any.
pub fn check(files: &Files) -> Result<ValidDataset, Diagnostics> {
    let of_facts = ValidDataset::from_files(files);
    if files.queries().is_empty() {
        return of_facts;
    }
    let api = Api::default();
    let of_queries: Vec<_> = files.queries().iter().flat_map(|file| faults(&api, file)).collect();
    match of_facts {
        Ok(dataset) if of_queries.is_empty() => Ok(dataset),
        Ok(_) => Err(Diagnostics::default().and(of_queries, files)),
        Err(faults) => Err(faults.and(of_queries, files)),
    }
}

fn faults(api: &Api, file: &QueryFile) -> Vec<Diagnostic> {
    let faults = match api.named(&file.query) {
        Ok(named) => named.faults(api, &file.query.variables),
        Err(faults) => faults,
    };
    let diagnostic = |fault: NamedFault| {
        let NamedFault { in_variables, line, column, message } = fault;
        let message = message.trim_end_matches('.');
        if in_variables {
            let fault = file.fault_of_variables(line, column, message);
            fault.help("give each variable of the document a value of its type, in a JSON object")
        } else {
            file.fault(line, column, message).help("try the document in GraphiQL, which marks what does not fit")
        }
    };
    faults.into_iter().map(diagnostic).collect()
}

impl Named {
    /// Whatever in the document does not fit the schema, and whatever value does not fit its variable.
    fn faults(&self, api: &Api, values: &str) -> Vec<NamedFault> {
        let Ok(operation) = one_query(&self.document) else { return Vec::new() };
        let Ok(given) = given(values) else { return Vec::new() };
        let mut faults = Vec::new();
        for name in given.keys().filter(|name| self.variables.iter().all(|variable| variable.name != **name)) {
            let message = format!("The document has no variable \"${name}\"");
            faults.push(NamedFault::of_variables(1, 1, message));
        }
        let known = Variables::from_json(Json::Object(given.clone()));
        for fault in variables::check(operation, &known, api.types()) {
            let at = fault.locations.first().copied();
            let is_given = operation
                .variable_definitions
                .iter()
                .any(|definition| Some(definition.pos) == at && given.contains_key(definition.node.name.node.as_str()));
            // What is left out here must be given when it is asked.
            if is_given {
                faults.push(NamedFault::of_variables(1, 1, fault.message));
            }
        }
        let mut request = Request::new(self.text.clone());
        request.set_parsed_query(skipped(self.document.clone()));
        // Nothing is resolved, so nothing is waited for.
        let validated = pin!(api.schema().execute(request)).poll(&mut Context::from_waker(Waker::noop()));
        if let Poll::Ready(response) = validated {
            faults.extend(response.errors.iter().map(NamedFault::of));
        }
        faults
    }
}

/// The document with every root field skipped: it is validated, and nothing is resolved.
fn skipped(mut document: ExecutableDocument) -> ExecutableDocument {
    let operations: Vec<_> = match &mut document.operations {
        DocumentOperations::Single(operation) => vec![operation],
        DocumentOperations::Multiple(operations) => operations.values_mut().collect(),
    };
    for operation in operations {
        for item in &mut operation.node.selection_set.node.items {
            let always = (nowhere(Name::new("if")), nowhere(Value::Boolean(true).into_value()));
            let skip = Directive { name: nowhere(Name::new("skip")), arguments: vec![always] };
            item.node.directives_mut().push(nowhere(skip));
        }
    }
    document
}

fn nowhere<T>(node: T) -> Positioned<T> {
    Positioned::new(node, Pos::default())
}
