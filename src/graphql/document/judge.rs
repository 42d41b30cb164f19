//! Whether a document fits the schema, by the rules of the specification. Faults come in the order, the
//! words and the places of graphql-js. The work is linear in the document but for what is counted.

use std::collections::{HashMap, HashSet};

use async_graphql::parser::types::{BaseType, Type};

use super::ast::{Ast, At, Definition, Fragment, Operation, Selection, Selections};
use super::fault::Fault;
use super::overlap::Overlap;
use crate::graphql::answer::Code;
use crate::graphql::type_map::TypeMap;

/// Faults after which a document is not looked at further.
const MOST_FAULTS: usize = 100;

/// Fragments and variables that may be looked up on behalf of operations.
const MOST_LOOKUPS: usize = 50_000;

/// Every fault of a document, none where it may be run.
pub(super) fn judge<'t>(ast: &Ast<'t>, types: &TypeMap) -> Vec<Fault> {
    let mut judge = Judge::new(ast, types);
    judge.collect_usages();
    judge.document();
    judge.faults
}

/// A type as a place expects it: a type of the schema, perhaps without its exclamation mark.
#[derive(Clone, Copy)]
pub(super) struct Expected<'s> {
    pub(super) base: &'s BaseType,
    pub(super) nullable: bool,
}

impl<'s> Expected<'s> {
    pub(super) fn new(ty: &'s Type) -> Self {
        Self { base: &ty.base, nullable: ty.nullable }
    }

    /// The name at its heart.
    pub(super) fn name(self) -> &'s str {
        match self.base {
            BaseType::Named(name) => name,
            BaseType::List(of) => Expected::new(of).name(),
        }
    }
}

impl std::fmt::Display for Expected<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.base, if self.nullable { "" } else { "!" })
    }
}

/// A variable where it is used.
#[derive(Clone, Copy)]
pub(super) struct Usage<'a, 't> {
    pub(super) name: &'t str,
    pub(super) at: At,
    /// What its place expects, where that is known.
    pub(super) expected: Option<Expected<'a>>,
    /// Whether its place has a value of its own.
    pub(super) has_default: bool,
    /// The input object it is a field of, where exactly one field must be given.
    pub(super) one_of: Option<&'a str>,
}

/// A document that is being judged.
pub(super) struct Judge<'a, 't> {
    pub(super) ast: &'a Ast<'t>,
    pub(super) types: &'a TypeMap,
    /// The position of each fragment among the definitions; of equal names the last.
    pub(super) fragments: HashMap<&'t str, usize>,
    /// The variables used in each definition.
    pub(super) usages: Vec<Vec<Usage<'a, 't>>>,
    pub(super) overlap: Overlap<'a, 't>,
    pub(super) faults: Vec<Fault>,
    /// Whether variables are collected now, and nothing is said.
    pub(super) collecting: bool,
    /// Whether nothing more is looked at.
    pub(super) stopped: bool,
    pub(super) lookups: usize,
}

impl<'a, 't> Judge<'a, 't> {
    fn new(ast: &'a Ast<'t>, types: &'a TypeMap) -> Self {
        let mut fragments = HashMap::new();
        for (position, definition) in ast.definitions.iter().enumerate() {
            if let Definition::Fragment(fragment) = definition {
                fragments.insert(fragment.name.text, position);
            }
        }
        Self {
            ast,
            types,
            fragments,
            usages: Vec::new(),
            overlap: Overlap::default(),
            faults: Vec::new(),
            collecting: false,
            stopped: false,
            lookups: 0,
        }
    }

    /// Names a fault.
    pub(super) fn report(&mut self, at: Vec<At>, message: String) {
        if self.collecting || self.stopped {
            return;
        }
        if self.faults.len() >= MOST_FAULTS {
            let message = "There are more faults than are looked for; correct these first.".into();
            self.faults.push(Fault::rule(Vec::new(), message));
            self.stopped = true;
            return;
        }
        self.faults.push(Fault::rule(at, message));
    }

    /// Refuses a document that would take too long to judge.
    pub(super) fn give_up(&mut self, what: &str) {
        if !self.stopped {
            let message = format!("{what} too often for the document to be checked; ask for less at once.");
            let fault = Fault { code: Code::QueryTooExpensive, ..Fault::rule(Vec::new(), message) };
            self.faults.push(fault);
            self.stopped = true;
        }
    }

    /// The fragment of a name.
    pub(super) fn fragment(&self, name: &str) -> Option<&'a Fragment<'t>> {
        match &self.ast.definitions[*self.fragments.get(name)?] {
            Definition::Fragment(fragment) => Some(fragment),
            Definition::Operation(_) => None,
        }
    }

    /// The variables of every definition, which operations need of fragments they have not met yet.
    fn collect_usages(&mut self) {
        self.collecting = true;
        for definition in &self.ast.definitions {
            self.usages.push(Vec::new());
            match definition {
                Definition::Operation(operation) => self.inside_operation(operation),
                Definition::Fragment(fragment) => self.inside_fragment(fragment),
            }
        }
        self.collecting = false;
    }

