//! What to ask for instead of what costs too much: a smaller page, and of how many items.

use std::collections::HashSet;

use async_graphql::parser::types::{ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet};
use async_graphql::{Name, Pos, ServerError, Variables};

use super::cost::{Cap, Walk, cost, page, too_expensive};
use super::limits::Limits;
use super::type_map::TypeMap;

/// Pages of a document that are tried; people have fewer.
const MOST_TRIED: usize = 32;

/// The refusal of a question that costs too much: by how much, the argument to lower, and a value for
/// it that would pass.
pub(super) fn refusal(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
    types: &TypeMap,
    limits: &Limits,
    asked: u64,
) -> ServerError {
    let limit = limits.cost;
    let mut message = format!("The answer could have {asked} values; at most {limit} are given at once.");
    let passing = |field: Option<Pos>, most: u64| {
        let passes = |items: &u64| {
            let cap = Some(Cap { field, items: *items });
            cost(document, operation, variables, types, limits, cap).is_ok_and(|cost| cost.values <= limit)
        };
        greatest(most, passes)
    };
    let mut search = Search {
        document,
        types,
        limits,
        walk: Walk::new(document, operation, variables, types, limits),
        pages: Vec::new(),
        visited: HashSet::new(),
    };
    search.selections(&operation.selection_set.node, types.root(operation.ty), "");
    let pages = search.pages;
    let alone = pages.iter().filter_map(|page| Some((page, passing(Some(page.at), page.items)?)));
    let mut best: Option<(&Page, u64)> = None;
    for (page, items) in alone {
        // The one that keeps most of its items is lowered least; of equal ones the first.
        if best.is_none_or(|(known, most)| items * known.items > most * page.items) {
            best = Some((page, items));
        }
    }
    let (argument, value) = match (best, pages.first()) {
        (Some((page, items)), _) => {
            message += &format!(" Lower {}: {items} would pass.", page.shown());
            (Some(page.shown()), Some(items))
        }
        (None, Some(first)) => {
            let most = pages.iter().map(|page| page.items).max().unwrap_or_default();
            match passing(None, most) {
                Some(items) => {
                    let shown: Vec<_> = pages.iter().take(5).map(Page::shown).collect();
                    message += &format!(" Lower {}: {items} for each would pass.", shown.join(", "));
                    (Some(first.shown()), Some(items))
                }
                None => (None, None),
            }
        }
        (None, None) => (None, None),
    };
    if argument.is_none() {
        message += " Ask for fewer fields, or for fewer lists within lists.";
    }
    let mut error = too_expensive(message, asked, limit);
    let extensions = error.extensions.get_or_insert_default();
    if let (Some(argument), Some(value)) = (argument, value) {
        extensions.set("argument", argument);
        extensions.set("passes", value);
    }
    error
}

/// The greatest number from one to `most` that passes, where all below it do.
fn greatest(most: u64, passes: impl Fn(&u64) -> bool) -> Option<u64> {
    let (mut least, mut above) = (0, most.saturating_add(1));
    while above - least > 1 {
        let middle = least + (above - least) / 2;
        if passes(&middle) { least = middle } else { above = middle }
    }
    (least > 0).then_some(least)
}

/// A page that an operation asks for.
struct Page {
    /// The keys that lead to its field.
    path: String,
    /// The argument that says how many items it has.
    argument: Name,
    items: u64,
    at: Pos,
}

impl Page {
    fn shown(&self) -> String {
        format!("`{}({}: {})`", self.path, self.argument, self.items)
    }
}

struct Search<'d> {
    document: &'d ExecutableDocument,
    types: &'d TypeMap,
    limits: &'d Limits,
    walk: Walk<'d>,
    pages: Vec<Page>,
    visited: HashSet<&'d Name>,
}

impl<'d> Search<'d> {
    fn selections(&mut self, set: &'d SelectionSet, of: Option<&str>, path: &str) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => self.field(&field.node, of, path),
                Selection::InlineFragment(inline) => {
                    let on = inline.node.type_condition.as_ref().map(|on| on.node.on.node.as_str());
                    self.selections(&inline.node.selection_set.node, on.or(of), path);
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    let fragment = self.document.fragments.get(name).filter(|_| self.visited.insert(name));
                    if let Some(fragment) = fragment {
                        let on = fragment.node.type_condition.node.on.node.as_str();
                        self.selections(&fragment.node.selection_set.node, Some(on), path);
                    }
                }
            }
        }
    }

    fn field(&mut self, node: &'d Field, of: Option<&str>, path: &str) {
        let Some(field) = of.and_then(|of| self.types.field(of, &node.name.node)) else { return };
        let key = &node.response_key().node;
        let path = if path.is_empty() { key.to_string() } else { format!("{path}.{key}") };
        if let Some(items) = page(field, self.limits, |name| self.walk.argument(node, name))
            && self.pages.len() < MOST_TRIED
        {
            let given = field.pages.iter().map(|(name, _)| name).find(|name| node.get_argument(name).is_some());
            if let Some(argument) = given.or_else(|| field.pages.first().map(|(name, _)| name)) {
                self.pages.push(Page { path: path.clone(), argument: argument.clone(), items, at: node.name.pos });
            }
        }
        self.selections(&node.selection_set.node, Some(field.of()), &path);
    }
}
