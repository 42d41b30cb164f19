//! What a document comes to with its fragments expanded, and what its answer would cost. Every
//! fragment is measured once, whatever spreads it, so the work is linear in the document.

use std::collections::HashMap;

use async_graphql::parser::types::{
    Directive, ExecutableDocument, Field as FieldNode, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Pos, Positioned, ServerError, Value, Variables};

use super::advice;
use super::answer::{Code, fault};
use super::connection::DEFAULT_PAGE;
use super::limits::Limits;
use super::type_map::{Field, TypeMap};

/// Refuses a document that comes to too much, whatever its variables.
pub(super) fn check_size(document: &ExecutableDocument, types: &TypeMap, limits: &Limits) -> Result<(), ServerError> {
    let variables = Variables::default();
    let mut sum = Measure::default();
    let mut operations: Vec<_> = document.operations.iter().collect();
    operations.sort_unstable_by_key(|(name, _)| *name);
    let mut fragments = HashMap::new();
    for (_, operation) in operations {
        let mut walk = Walk::new(document, &operation.node, &variables, types, limits);
        walk.fragments = fragments;
        sum.join(walk.operation()?);
        within(sum, limits)?;
        fragments = walk.fragments;
    }
    Ok(())
}

/// What an operation costs, in cells of its answer.
///
/// # Errors
/// The refusal of what costs more than the limit.
pub(super) fn check(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
    types: &TypeMap,
    limits: &Limits,
) -> Result<u64, ServerError> {
    let cost = cost(document, operation, variables, types, limits, None)?;
    if cost <= limits.cost {
        return Ok(cost);
    }
    Err(advice::refusal(document, operation, variables, types, limits, cost))
}

/// The same without a limit; `cap` makes pages smaller to see what that would cost.
pub(super) fn cost(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
    types: &TypeMap,
    limits: &Limits,
    cap: Option<Cap>,
) -> Result<u64, ServerError> {
    let mut walk = Walk { cap, ..Walk::new(document, operation, variables, types, limits) };
    Ok(walk.operation()?.total())
}

/// Pages made smaller.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cap {
    /// The field whose page it is, by where it stands; all fields where there is none.
    pub(super) field: Option<Pos>,
    /// The most items of the page.
    pub(super) items: u64,
}

/// What a selection set comes to, fragments expanded.
#[derive(Debug, Default, Clone, Copy)]
struct Measure {
    fields: u64,
    aliases: u64,
    directives: u64,
    /// Fields within fields.
    depth: usize,
    /// Selection sets and spreads within each other.
    nesting: usize,
    /// Cells of all that is no list.
    single: u64,
    /// Cells of the lists, at the length expected of each.
    lists: u64,
    /// Cells of one item of each list, for where the page of a parent says how many there are.
    items: u64,
}

impl Measure {
    fn total(&self) -> u64 {
        self.single.saturating_add(self.lists)
    }

    /// Counts `other` beside this.
    fn join(&mut self, other: Self) {
        self.fields = self.fields.saturating_add(other.fields);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
        self.depth = self.depth.max(other.depth);
        self.nesting = self.nesting.max(other.nesting);
        self.single = self.single.saturating_add(other.single);
        self.lists = self.lists.saturating_add(other.lists);
        self.items = self.items.saturating_add(other.items);
    }

    fn nested(self) -> Self {
        Self { nesting: self.nesting + 1, ..self }
    }
}

fn within(measure: Measure, limits: &Limits) -> Result<(), ServerError> {
    let checks = [
        ("fields", measure.fields, limits.fields),
        ("aliases", measure.aliases, limits.aliases),
        ("directives", measure.directives, limits.directives),
        ("levels of fields", measure.depth as u64, limits.depth as u64),
        ("levels of selections and fragments", measure.nesting as u64, limits.nesting as u64),
    ];
    for (what, count, limit) in checks {
        if count > limit {
            let message = format!("With its fragments the document has {count} {what}; at most {limit} are allowed.");
            return Err(too_expensive(message, count, limit));
        }
    }
    Ok(())
}

pub(super) fn too_expensive(message: String, cost: u64, limit: u64) -> ServerError {
    let mut error = fault(Code::QueryTooExpensive, message, None);
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("cost", cost);
    extensions.set("limit", limit);
    error
}

pub(super) struct Walk<'d> {
    document: &'d ExecutableDocument,
    operation: &'d OperationDefinition,
    variables: &'d Variables,
    types: &'d TypeMap,
    limits: &'d Limits,
    cap: Option<Cap>,
    /// The fragments measured, and those being measured now (`None`).
    fragments: HashMap<Name, Option<Measure>>,
    /// Selections looked at: the work done.
    steps: usize,
}

impl<'d> Walk<'d> {
    pub(super) fn new(
        document: &'d ExecutableDocument,
        operation: &'d OperationDefinition,
        variables: &'d Variables,
        types: &'d TypeMap,
        limits: &'d Limits,
    ) -> Self {
        Self { document, operation, variables, types, limits, cap: None, fragments: HashMap::new(), steps: 0 }
    }

    fn operation(&mut self) -> Result<Measure, ServerError> {
        let operation = self.operation;
        let root = self.types.root(operation.ty);
        let mut measure = self.selections(&operation.selection_set.node, root, 0)?;
        let on_variables = operation.variable_definitions.iter().map(|definition| definition.node.directives.len());
        measure.directives += (operation.directives.len() + on_variables.sum::<usize>()) as u64;
        Ok(measure)
    }

