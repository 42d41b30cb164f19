//! The language of Graphviz.

use std::io::{Result, Write};

use super::{About, Selection};
use crate::graph::upper_snake;
use crate::model::{Language, NodeKind, RelationshipKind};

/// A directed graph, left to right; parallel relationships are separate edges.
pub(super) fn write(selection: &Selection<'_>, out: &mut dyn Write) -> Result<()> {
    let about = About::new(selection);
    writeln!(out, "// {}", about.sentence())?;
    writeln!(out, "digraph pactgraph {{")?;
    for (name, value) in about.pairs() {
        writeln!(out, "  {name}={}", quoted(&value))?;
    }
    writeln!(out, "  rankdir=LR\n  node [shape=box, style=filled, fontname=\"sans-serif\"]")?;
    writeln!(out, "  edge [fontname=\"sans-serif\", fontsize=10]")?;
    for node in selection.nodes() {
        writeln!(
            out,
            "  {} [label={}, name_fr={}, kind={}, tooltip={}, fillcolor={}]",
            quoted(node.id()),
            quoted(node.name(Language::En)),
            quoted(node.name(Language::Fr)),
            upper_snake(node.kind().name()),
            quoted(node.data().summary.en()),
            quoted(color(node.kind())),
        )?;
    }
    for relationship in selection.relationships() {
        let interval = relationship.interval();
        write!(
            out,
            "  {} -> {} [id={}, kind={}, label={}",
            quoted(relationship.from().id()),
            quoted(relationship.to().id()),
            quoted(&relationship.id()),
            relationship.kind().name(),
            quoted(&words(relationship.kind())),
        )?;
        for (name, date) in [("start", interval.start), ("end", interval.end)] {
            if let Some(date) = date {
                write!(out, ", {name}=\"{date}\"")?;
            }
        }
        writeln!(out, "]")?;
    }
    writeln!(out, "}}")
}

/// The kind as words: `builds on`.
pub(super) fn words(kind: RelationshipKind) -> String {
    kind.name().to_lowercase().replace('_', " ")
}

/// A light background for each kind of node, against which black text can be read.
pub(super) fn color(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Agreement => "#ffe08a",
        NodeKind::Country => "#a9d5ff",
        NodeKind::Forum => "#d9c8ff",
        NodeKind::IndigenousPeople => "#f7b9a5",
        NodeKind::Initiative => "#b8e6b0",
        NodeKind::Jurisdiction => "#c9e4f7",
        NodeKind::Organization => "#e3dccb",
        NodeKind::Theme => "#f1f1f1",
    }
}

/// A quoted text, of which nothing is taken for a command.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    #[test]
    fn texts_are_quoted() {
        assert_eq!(super::quoted(r#"a "b" \N"#), r#""a \"b\" \\N""#);
    }
}