    fn document(&mut self) {
        let operations: Vec<&'a Operation<'t>> = self.operations().collect();
        let mut names = HashMap::new();
        let mut fragment_names = HashMap::new();
        let mut visited = HashSet::new();
        for (position, definition) in self.ast.definitions.iter().enumerate() {
            match definition {
                Definition::Operation(operation) => {
                    if let Some(name) = operation.name {
                        if let Some(first) = names.get(name.text) {
                            let message = format!("There can be only one operation named \"{}\".", name.text);
                            self.report(vec![*first, name.at], message);
                        } else {
                            names.insert(name.text, name.at);
                        }
                    } else if operations.len() > 1 {
                        let message = "This anonymous operation must be the only defined operation.";
                        self.report(vec![operation.at], message.into());
                    }
                    self.single_field(operation);
                    self.unique_variables(operation);
                    self.inside_operation(operation);
                    self.variables_of(operation, position);
                }
                Definition::Fragment(fragment) => {
                    self.on_composite(fragment.on, Some(fragment.name.text));
                    let name = fragment.name;
                    if let Some(first) = fragment_names.get(name.text) {
                        let message = format!("There can be only one fragment named \"{}\".", name.text);
                        self.report(vec![*first, name.at], message);
                    } else {
                        fragment_names.insert(name.text, name.at);
                    }
                    self.cycles(fragment, &mut visited, &mut Vec::new(), &mut HashMap::new());
                    self.inside_fragment(fragment);
                }
            }
        }
        self.unused_fragments(&operations);
        for operation in operations {
            if self.types.root(operation.kind).is_none() {
                let message = format!("Schema is not configured to execute {} operation.", operation.kind);
                self.report(vec![operation.at], message);
            }
        }
    }

    fn operations(&self) -> impl Iterator<Item = &'a Operation<'t>> + use<'a, 't> {
        self.ast.definitions.iter().filter_map(|definition| match definition {
            Definition::Operation(operation) => Some(operation),
            Definition::Fragment(_) => None,
        })
    }

    fn unused_fragments(&mut self, operations: &[&'a Operation<'t>]) {
        let used: HashSet<_> = self.reached(operations).into_iter().collect();
        for definition in &self.ast.definitions {
            if let Definition::Fragment(fragment) = definition {
                // Of equal names the last is meant.
                if !self.fragments.get(fragment.name.text).is_some_and(|position| used.contains(position)) {
                    self.report(vec![fragment.at], format!("Fragment \"{}\" is never used.", fragment.name.text));
                }
            }
        }
    }

    /// The positions of the fragments that operations spread, and that those spread, nearest first.
    pub(super) fn reached(&mut self, operations: &[&'a Operation<'t>]) -> Vec<usize> {
        let mut names: Vec<&'t str> = Vec::new();
        let mut known = HashSet::new();
        for operation in operations {
            names.extend(
                spreads(&operation.selections).into_iter().map(|(name, _)| name).filter(|name| known.insert(*name)),
            );
        }
        let mut reached = Vec::new();
        let mut next = 0;
        while let Some(name) = names.get(next).copied() {
            next += 1;
            let Some(fragment) = self.fragment(name) else { continue };
            reached.push(self.fragments[name]);
            let inner = spreads(&fragment.selections);
            self.lookups += inner.len() + 1;
            if self.lookups > MOST_LOOKUPS {
                self.give_up("Operations and fragments refer to each other");
                return reached;
            }
            names.extend(inner.into_iter().map(|(name, _)| name).filter(|name| known.insert(*name)));
        }
        reached
    }

    /// Every way a fragment leads back to itself.
    fn cycles(
        &mut self,
        fragment: &'a Fragment<'t>,
        visited: &mut HashSet<&'t str>,
        path: &mut Vec<(&'t str, At)>,
        places: &mut HashMap<&'t str, usize>,
    ) {
        if !visited.insert(fragment.name.text) {
            return;
        }
        places.insert(fragment.name.text, path.len());
        for (name, at) in spreads(&fragment.selections) {
            path.push((name, at));
            match places.get(name) {
                None => {
                    if let Some(next) = self.fragment(name) {
                        self.cycles(next, visited, path, places);
                    }
                }
                Some(&from) => {
                    let cycle = &path[from..];
                    let via: Vec<_> = cycle[..cycle.len() - 1].iter().map(|(name, _)| format!("\"{name}\"")).collect();
                    let via = if via.is_empty() { String::new() } else { format!(" via {}", via.join(", ")) };
                    let at = cycle.iter().map(|(_, at)| *at).collect();
                    self.report(at, format!("Cannot spread fragment \"{name}\" within itself{via}."));
                }
            }
            path.pop();
        }
        places.remove(fragment.name.text);
    }
}

/// The fragments spread within selections, those furthest out first.
pub(super) fn spreads<'t>(selections: &Selections<'t>) -> Vec<(&'t str, At)> {
    let mut found = Vec::new();
    let mut open = vec![selections];
    while let Some(selections) = open.pop() {
        for selection in &selections.items {
            match selection {
                Selection::Spread(spread) => found.push((spread.name.text, spread.at)),
                Selection::Field(field) => open.extend(&field.selections),
                Selection::Inline(inline) => open.push(&inline.selections),
            }
        }
    }
    found
}
