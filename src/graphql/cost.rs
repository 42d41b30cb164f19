//! What a document comes to with its fragments expanded, and what its answer would cost. Every
//! fragment is measured once, whatever spreads it, so the work is linear in the document.

use std::collections::HashMap;

use async_graphql::parser::types::{
    Directive, DocumentOperations, ExecutableDocument, Field as FieldNode, OperationDefinition, OperationType,
    Selection, SelectionSet,
};
use async_graphql::{Name, Pos, Positioned, ServerError, Value, Variables};

use super::answer::{Code, fault};
use super::connection::DEFAULT_PAGE;
use super::limits::Limits;
use super::type_map::{Composite, Field, TypeMap};

/// Measures a document and refuses it where it goes beyond a limit. Gives the cost of the operation
/// to be run, in cells of its answer.
pub(super) fn check(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
    types: &TypeMap,
    limits: &Limits,
) -> Result<u64, ServerError> {
    let mut walk = Walk { document, operation, variables, types, limits, fragments: HashMap::new(), steps: 0 };
    let mut sum = Measure::default();
    // The library looks at every operation and fragment, whether it is run or not.
    match &document.operations {
        DocumentOperations::Single(operation) => sum.join(walk.operation(&operation.node)?),
        DocumentOperations::Multiple(operations) => {
            for (_, operation) in by_name(operations) {
                sum.join(walk.operation(&operation.node)?);
            }
        }
    }
    within(sum, limits)?;
    for (name, _) in by_name(&document.fragments) {
        within(walk.fragment(name, 0)?, limits)?;
    }
    let cost = walk.operation(operation)?.total();
    tracing::debug!(cost, steps = walk.steps, "measured a document");
    let limit = limits.cost;
    if cost > limit {
        let message = format!(
            "The answer could have {cost} values; at most {limit} are given at once. Ask for smaller pages with \
             `first`, or for fewer lists within lists."
        );
        return Err(too_expensive(message, cost, limit));
    }
    Ok(cost)
}

/// Definitions in one order, so that equal documents are refused in equal words.
fn by_name<T>(definitions: &HashMap<Name, T>) -> impl Iterator<Item = (&Name, &T)> {
    let mut definitions: Vec<_> = definitions.iter().collect();
    definitions.sort_unstable_by_key(|(name, _)| *name);
    definitions.into_iter()
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

fn too_expensive(message: String, cost: u64, limit: u64) -> ServerError {
    let mut error = fault(Code::QueryTooExpensive, message, None);
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("cost", cost);
    extensions.set("limit", limit);
    error
}

struct Walk<'d> {
    document: &'d ExecutableDocument,
    operation: &'d OperationDefinition,
    variables: &'d Variables,
    types: &'d TypeMap,
    limits: &'d Limits,
    /// The fragments measured, and those being measured now (`None`).
    fragments: HashMap<Name, Option<Measure>>,
    /// Selections looked at: the work done.
    steps: usize,
}

impl<'d> Walk<'d> {
    fn operation(&mut self, operation: &'d OperationDefinition) -> Result<Measure, ServerError> {
        let root = match operation.ty {
            OperationType::Query => self.types.composite("Query"),
            OperationType::Mutation | OperationType::Subscription => None,
        };
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
        let parent = self.types.composite(&fragment.node.type_condition.node.on.node);
        let mut measure = self.selections(&fragment.node.selection_set.node, parent, level + 1)?;
        measure.directives = measure.directives.saturating_add(fragment.node.directives.len() as u64);
        self.fragments.insert(name.clone(), Some(measure));
        Ok(measure)
    }

    fn selections(
        &mut self,
        set: &'d SelectionSet,
        parent: Option<&'d Composite>,
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
                    let parent = condition.map_or(parent, |on| self.types.composite(&on.node.on.node));
                    self.selections(&fragment.node.selection_set.node, parent, level + 1)?.nested()
                }
            };
            part.directives = part.directives.saturating_add(directives(&selection.node).len() as u64);
            sum.join(part);
        }
        Ok(sum)
    }

    fn field(
        &mut self,
        node: &'d FieldNode,
        parent: Option<&'d Composite>,
        level: usize,
    ) -> Result<Measure, ServerError> {
        let name = node.name.node.as_str();
        let field = parent.and_then(|fields| fields.get(name));
        let of = field.map(|field| field.of.as_str()).or_else(|| TypeMap::introspection_root(name));
        let inner = self.selections(&node.selection_set.node, of.and_then(|of| self.types.composite(of)), level + 1)?;
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
        match (field, field.and_then(|field| self.page(node, field))) {
            (Some(field), Some(page)) if field.list => {
                measure.single = page.saturating_mul(inner.total()).saturating_add(1);
            }
            (_, Some(page)) => {
                measure.single = page.saturating_mul(inner.items).saturating_add(inner.single).saturating_add(1);
            }
            (Some(field), None) if field.list => {
                // A list of scalars has items too.
                measure.items = inner.total().max(1);
                measure.lists = self.items(node, field).saturating_mul(measure.items);
            }
            (_, None) => measure.single = inner.total().saturating_add(1),
        }
        Ok(measure)
    }

    /// How many items the field's page arguments ask for; `None` where it has no such arguments.
    fn page(&self, node: &FieldNode, field: &Field) -> Option<u64> {
        if field.pages.is_empty() {
            return None;
        }
        let asked = field.pages.iter().filter_map(|(name, default)| match self.argument(node, name) {
            None => *default,
            Some(Value::Null) => None,
            Some(Value::Number(number)) => Some(number.as_u64().unwrap_or(0)),
            // No number at all: validation will say so.
            Some(_) => Some(self.limits.page as u64),
        });
        Some(asked.max().unwrap_or(DEFAULT_PAGE as u64).min(self.limits.page as u64))
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
    fn argument(&self, node: &FieldNode, name: &str) -> Option<Value> {
        let value = node.get_argument(name)?.node.clone();
        value.into_const_with(|variable| self.variable(&variable).ok_or(())).ok()
    }

    fn variable(&self, name: &Name) -> Option<Value> {
        let definition = self.operation.variable_definitions.iter().find(|known| known.node.name.node == *name)?;
        self.variables.get(name).or(definition.node.default_value.as_ref().map(|default| &default.node)).cloned()
    }
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
