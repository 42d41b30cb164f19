//! Names and literals.

use oxrdf::vocab::xsd;
use oxrdf::{Literal, NamedNode, NamedNodeRef};

use crate::graph::{NodeRef, RelationshipRef, SourceRef};
use crate::model::{Language, Localized, NodeKind, PartialDate, RelationshipKind};

const VOCABULARY: &str = "urn:pactgraph:vocab:";

/// The prefixes of the files.
pub(super) const PREFIXES: [(&str, &str); 8] = [
    ("node", "urn:pactgraph:node:"),
    ("pg", VOCABULARY),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "https://schema.org/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// A name of schema.org.
pub(super) fn schema(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("https://schema.org/{name}"))
}

/// A name of PROV-O.
pub(super) fn prov(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("http://www.w3.org/ns/prov#{name}"))
}

/// A name of SKOS.
pub(super) fn skos(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("http://www.w3.org/2004/02/skos/core#{name}"))
}

/// A name of ours.
pub(super) fn own(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{VOCABULARY}{name}"))
}

/// The name of a kind of relationship: `pg:buildsOn`.
pub(super) fn predicate(kind: RelationshipKind) -> NamedNode {
    let mut name = String::new();
    for (position, word) in kind.name().to_ascii_lowercase().split('_').enumerate() {
        match (position, word.split_at_checked(1)) {
            (1.., Some((first, rest))) => name.extend([first.to_ascii_uppercase().as_str(), rest]),
            _ => name.push_str(word),
        }
    }
    own(&name)
}

/// The names of a kind of node: ours, and those others know.
pub(super) fn classes(kind: NodeKind) -> Vec<NamedNode> {
    let known = match kind {
        NodeKind::Agreement => schema("CreativeWork"),
        NodeKind::Country => schema("Country"),
        NodeKind::Forum | NodeKind::Organization => schema("Organization"),
        NodeKind::Initiative => schema("Project"),
        NodeKind::IndigenousPeople => schema("Thing"),
        NodeKind::Jurisdiction => schema("AdministrativeArea"),
        NodeKind::Theme => skos("Concept"),
    };
    vec![own("Node"), own(kind.name()), known]
}

/// The name of a node. Ids are slugs, so all of these are IRIs.
pub(super) fn node(node: NodeRef<'_>) -> NamedNode {
    NamedNode::new_unchecked(format!("urn:pactgraph:node:{}", node.id()))
}

/// The name of a relationship.
pub(super) fn relationship(relationship: RelationshipRef<'_>) -> NamedNode {
    NamedNode::new_unchecked(format!("urn:pactgraph:relationship:{}", relationship.id()))
}

/// The name of a source.
pub(super) fn source(source: SourceRef<'_>) -> NamedNode {
    NamedNode::new_unchecked(format!("urn:pactgraph:source:{}", source.data().id))
}

/// A date, exactly as precise as it is known.
pub(super) fn date(date: PartialDate) -> Literal {
    let of: NamedNodeRef<'_> = match (date.month(), date.day()) {
        (None, _) => xsd::G_YEAR,
        (Some(_), None) => xsd::G_YEAR_MONTH,
        (Some(_), Some(_)) => xsd::DATE,
    };
    Literal::new_typed_literal(date.to_string(), of)
}

/// A text in a language.
pub(super) fn in_language(text: &str, tag: &str) -> Literal {
    Literal::new_language_tagged_literal_unchecked(text, tag)
}

/// A text in both languages.
pub(super) fn both(text: &Localized) -> [Literal; 2] {
    Language::ALL.map(|language| in_language(text.get(language), language.tag()))
}
