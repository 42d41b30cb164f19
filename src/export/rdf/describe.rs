//! Which triples say what.

use std::io::Result;

use oxrdf::vocab::{rdf, rdfs, xsd};
use oxrdf::{Literal, NamedNode, NamedNodeRef, TermRef, TripleRef};

use super::term::{both, classes, date, in_language, node, own, predicate, prov, relationship, schema, skos, source};
use crate::export::{About, Selection};
use crate::graph::{CitationRef, NodeRef, RelationshipRef, SourceRef, upper_snake};
use crate::model::{AliasKind, DateInterval, RelationshipKind};

/// Takes the triples, in their order.
type Sink<'s> = &'s mut dyn FnMut(TripleRef<'_>) -> Result<()>;

/// Everything: the release, the vocabulary, nodes, relationships, sources.
pub(super) fn all(selection: &Selection<'_>, add: Sink<'_>) -> Result<()> {
    release(&About::new(selection), add)?;
    for kind in RelationshipKind::ALL {
        vocabulary(kind, add)?;
    }
    for one in selection.nodes() {
        of_node(*one, add)?;
    }
    for one in selection.relationships() {
        of_relationship(*one, add)?;
    }
    for one in selection.sources() {
        of_source(one, add)?;
    }
    Ok(())
}

fn release(about: &About<'_>, add: Sink<'_>) -> Result<()> {
    let subject = NamedNode::new_unchecked(format!("urn:pactgraph:release:{}", about.release.id));
    let mut say = Subject { subject, add };
    say.is(&[schema("Dataset"), prov("Entity")])?;
    say.text(&schema("name"), About::TITLE)?;
    say.text(&schema("description"), &about.sentence())?;
    say.text(&schema("version"), &about.release.id)?;
    say.text(&schema("identifier"), &format!("blake3:{}", about.digest))?;
    say.literal(&schema("datePublished"), &date(about.release.published))?;
    let license = NamedNode::new_unchecked(about.license_url());
    say.about(&schema("license"), &license)?;
    match about.as_of {
        Some(as_of) => say.literal(&schema("temporalCoverage"), &date(as_of.date)),
        None => Ok(()),
    }
}

fn vocabulary(kind: RelationshipKind, add: Sink<'_>) -> Result<()> {
    let mut say = Subject { subject: predicate(kind), add };
    say.is(&[rdf::PROPERTY.into_owned()])?;
    let label = kind.name().to_lowercase().replace('_', " ");
    say.literal(&rdfs::LABEL.into_owned(), &in_language(&label, "en"))
}

fn of_node(one: NodeRef<'_>, add: Sink<'_>) -> Result<()> {
    let data = one.data();
    let mut say = Subject { subject: node(one), add };
    say.is(&classes(one.kind()))?;
    say.text(&schema("identifier"), one.id())?;
    for name in both(&data.name.text) {
        say.literal(&schema("name"), &name)?;
        say.literal(&skos("prefLabel"), &name)?;
    }
    say.text(&own("frenchNameBasis"), &upper_snake(&format!("{:?}", data.name.french_basis)))?;
    for alias in &data.aliases {
        let name = match &alias.language {
            Some(tag) => in_language(&alias.text, tag.as_str()),
            None => Literal::new_simple_literal(&*alias.text),
        };
        let label = if alias.kind == AliasKind::Everyday { "hiddenLabel" } else { "altLabel" };
        say.literal(&skos(label), &name)?;
    }
    for summary in both(&data.summary) {
        say.literal(&schema("description"), &summary)?;
    }
    if let Some(code) = one.code() {
        say.text(&skos("notation"), code)?;
    }
    say.interval(one.life())?;
    if let Some(agreement) = one.agreement() {
        say.text(&own("instrument"), &upper_snake(&format!("{:?}", agreement.instrument)))?;
        say.text(&own("status"), one.status(None).name())?;
        say.text(&own("bindingForce"), agreement.binding.force.name())?;
    }
    if let Some(membership) = one.membership() {
        say.text(&own("membership"), membership.whole.name())?;
        if let Some(declared) = membership.declared {
            say.literal(&own("membersDeclared"), &Literal::from(declared))?;
        }
    }
    if let Some(url) = data.url.as_deref() {
        say.address(&schema("url"), url)?;
    }
    say.literal(&own("listedByCanada"), &Literal::from(data.listed_by_canada))?;
    for citation in one.citations() {
        say.about(&schema("subjectOf"), &source(citation.source()))?;
    }
    let events: Vec<_> = (1..).zip(one.events()).collect();
    let name = |number: usize| NamedNode::new_unchecked(format!("{}#event-{number}", node(one).as_str()));
    for (number, _) in &events {
        say.about(&own("event"), &name(*number))?;
    }
    for (number, event) in events {
        let mut say = Subject { subject: name(number), add: &mut *add };
        say.is(&[own("Event"), schema("Event")])?;
        say.text(&own("eventKind"), event.kind.name())?;
        if let Some(on) = event.date {
            say.literal(&schema("startDate"), &date(on))?;
        }
        for (property, text) in
            [(schema("location"), &event.place), (own("occasion"), &event.occasion), (skos("note"), &event.note)]
        {
            for text in text.iter().flat_map(|text| both(text)) {
                say.literal(&property, &text)?;
            }
        }
        say.derived(one.event_citations(event))?;
    }
    Ok(())
}

/// The direct triple, and a node of its own with what else is said.
fn of_relationship(one: RelationshipRef<'_>, add: Sink<'_>) -> Result<()> {
    let (from, to, kind) = (node(one.from()), node(one.to()), predicate(one.kind()));
    add(TripleRef::new(from.as_ref(), kind.as_ref(), to.as_ref()))?;
    let mut say = Subject { subject: relationship(one), add };
    say.is(&[own("Relationship"), rdf::STATEMENT.into_owned(), prov("Entity")])?;
    say.text(&schema("identifier"), &one.id())?;
    say.about(&rdf::SUBJECT.into_owned(), &from)?;
    say.about(&rdf::PREDICATE.into_owned(), &kind)?;
    say.about(&rdf::OBJECT.into_owned(), &to)?;
    if let Some(role) = one.role() {
        say.text(&own("role"), role.name())?;
    }
    say.text(&own("certainty"), one.data().certainty.name())?;
    say.interval(one.interval())?;
    for note in one.data().note.iter().flat_map(|note| both(note)) {
        say.literal(&skos("note"), &note)?;
    }
    say.literal(&own("listedByCanada"), &Literal::from(one.data().listed_by_canada))?;
    say.derived(one.citations())
}

fn of_source(one: SourceRef<'_>, add: Sink<'_>) -> Result<()> {
    let data = one.data();
    let mut say = Subject { subject: source(one), add };
    say.is(&[own("Source"), schema("CreativeWork"), prov("Entity")])?;
    say.text(&schema("identifier"), data.id.as_str())?;
    let title = match data.language.as_str() {
        "mul" => Literal::new_simple_literal(&*data.title),
        tag => in_language(&data.title, tag),
    };
    say.literal(&schema("name"), &title)?;
    say.text(&schema("publisher"), &data.publisher)?;
    say.address(&schema("url"), &data.url)?;
    if let Some(published) = data.published {
        say.literal(&schema("datePublished"), &date(published))?;
    }
    say.text(&schema("inLanguage"), data.language.as_str())?;
    match one.copy_of() {
        Some(original) => say.about(&prov("alternateOf"), &source(original)),
        None => Ok(()),
    }
}

/// What something is said of.
struct Subject<'s> {
    subject: NamedNode,
    add: Sink<'s>,
}

