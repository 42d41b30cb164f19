//! The rules for values: each must be what its place expects.

use std::collections::HashMap;

use async_graphql::Name;
use async_graphql::parser::types::BaseType;

use super::ast::{self, Kind, Literal};
use super::judge::{Expected, Judge, Usage};
use super::suggest::{did_you_mean, nearest};
use crate::graphql::type_map::{Argument, TypeDef};

/// What is known of the place a value stands in.
#[derive(Clone, Copy, Default)]
struct Place<'a> {
    expected: Option<Expected<'a>>,
    has_default: bool,
    /// The input object it is a field of, where exactly one field must be given.
    one_of: Option<&'a str>,
    /// Whether the value around it is at fault already, so that nothing is said of its parts.
    silent: bool,
}

impl<'a, 't> Judge<'a, 't> {
    /// The value of an argument, which may be unknown.
    pub(super) fn argument(&mut self, argument: &'a ast::Argument<'t>, definition: Option<&'a Argument>) {
        let place = Place {
            expected: definition.map(|definition| Expected::new(&definition.ty)),
            has_default: definition.is_some_and(|definition| definition.has_default),
            ..Place::default()
        };
        self.judge_value(&argument.value, place);
    }

    /// A value where nothing but its type is known.
    pub(super) fn value(&mut self, value: &'a Literal<'t>, expected: Option<Expected<'a>>) {
        self.judge_value(value, Place { expected, ..Place::default() });
    }

    fn judge_value(&mut self, value: &'a Literal<'t>, place: Place<'a>) {
        match &value.kind {
            Kind::Variable(name) => {
                if self.collecting {
                    let Place { expected, has_default, one_of, .. } = place;
                    let usage = Usage { name, at: value.at, expected, has_default, one_of };
                    self.usages.last_mut().expect("a definition is open").push(usage);
                }
            }
            Kind::List(items) => self.list(value, items, place),
            Kind::Object(fields) => self.object(value, fields, place),
            Kind::Null => {
                if let Some(expected) = place.expected.filter(|expected| !expected.nullable && !place.silent) {
                    self.report(vec![value.at], format!("Expected value of type \"{expected}\", found null."));
                }
            }
            Kind::Int(_) | Kind::Float(_) | Kind::Text(..) | Kind::Boolean(_) | Kind::Enum(_) => {
                if !place.silent {
                    self.fits(value, place.expected);
                }
            }
        }
    }