    /// The measure of a fragment, taken once. Unknown ones are left to validation.
    fn fragment(&mut self, name: &Name, level: usize) -> Result<Measure, ServerError> {
        let Some(fragment) = self.document.fragments.get(name) else { return Ok(Measure::default()) };
        match self.fragments.get(name) {
            Some(Some(measure)) => return Ok(*measure),
            Some(None) => return Err(cycle(name, fragment.pos)),
            None => {}
        }
        self.fragments.insert(name.clone(), None);
        let parent = Some(fragment.node.type_condition.node.on.node.as_str());
        let mut measure = self.selections(&fragment.node.selection_set.node, parent, level + 1)?;
        measure.directives = measure.directives.saturating_add(fragment.node.directives.len() as u64);
        self.fragments.insert(name.clone(), Some(measure));
        Ok(measure)
    }

    fn selections(
        &mut self,
        set: &'d SelectionSet,
        parent: Option<&'d str>,
        level: usize,
    ) -> Result<Measure, ServerError> {
        let mut sum = Measure::default();
        // Keeps the stack short where a chain of fragments is long.
        within(Measure { nesting: level, ..sum }, self.limits)?;
        for selection in &set.items {
            self.steps += 1;
            let mut part = match &selection.node {
                Selection::Field(field) => self.field(&field.node, parent, level)?,
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node, level)?.nested(),
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref();
                    let parent = condition.map(|on| on.node.on.node.as_str()).or(parent);
                    self.selections(&fragment.node.selection_set.node, parent, level + 1)?.nested()
                }
            };
            part.directives = part.directives.saturating_add(directives(&selection.node).len() as u64);
            sum.join(part);
        }
        Ok(sum)
    }

    fn field(&mut self, node: &'d FieldNode, parent: Option<&'d str>, level: usize) -> Result<Measure, ServerError> {
        let name = node.name.node.as_str();
        let field = parent.and_then(|parent| self.types.field(parent, name));
        let of = field.map(|field| field.of().as_str());
        let inner = self.selections(&node.selection_set.node, of, level + 1)?;
        let mut measure = Measure {
            fields: inner.fields.saturating_add(1),
            aliases: inner.aliases.saturating_add(node.alias.is_some().into()),
            depth: inner.depth + 1,
            nesting: inner.nesting + 1,
            single: 1,
            lists: 0,
            items: 0,
            directives: inner.directives,
        };
        let page = field.and_then(|field| page(field, self.limits, |name| self.argument(node, name)));
        match (field, page.map(|page| self.capped(node, page))) {
            (Some(field), Some(page)) if field.is_list() => {
                measure.single = page.saturating_mul(inner.total().max(1)).saturating_add(1);
            }
            (_, Some(page)) => {
                measure.single = page.saturating_mul(inner.items).saturating_add(inner.single).saturating_add(1);
            }
            (Some(field), None) if field.is_list() => {
                // A list of scalars has items too.
                measure.items = inner.total().max(1);
                measure.lists = self.items(node, field).saturating_mul(measure.items);
            }
            (_, None) => measure.single = inner.total().saturating_add(1),
        }
        Ok(measure)
    }

    fn capped(&self, node: &FieldNode, page: u64) -> u64 {
        match self.cap {
            Some(Cap { field, items }) if field.is_none_or(|at| at == node.name.pos) => page.min(items),
            Some(_) | None => page,
        }
    }

    /// How many items a list without pages has: as many as a list given to it, if that is longer.
    fn items(&self, node: &FieldNode, field: &Field) -> u64 {
        let given = node.arguments.iter().filter_map(|(name, _)| match self.argument(node, &name.node)? {
            Value::List(list) => Some(list.len() as u64),
            Value::Null | Value::Number(_) | Value::String(_) | Value::Boolean(_) | Value::Binary(_) => None,
            Value::Enum(_) | Value::Object(_) => None,
        });
        given.max().unwrap_or(0).max(field.items)
    }

    /// The value of an argument, its variables resolved; `None` where it is left out.
    pub(super) fn argument(&self, node: &FieldNode, name: &str) -> Option<Value> {
        let value = node.get_argument(name)?.node.clone();
        value.into_const_with(|variable| self.variable(&variable).ok_or(())).ok()
    }

    fn variable(&self, name: &Name) -> Option<Value> {
        let definition = self.operation.variable_definitions.iter().find(|known| known.node.name.node == *name)?;
        self.variables.get(name).or(definition.node.default_value.as_ref().map(|default| &default.node)).cloned()
    }
}

/// How many items the field's page arguments ask for; `None` where it has no such arguments.
pub(super) fn page(field: &Field, limits: &Limits, argument: impl Fn(&str) -> Option<Value>) -> Option<u64> {
    if field.pages.is_empty() {
        return None;
    }
    let asked = field.pages.iter().filter_map(|(name, default)| match argument(name) {
        // What is null is as good as left out.
        None | Some(Value::Null) => *default,
        Some(Value::Number(number)) => Some(number.as_u64().unwrap_or(0)),
        // No number at all: it will be refused.
        Some(_) => Some(limits.page as u64),
    });
    Some(asked.max().unwrap_or(DEFAULT_PAGE as u64).min(limits.page as u64))
}

fn directives(selection: &Selection) -> &[Positioned<Directive>] {
    selection.directives()
}

fn cycle(name: &Name, pos: Pos) -> ServerError {
    fault(Code::ValidationFailed, format!("The fragment \"{name}\" spreads itself."), Some(pos))
}

#[cfg(test)]
#[path = "cost_tests.rs"]
mod tests;
