//! Cytoscape JSON, written item by item.

use std::io::{Result, Write};

use serde_json::{Map, Value, json};

use super::field::{NODE, RELATIONSHIP};
use super::{About, Selection};

/// One node or edge in each line.
pub(super) fn write(selection: &Selection<'_>, out: &mut dyn Write) -> Result<()> {
    let about = About::new(selection);
    let mut data: Map<String, Value> =
        about.pairs().into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    data.insert("name".into(), About::TITLE.into());
    writeln!(out, "{{\"format_version\": \"1.0\", \"generated_by\": \"pactgraph\",")?;
    writeln!(out, " \"data\": {},", Value::Object(data))?;
    write!(out, " \"elements\": {{\n  \"nodes\": [")?;
    for (position, node) in selection.nodes().iter().enumerate() {
        let mut data = Map::new();
        data.insert("id".into(), node.id().into());
        data.insert("name".into(), node.name(crate::model::Language::En).into());
        for field in NODE {
            if let Some(value) = (field.value)(*node) {
                data.insert(field.name.into(), value.json());
            }
        }
        item(position, data, out)?;
    }
    write!(out, "\n  ],\n  \"edges\": [")?;
    for (position, relationship) in selection.relationships().iter().enumerate() {
        let mut data = Map::new();
        data.insert("id".into(), relationship.id().into());
        data.insert("source".into(), relationship.from().id().into());
        data.insert("target".into(), relationship.to().id().into());
        data.insert("interaction".into(), relationship.kind().name().into());
        for field in RELATIONSHIP {
            if let Some(value) = (field.value)(*relationship) {
                data.insert(field.name.into(), value.json());
            }
        }
        item(position, data, out)?;
    }
    writeln!(out, "\n  ]\n }}\n}}")
}

fn item(position: usize, data: Map<String, Value>, out: &mut dyn Write) -> Result<()> {
    let comma = if position == 0 { "" } else { "," };
    write!(out, "{comma}\n   {}", json!({ "data": data }))
}
