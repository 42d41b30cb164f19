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
use super::cost::{self, Amount};
use super::limits::Limits;
use super::type_map::TypeMap;

/// The key of what keeps an object from being empty while it is executed. No client can ask for it.
pub(super) const MARK: &str = "";

/// A document that may be run.
#[derive(Debug)]
pub(super) struct Document {
    /// The digest of its text.
    pub(super) hash: [u8; 32],
    /// As async-graphql executes it.
    pub(super) executable: ExecutableDocument,
    /// Whether answers to it hold marks.
    pub(super) is_marked: bool,
    /// Whether parts of one object are asked for in two places.
    pub(super) merges: bool,
    /// Whether it may ask about the schema, which the library answers.
    pub(super) introspects: bool,
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
    let (ast, merges) = judged(text, types, limits)?;
    let (executable, is_marked) = convert::convert(text, &ast, types, true);
    cost::check_size(&executable, types, limits)?;
    let mut costs = HashMap::new();
    for (name, operation) in executable.operations.iter().filter(|(_, one)| one.node.variable_definitions.is_empty()) {
        let cost = cost::cost(&executable, &operation.node, &Variables::default(), types, limits, None)?;
        costs.insert(name.map(ToString::to_string).unwrap_or_default(), cost);
    }
    let mut meta = text.match_indices("__").map(|(at, _)| &text[at..]);
    let introspects = meta.any(|name| name.starts_with("__schema") || is_type(name));
    let hash = *blake3::hash(text.as_bytes()).as_bytes();
    Ok(Document { hash, executable, is_marked, merges, introspects, costs, room: AtomicUsize::new(0) })
}

fn is_type(name: &str) -> bool {
    name.starts_with("__type") && !name.starts_with("__typename")
}

/// The same document as it is written, without marks, for those who read it and do not run it.
pub(super) fn read_plain(text: &str, types: &TypeMap, limits: &Limits) -> Result<ExecutableDocument, Vec<ServerError>> {
    let (plain, _) = convert::convert(text, &judged(text, types, limits)?.0, types, false);
    cost::check_size(&plain, types, limits)?;
    Ok(plain)
}

/// The byte of a place in a text.
pub(super) fn offset(text: &str, pos: Pos) -> Option<usize> {
    Places::new(text).byte(pos)
}

fn judged<'t>(text: &'t str, types: &TypeMap, limits: &Limits) -> Result<(Ast<'t>, bool), Vec<ServerError>> {
    let told = |faults: Vec<Fault>| {
        let places = Places::new(text);
        faults.into_iter().map(|fault| fault.told(&places)).collect::<Vec<_>>()
    };
    let ast = parser::parse(text, limits).map_err(|fault| told(vec![fault]))?;
    let (faults, merges) = judge::judge(&ast, types);
    if faults.is_empty() { Ok((ast, merges)) } else { Err(told(faults)) }
}

#[cfg(test)]
#[path = "../document_tests.rs"]
mod tests;
