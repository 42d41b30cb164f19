//! The variables of named queries, and their values as texts of an address.

use std::collections::BTreeMap;

use async_graphql::parser::types::{BaseType, OperationDefinition, Type};
use serde_json::{Value as Json, json};

use super::Values;
use crate::graphql::type_map::{TypeDef, TypeMap};
use crate::model::PartialDate;

/// A variable of a named query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its type, as in `[ID!]!`.
    pub of: String,
    /// What its values look like.
    pub shape: Shape,
    /// Its value where none is given.
    pub default: Option<Json>,
    /// Whether it must be given: it has no default, and its type knows no null.
    pub required: bool,
}

/// What values look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Any text.
    Text,
    /// An id.
    Id,
    /// A whole number of 32 bits.
    Int,
    /// A number.
    Float,
    /// A truth value.
    Boolean,
    /// A date of reduced precision.
    Date,
    /// One of these words.
    Choice(Vec<String>),
    /// A JSON object of an input type.
    Object(String),
    /// A list of such values.
    List(Box<Self>),
}

/// A value that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongValue {
    /// The name of the variable, as it was given.
    pub name: String,
    /// What is wrong: `unknown-variable`, `missing-variable`, `bad-variable`.
    pub code: &'static str,
    /// What is wrong, as a sentence.
    pub message: String,
    /// What was expected.
    pub expected: Vec<String>,
}

impl Shape {
    fn new(of: &Type, types: &TypeMap) -> Self {
        let name = match &of.base {
            BaseType::List(item) => return Self::List(Box::new(Self::new(item, types))),
            BaseType::Named(name) => name.as_str(),
        };
        match (name, types.get(name).map(|(_, definition)| definition)) {
            ("ID", _) => Self::Id,
            ("Int", _) => Self::Int,
            ("Float", _) => Self::Float,
            ("Boolean", _) => Self::Boolean,
            ("PartialDate", _) => Self::Date,
            (_, Some(TypeDef::Enum(words))) => Self::Choice(words.iter().map(ToString::to_string).collect()),
            (_, Some(TypeDef::Input(..))) => Self::Object(name.to_owned()),
            (_, Some(TypeDef::Scalar | TypeDef::Object(_) | TypeDef::Interface(_) | TypeDef::Union) | None) => {
                Self::Text
            }
        }
    }

    /// What such values look like, in words.
    pub fn says(&self) -> String {
        match self {
            Self::Text => "a text".into(),
            Self::Id => "an id, as in `germany`".into(),
            Self::Int => "a whole number, as in `10`".into(),
            Self::Float => "a number".into(),
            Self::Boolean => "true or false".into(),
            Self::Date => "a date, as in `2022`, `2022-12` or `2022-12-31`, in the years 1000 to 9999".into(),
            Self::Choice(words) => format!("one of {}", words.join(", ")),
            Self::Object(of) => format!("a JSON object of the type {of}"),
            Self::List(item) => format!("a JSON list, or each item by a parameter of its own: {}", item.says()),
        }
    }

    /// The value a text means.
    fn read(&self, text: &str) -> Option<Json> {
        match self {
            Self::Text | Self::Id => Some(text.into()),
            Self::Int => text.trim().parse::<i32>().ok().map(Json::from),
            Self::Float => text.trim().parse::<f64>().ok().filter(|number| number.is_finite()).map(Json::from),
            Self::Boolean => text.trim().parse::<bool>().ok().map(Json::from),
            Self::Date => text.trim().parse::<PartialDate>().ok().map(|date| date.to_string().into()),
            Self::Choice(words) => words.iter().find(|word| *word == text.trim()).map(|word| word.as_str().into()),
            Self::Object(_) => serde_json::from_str(text).ok().filter(Json::is_object),
            Self::List(item) if text.trim_start().starts_with('[') => {
                serde_json::from_str(text).ok().filter(|list| item.fits_all(list))
            }
            Self::List(item) => item.read(text).map(|value| json!([value])),
        }
    }

