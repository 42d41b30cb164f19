//! What is wrong with a document, and where.

use async_graphql::{Pos, ServerError};

use super::ast::At;
use crate::graphql::answer::{Code, fault};

/// What is wrong: a sentence, and the bytes it is about, the first one foremost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) at: Vec<At>,
    /// The limit it goes beyond, where that is the fault.
    pub(super) limit: Option<(&'static str, usize)>,
}

impl Fault {
    /// A text that is no GraphQL.
    pub(super) fn syntax(at: At, message: impl Into<String>) -> Self {
        Self { code: Code::ParseFailed, message: message.into(), at: vec![at], limit: None }
    }

    /// A document that does not fit the schema.
    pub(super) fn rule(at: Vec<At>, message: String) -> Self {
        Self { code: Code::ValidationFailed, message, at, limit: None }
    }

    /// A document that is not read to its end.
    pub(super) fn too_large(message: String, what: &'static str, limit: usize) -> Self {
        Self { code: Code::QueryTooLarge, message, at: Vec::new(), limit: Some((what, limit)) }
    }

    /// As clients read it.
    pub(super) fn told(self, places: &Places<'_>) -> ServerError {
        let locations: Vec<_> = self.at.iter().map(|&at| places.of(at)).collect();
        let message = match (self.code, locations.first()) {
            (Code::ParseFailed, Some(Pos { line, column })) => {
                let mut message = self.message;
                if let Some(first) = message.get_mut(..1) {
                    first.make_ascii_lowercase();
                }
                format!("Syntax error at line {line}, column {column}: {message}")
            }
            _ => self.message,
        };
        let mut error = fault(self.code, message, None);
        error.locations = locations;
        if let Some((what, limit)) = self.limit {
            let extensions = error.extensions.get_or_insert_default();
            extensions.set("what", what);
            extensions.set("limit", limit as u64);
        }
        error
    }
}

/// From the bytes of a text to its lines and columns. Columns count UTF-16 units, as editors and
/// graphql-js do.
pub(super) struct Places<'t> {
    text: &'t str,
    /// Where each line begins.
    lines: Vec<At>,
    is_ascii: bool,
}

impl<'t> Places<'t> {
    /// Finds the lines of a text.
    pub(super) fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|&(position, byte)| match byte {
            b'\n' => true,
            // One line ends with both.
            b'\r' => bytes.get(position + 1) != Some(&b'\n'),
            _ => false,
        });
        let lines = [0].into_iter().chain(ends.map(|(position, _)| position + 1)).collect();
        Self { text, lines, is_ascii: text.is_ascii() }
    }

    /// The byte of a place.
    pub(super) fn byte(&self, pos: Pos) -> Option<At> {
        let start = *self.lines.get(pos.line.checked_sub(1)?)?;
        let mut units = pos.column.checked_sub(1)?;
        for (within, character) in self.text[start..].char_indices() {
            if units == 0 {
                return Some(start + within);
            }
            units = units.checked_sub(character.len_utf16())?;
        }
        None
    }

    /// The place of a byte.
    pub(super) fn of(&self, at: At) -> Pos {
        let line = self.lines.partition_point(|&start| start <= at);
        let start = self.lines[line - 1];
        let column = match self.text.get(start..at) {
            Some(before) if !self.is_ascii => before.encode_utf16().count(),
            _ => at - start,
        };
        Pos { line, column: column + 1 }
    }
}
