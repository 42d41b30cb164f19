//! From a judged document to the one async-graphql executes.

use std::collections::HashMap;

use async_graphql::parser::types::{
    self, DocumentOperations, ExecutableDocument, FragmentDefinition, InlineFragment, OperationDefinition,
    TypeCondition, VariableDefinition,
};
use async_graphql::{Name, Number, Positioned, Value as ConstValue};
use async_graphql_value::Value;

use super::MARK;
use super::ast::{
    Argument, Ast, At, Definition, Directive, Fragment, Kind, Literal, Operation, Selection, Selections, Variable, Word,
};
use super::fault::Places;
use crate::graphql::type_map::TypeMap;

/// The document to be executed, and whether there are marks in it, which are set only if wanted.
pub(super) fn convert(text: &str, ast: &Ast<'_>, types: &TypeMap, with_marks: bool) -> (ExecutableDocument, bool) {
    let fragments = ast.definitions.iter().filter_map(|definition| match definition {
        Definition::Fragment(fragment) => Some((fragment.name.text, fragment)),
        Definition::Operation(_) => None,
    });
    let fragments: HashMap<_, _> = fragments.collect();
    let mut conversion = Conversion {
        places: Places::new(text),
        types,
        fragments,
        never_empty: HashMap::new(),
        with_marks,
        marked: false,
    };
    let mut operations = HashMap::new();
    let mut anonymous = None;
    let mut converted = HashMap::new();
    for definition in &ast.definitions {
        match definition {
            Definition::Operation(operation) => {
                let node = conversion.operation(operation);
                match operation.name {
                    Some(name) => drop(operations.insert(Name::new(name.text), node)),
                    None => anonymous = Some(node),
                }
            }
            Definition::Fragment(fragment) => {
                let node = FragmentDefinition {
                    type_condition: conversion.condition(fragment.on),
                    directives: conversion.directives(&fragment.directives),
                    selection_set: conversion.selections(&fragment.selections, Some(fragment.on.text)),
                };
                converted.insert(Name::new(fragment.name.text), conversion.placed(fragment.at, node));
            }
        }
    }
    // A judged document has one anonymous operation, or named ones.
    let operations = anonymous.map_or(DocumentOperations::Multiple(operations), DocumentOperations::Single);
    (ExecutableDocument { operations, fragments: converted }, conversion.marked)
}

struct Conversion<'a, 't> {
    places: Places<'a>,
    types: &'a TypeMap,
    fragments: HashMap<&'t str, &'a Fragment<'t>>,
    /// Whether a fragment gives something to every object it is about.
    never_empty: HashMap<&'t str, bool>,
    with_marks: bool,
    marked: bool,
}

impl<'a, 't> Conversion<'a, 't> {
    fn placed<T>(&self, at: At, node: T) -> Positioned<T> {
        Positioned::new(node, self.places.of(at))
    }

    fn word(&self, word: Word<'_>) -> Positioned<Name> {
        self.placed(word.at, Name::new(word.text))
    }

    fn condition(&self, on: Word<'_>) -> Positioned<TypeCondition> {
        self.placed(on.at, TypeCondition { on: self.word(on) })
    }

    fn operation(&mut self, operation: &'a Operation<'t>) -> Positioned<OperationDefinition> {
        let root = self.types.root(operation.kind);
        let mut selection_set = self.selections(&operation.selections, root);
        if operation.kind != types::OperationType::Subscription {
            self.mark(&operation.selections, root, &mut selection_set);
        }
        let variables = operation.variables.iter().map(|variable| self.variable(variable)).collect();
        let node = OperationDefinition {
            ty: operation.kind,
            variable_definitions: variables,
            directives: self.directives(&operation.directives),
            selection_set,
        };
        self.placed(operation.at, node)
    }

    fn variable(&self, variable: &Variable<'_>) -> Positioned<VariableDefinition> {
        let default_value = variable.default.as_ref().and_then(|default| {
            let value = value(default).into_const()?;
            Some(self.placed::<ConstValue>(default.at, value))
        });
        let node = VariableDefinition {
            name: self.word(variable.name),
            var_type: self.placed(variable.ty_at, variable.ty.clone()),
            directives: self.directives(&variable.directives),
            default_value,
        };
        self.placed(variable.at, node)
    }