    /// Whether a list of JSON values has items of this shape. What is in objects, the API judges.
    fn fits_all(&self, list: &Json) -> bool {
        let fits = |value: &Json| match (self, value) {
            (Self::Text | Self::Id, Json::String(_)) | (Self::Boolean, Json::Bool(_)) => true,
            (Self::Int, Json::Number(number)) => number.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
            (Self::Float, Json::Number(_)) | (Self::Object(_), Json::Object(_)) => true,
            (Self::Date | Self::Choice(_), Json::String(text)) => self.read(text).is_some(),
            (Self::List(item), list) => item.fits_all(list),
            _ => false,
        };
        list.as_array().is_some_and(|items| items.iter().all(fits))
    }
}

/// The variables of an operation, whose defaults are those `given` for it, else its own.
pub(super) fn all(operation: &OperationDefinition, given: &Values, types: &TypeMap) -> Vec<Variable> {
    let variable = |definition: &async_graphql::parser::types::VariableDefinition| {
        let (name, of) = (definition.name.node.to_string(), &definition.var_type.node);
        let own = definition.default_value.as_ref().and_then(|value| value.node.clone().into_json().ok());
        let default = given.get(&name).cloned().or(own);
        let required = default.is_none() && !of.nullable;
        Variable { name, of: of.to_string(), shape: Shape::new(of, types), default, required }
    };
    operation.variable_definitions.iter().map(|definition| variable(&definition.node)).collect()
}

/// The value of each variable.
pub(super) fn values<'v>(
    variables: &[Variable],
    given: impl IntoIterator<Item = (&'v str, &'v str)>,
) -> Result<Values, WrongValue> {
    let mut texts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, text) in given {
        texts.entry(name).or_default().push(text);
    }
    if let Some(name) = texts.keys().find(|name| variables.iter().all(|variable| variable.name != **name)) {
        let expected: Vec<_> = variables.iter().map(|variable| variable.name.clone()).collect();
        let known = if expected.is_empty() {
            "It has no variables.".to_owned()
        } else {
            format!("Its variables are {}.", expected.join(", "))
        };
        let message = format!("This query has no variable {:?}. {known}", short(name));
        return Err(WrongValue { name: (*name).to_owned(), code: "unknown-variable", message, expected });
    }
    let mut values = Values::new();
    for variable in variables {
        let value = match texts.get(variable.name.as_str()) {
            Some(texts) => Some(variable.read(texts)?),
            None if variable.required => {
                let message = format!("The variable {:?} is required, but not given", variable.name);
                return Err(variable.wrong("missing-variable", &message));
            }
            None => variable.default.clone(),
        };
        values.extend(value.map(|value| (variable.name.clone(), value)));
    }
    Ok(values)
}

/// A text of whoever asks, as far as it helps to see it again.
fn short(text: &str) -> String {
    if text.chars().count() <= 60 { text.to_owned() } else { text.chars().take(60).chain(['…']).collect() }
}

impl Variable {
    fn read(&self, texts: &[&str]) -> Result<Json, WrongValue> {
        let wrong = |text: &str| {
            self.wrong("bad-variable", &format!("The variable {:?} cannot be {:?}", self.name, short(text)))
        };
        match (texts, &self.shape) {
            ([text], _) => self.shape.read(text).ok_or_else(|| wrong(text)),
            (texts, Shape::List(item)) => {
                let items = texts.iter().map(|text| item.read(text).ok_or_else(|| wrong(text)));
                items.collect::<Result<Vec<_>, _>>().map(Json::from)
            }
            _ => Err(self.wrong("bad-variable", &format!("The variable {:?} is given more than once", self.name))),
        }
    }

    fn wrong(&self, code: &'static str, problem: &str) -> WrongValue {
        let expected = self.shape.says();
        let message = format!("{problem}: it is of the type {}. Give {expected}.", self.of);
        let expected = if let Shape::Choice(words) = &self.shape { words.clone() } else { vec![expected] };
        WrongValue { name: self.name.clone(), code, message, expected }
    }
}
