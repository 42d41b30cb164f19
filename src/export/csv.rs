//! Tables as CSV (RFC 4180): UTF-8 without a mark, commas, one line of names.
//!
//! A cell that a spreadsheet would take for a formula has an apostrophe before it.

use std::borrow::Cow;
use std::io::{Result, Write};

use ::csv::{Terminator, WriterBuilder};

use super::Selection;
use super::field::{Field, NODE, RELATIONSHIP, SOURCE, Value};

/// The nodes, by id.
pub(super) fn write_nodes(selection: &Selection<'_>, out: &mut dyn Write) -> Result<()> {
    let rows = selection.nodes().iter().map(|node| {
        let values = NODE.iter().map(|field| (field.value)(*node));
        [text(node.id())].into_iter().chain(values)
    });
    table(["id"].into_iter().chain(names(NODE)), rows, out)
}

/// The relationships, by subject, kind, object and date.
pub(super) fn write_relationships(selection: &Selection<'_>, out: &mut dyn Write) -> Result<()> {
    let rows = selection.relationships().iter().map(|relationship| {
        let values = RELATIONSHIP.iter().map(|field| (field.value)(*relationship));
        let id = Some(Value::Text(relationship.id().into()));
        [id, text(relationship.from().id()), text(relationship.to().id())].into_iter().chain(values)
    });
    table(["id", "from", "to"].into_iter().chain(names(RELATIONSHIP)), rows, out)
}

/// The sources, by id.
pub(super) fn write_sources(selection: &Selection<'_>, out: &mut dyn Write) -> Result<()> {
    let rows = selection.sources().into_iter().map(|source| {
        let values = SOURCE.iter().map(move |field| (field.value)(source));
        [text(source.data().id.as_str())].into_iter().chain(values)
    });
    table(["id"].into_iter().chain(names(SOURCE)), rows, out)
}

/// Texts that are cells already.
pub(super) fn write_texts<'n, R: Iterator<Item = String>>(
    names: impl Iterator<Item = &'n str>,
    rows: impl Iterator<Item = R>,
    out: &mut dyn Write,
) -> Result<()> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    writer.write_record(names)?;
    rows.into_iter().try_for_each(|row| writer.write_record(row.map(String::into_bytes)))?;
    writer.flush()
}

fn text(text: &str) -> Option<Value<'_>> {
    Some(Value::Text(text.into()))
}

fn names<F>(fields: &[Field<F>]) -> impl Iterator<Item = &'static str> {
    fields.iter().map(|field| field.name)
}

fn table<'g, R>(
    names: impl Iterator<Item = &'static str>,
    rows: impl Iterator<Item = R>,
    out: &mut dyn Write,
) -> Result<()>
where
    R: Iterator<Item = Option<Value<'g>>>,
{
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    writer.write_record(names)?;
    for row in rows {
        for value in row {
            match &value {
                None => writer.write_field("")?,
                Some(value) => writer.write_field(&*safe(value.text()))?,
            }
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

/// The cell, with an apostrophe where a spreadsheet would run it.
pub(super) fn safe(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{text}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_never_formulas() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(safe(formula), format!("'{formula}"));
        }
        for plain in ["", "a=b", "2025-06", "'quoted'"] {
            assert_eq!(safe(plain), plain);
        }
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let row = [text("a,b"), text("say \"x\""), None, Some(Value::Boolean(true))];
        let mut out = Vec::new();
        table(["a", "b", "c", "d"].into_iter(), [row.into_iter()].into_iter(), &mut out).expect("a table");
        assert_eq!(String::from_utf8_lossy(&out), "a,b,c,d\r\n\"a,b\",\"say \"\"x\"\"\",,true\r\n");
    }
}
