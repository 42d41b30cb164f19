//! The rules for what stands within operations and fragments: fields, arguments, directives.

use std::collections::{BTreeMap, HashMap, HashSet};

use async_graphql::Name;
use async_graphql::parser::types::{DirectiveLocation, OperationType};

use super::ast::{self, At, Directive, Fragment, Inline, Operation, Selection, Selections, Spread, Word};
use super::judge::{Expected, Judge};
use super::suggest::{did_you_mean, nearest};
use crate::graphql::type_map::{Argument, Field, TypeDef};

/// Where in the schema a selection stands.
#[derive(Clone, Copy, Default)]
pub(super) struct Place<'a> {
    /// The composite type that is chosen from, where it is known.
    pub(super) parent: Option<&'a str>,
    /// The field that is chosen from.
    field: Option<&'a Field>,
}

impl<'a, 't> Judge<'a, 't> {
    pub(super) fn inside_operation(&mut self, operation: &'a Operation<'t>) {
        self.unique_directives(&operation.directives);
        for variable in &operation.variables {
            let definition = self.types.get(Expected::new(&variable.ty).name()).map(|(_, definition)| definition);
            if definition.is_some_and(|definition| !definition.is_input()) {
                let (name, ty) = (variable.name.text, &variable.ty);
                let message = format!("Variable \"${name}\" cannot be non-input type \"{ty}\".");
                self.report(vec![variable.ty_at], message);
            }
            self.unique_directives(&variable.directives);
            self.known_type(Word { at: variable.named_at, text: named(variable) });
            if let Some(default) = &variable.default {
                let expected = definition.filter(|definition| definition.is_input());
                self.value(default, expected.map(|_| Expected::new(&variable.ty)));
            }
            self.directives(&variable.directives, DirectiveLocation::VariableDefinition, Place::default());
        }
        let location = match operation.kind {
            OperationType::Query => DirectiveLocation::Query,
            OperationType::Mutation => DirectiveLocation::Mutation,
            OperationType::Subscription => DirectiveLocation::Subscription,
        };
        self.directives(&operation.directives, location, Place::default());
        let root = self.types.root(operation.kind);
        self.selections(&operation.selections, root, Place::default(), false);
    }

    pub(super) fn inside_fragment(&mut self, fragment: &'a Fragment<'t>) {
        self.unique_directives(&fragment.directives);
        self.known_type(fragment.on);
        self.directives(&fragment.directives, DirectiveLocation::FragmentDefinition, Place::default());
        let on = self.types.get(fragment.on.text).map(|(name, _)| name.as_str());
        self.selections(&fragment.selections, on, Place::default(), false);
    }

    /// Selections of something of type `of`, in `place`.
    fn selections(&mut self, set: &'a Selections<'t>, of: Option<&'a str>, place: Place<'a>, inline: bool) {
        if self.stopped {
            return;
        }
        let parent = of.filter(|name| self.types.get(name).is_some_and(|(_, definition)| definition.is_composite()));
        let place = Place { parent, ..place };
        if !inline && !self.collecting {
            self.overlapping(set, parent);
        }
        for selection in &set.items {
            match selection {
                Selection::Field(field) => self.field(field, place),
                Selection::Spread(spread) => self.spread(spread, place),
                Selection::Inline(inline) => self.inline(inline, of, place),
            }
        }
    }

    fn field(&mut self, node: &'a ast::Field<'t>, place: Place<'a>) {
        let name = node.name.text;
        let known = place.parent.and_then(|parent| self.types.field(parent, name));
        if let Some(field) = known {
            self.leaf(node, field);
        } else if let Some(parent) = place.parent {
            let suggestion = if self.collecting { String::new() } else { self.suggested_fields(parent, name) };
            self.report(vec![node.at], format!("Cannot query field \"{name}\" on type \"{parent}\".{suggestion}"));
        }
        self.unique_directives(&node.directives);
        self.unique_arguments(&node.arguments);
        if matches!(name, "__schema" | "__type") {
            self.introspection_depth(node);
        }
        for argument in &node.arguments {
            let definition = known.and_then(|field| field.arguments.get(argument.name.text));
            if let (None, Some(field), Some(parent)) = (definition, known, place.parent) {
                let unknown = argument.name;
                let suggestion = did_you_mean("", &nearest(unknown.text, field.arguments.keys().map(Name::as_str)));
                let message =
                    format!("Unknown argument \"{}\" on field \"{parent}.{name}\".{suggestion}", unknown.text);
                self.report(vec![unknown.at], message);
            }
            self.argument(argument, definition);
        }
        let inner = Place { field: known, ..place };
        self.directives(&node.directives, DirectiveLocation::Field, inner);
        if let Some(selections) = &node.selections {
            self.selections(selections, known.map(|field| field.of().as_str()), inner, false);
        }
        if let Some(field) = known {
            self.required(&field.arguments, &node.arguments, node.at, |argument, ty| {
                format!(
                    "Field \"{name}\" argument \"{argument}\" of type \"{ty}\" is required, but it was not provided."
                )
            });
        }
    }

