//! Fields with the same key in an answer must be one: the rule by which selections are merged. What is
//! compared is counted, so that no document costs more than the count allows.

use std::collections::HashMap;
use std::rc::Rc;

use async_graphql::parser::types::{BaseType, Type};

use super::ast::{Argument, At, Field, Selection, Selections};
use super::judge::Judge;
use crate::graphql::type_map::{self, TypeDef, TypeMap, named};

/// Comparisons one document may ask for.
const MOST_COMPARISONS: usize = 250_000;

/// Places and words of one conflict that are told.
const MOST_TOLD: usize = 20;

/// What was compared already.
#[derive(Default)]
pub(super) struct Overlap<'a, 't> {
    /// The fields of selections, by the selections and the type they are chosen from.
    collected: HashMap<(usize, Option<&'a str>), Rc<Collected<'a, 't>>>,
    /// Pairs of fragments, and whether they were compared as never meeting in one object.
    fragments: HashMap<(&'t str, &'t str), bool>,
    /// Selections and fragments, likewise.
    beside: HashMap<(usize, &'t str), bool>,
    comparisons: usize,
}

/// The fields of a selection by key, and the fragments it spreads.
struct Collected<'a, 't> {
    id: usize,
    /// In their order.
    fields: Vec<(&'t str, Vec<Chosen<'a, 't>>)>,
    /// Where in `fields` each key is.
    keys: HashMap<&'t str, usize>,
    fragments: Vec<&'t str>,
}

/// A field as it was chosen.
#[derive(Clone, Copy)]
struct Chosen<'a, 't> {
    parent: Option<&'a str>,
    node: &'a Field<'t>,
    known: Option<&'a type_map::Field>,
}

impl Chosen<'_, '_> {
    fn is_simple(&self) -> bool {
        self.node.arguments.is_empty() && self.node.selections.is_none()
    }
}

/// Two fields that cannot be one.
struct Conflict<'t> {
    key: &'t str,
    reason: String,
    one: Vec<At>,
    other: Vec<At>,
}

impl<'a, 't> Judge<'a, 't> {
    /// The conflicts within a selection.
    pub(super) fn overlapping(&mut self, set: &'a Selections<'t>, parent: Option<&'a str>) {
        if set.items.len() <= 1 && !matches!(set.items.first(), Some(Selection::Inline(_))) {
            return;
        }
        let collected = self.collect(set, parent);
        let mut conflicts = Vec::new();
        for (key, fields) in &collected.fields {
            for (position, one) in fields.iter().enumerate() {
                for other in &fields[position + 1..] {
                    self.compare(false, key, *one, *other, &mut conflicts);
                }
            }
        }
        for (position, name) in collected.fragments.iter().enumerate() {
            self.fields_and_fragment(false, &collected, name, &mut conflicts);
            for other in &collected.fragments[position + 1..] {
                self.two_fragments(false, name, other, &mut conflicts);
            }
        }
        for Conflict { key, reason, one, other } in conflicts {
            let message = format!(
                "Fields \"{key}\" conflict because {reason}. Use different aliases on the fields to fetch both if this \
                 was intentional."
            );
            self.report(one.into_iter().chain(other).collect(), message);
        }
    }

    fn collect(&mut self, set: &'a Selections<'t>, parent: Option<&'a str>) -> Rc<Collected<'a, 't>> {
        // Where a selection stands is what it is.
        let address = std::ptr::from_ref(set).addr();
        if let Some(known) = self.overlap.collected.get(&(address, parent)) {
            return known.clone();
        }
        let id = self.overlap.collected.len();
        let mut collected = Collected { id, fields: Vec::new(), keys: HashMap::new(), fragments: Vec::new() };
        gather(self.types, set, parent, &mut collected);
        let collected = Rc::new(collected);
        self.overlap.collected.insert((address, parent), collected.clone());
        collected
    }

    fn spend(&mut self, comparisons: usize) -> bool {
        self.overlap.comparisons += comparisons;
        if self.overlap.comparisons > MOST_COMPARISONS {
            self.give_up("The fields overlap");
        }
        !self.stopped
    }

    fn fields_and_fragment(
        &mut self,
        exclusive: bool,
        fields: &Rc<Collected<'a, 't>>,
        name: &'t str,
        conflicts: &mut Vec<Conflict<'t>>,
    ) {
        if !self.spend(1) || fields.fields.is_empty() {
            return;
        }
        match self.overlap.beside.get(&(fields.id, name)) {
            Some(false) => return,
            Some(true) if exclusive => return,
            Some(true) | None => drop(self.overlap.beside.insert((fields.id, name), exclusive)),
        }
        let Some(fragment) = self.collect_fragment(name) else { return };
        if fragment.id == fields.id {
            return;
        }
        self.between(exclusive, fields, &fragment, conflicts);
        for inner in &fragment.fragments {
            self.fields_and_fragment(exclusive, fields, inner, conflicts);
        }
    }

    fn two_fragments(&mut self, exclusive: bool, one: &'t str, other: &'t str, conflicts: &mut Vec<Conflict<'t>>) {
        if !self.spend(2) || one == other {
            return;
        }
        let pair = if one < other { (one, other) } else { (other, one) };
        match self.overlap.fragments.get(&pair) {
            Some(false) => return,
            Some(true) if exclusive => return,
            Some(true) | None => drop(self.overlap.fragments.insert(pair, exclusive)),
        }
        let (Some(first), Some(second)) = (self.collect_fragment(one), self.collect_fragment(other)) else { return };
        self.between(exclusive, &first, &second, conflicts);
        for inner in &second.fragments {
            self.two_fragments(exclusive, one, inner, conflicts);
        }
        for inner in &first.fragments {
            self.two_fragments(exclusive, inner, other, conflicts);
        }
    }

    fn collect_fragment(&mut self, name: &str) -> Option<Rc<Collected<'a, 't>>> {
        let fragment = self.fragment(name)?;
        let parent = self.types.get(fragment.on.text).map(|(name, _)| name.as_str());
        Some(self.collect(&fragment.selections, parent))
    }

    fn between(
        &mut self,
        exclusive: bool,
        one: &Rc<Collected<'a, 't>>,
        other: &Rc<Collected<'a, 't>>,
        conflicts: &mut Vec<Conflict<'t>>,
    ) {
        for (key, fields) in &one.fields {
            if !self.spend(1) {
                return;
            }
            let Some(&others) = other.keys.get(key) else { continue };
            let (_, others) = &other.fields[others];
            for one in fields {
                for other in others {
                    self.compare(exclusive, key, *one, *other, conflicts);
                }
            }
        }
    }

    fn compare(
        &mut self,
        exclusive: bool,
        key: &'t str,
        one: Chosen<'a, 't>,
        other: Chosen<'a, 't>,
        conflicts: &mut Vec<Conflict<'t>>,
    ) {
        if !self.spend(2) {
            return;
        }
        let is_object = |name| self.types.get(name).is_some_and(|(_, known)| matches!(known, TypeDef::Object(_)));
        let differ =
            one.parent != other.parent && one.parent.is_some_and(is_object) && other.parent.is_some_and(is_object);
        let exclusive = exclusive || differ;
        let (name, other_name) = (one.node.name.text, other.node.name.text);
        let mut conflict = |reason| {
            conflicts.push(Conflict { key, reason, one: vec![one.node.at], other: vec![other.node.at] });
        };
        if !exclusive && name != other_name {
            return conflict(format!("\"{name}\" and \"{other_name}\" are different fields"));
        }
        if !exclusive && !same(&one.node.arguments, &other.node.arguments) {
            return conflict("they have differing arguments".into());
        }
        if let (Some(one), Some(other)) = (one.known, other.known)
            && clash(self.types, &one.ty, &other.ty)
        {
            let (ty, other) = (&one.ty, &other.ty);
            return conflict(format!("they return conflicting types \"{ty}\" and \"{other}\""));
        }
        if let (Some(first), Some(second)) = (&one.node.selections, &other.node.selections) {
            let inner = self.below(exclusive, (first, one.known), (second, other.known));
            if !inner.is_empty() {
                conflicts.push(joined(key, one.node.at, other.node.at, inner));
            }
        }
    }

    /// The conflicts between what two fields choose of their values.
    fn below(
        &mut self,
        exclusive: bool,
        (one, one_of): (&'a Selections<'t>, Option<&'a type_map::Field>),
        (other, other_of): (&'a Selections<'t>, Option<&'a type_map::Field>),
    ) -> Vec<Conflict<'t>> {
        let mut conflicts = Vec::new();
        let one = self.collect(one, one_of.map(|field| field.of().as_str()));
        let other = self.collect(other, other_of.map(|field| field.of().as_str()));
        self.between(exclusive, &one, &other, &mut conflicts);
        for name in &other.fragments {
            self.fields_and_fragment(exclusive, &one, name, &mut conflicts);
        }
        for name in &one.fragments {
            self.fields_and_fragment(exclusive, &other, name, &mut conflicts);
        }
        for name in &one.fragments {
            for other in &other.fragments {
                self.two_fragments(exclusive, name, other, &mut conflicts);
            }
        }
        conflicts
    }
}

fn gather<'a, 't>(
    types: &'a TypeMap,
    set: &'a Selections<'t>,
    parent: Option<&'a str>,
    collected: &mut Collected<'a, 't>,
) {
    for selection in &set.items {
        match selection {
            Selection::Field(node) => {
                let composite = parent.and_then(|parent| types.composite(parent));
                let known = composite.and_then(|composite| composite.fields.get(node.name.text));
                let chosen = Chosen { parent, node, known };
                let key = node.key();
                let position = *collected.keys.entry(key).or_insert_with(|| {
                    collected.fields.push((key, Vec::new()));
                    collected.fields.len() - 1
                });
                let (_, fields) = &mut collected.fields[position];
                // The same leaf again is nothing new.
                let again = |known: &Chosen<'_, '_>| {
                    known.is_simple() && known.parent == parent && known.node.name.text == node.name.text
                };
                if !(chosen.is_simple() && fields.iter().any(again)) {
                    fields.push(chosen);
                }
            }
            Selection::Spread(spread) => {
                let name = spread.name.text;
                if !collected.fragments.contains(&name) {
                    collected.fragments.push(name);
                }
            }
            Selection::Inline(inline) => {
                let on = match inline.on {
                    Some(on) => types.get(on.text).map(|(name, _)| name.as_str()),
                    None => parent,
                };
                gather(types, &inline.selections, on, collected);
            }
        }
    }
}

/// The conflict of two fields whose selections conflict.
fn joined<'t>(key: &'t str, one: At, other: At, inner: Vec<Conflict<'t>>) -> Conflict<'t> {
    let told = inner.iter().take(MOST_TOLD);
    let reasons: Vec<_> =
        told.map(|conflict| format!("subfields \"{}\" conflict because {}", conflict.key, conflict.reason)).collect();
    let (mut ones, mut others) = (vec![one], vec![other]);
    for conflict in inner {
        ones.extend(conflict.one);
        others.extend(conflict.other);
    }
    ones.truncate(MOST_TOLD);
    others.truncate(MOST_TOLD);
    Conflict { key, reason: reasons.join(" and "), one: ones, other: others }
}

/// Whether two fields are given the same arguments, in whatever order.
fn same(one: &[Argument<'_>], other: &[Argument<'_>]) -> bool {
    let has = |argument: &Argument<'_>| {
        let twin = other.iter().rfind(|other| other.name.text == argument.name.text);
        twin.is_some_and(|twin| twin.value == argument.value)
    };
    one.len() == other.len() && one.iter().all(has)
}

/// Whether no value can be of both types.
fn clash(types: &TypeMap, one: &Type, other: &Type) -> bool {
    if one.nullable != other.nullable {
        return true;
    }
    match (&one.base, &other.base) {
        (BaseType::List(one), BaseType::List(other)) => clash(types, one, other),
        (BaseType::Named(_), BaseType::Named(_)) => {
            let (one, other) = (named(one), named(other));
            let is_leaf = |name: &str| types.get(name).is_some_and(|(_, known)| known.is_leaf());
            one != other && (is_leaf(one) || is_leaf(other))
        }
        (BaseType::List(_), BaseType::Named(_)) | (BaseType::Named(_), BaseType::List(_)) => true,
    }
}
