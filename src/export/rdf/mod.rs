//! RDF: the same triples as Turtle and as JSON-LD. The mapping is told in `docs/rdf.md`.

mod describe;
mod json_ld;
mod term;

use std::io::{Error, Result, Write};

use oxrdf::TripleRef;
use oxttl::TurtleSerializer;

use super::Selection;
use json_ld::JsonLd;
use term::PREFIXES;

/// Turtle.
pub(super) fn write_turtle(selection: &Selection<'_>, out: &mut dyn Write) -> Result<()> {
    let mut serializer = TurtleSerializer::new();
    for (prefix, iri) in PREFIXES {
        serializer = serializer.with_prefix(prefix, iri).map_err(Error::other)?;
    }
    let mut writer = serializer.for_writer(out);
    describe::all(selection, &mut |triple: TripleRef<'_>| writer.serialize_triple(triple))?;
    writer.finish()?.flush()
}

/// JSON-LD.
pub(super) fn write_json_ld(selection: &Selection<'_>, out: &mut dyn Write) -> Result<()> {
    let mut writer = JsonLd::new(out)?;
    describe::all(selection, &mut |triple: TripleRef<'_>| writer.add(triple))?;
    writer.finish()
}
