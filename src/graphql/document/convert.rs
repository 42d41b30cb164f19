//! From a judged document to the one async-graphql executes.

use std::collections::HashMap;

use async_graphql::parser::types::{
    self, DocumentOperations, ExecutableDocument, FragmentDefinition, InlineFragment, OperationDefinition,
    TypeCondition, VariableDefinition,
};
use async_graphql::{Name, Number, Positioned, Value as ConstValue};
use async_graphql_value::Value;

use super::ast::{
    Argument, Ast, At, Definition, Directive, Kind, Literal, Operation, Selection, Selections, Variable, Word,
};
use super::fault::Places;

/// The document to be executed.
pub(super) fn convert(text: &str, ast: &Ast<'_>) -> ExecutableDocument {
    let conversion = Conversion { places: Places::new(text) };
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
                    selection_set: conversion.selections(&fragment.selections),
                };
                converted.insert(Name::new(fragment.name.text), conversion.placed(fragment.at, node));
            }
        }
    }
    // A judged document has one anonymous operation, or named ones.
    let operations = anonymous.map_or(DocumentOperations::Multiple(operations), DocumentOperations::Single);
    ExecutableDocument { operations, fragments: converted }
}

struct Conversion<'a> {
    places: Places<'a>,
}

impl Conversion<'_> {
    fn placed<T>(&self, at: At, node: T) -> Positioned<T> {
        Positioned::new(node, self.places.of(at))
    }

    fn word(&self, word: Word<'_>) -> Positioned<Name> {
        self.placed(word.at, Name::new(word.text))
    }

    fn condition(&self, on: Word<'_>) -> Positioned<TypeCondition> {
        self.placed(on.at, TypeCondition { on: self.word(on) })
    }

    fn operation(&self, operation: &Operation<'_>) -> Positioned<OperationDefinition> {
        let variables = operation.variables.iter().map(|variable| self.variable(variable)).collect();
        let node = OperationDefinition {
            ty: operation.kind,
            variable_definitions: variables,
            directives: self.directives(&operation.directives),
            selection_set: self.selections(&operation.selections),
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
        arguments.iter().filter(|argument| is_given(&argument.value)).map(argument).collect()
    }

    fn selections(&self, set: &Selections<'_>) -> Positioned<types::SelectionSet> {
        let items = set.items.iter().map(|selection| match selection {
            Selection::Field(field) => {
                let selection_set = match &field.selections {
                    Some(inner) => self.selections(inner),
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
                let node = InlineFragment {
                    type_condition: inline.on.map(|on| self.condition(on)),
                    directives: self.directives(&inline.directives),
                    selection_set: self.selections(&inline.selections),
                };
                self.placed(inline.at, types::Selection::InlineFragment(self.placed(inline.at, node)))
            }
        });
        let items = items.collect();
        self.placed(set.at, types::SelectionSet { items })
    }
}

/// Whether something is given. What is null is as good as left out: then the default holds, if there is one.
fn is_given(literal: &Literal<'_>) -> bool {
    !matches!(literal.kind, Kind::Null)
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
            let fields = fields.iter().filter(|field| is_given(&field.value));
            let fields = fields.map(|field| (Name::new(field.name.text), value(&field.value)));
            Value::Object(fields.collect())
        }
    }
}