    /// Leaves have no selection, and all else has one.
    fn leaf(&mut self, node: &ast::Field<'t>, field: &'a Field) {
        let (name, ty) = (node.name.text, &field.ty);
        let is_leaf = self.types.get(field.of()).is_some_and(|(_, definition)| definition.is_leaf());
        match &node.selections {
            Some(selections) if is_leaf => {
                let message =
                    format!("Field \"{name}\" must not have a selection since type \"{ty}\" has no subfields.");
                self.report(vec![selections.at], message);
            }
            None if !is_leaf => {
                let message = format!(
                    "Field \"{name}\" of type \"{ty}\" must have a selection of subfields. Did you mean \"{name} {{ ... }}\"?"
                );
                self.report(vec![node.at], message);
            }
            _ => {}
        }
    }

    fn spread(&mut self, spread: &'a Spread<'t>, place: Place<'a>) {
        let name = spread.name.text;
        match self.fragment(name) {
            None => self.report(vec![spread.name.at], format!("Unknown fragment \"{name}\".")),
            Some(fragment) => self.may_be(place.parent, Some(fragment.on.text), Some(name), spread.at),
        }
        self.unique_directives(&spread.directives);
        self.directives(&spread.directives, DirectiveLocation::FragmentSpread, place);
    }

    fn inline(&mut self, inline: &'a Inline<'t>, of: Option<&'a str>, place: Place<'a>) {
        let on = match inline.on {
            Some(on) => {
                self.on_composite(on, None);
                self.types
                    .get(on.text)
                    .filter(|(_, known)| !matches!(known, TypeDef::Input(..)))
                    .map(|(name, _)| name.as_str())
            }
            None => of,
        };
        self.may_be(place.parent, on, None, inline.at);
        self.unique_directives(&inline.directives);
        if let Some(on) = inline.on {
            self.known_type(on);
        }
        self.directives(&inline.directives, DirectiveLocation::InlineFragment, place);
        self.selections(&inline.selections, on, place, true);
    }

    /// A fragment must be on a type that has fields.
    pub(super) fn on_composite(&mut self, on: Word<'t>, name: Option<&'t str>) {
        if self.types.get(on.text).is_some_and(|(_, definition)| !definition.is_composite()) {
            let of = name.map_or(String::new(), |name| format!(" \"{name}\""));
            let message = format!("Fragment{of} cannot condition on non composite type \"{}\".", on.text);
            self.report(vec![on.at], message);
        }
    }

    /// What is chosen from must be able to be what the fragment is on.
    fn may_be(&mut self, parent: Option<&str>, on: Option<&str>, name: Option<&str>, at: At) {
        let (Some(parent), Some(on)) = (parent, on) else { return };
        let is_composite = self.types.get(on).is_some_and(|(_, definition)| definition.is_composite());
        if is_composite && !self.types.overlap(on, parent) {
            let name = name.map_or(String::new(), |name| format!(" \"{name}\""));
            let message = format!(
                "Fragment{name} cannot be spread here as objects of type \"{parent}\" can never be of type \"{on}\"."
            );
            self.report(vec![at], message);
        }
    }

    fn known_type(&mut self, word: Word<'_>) {
        if !self.collecting && self.types.get(word.text).is_none() {
            let suggestion = did_you_mean("", &nearest(word.text, self.types.names()));
            self.report(vec![word.at], format!("Unknown type \"{}\".{suggestion}", word.text));
        }
    }

