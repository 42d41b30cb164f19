//! JSON-LD with short names: what is said of one thing in a row is one object.

use std::io::{Result, Write};

use oxrdf::vocab::{rdf, xsd};
use oxrdf::{Literal, LiteralRef, NamedNode, TermRef, TripleRef};
use serde_json::{Map, Value, json};

use super::term::PREFIXES;

/// Writes triples as they come; holds those of one subject.
pub(super) struct JsonLd<'w> {
    out: &'w mut dyn Write,
    subject: Option<NamedNode>,
    said: Map<String, Value>,
    objects: usize,
}

impl<'w> JsonLd<'w> {
    /// Writes the context.
    pub(super) fn new(out: &'w mut dyn Write) -> Result<Self> {
        let context: Map<String, Value> =
            PREFIXES.into_iter().map(|(prefix, iri)| (prefix.to_owned(), iri.into())).collect();
        write!(out, "{{\"@context\": {},\n \"@graph\": [", Value::Object(context))?;
        Ok(Self { out, subject: None, said: Map::new(), objects: 0 })
    }

    /// Takes a triple.
    pub(super) fn add(&mut self, triple: TripleRef<'_>) -> Result<()> {
        let subject = match triple.subject {
            oxrdf::NamedOrBlankNodeRef::NamedNode(subject) => subject.into_owned(),
            // None is made: everything has a name.
            oxrdf::NamedOrBlankNodeRef::BlankNode(_) => return Ok(()),
        };
        if self.subject.as_ref() != Some(&subject) {
            self.end_object()?;
            self.subject = Some(subject);
        }
        let (key, value) = match (triple.predicate == rdf::TYPE, triple.object) {
            (true, TermRef::NamedNode(class)) => ("@type".to_owned(), short(class.as_str()).into()),
            (_, TermRef::NamedNode(object)) => {
                (short(triple.predicate.as_str()), json!({ "@id": short(object.as_str()) }))
            }
            (_, TermRef::Literal(literal)) => (short(triple.predicate.as_str()), of_literal(literal)),
            (_, TermRef::BlankNode(_)) => return Ok(()),
        };
        match self.said.entry(key).or_insert_with(|| json!([])) {
            Value::Array(values) => values.push(value),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {}
        }
        Ok(())
    }

    fn end_object(&mut self) -> Result<()> {
        let Some(subject) = self.subject.take() else { return Ok(()) };
        let mut object = std::mem::take(&mut self.said);
        object.insert("@id".into(), short(subject.as_str()).into());
        let comma = if self.objects == 0 { "" } else { "," };
        self.objects += 1;
        write!(self.out, "{comma}\n  {}", Value::Object(object))
    }

    /// Ends the file.
    pub(super) fn finish(mut self) -> Result<()> {
        self.end_object()?;
        writeln!(self.out, "\n ]\n}}")?;
        self.out.flush()
    }
}

/// The name with its prefix, where it has one.
fn short(iri: &str) -> String {
    let shortened = PREFIXES.iter().find_map(|(prefix, long)| Some(format!("{prefix}:{}", iri.strip_prefix(long)?)));
    shortened.unwrap_or_else(|| iri.to_owned())
}

fn of_literal(literal: LiteralRef<'_>) -> Value {
    let literal: Literal = literal.into_owned();
    match (literal.language(), literal.datatype()) {
        (Some(tag), _) => json!({ "@value": literal.value(), "@language": tag }),
        (None, xsd::STRING) => literal.value().into(),
        (None, datatype) => json!({ "@value": literal.value(), "@type": short(datatype.as_str()) }),
    }
}