    fn directives(&self, directives: &[Directive<'_>]) -> Vec<Positioned<types::Directive>> {
        let directives = directives.iter().map(|directive| {
            let node =
                types::Directive { name: self.word(directive.name), arguments: self.arguments(&directive.arguments) };
            self.placed(directive.at, node)
        });
        directives.collect()
    }

    fn arguments(&self, arguments: &[Argument<'_>]) -> Vec<(Positioned<Name>, Positioned<Value>)> {
        let argument = |argument: &Argument<'_>| {
            (self.word(argument.name), self.placed(argument.value.at, value(&argument.value)))
        };
        arguments.iter().map(argument).collect()
    }

    fn selections(&mut self, set: &'a Selections<'t>, of: Option<&str>) -> Positioned<types::SelectionSet> {
        let items = set.items.iter().map(|selection| match selection {
            Selection::Field(field) => {
                let name = field.name.text;
                let of = of.and_then(|of| self.types.field(of, name)).map(|field| field.of().as_str());
                let selection_set = match &field.selections {
                    Some(inner) => {
                        let mut selections = self.selections(inner, of);
                        self.mark(inner, of, &mut selections);
                        selections
                    }
                    None => self.placed(field.at, types::SelectionSet::default()),
                };
                let node = types::Field {
                    alias: field.alias.map(|alias| self.word(alias)),
                    name: self.word(field.name),
                    arguments: self.arguments(&field.arguments),
                    directives: self.directives(&field.directives),
                    selection_set,
                };
                self.placed(field.at, types::Selection::Field(self.placed(field.at, node)))
            }
            Selection::Spread(spread) => {
                let directives = self.directives(&spread.directives);
                let node = types::FragmentSpread { fragment_name: self.word(spread.name), directives };
                self.placed(spread.at, types::Selection::FragmentSpread(self.placed(spread.at, node)))
            }
            Selection::Inline(inline) => {
                let of = inline.on.map(|on| on.text).or(of);
                let node = InlineFragment {
                    type_condition: inline.on.map(|on| self.condition(on)),
                    directives: self.directives(&inline.directives),
                    selection_set: self.selections(&inline.selections, of),
                };
                self.placed(inline.at, types::Selection::InlineFragment(self.placed(inline.at, node)))
            }
        });
        let items = items.collect();
        self.placed(set.at, types::SelectionSet { items })
    }

    /// Marks a selection that may come to nothing: async-graphql takes an object without fields for
    /// none at all.
    fn mark(&mut self, set: &'a Selections<'t>, of: Option<&str>, selections: &mut Positioned<types::SelectionSet>) {
        if !self.with_marks || of.is_some_and(|of| self.is_never_empty(set, of)) {
            return;
        }
        self.marked = true;
        let node = types::Field {
            alias: Some(self.placed(set.at, Name::new(MARK))),
            name: self.placed(set.at, Name::new("__typename")),
            arguments: Vec::new(),
            directives: Vec::new(),
            selection_set: self.placed(set.at, types::SelectionSet::default()),
        };
        let mark = types::Selection::Field(self.placed(set.at, node));
        selections.node.items.push(self.placed(set.at, mark));
    }

    /// Whether something is chosen of every object of a type, whatever the variables.
    fn is_never_empty(&mut self, set: &'a Selections<'t>, of: &str) -> bool {
        set.items.iter().any(|selection| match selection {
            Selection::Field(field) => field.directives.is_empty(),
            Selection::Inline(inline) => {
                let on = inline.on.map_or(of, |on| on.text);
                inline.directives.is_empty() && self.covers(on, of) && self.is_never_empty(&inline.selections, of)
            }
            Selection::Spread(spread) => {
                let Some(fragment) = self.fragments.get(spread.name.text).copied() else { return false };
                if !spread.directives.is_empty() || !self.covers(fragment.on.text, of) {
                    return false;
                }
                let name = fragment.name.text;
                if let Some(known) = self.never_empty.get(name) {
                    return *known;
                }
                let is = self.is_never_empty(&fragment.selections, fragment.on.text);
                self.never_empty.insert(name, is);
                is
            }
        })
    }

    /// Whether every object of a type is one of another.
    fn covers(&self, on: &str, of: &str) -> bool {
        on == of || self.types.possible(of).all(|object| self.types.possible(on).any(|other| other == object))
    }
}

fn value(literal: &Literal<'_>) -> Value {
    match &literal.kind {
        Kind::Variable(name) => Value::Variable(Name::new(name)),
        Kind::Int(text) => match (text.parse::<i64>(), text.parse::<u64>()) {
            (Ok(number), _) => Value::Number(number.into()),
            (_, Ok(number)) => Value::Number(number.into()),
            // Only an id can be a whole number of any length.
            _ => Value::String((*text).to_owned()),
        },
        Kind::Float(text) => match text.parse().ok().and_then(Number::from_f64) {
            Some(number) => Value::Number(number),
            None => Value::String((*text).to_owned()),
        },
        Kind::Text(text, _) => Value::String(text.clone()),
        Kind::Boolean(is) => Value::Boolean(*is),
        Kind::Null => Value::Null,
        Kind::Enum(name) => Value::Enum(Name::new(name)),
        Kind::List(items) => Value::List(items.iter().map(value).collect()),
        Kind::Object(fields) => {
            let fields = fields.iter().map(|field| (Name::new(field.name.text), value(&field.value)));
            Value::Object(fields.collect())
        }
    }
}