    fn unique_directives(&mut self, directives: &[Directive<'t>]) {
        let mut seen = HashMap::new();
        for directive in directives {
            let name = directive.name.text;
            if self.types.directive(name).is_none() {
                continue;
            }
            match seen.get(name) {
                None => drop(seen.insert(name, directive.at)),
                Some(&first) => {
                    let message = format!("The directive \"@{name}\" can only be used once at this location.");
                    self.report(vec![first, directive.at], message);
                }
            }
        }
    }

    fn unique_arguments(&mut self, arguments: &[ast::Argument<'t>]) {
        let names = arguments.iter().map(|argument| argument.name);
        for (name, at) in repeated(names) {
            self.report(at, format!("There can be only one argument named \"{name}\"."));
        }
    }

    pub(super) fn unique_variables(&mut self, operation: &Operation<'t>) {
        for (name, at) in repeated(operation.variables.iter().map(|variable| variable.name)) {
            self.report(at, format!("There can be only one variable named \"${name}\"."));
        }
    }

    fn directives(&mut self, directives: &'a [Directive<'t>], location: DirectiveLocation, place: Place<'a>) {
        for directive in directives {
            let name = directive.name.text;
            let known = self.types.directive(name);
            match known {
                None => self.report(vec![directive.at], format!("Unknown directive \"@{name}\".")),
                Some(known) if !known.locations.contains(&location) => {
                    let message = format!("Directive \"@{name}\" may not be used on {}.", upper(location));
                    self.report(vec![directive.at], message);
                }
                Some(_) => {}
            }
            if let Some(known) = known {
                for argument in &directive.arguments {
                    let unknown = argument.name;
                    if !known.arguments.contains_key(unknown.text) {
                        let names = known.arguments.keys().map(Name::as_str);
                        let suggestion = did_you_mean("", &nearest(unknown.text, names));
                        let message =
                            format!("Unknown argument \"{}\" on directive \"@{name}\".{suggestion}", unknown.text);
                        self.report(vec![unknown.at], message);
                    }
                }
            }
            self.unique_arguments(&directive.arguments);
            // As graphql-js does, which takes the arguments of an unknown directive for those of its field.
            let definitions = known.map(|known| &known.arguments).or(place.field.map(|field| &field.arguments));
            for argument in &directive.arguments {
                self.argument(argument, definitions.and_then(|definitions| definitions.get(argument.name.text)));
            }
            if let Some(known) = known {
                self.required(&known.arguments, &directive.arguments, directive.at, |argument, ty| {
                    format!(
                        "Directive \"@{name}\" argument \"{argument}\" of type \"{ty}\" is required, but it was not provided."
                    )
                });
            }
        }
    }

    fn required(
        &mut self,
        definitions: &BTreeMap<Name, Argument>,
        given: &[ast::Argument<'t>],
        at: At,
        message: impl Fn(&str, &str) -> String,
    ) {
        for (name, definition) in definitions {
            if definition.is_required() && !given.iter().any(|argument| argument.name.text == name.as_str()) {
                self.report(vec![at], message(name, &definition.ty.to_string()));
            }
        }
    }

    fn suggested_fields(&self, parent: &str, name: &str) -> String {
        let Some((_, definition)) = self.types.get(parent) else { return String::new() };
        if !matches!(definition, TypeDef::Object(_)) {
            let on = self.suggested_types(parent, name);
            if !on.is_empty() {
                return did_you_mean("to use an inline fragment on ", &on);
            }
        }
        let fields = definition.composite().into_iter().flat_map(|composite| composite.fields.keys());
        did_you_mean("", &nearest(name, fields.map(Name::as_str)))
    }

    /// The types which a value of an interface or union may be that have such a field, commonest first.
    fn suggested_types(&self, parent: &str, name: &str) -> Vec<&str> {
        let mut usage: HashMap<&str, (usize, bool)> = HashMap::new();
        for object in self.types.possible(parent) {
            let Some(composite) = self.types.composite(object) else { continue };
            if !composite.fields.contains_key(name) {
                continue;
            }
            usage.insert(object, (1, false));
            for interface in &composite.interfaces {
                if self.types.composite(interface).is_some_and(|of| of.fields.contains_key(name)) {
                    usage.entry(interface).or_insert((0, true)).0 += 1;
                }
            }
        }
        let mut types: Vec<_> = usage.into_iter().collect();
        types.sort_unstable_by(|(a, (uses_a, is_interface_a)), (b, (uses_b, is_interface_b))| {
            uses_b.cmp(uses_a).then(is_interface_b.cmp(is_interface_a)).then(a.cmp(b))
        });
        types.into_iter().map(|(name, _)| name).collect()
    }
}

/// The names that stand more than once, and all their places.
fn repeated<'t>(words: impl Iterator<Item = Word<'t>>) -> Vec<(&'t str, Vec<At>)> {
    let words: Vec<_> = words.collect();
    let mut places: HashMap<&str, Vec<At>> = HashMap::new();
    for word in &words {
        places.entry(word.text).or_default().push(word.at);
    }
    let mut seen = HashSet::new();
    let names = words.iter().map(|word| word.text).filter(|name| seen.insert(*name));
    names.filter_map(|name| places.remove(name).filter(|at| at.len() > 1).map(|at| (name, at))).collect()
}

/// The name within the type of a variable.
fn named<'v>(variable: &'v ast::Variable<'_>) -> &'v str {
    Expected::new(&variable.ty).name()
}

/// A location as directives name it.
fn upper(location: DirectiveLocation) -> &'static str {
    match location {
        DirectiveLocation::Query => "QUERY",
        DirectiveLocation::Mutation => "MUTATION",
        DirectiveLocation::Subscription => "SUBSCRIPTION",
        DirectiveLocation::Field => "FIELD",
        DirectiveLocation::FragmentDefinition => "FRAGMENT_DEFINITION",
        DirectiveLocation::FragmentSpread => "FRAGMENT_SPREAD",
        DirectiveLocation::InlineFragment => "INLINE_FRAGMENT",
        DirectiveLocation::VariableDefinition => "VARIABLE_DEFINITION",
        DirectiveLocation::Schema
        | DirectiveLocation::Scalar
        | DirectiveLocation::Object
        | DirectiveLocation::FieldDefinition
        | DirectiveLocation::ArgumentDefinition
        | DirectiveLocation::Interface
        | DirectiveLocation::Union
        | DirectiveLocation::Enum
        | DirectiveLocation::EnumValue
        | DirectiveLocation::InputObject
        | DirectiveLocation::InputFieldDefinition => "the schema",
    }
}
