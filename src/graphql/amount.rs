//! What parts of a document come to.

use async_graphql::Value;

/// Bytes of a text given as an argument that count as a value.
pub(super) const TEXT_GIVEN: u64 = 64;

/// What an operation comes to.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount {
    /// Values of its answer, and a part of those given as arguments: its cost.
    pub(super) values: u64,
    /// How often the whole graph may be looked at: by filters, orders, searches and traversals.
    pub(super) scans: u64,
}

impl Amount {
    /// Both together.
    pub(super) fn plus(self, other: Self) -> Self {
        let Self { values, scans } = self;
        Self { values: values.saturating_add(other.values), scans: scans.saturating_add(other.scans) }
    }

    /// So many of it.
    pub(super) fn times(self, count: u64) -> Self {
        Self { values: self.values.saturating_mul(count), scans: self.scans.saturating_mul(count) }
    }

    /// The same, with one value at least: an item of a list of scalars is one.
    pub(super) fn of_item(self) -> Self {
        Self { values: self.values.max(1), ..self }
    }
}

/// The values of an argument, each item and field of it, and each few dozen bytes of a text.
pub(super) fn size_of(value: &Value) -> u64 {
    match value {
        Value::List(items) => items.iter().map(|item| 1 + size_of(item)).sum(),
        Value::Object(fields) => {
            fields.values().filter(|field| **field != Value::Null).map(|field| 1 + size_of(field)).sum()
        }
        Value::String(text) => text.len() as u64 / TEXT_GIVEN,
        Value::Null | Value::Number(_) | Value::Boolean(_) | Value::Binary(_) | Value::Enum(_) => 0,
    }
}

/// How many groups these keys make, where each has as many values as are usual.
pub(super) fn groups(keys: &Value) -> u64 {
    let count = |key: &Value| {
        let name = match key {
            Value::Enum(name) => name.as_str(),
            Value::String(name) => name.as_str(),
            Value::Null | Value::Number(_) | Value::Boolean(_) | Value::Binary(_) => "",
            Value::List(_) | Value::Object(_) => "",
        };
        match name {
            "PARTY" | "THEME" | "SOURCE" | "YEAR" => 50,
            _ => 10,
        }
    };
    let Value::List(keys) = keys else { return count(keys) };
    keys.iter().map(count).fold(1, u64::saturating_mul)
}
