//! GEXF 1.3 with dynamics: nodes and edges bear the first and last day they can mean, and the dates as
//! their sources give them as attributes.

use std::io::{Result, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::field::{Field, NODE, RELATIONSHIP, Type, Value};
use super::xml::text;
use super::{About, Selection};
use crate::model::{DateInterval, Language};

type Xml<'w> = Writer<&'w mut dyn Write>;

/// Nodes, then edges.
pub(super) fn write(selection: &Selection<'_>, out: &mut dyn Write) -> Result<()> {
    let about = About::new(selection);
    let mut xml = Writer::new_with_indent(out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = [
        ("xmlns", "http://gexf.net/1.3"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("xsi:schemaLocation", "http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd"),
        ("version", "1.3"),
    ];
    start(&mut xml, "gexf", root)?;
    let modified = about.release.published.first_day().to_string();
    start(&mut xml, "meta", [("lastmodifieddate", modified.as_str())])?;
    for (name, text) in [
        ("creator", format!("pactgraph, licence {}", about.release.license)),
        (
            "keywords",
            format!("release {}, digest {}, license {}", about.release.id, about.digest, about.release.license),
        ),
        ("description", about.sentence()),
    ] {
        start(&mut xml, name, [])?;
        xml.write_event(Event::Text(BytesText::new(&text)))?;
        end(&mut xml, name)?;
    }
    end(&mut xml, "meta")?;
    let graph = [
        ("defaultedgetype", "directed"),
        ("mode", "dynamic"),
        ("timeformat", "date"),
        ("timerepresentation", "interval"),
    ];
    start(&mut xml, "graph", graph)?;
    attributes(&mut xml, "node", NODE)?;
    attributes(&mut xml, "edge", RELATIONSHIP)?;

    start(&mut xml, "nodes", [])?;
    for node in selection.nodes() {
        let mut element = BytesStart::new("node");
        element.extend_attributes([("id", node.id()), ("label", &*text(node.name(Language::En)))]);
        spell(&mut element, node.life());
        xml.write_event(Event::Start(element))?;
        values(&mut xml, NODE, |field| (field.value)(*node))?;
        end(&mut xml, "node")?;
    }
    end(&mut xml, "nodes")?;

    start(&mut xml, "edges", [])?;
    for relationship in selection.relationships() {
        let mut element = BytesStart::new("edge");
        element.extend_attributes([
            ("id", relationship.id().as_str()),
            ("source", relationship.from().id()),
            ("target", relationship.to().id()),
            ("kind", relationship.kind().name()),
            ("label", relationship.kind().name()),
        ]);
        spell(&mut element, relationship.interval());
        xml.write_event(Event::Start(element))?;
        values(&mut xml, RELATIONSHIP, |field| (field.value)(*relationship))?;
        end(&mut xml, "edge")?;
    }
    end(&mut xml, "edges")?;
    end(&mut xml, "graph")?;
    end(&mut xml, "gexf")?;
    let out = xml.into_inner();
    out.write_all(b"\n")
}

/// From the first day the beginning can mean to the last day the end can mean.
fn spell(element: &mut BytesStart<'_>, interval: DateInterval) {
    if let Some(start) = interval.start {
        element.push_attribute(("start", start.first_day().to_string().as_str()));
    }
    if let Some(end) = interval.end {
        element.push_attribute(("end", end.last_day().to_string().as_str()));
    }
}

fn attributes<F>(xml: &mut Xml<'_>, class: &str, fields: &[Field<F>]) -> Result<()> {
    start(xml, "attributes", [("class", class), ("mode", "static")])?;
    for field in fields {
        let kind = match field.of {
            Type::Text | Type::Date => "string",
            Type::Boolean => "boolean",
        };
        let name = attribute_name(field.name);
        let attributes = [("id", name), ("title", name), ("type", kind)];
        xml.write_event(Event::Empty(BytesStart::new("attribute").with_attributes(attributes)))?;
    }
    end(xml, "attributes")
}

/// Readers keep attributes beside the days of the timeline, which have these names already.
fn attribute_name(name: &'static str) -> &'static str {
    match name {
        "start" => "stated_start",
        "end" => "stated_end",
        other => other,
    }
}

fn values<'g, F>(xml: &mut Xml<'_>, fields: &[Field<F>], value: impl Fn(&Field<F>) -> Option<Value<'g>>) -> Result<()> {
    start(xml, "attvalues", [])?;
    for field in fields {
        if let Some(value) = value(field) {
            let attributes = [("for", attribute_name(field.name)), ("value", &*text(value.text()))];
            xml.write_event(Event::Empty(BytesStart::new("attvalue").with_attributes(attributes)))?;
        }
    }
    end(xml, "attvalues")
}

fn start<const N: usize>(xml: &mut Xml<'_>, name: &str, attributes: [(&str, &str); N]) -> Result<()> {
    xml.write_event(Event::Start(BytesStart::new(name).with_attributes(attributes)))
}

fn end(xml: &mut Xml<'_>, name: &str) -> Result<()> {
    xml.write_event(Event::End(BytesEnd::new(name)))
}