    fn list(&mut self, value: &'a Literal<'t>, items: &'a [Literal<'t>], place: Place<'a>) {
        let mut inner = Place { silent: place.silent, ..Place::default() };
        match place.expected {
            Some(Expected { base: BaseType::List(of), .. }) => inner.expected = Some(Expected::new(of)),
            other => {
                inner.expected = other.map(|expected| Expected { nullable: true, ..expected });
                if !place.silent {
                    self.fits(value, inner.expected);
                }
                inner.silent = true;
            }
        }
        for item in items {
            self.judge_value(item, inner);
        }
    }

    fn object(&mut self, value: &'a Literal<'t>, fields: &'a [ast::Argument<'t>], place: Place<'a>) {
        let definition = place.expected.and_then(|expected| self.types.get(expected.name()));
        let mut silent = place.silent;
        let mut known = None;
        if let Some((name, TypeDef::Input(definitions, is_one_of))) = definition {
            known = Some((name.as_str(), definitions, *is_one_of));
            if !silent {
                for (field, definition) in definitions {
                    let is_given = fields.iter().any(|given| given.name.text == field.as_str());
                    if definition.is_required() && !is_given {
                        let ty = &definition.ty;
                        let message = format!("Field \"{name}.{field}\" of required type \"{ty}\" was not provided.");
                        self.report(vec![value.at], message);
                    }
                }
                if *is_one_of {
                    self.one_of(value, fields, name);
                }
            }
        } else {
            if !silent {
                self.fits(value, place.expected);
            }
            silent = true;
        }
        let mut seen = HashMap::new();
        for field in fields {
            let word = field.name;
            let definition = known.and_then(|(_, definitions, _)| definitions.get(word.text));
            if let (None, Some((of, definitions, _)), false) = (definition, known, silent) {
                let suggestion = did_you_mean("", &nearest(word.text, definitions.keys().map(Name::as_str)));
                let message = format!("Field \"{}\" is not defined by type \"{of}\".{suggestion}", word.text);
                self.report(vec![word.at], message);
            }
            match seen.get(word.text) {
                None => drop(seen.insert(word.text, word.at)),
                Some(&first) => {
                    let message = format!("There can be only one input field named \"{}\".", word.text);
                    self.report(vec![first, word.at], message);
                }
            }
            let inner = Place {
                expected: definition.map(|definition| Expected::new(&definition.ty)),
                has_default: definition.is_some_and(|definition| definition.has_default),
                one_of: known.and_then(|(of, _, is_one_of)| is_one_of.then_some(of)),
                silent,
            };
            self.judge_value(&field.value, inner);
        }
    }

    fn one_of(&mut self, value: &Literal<'t>, fields: &[ast::Argument<'t>], name: &str) {
        match fields {
            [field] if matches!(field.value.kind, Kind::Null) => {
                let message = format!("Field \"{name}.{}\" must be non-null.", field.name.text);
                self.report(vec![value.at], message);
            }
            [_] => {}
            _ => {
                let message = format!("OneOf Input Object \"{name}\" must specify exactly one key.");
                self.report(vec![value.at], message);
            }
        }
    }

    /// Whether a value that is no null and no variable is what is expected.
    fn fits(&mut self, value: &Literal<'t>, expected: Option<Expected<'a>>) {
        if self.collecting {
            return;
        }
        let Some(expected) = expected else { return };
        let Some((name, definition)) = self.types.get(expected.name()) else { return };
        let problem = match definition {
            TypeDef::Scalar => scalar(name, value),
            TypeDef::Enum(values) => {
                let suggestion =
                    |text: &str| did_you_mean("the enum value ", &nearest(text, values.iter().map(Name::as_str)));
                match value.kind {
                    Kind::Enum(text) if values.contains(text) => None,
                    Kind::Enum(text) => {
                        Some(format!("Value \"{text}\" does not exist in \"{name}\" enum.{}", suggestion(text)))
                    }
                    Kind::Variable(_)
                    | Kind::Int(_)
                    | Kind::Float(_)
                    | Kind::Text(..)
                    | Kind::Boolean(_)
                    | Kind::Null
                    | Kind::List(_)
                    | Kind::Object(_) => {
                        let text = shown(value);
                        let suggestion = suggestion(&text);
                        Some(format!("Enum \"{name}\" cannot represent non-enum value: {text}.{suggestion}"))
                    }
                }
            }
            TypeDef::Object(_) | TypeDef::Interface(_) | TypeDef::Union | TypeDef::Input(..) => {
                Some(format!("Expected value of type \"{expected}\", found {}.", shown(value)))
            }
        };
        if let Some(problem) = problem {
            self.report(vec![value.at], problem);
        }
    }
}

/// Why a value is none of a scalar; the parsers of our own scalars judge their values themselves.
fn scalar(name: &str, value: &Literal<'_>) -> Option<String> {
    let what = match (name, &value.kind) {
        ("Int", Kind::Int(text)) if text.parse::<i32>().is_ok() => return None,
        ("Int", Kind::Int(text)) => {
            return Some(format!("Int cannot represent non 32-bit signed integer value: {}", brief(text)));
        }
        ("Float", Kind::Int(_) | Kind::Float(_)) => return None,
        ("String", Kind::Text(..)) | ("Boolean", Kind::Boolean(_)) | ("ID", Kind::Text(..) | Kind::Int(_)) => {
            return None;
        }
        ("Int", _) => "non-integer",
        ("Float", _) => "non numeric",
        ("String", _) => "a non string",
        ("Boolean", _) => "a non boolean",
        ("ID", _) => "a non-string and non-integer",
        _ => return None,
    };
    Some(format!("{name} cannot represent {what} value: {}", shown(value)))
}

/// The value as it could be written, short enough to be shown.
fn shown(value: &Literal<'_>) -> String {
    brief(&value.to_string())
}

fn brief(text: &str) -> String {
    if text.chars().count() <= 100 { text.to_owned() } else { text.chars().take(100).collect::<String>() + "…" }
}
