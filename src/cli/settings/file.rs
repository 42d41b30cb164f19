//! The file of options: RON, every key known, every fault with its place.

use std::fmt;
use std::path::Path;

use ron::Options;
use ron::extensions::Extensions;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

use super::table::Opt;

/// What a file says, in its order: keys of options and the texts of their values.
pub(super) type Said = Vec<(&'static str, String)>;

/// Reads a file of options. `check` says what is expected where a value cannot be used.
///
/// # Errors
/// One sentence with file, line and column.
pub(super) fn read(path: &Path, options: &[Opt], check: Check<'_>) -> Result<Said, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("the configuration {} cannot be read: {error}", path.display()))?;
    parse(&text, options, check).map_err(|fault| format!("{}:{fault}", path.display()))
}

/// Says what is expected of an option where a text is no value of it.
pub(super) type Check<'c> = &'c dyn Fn(&'static str, &str) -> Result<(), String>;

fn parse(text: &str, options: &[Opt], check: Check<'_>) -> Result<Said, String> {
    let ron = Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    ron.from_str_seed(text, File { options, check }).map_err(|error| {
        let at = error.span.start;
        format!("{}:{}: {}", at.line, at.col, error.code)
    })
}

/// The option with this key, or the sentence that names the nearest one.
fn known(options: &[Opt], key: &str) -> Result<&'static str, String> {
    if let Some(option) = options.iter().find(|option| option.key == key) {
        return Ok(option.key);
    }
    let nearest = options.iter().min_by_key(|option| strsim::damerau_levenshtein(option.key, key));
    let nearest = nearest.map_or(String::new(), |option| format!("; the nearest is `{}`", option.key));
    Err(format!("there is no option `{key}`{nearest}"))
}

#[derive(Clone, Copy)]
struct File<'f> {
    options: &'f [Opt],
    check: Check<'f>,
}

impl<'de> DeserializeSeed<'de> for File<'_> {
    type Value = Said;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Said, D::Error> {
        deserializer.deserialize_struct("Config", &[], self)
    }
}

impl<'de> Visitor<'de> for File<'_> {
    type Value = Said;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("options in brackets, as in (listen: \"127.0.0.1:8080\")")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Said, A::Error> {
        let mut said = Said::new();
        while let Some(key) = map.next_key_seed(Key { options: self.options, said: &said })? {
            let text = map.next_value_seed(Value { key, check: self.check })?;
            said.push((key, text));
        }
        Ok(said)
    }
}

struct Key<'k> {
    options: &'k [Opt],
    said: &'k Said,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = &'static str;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<&'static str, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = &'static str;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of an option")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<&'static str, E> {
        let key = known(self.options, key).map_err(E::custom)?;
        if self.said.iter().any(|(earlier, _)| *earlier == key) {
            return Err(E::custom(format!("`{key}` is given twice")));
        }
        Ok(key)
    }
}

struct Value<'v> {
    key: &'static str,
    check: Check<'v>,
}

impl Value<'_> {
    fn checked<E: Error>(self, text: String) -> Result<String, E> {
        let wrong = |expected| E::custom(format!("`{}` was given `{text}`; it takes {expected}", self.key));
        (self.check)(self.key, &text).map_err(wrong)?;
        Ok(text)
    }
}

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Visitor<'_> for Value<'_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        self.checked(text.to_owned())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<String, E> {
        self.checked(number.to_string())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<String, E> {
        self.checked(number.to_string())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<String, E> {
        self.checked(number.to_string())
    }

    fn visit_bool<E: Error>(self, word: bool) -> Result<String, E> {
        self.checked(word.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Settings;
    use super::*;

    fn said(text: &str) -> String {
        let check = |key: &'static str, text: &str| Settings::default().set(key, text);
        match parse(text, &Settings::options(), &check) {
            Ok(said) => said.iter().map(|(key, text)| format!("{key}={text}")).collect::<Vec<_>>().join(" "),
            Err(fault) => fault,
        }
    }

    #[test]
    fn a_file_is_read_whole_or_its_fault_is_named_with_its_place() {
        let cases = [
            ("()", ""),
            ("( // nothing\n)", ""),
            ("(listen: \"127.0.0.1:0\", connections: 9)", "listen=127.0.0.1:0 connections=9"),
            ("Config(connections: 9,)", "connections=9"),
            ("(body_bytes: 65_536, body_time: \"5s\")", "body_bytes=65536 body_time=5s"),
            (
                "(\n  connections: 9,\n  body_byte: 1,\n)",
                "3:3: there is no option `body_byte`; the nearest is `body_bytes`",
            ),
            ("(\n  connections: 9,\n  connections: 8,\n)", "3:3: `connections` is given twice"),
            ("(connections: -1)", "1:15: `connections` was given `-1`; it takes a whole number from 1 to 100000"),
            (
                "(connections: \"many\")",
                "1:15: `connections` was given `many`; it takes a whole number from 1 to 100000",
            ),
            ("(connections: true)", "1:15: `connections` was given `true`; it takes a whole number from 1 to 100000"),
        ];
        for (text, expected) in cases {
            // A value's place is its first sign or the one behind it, as its syntax has it.
            assert_eq!(said(text).replacen("1:16:", "1:15:", 1), expected, "{text}");
        }
        for text in ["", "(", "[1]", "(connections 9)", "(connections: [9])", "() rest", "\"text\""] {
            let found = said(text);
            assert!(found.starts_with("1:"), "{text}: {found}");
        }
    }
}
