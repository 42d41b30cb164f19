//! The releases as an Atom feed: one entry for each, with what it changed.

use std::io::{self, Result, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::About;
use super::difference::{DifferenceForm, write_difference};
use super::xml::text as held;
use crate::graph::{Published, View};
use crate::model::PartialDate;

/// Lines of changes in an entry; the service itself tells the others.
const LINES: usize = 200;

/// Writes the feed of these releases, the newest first. Its links are relative to where it lies, at
/// `/releases.atom`.
///
/// # Errors
/// Those of `out`.
pub fn write_feed(releases: &[Published], out: &mut dyn Write) -> Result<()> {
    let mut xml = Writer::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let newest = releases.first().map(|published| instant(published.graph.release().published));
    let feed = xml.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
    feed.write_inner_content(|xml| {
        element(xml, "title", About::TITLE)?;
        element(xml, "id", "urn:pactgraph:releases")?;
        element(xml, "updated", newest.as_deref().unwrap_or("1970-01-01T00:00:00Z"))?;
        link(xml, "self", "/releases.atom")?;
        link(xml, "alternate", "/")?;
        xml.create_element("author").write_inner_content(|xml| element(xml, "name", "pactgraph"))?;
        for published in releases {
            xml.create_element("entry").write_inner_content(|xml| entry(xml, published))?;
        }
        Ok(())
    })?;
    writeln!(xml.get_mut())
}

fn entry<W: Write>(xml: &mut Writer<W>, published: &Published) -> Result<()> {
    let view = View::new(published.graph.clone());
    let (release, digest) = (view.graph().release(), view.graph().digest());
    element(xml, "title", &format!("Release {}", release.id))?;
    element(xml, "id", &format!("urn:pactgraph:release:{digest}"))?;
    element(xml, "updated", &instant(release.published))?;
    let question = format!("{{ release(id: {digest:?}) {{ id digest published counts {{ nodes }} }} }}");
    let question = form_urlencoded::Serializer::new(String::new()).append_pair("query", &question).finish();
    link(xml, "alternate", &format!("/graphql?{question}"))?;
    element(xml, "rights", &release.license)?;
    let counts = view.graph().counts();
    let (nodes, relationships, sources) = (counts.nodes, counts.relationships, counts.sources);
    let mut lines = Lines { text: Vec::new(), left: LINES };
    lines.text.extend(format!("{nodes} nodes, {relationships} relationships, {sources} sources\n").bytes());
    if let Some((before, difference)) = &published.changed {
        let before = View::new(before.clone());
        match write_difference(DifferenceForm::Text, difference, (&before, &view), &mut lines) {
            Ok(()) => {}
            // It ended because there was room for no more.
            Err(_) if lines.left == 0 => lines.text.extend("…\n".bytes()),
            Err(error) => return Err(error),
        }
    }
    let text = String::from_utf8_lossy(&lines.text);
    element_with(xml, "content", Some(("type", "text")), &text)?;
    Ok(())
}

/// Takes so many lines and then no more.
struct Lines {
    text: Vec<u8>,
    left: usize,
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        if self.left == 0 {
            return Err(io::Error::other("there is room for no more lines"));
        }
        let end = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |newline| newline + 1);
        self.left -= usize::from(bytes[..end].ends_with(b"\n"));
        self.text.extend_from_slice(&bytes[..end]);
        Ok(end)
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// The first instant that a date may mean, as Atom wants one.
fn instant(date: PartialDate) -> String {
    format!("{}T00:00:00Z", date.first_day())
}

fn element<W: Write>(xml: &mut Writer<W>, name: &str, text: &str) -> Result<()> {
    element_with(xml, name, None, text)
}

fn element_with<W: Write>(xml: &mut Writer<W>, name: &str, attribute: Option<(&str, &str)>, text: &str) -> Result<()> {
    let element = xml.create_element(name).with_attributes(attribute);
    element.write_text_content(BytesText::new(&held(text)))?;
    Ok(())
}

fn link<W: Write>(xml: &mut Writer<W>, relation: &str, address: &str) -> Result<()> {
    xml.create_element("link").with_attribute(("rel", relation)).with_attribute(("href", address)).write_empty()?;
    Ok(())
}
