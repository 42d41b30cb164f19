//! Whether a folder holds facts and queries that can be served.

use std::sync::LazyLock;

use async_graphql::Variables;
use serde_json::Value as Json;

use super::ids::{self, NamedId};
use super::{Named, NamedFault, given, one_query};
use crate::dataset::{Diagnostic, Diagnostics, Files, QueryFile, ValidDataset};
use crate::graphql::{Api, variables};

/// What the queries are held against; the same for all folders.
static API: LazyLock<Api> = LazyLock::new(Api::default);

/// The facts in `files`, if they break no rule, and every named query beside them fits the schema and names
/// only ids that there are.
///
/// # Errors
/// With every fault of every file, if there is any.
pub fn check(files: &Files) -> Result<ValidDataset, Diagnostics> {
    let of_facts = ValidDataset::from_files(files);
    if files.queries().is_empty() {
        return of_facts;
    }
    let mut of_queries: Vec<_> = files.queries().iter().flat_map(|file| faults(&API, file)).collect();
    if let Ok(dataset) = &of_facts {
        of_queries.extend(files.queries().iter().flat_map(|file| unknown_ids(&API, file, dataset)));
    }
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

/// Every id in a query that is that of nothing in `dataset`. Queries that are wrong otherwise are not looked
/// at.
fn unknown_ids(api: &Api, file: &QueryFile, dataset: &ValidDataset) -> Vec<Diagnostic> {
    let Ok(named) = api.named(&file.query) else { return Vec::new() };
    let (Ok(operation), Ok(values)) = (one_query(&named.document), given(&file.query.variables)) else {
        return Vec::new();
    };
    let ids = ids::all(&named.document, operation, &values, api.types());
    let unknown = ids.into_iter().filter(|named| !dataset.has(named.of, &named.id));
    let diagnostic = |NamedId { id, of, in_variables, from }| {
        let text = if in_variables { &file.query.variables } else { &file.query.document };
        let place = ids::place_of(text, &id, from);
        file.unknown_id(in_variables, place, of, &id, dataset.nearest(of, &id))
    };
    unknown.map(diagnostic).collect()
}

impl Named {
    /// Whatever value does not fit its variable.
    fn faults(&self, api: &Api, values: &str) -> Vec<NamedFault> {
        let Ok(operation) = one_query(&self.document) else { return Vec::new() };
        let Ok(given) = given(values) else { return Vec::new() };
        let mut faults = Vec::new();
        for name in given.keys().filter(|name| self.variables.iter().all(|variable| variable.name != **name)) {
            let message = format!("The document has no variable \"${name}\"");
            faults.push(NamedFault::of_variables(1, 1, message));
        }
        let known = Variables::from_json(Json::Object(given.clone()));
        for fault in variables::coerce(operation, known, api.types()).err().into_iter().flatten() {
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
        faults
    }
}
