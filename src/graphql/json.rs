//! Values as JSON.

use async_graphql::resolver_utils::EnumType;
use async_graphql::{ID, Value};
use serde::Serialize;

/// Writes a value. What was written already stands for itself, as bytes that say where it is: the API has
/// no other use for binary values.
pub(super) fn write_value<'p>(value: &Value, json: &mut Vec<u8>, piece: &impl Fn(&[u8]) -> Option<&'p [u8]>) {
    let comma = |json: &mut Vec<u8>, index: usize| {
        if index > 0 {
            json.push(b',');
        }
    };
    match value {
        Value::Null => json.extend_from_slice(b"null"),
        Value::Boolean(yes) => yes.write(json),
        Value::Number(number) => write(number, json),
        Value::String(text) => text.as_str().write(json),
        Value::Enum(name) => name.as_str().write(json),
        Value::Binary(place) => json.extend_from_slice(piece(place).unwrap_or(b"null")),
        Value::List(items) => {
            json.push(b'[');
            for (index, item) in items.iter().enumerate() {
                comma(json, index);
                write_value(item, json, piece);
            }
            json.push(b']');
        }
        Value::Object(fields) => {
            json.push(b'{');
            for (index, (name, value)) in fields.iter().enumerate() {
                comma(json, index);
                name.as_str().write(json);
                json.push(b':');
                write_value(value, json, piece);
            }
            json.push(b'}');
        }
    }
}

/// Writes whatever can be serialized.
pub(super) fn write(value: &(impl Serialize + ?Sized), json: &mut Vec<u8>) {
    // Neither texts nor numbers nor errors can fail to be written, nor memory.
    if serde_json::to_writer(&mut *json, value).is_err() {
        json.extend_from_slice(b"null");
    }
}

/// A value without parts, which is written without a [`Value`] between.
pub(super) trait Scalar {
    /// Writes it.
    fn write(&self, json: &mut Vec<u8>);
}

impl Scalar for &str {
    fn write(&self, json: &mut Vec<u8>) {
        // Few texts have anything to be escaped, and to look for it is quicker than to escape: as it does not
        // stop at the first, the processor can look at many bytes at once.
        let escape = |found: bool, byte: &u8| found | (*byte < b' ') | (*byte == b'"') | (*byte == b'\\');
        if self.as_bytes().iter().fold(false, escape) {
            return write(*self, json);
        }
        json.reserve(self.len() + 2);
        json.push(b'"');
        json.extend_from_slice(self.as_bytes());
        json.push(b'"');
    }
}

impl Scalar for String {
    fn write(&self, json: &mut Vec<u8>) {
        self.as_str().write(json);
    }
}

impl Scalar for ID {
    fn write(&self, json: &mut Vec<u8>) {
        self.as_str().write(json);
    }
}

impl Scalar for bool {
    fn write(&self, json: &mut Vec<u8>) {
        json.extend_from_slice(if *self { b"true" } else { b"false" });
    }
}

impl<T: Scalar> Scalar for Option<T> {
    fn write(&self, json: &mut Vec<u8>) {
        match self {
            Some(value) => value.write(json),
            None => json.extend_from_slice(b"null"),
        }
    }
}

/// Writes the name of an enum's value.
pub(super) fn write_enum<E: EnumType + PartialEq>(value: E, json: &mut Vec<u8>) {
    let item = E::items().iter().find(|item| item.value == value);
    item.map(|item| item.name).write(json);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_written_as_json_writes_them() {
        let mut texts: Vec<String> = (0..=0x250u32).filter_map(char::from_u32).map(|c| format!("a{c}b")).collect();
        texts.extend(
            ["", "\"", "\\", "plain", "é\n", "a text that is longer than a register \" of any processor"]
                .map(String::from),
        );
        for text in texts {
            let mut json = Vec::new();
            text.as_str().write(&mut json);
            assert_eq!(json, serde_json::to_vec(&text).expect("JSON"), "{text:?}");
        }
    }
}