impl Subject<'_> {
    fn say<'t>(&mut self, predicate: NamedNodeRef<'_>, object: impl Into<TermRef<'t>>) -> Result<()> {
        (self.add)(TripleRef::new(self.subject.as_ref(), predicate, object.into()))
    }

    fn is(&mut self, classes: &[NamedNode]) -> Result<()> {
        classes.iter().try_for_each(|class| self.say(rdf::TYPE, class.as_ref()))
    }

    fn about(&mut self, predicate: &NamedNode, object: &NamedNode) -> Result<()> {
        self.say(predicate.as_ref(), object.as_ref())
    }

    fn literal(&mut self, predicate: &NamedNode, object: &Literal) -> Result<()> {
        self.say(predicate.as_ref(), object.as_ref())
    }

    fn text(&mut self, predicate: &NamedNode, text: &str) -> Result<()> {
        self.literal(predicate, &Literal::new_simple_literal(text))
    }

    /// An address; as a text where it is no IRI.
    fn address(&mut self, predicate: &NamedNode, url: &str) -> Result<()> {
        match NamedNode::new(url) {
            Ok(iri) => self.about(predicate, &iri),
            Err(_) => self.literal(predicate, &Literal::new_typed_literal(url, xsd::ANY_URI)),
        }
    }

    fn interval(&mut self, interval: DateInterval) -> Result<()> {
        for (property, end) in [("startDate", interval.start), ("endDate", interval.end)] {
            if let Some(end) = end {
                self.literal(&schema(property), &date(end))?;
            }
        }
        Ok(())
    }

    /// Who says so; and where in it, by a qualified derivation.
    fn derived<'g>(&mut self, citations: impl Iterator<Item = CitationRef<'g>>) -> Result<()> {
        let citations: Vec<_> = (1..).zip(citations).collect();
        let name = |number: usize, subject: &NamedNode| {
            NamedNode::new_unchecked(format!("{}-source-{number}", subject_with_fragment(subject)))
        };
        for (number, citation) in &citations {
            self.about(&prov("wasDerivedFrom"), &source(citation.source()))?;
            if citation.locator().is_some() {
                let derivation = name(*number, &self.subject);
                self.about(&prov("qualifiedDerivation"), &derivation)?;
            }
        }
        for (number, citation) in citations {
            let Some(locator) = citation.locator() else { continue };
            let mut say = Subject { subject: name(number, &self.subject), add: &mut *self.add };
            say.is(&[prov("Derivation")])?;
            say.about(&prov("entity"), &source(citation.source()))?;
            say.text(&own("locator"), locator)?;
        }
        Ok(())
    }
}

/// A name may have one fragment only.
fn subject_with_fragment(subject: &NamedNode) -> String {
    let iri = subject.as_str();
    if iri.contains('#') { iri.to_owned() } else { format!("{iri}#statement") }
}
