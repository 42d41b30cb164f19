//! A document read, judged and made ready, once for each text.

mod ast;
mod convert;
mod fault;
mod judge;
mod lexer;
mod overlap;
mod parser;
mod suggest;
mod usage;
mod values;
mod walk;

use std::collections::HashMap;
use std::sync::atomic::AtomicUsize;

use async_graphql::parser::types::ExecutableDocument;
use async_graphql::{Pos, ServerError, Variables};

use self::ast::Ast;
use self::fault::{Fault, Places};
use super::amount::Amount;
use super::cost;
use super::limits::Limits;
use super::type_map::TypeMap;

/// A document that may be run.
#[derive(Debug)]
pub(super) struct Document {
    /// The digest of its text.
    pub(super) hash: [u8; 32],
    /// As async-graphql executes it.
    pub(super) executable: ExecutableDocument,
    /// What its operations without variables cost, by name.
    pub(super) costs: HashMap<String, Amount>,
    /// Bytes that its last answer took, and a few more.
    pub(super) room: AtomicUsize,
}

/// Reads and judges a document. What it costs is bounded by the limits.
///
/// # Errors
/// Everything wrong with it, in its order: one fault where it is no GraphQL, each where it does not fit
/// the schema.
pub(super) fn read(text: &str, types: &TypeMap, limits: &Limits) -> Result<Document, Vec<ServerError>> {
    let executable = read_plain(text, types, limits)?;
    let mut costs = HashMap::new();
    for (name, operation) in executable.operations.iter().filter(|(_, one)| one.node.variable_definitions.is_empty()) {
        let cost = cost::cost(&executable, &operation.node, &Variables::default(), types, limits, None)?;
        costs.insert(name.map(ToString::to_string).unwrap_or_default(), cost);
    }
    let hash = *blake3::hash(text.as_bytes()).as_bytes();
    Ok(Document { hash, executable, costs, room: AtomicUsize::new(0) })
}

/// The document alone, for those who read it and do not run it.
///
/// # Errors
/// Those of [`read`].
pub(super) fn read_plain(text: &str, types: &TypeMap, limits: &Limits) -> Result<ExecutableDocument, Vec<ServerError>> {
    let plain = convert::convert(text, &judged(text, types, limits)?);
    cost::check_size(&plain, types, limits)?;
    Ok(plain)
}

/// The byte of a place in a text.
pub(super) fn offset(text: &str, pos: Pos) -> Option<usize> {
    Places::new(text).byte(pos)
}

fn judged<'t>(text: &'t str, types: &TypeMap, limits: &Limits) -> Result<Ast<'t>, Vec<ServerError>> {
    let told = |faults: Vec<Fault>| {
        let places = Places::new(text);
        faults.into_iter().map(|fault| fault.told(&places)).collect::<Vec<_>>()
    };
    let ast = parser::parse(text, limits).map_err(|fault| told(vec![fault]))?;
    let faults = judge::judge(&ast, types);
    if faults.is_empty() { Ok(ast) } else { Err(told(faults)) }
}

#[cfg(test)]
#[path = "../document_tests.rs"]
mod tests;
