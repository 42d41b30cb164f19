//! What a document comes to with its fragments expanded, and what its answer would cost. Every
//! fragment is measured once, whatever spreads it, so the work is linear in the document.

use std::collections::HashMap;

use async_graphql::parser::types::{
    Directive, ExecutableDocument, Field as FieldNode, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Pos, Positioned, ServerError, Value, Variables};

use super::advice;
use super::amount::{Amount, TEXT_GIVEN, groups, size_of};
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

/// What an operation costs, in values of its answer.
///
/// # Errors
/// The refusal of what costs more than the limit.
pub(super) fn check(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
    types: &TypeMap,
    limits: &Limits,
) -> Result<Amount, ServerError> {
    let cost = cost(document, operation, variables, types, limits, None)?;
    if cost.values <= limits.cost {
        return Ok(cost);
    }
    Err(advice::refusal(document, operation, variables, types, limits, cost.values))
}

/// The same without a limit; `cap` makes pages smaller to see what that would cost.
pub(super) fn cost(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
    types: &TypeMap,
    limits: &Limits,
    cap: Option<Cap>,
) -> Result<Amount, ServerError> {
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
    /// What all comes to that is no list.
    single: Amount,
    /// What the lists come to, at the length expected of each.
    lists: Amount,
    /// What one item of each list comes to, for where the page of a parent says how many there are.
    items: Amount,
}

impl Measure {
    fn total(&self) -> Amount {
        self.single.plus(self.lists)
    }

    /// Counts `other` beside this.
    fn join(&mut self, other: Self) {
        self.fields = self.fields.saturating_add(other.fields);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
        self.depth = self.depth.max(other.depth);
        self.nesting = self.nesting.max(other.nesting);
        self.single = self.single.plus(other.single);
        self.lists = self.lists.plus(other.lists);
        self.items = self.items.plus(other.items);
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
    /// The sizes of variables, each measured once.
    sizes: HashMap<Name, u64>,
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
        Self {
            document,
            operation,
            variables,
            types,
            limits,
            cap: None,
            sizes: HashMap::new(),
            fragments: HashMap::new(),
            steps: 0,
        }
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
            single: Amount::default(),
            lists: Amount::default(),
            items: Amount::default(),
            directives: inner.directives,
        };
        // The field itself, and its arguments, which are read each time it is resolved.
        let own = Amount {
            values: 1 + self.arguments_size(node) / VALUES_GIVEN,
            scans: field.map_or(0, |field| self.scans(node, field)),
        };
        let page = field.and_then(|field| page(field, self.limits, |name| self.argument(node, name)));
        match (field, page.map(|page| self.capped(node, page))) {
            (Some(field), Some(page)) if field.is_list() => {
                measure.single = inner.total().of_item().times(page).plus(own);
            }
            (_, Some(page)) => measure.single = inner.items.times(page).plus(inner.single).plus(own),
            (Some(field), None) if field.is_list() => {
                measure.single = own;
                measure.items = inner.total().of_item().times(field.density);
                measure.lists = inner.total().of_item().times(self.items(node, field));
            }
            (_, None) => measure.single = inner.total().plus(own),
        }
        Ok(measure)
    }

    /// Values given as arguments: each item and field of theirs, and each few dozen bytes of a text.
    fn arguments_size(&mut self, node: &'d FieldNode) -> u64 {
        node.arguments.iter().map(|(_, value)| self.size(&value.node)).sum()
    }

    fn size(&mut self, value: &'d async_graphql_value::Value) -> u64 {
        use async_graphql_value::Value;
        match value {
            Value::Variable(name) => {
                if let Some(size) = self.sizes.get(name) {
                    return *size;
                }
                let size = self.variable(name).map_or(0, |value| size_of(&value));
                self.sizes.insert(name.clone(), size);
                size
            }
            Value::List(items) => items.iter().map(|item| 1 + self.size(item)).sum(),
            // A field that is null is as good as left out.
            Value::Object(fields) => {
                fields.values().filter(|field| **field != Value::Null).map(|field| 1 + self.size(field)).sum()
            }
            Value::String(text) => text.len() as u64 / TEXT_GIVEN,
            Value::Null | Value::Number(_) | Value::Boolean(_) | Value::Binary(_) | Value::Enum(_) => 0,
        }
    }

    /// How often the whole graph may be looked at to resolve a field.
    fn scans(&self, node: &FieldNode, field: &Field) -> u64 {
        let given = |name: &&&str| field.arguments.contains_key(**name) && node.get_argument(name).is_some();
        let filters: u64 = FILTERS
            .iter()
            .filter(given)
            .map(|name| match self.argument(node, name) {
                Some(Value::Null) | None => 0,
                // Its conditions, about: each may be checked for every node.
                Some(filter) => 1 + size_of(&filter) / 2,
            })
            .sum();
        let is_traversal = TRAVERSALS.iter().any(|name| field.arguments.contains_key(*name));
        let lists_paths = PATH_LISTS.iter().filter(given).any(|name| match self.argument(node, name) {
            Some(Value::Enum(mode)) => mode != "SHORTEST",
            Some(Value::String(mode)) => mode != "SHORTEST",
            Some(Value::List(nodes)) => !nodes.is_empty(),
            Some(Value::Null | Value::Number(_) | Value::Boolean(_) | Value::Binary(_) | Value::Object(_)) | None => {
                false
            }
        });
        filters + u64::from(is_traversal) + if lists_paths { PATH_SCANS } else { 0 }
    }

    fn capped(&self, node: &FieldNode, page: u64) -> u64 {
        match self.cap {
            Some(Cap { field, items }) if field.is_none_or(|at| at == node.name.pos) => page.min(items),
            Some(_) | None => page,
        }
    }

    /// How many items a list without pages has: as many as a list given to it, if that is longer; of groups,
    /// as many as their keys can have values.
    fn items(&self, node: &FieldNode, field: &Field) -> u64 {
        if let Some(keys) = field.arguments.contains_key("keys").then(|| self.argument(node, "keys")).flatten() {
            return groups(&keys).clamp(field.items, MOST_GROUPS);
        }
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

/// Values given as arguments that cost as much as one of an answer.
const VALUES_GIVEN: u64 = 4;
/// Groups that are counted at most, since nobody knows beforehand how many there are; what is written of more
/// is paid for from the budget of the request.
const MOST_GROUPS: u64 = 100;
/// Arguments that look at every node of a list, and some at all there are.
const FILTERS: [&str; 3] = ["where", "orderBy", "until"];
/// Arguments of fields that walk through the graph, search it, or put it together anew.
const TRAVERSALS: [&str; 6] = ["follow", "text", "keys", "of", "date", "from"];
/// Arguments that ask for more paths than one, which may be as many as the budget allows.
const PATH_LISTS: [&str; 2] = ["mode", "via"];
/// What such a list counts as.
const PATH_SCANS: u64 = 100;

fn directives(selection: &Selection) -> &[Positioned<Directive>] {
    selection.directives()
}

fn cycle(name: &Name, pos: Pos) -> ServerError {
    fault(Code::ValidationFailed, format!("The fragment \"{name}\" spreads itself."), Some(pos))
}

#[cfg(test)]
#[path = "cost_tests.rs"]
mod tests;
