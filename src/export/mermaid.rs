//! A Mermaid flowchart, for notes. Nodes are numbered in the order of their ids.

use std::collections::HashMap;
use std::io::{Result, Write};

use super::dot::{color, words};
use super::{About, Selection};
use crate::model::{Language, NodeKind};

/// A flowchart from left to right, coloured by kind. Mermaid itself draws at most 500 edges unless its
/// page is told to draw more.
pub(super) fn write(selection: &Selection<'_>, out: &mut dyn Write) -> Result<()> {
    let about = About::new(selection);
    writeln!(out, "---\ntitle: {}\n---", serde_json::Value::from(About::TITLE))?;
    writeln!(out, "%% {}", about.sentence())?;
    for (name, value) in about.pairs() {
        writeln!(out, "%% {name}: {value}")?;
    }
    writeln!(out, "flowchart LR")?;
    let mut numbers = HashMap::with_capacity(selection.nodes().len());
    for (number, node) in selection.nodes().iter().enumerate() {
        numbers.insert(node.number(), number);
        let (en, fr) = (node.name(Language::En), node.name(Language::Fr));
        let both = if en == fr { escaped(en) } else { format!("{}<br>{}", escaped(en), escaped(fr)) };
        writeln!(out, "  n{number}[\"{both}\"]:::{}", node.kind().name())?;
    }
    for relationship in selection.relationships() {
        let number = |end: u32| numbers.get(&end).copied().unwrap_or_default();
        let start = relationship.interval().start.map(|start| format!(" {start}")).unwrap_or_default();
        let (from, to) = (number(relationship.from().number()), number(relationship.to().number()));
        writeln!(out, "  n{from} -- \"{}{start}\" --> n{to}", words(relationship.kind()))?;
    }
    for kind in NodeKind::ALL {
        if selection.nodes().iter().any(|node| node.kind() == kind) {
            writeln!(out, "  classDef {} fill:{},stroke:#555,color:#000", kind.name(), color(kind))?;
        }
    }
    Ok(())
}

/// The text with everything Mermaid would take for a command as a character reference.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => escaped.push_str("#quot;"),
            '#' | '<' | '>' | '&' | '`' | ';' | '\\' => escaped.push_str(&format!("#{};", c as u32)),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    #[test]
    fn labels_hold_no_commands() {
        assert_eq!(super::escaped("R&D \"#1\" <b>`x`"), "R#38;D #quot;#35;1#quot; #60;b#62;#96;x#96;");
    }
}
