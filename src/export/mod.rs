//! The graph, or a part of it, in the forms that other tools read: one writer for each format, over
//! the graph alone.
//!
//! A [`Scope`] says which part, a [`Selection`] holds it, and [`write()`] writes it. Writers hold no
//! more in memory than one item, and equal selections give equal bytes.

mod about;
mod citation;
mod csv;
mod cytoscape;
mod difference;
mod dot;
mod feed;
mod field;
mod format;
mod gexf;
mod graphml;
mod mermaid;
mod package;
mod rdf;
mod scope;
mod selection;
mod xml;

use std::io::{Result, Write};

pub use about::About;
pub use citation::{CitationFormat, citations};
pub use difference::{DifferenceForm, write_difference};
pub use feed::write_feed;
pub use format::Format;
pub use scope::{PARAMETERS, Parameter, Scope, WrongParameter};
pub use selection::Selection;

/// What the data are.
pub const TITLE: &str = About::TITLE;

/// Writes a selection in a format.
///
/// # Errors
/// Those of `out`.
pub fn write(format: Format, selection: &Selection<'_>, out: &mut dyn Write) -> Result<()> {
    match format {
        Format::Graphml => graphml::write(selection, out),
        Format::Gexf => gexf::write(selection, out),
        Format::Dot => dot::write(selection, out),
        Format::Cytoscape => cytoscape::write(selection, out),
        Format::Turtle => rdf::write_turtle(selection, out),
        Format::JsonLd => rdf::write_json_ld(selection, out),
        Format::Mermaid => mermaid::write(selection, out),
        Format::Nodes => csv::write_nodes(selection, out),
        Format::Relationships => csv::write_relationships(selection, out),
        Format::Sources => csv::write_sources(selection, out),
        Format::DataPackage => package::write(selection, "", out),
    }
}

/// Writes the description of the tables, which lie at their names with `suffix` behind them.
///
/// # Errors
/// Those of `out`.
pub fn write_package(selection: &Selection<'_>, suffix: &str, out: &mut dyn Write) -> Result<()> {
    package::write(selection, suffix, out)
}

/// Writes a table of texts: a line of names, then a line for each row.
///
/// # Errors
/// Those of `out`.
pub fn write_table<'n, R: Iterator<Item = String>>(
    names: impl Iterator<Item = &'n str>,
    rows: impl Iterator<Item = R>,
    out: &mut dyn Write,
) -> Result<()> {
    csv::write_texts(names, rows, out)
}

/// A cell of a table as a spreadsheet may open it: one that would be taken for a formula has an
/// apostrophe before it.
pub fn safe_cell(text: &str) -> std::borrow::Cow<'_, str> {
    csv::safe(text)
}
