//! GraphML with typed keys; every edge has an id, so that parallel relationships stay apart.

use std::io::{Result, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::field::{Field, NODE, RELATIONSHIP, Type, Value};
use super::xml::text;
use super::{About, Selection};

/// Keys of nodes begin with `n_`, of edges with `e_`, of the graph with `g_`.
pub(super) fn write(selection: &Selection<'_>, out: &mut dyn Write) -> Result<()> {
    let about = About::new(selection);
    let mut xml = Writer::new_with_indent(out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = [
        ("xmlns", "http://graphml.graphdrawing.org/xmlns"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        (
            "xsi:schemaLocation",
            "http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd",
        ),
    ];
    xml.write_event(Event::Start(BytesStart::new("graphml").with_attributes(root)))?;
    let pairs = about.pairs();
    for (name, _) in &pairs {
        key(&mut xml, "graph", &format!("g_{name}"), name, "string")?;
    }
    keys(&mut xml, "node", "n_", NODE)?;
    keys(&mut xml, "edge", "e_", RELATIONSHIP)?;
    let graph = [("id", "pactgraph"), ("edgedefault", "directed")];
    xml.write_event(Event::Start(BytesStart::new("graph").with_attributes(graph)))?;
    for (name, value) in &pairs {
        data(&mut xml, &format!("g_{name}"), value)?;
    }
    for node in selection.nodes() {
        xml.write_event(Event::Start(BytesStart::new("node").with_attributes([("id", node.id())])))?;
        for field in NODE {
            datum(&mut xml, "n_", field, (field.value)(*node))?;
        }
        xml.write_event(Event::End(BytesEnd::new("node")))?;
    }
    for relationship in selection.relationships() {
        let id = relationship.id();
        let ends = [("id", id.as_str()), ("source", relationship.from().id()), ("target", relationship.to().id())];
        xml.write_event(Event::Start(BytesStart::new("edge").with_attributes(ends)))?;
        for field in RELATIONSHIP {
            datum(&mut xml, "e_", field, (field.value)(*relationship))?;
        }
        xml.write_event(Event::End(BytesEnd::new("edge")))?;
    }
    xml.write_event(Event::End(BytesEnd::new("graph")))?;
    xml.write_event(Event::End(BytesEnd::new("graphml")))?;
    let out = xml.into_inner();
    out.write_all(b"\n")
}

type Xml<'w> = Writer<&'w mut dyn Write>;

fn keys<F>(xml: &mut Xml<'_>, of: &str, prefix: &str, fields: &[Field<F>]) -> Result<()> {
    for field in fields {
        let kind = match field.of {
            Type::Text | Type::Date => "string",
            Type::Boolean => "boolean",
        };
        key(xml, of, &format!("{prefix}{}", field.name), field.name, kind)?;
    }
    Ok(())
}

fn key(xml: &mut Xml<'_>, of: &str, id: &str, name: &str, kind: &str) -> Result<()> {
    let attributes = [("id", id), ("for", of), ("attr.name", name), ("attr.type", kind)];
    xml.write_event(Event::Empty(BytesStart::new("key").with_attributes(attributes)))
}

fn datum<F>(xml: &mut Xml<'_>, prefix: &str, field: &Field<F>, value: Option<Value<'_>>) -> Result<()> {
    match value {
        Some(value) => data(xml, &format!("{prefix}{}", field.name), value.text()),
        None => Ok(()),
    }
}

fn data(xml: &mut Xml<'_>, key: &str, value: &str) -> Result<()> {
    xml.write_event(Event::Start(BytesStart::new("data").with_attributes([("key", key)])))?;
    xml.write_event(Event::Text(BytesText::new(&text(value))))?;
    xml.write_event(Event::End(BytesEnd::new("data")))
}
