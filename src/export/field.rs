//! What is said of each node, relationship and source in formats that hold flat values.

use std::borrow::Cow;

use crate::graph::{CitationRef, HubPolicy, NodeRef, RelationshipRef, SourceRef, upper_snake};
use crate::model::{AgreementStatus, AliasKind, Language, PartialDate};

/// The type of a field's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    /// An ISO 8601 date of reduced precision.
    Date,
    Boolean,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value<'g> {
    Text(Cow<'g, str>),
    Boolean(bool),
}

impl Value<'_> {
    /// As a text.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Boolean(true) => "true",
            Self::Boolean(false) => "false",
        }
    }

    /// As JSON.
    pub(super) fn json(self) -> serde_json::Value {
        match self {
            Self::Text(text) => text.into_owned().into(),
            Self::Boolean(value) => value.into(),
        }
    }
}

/// A field: its name, the type of its values, what it says, and how it is found.
pub(super) struct Field<F> {
    pub(super) name: &'static str,
    pub(super) of: Type,
    pub(super) says: &'static str,
    pub(super) value: F,
}

/// A field of nodes.
pub(super) type NodeField = Field<for<'g> fn(NodeRef<'g>) -> Option<Value<'g>>>;
/// A field of relationships.
pub(super) type RelationshipField = Field<for<'g> fn(RelationshipRef<'g>) -> Option<Value<'g>>>;
/// A field of sources.
pub(super) type SourceField = Field<for<'g> fn(SourceRef<'g>) -> Option<Value<'g>>>;

/// What is said of a node beside its id.
pub(super) const NODE: &[NodeField] = &[
    Field {
        name: "kind",
        of: Type::Text,
        says: "What kind of node it is",
        value: |n| owned(upper_snake(n.kind().name())),
    },
    Field { name: "name_en", of: Type::Text, says: "Its English name", value: |n| text(n.name(Language::En)) },
    Field { name: "name_fr", of: Type::Text, says: "Its French name", value: |n| text(n.name(Language::Fr)) },
    Field {
        name: "name_fr_basis",
        of: Type::Text,
        says: "Where the French name comes from; TRANSLATED is a translation of ours, not an official name",
        value: |n| owned(upper_snake(&format!("{:?}", n.data().name.french_basis))),
    },
    Field { name: "aliases", of: Type::Text, says: "Its other names, joined by \" | \"", value: aliases },
    Field {
        name: "summary_en",
        of: Type::Text,
        says: "What it is, in English",
        value: |n| text(n.data().summary.en()),
    },
    Field { name: "summary_fr", of: Type::Text, says: "What it is, in French", value: |n| text(n.data().summary.fr()) },
    Field { name: "code", of: Type::Text, says: "Its ISO 3166 code", value: |n| text(n.code()?) },
    Field { name: "start", of: Type::Date, says: "When it came into being", value: |n| date(n.life().start) },
    Field { name: "end", of: Type::Date, says: "When it ended or was superseded", value: |n| date(n.life().end) },
    Field {
        name: "instrument",
        of: Type::Text,
        says: "The form of an agreement",
        value: |n| owned(upper_snake(&format!("{:?}", n.agreement()?.instrument))),
    },
    Field {
        name: "binding_force",
        of: Type::Text,
        says: "Whether an agreement binds its parties in law; UNKNOWN where no source says",
        value: |n| text(n.agreement()?.binding.force.name()),
    },
    Field {
        name: "signers",
        of: Type::Text,
        says: "Who signed an agreement for which party, joined by \" | \"",
        value: signers,
    },
    Field {
        name: "membership",
        of: Type::Text,
        says: "Whether the list of a body's members is whole: COMPLETE, PARTIAL or UNKNOWN",
        value: |n| text(n.membership()?.whole.name()),
    },
    Field {
        name: "members_declared",
        of: Type::Text,
        says: "How many members its sources declare",
        value: |n| owned(n.membership()?.declared?.to_string()),
    },
    Field { name: "status", of: Type::Text, says: "The furthest stage an agreement has reached", value: status },
    Field {
        name: "organization_type",
        of: Type::Text,
        says: "What kind of body an organization is",
        value: |n| owned(upper_snake(&format!("{:?}", n.organization_type()?))),
    },
    Field {
        name: "jurisdiction_type",
        of: Type::Text,
        says: "What kind of jurisdiction it is",
        value: |n| owned(upper_snake(&format!("{:?}", n.jurisdiction_type()?))),
    },
    Field { name: "url", of: Type::Text, says: "Its own page", value: |n| text(n.data().url.as_deref()?) },
    Field {
        name: "listed_by_canada",
        of: Type::Boolean,
        says: "Whether the Government of Canada's page of partnerships names it",
        value: |n| Some(Value::Boolean(n.data().listed_by_canada)),
    },
    Field {
        name: "hub",
        of: Type::Boolean,
        says: "Whether it touches nearly everything, so that a path through it says little",
        value: |n| Some(Value::Boolean(n.view().avoids(n.number(), HubPolicy::Avoid))),
    },
    Field {
        name: "sources",
        of: Type::Text,
        says: "The ids of the sources of its fact sheet, joined by blanks",
        value: |n| sources(n.citations()),
    },
];

/// What is said of a relationship beside its id and its ends.
pub(super) const RELATIONSHIP: &[RelationshipField] = &[
    Field { name: "kind", of: Type::Text, says: "What kind of relationship it is", value: |r| text(r.kind().name()) },
    Field { name: "role", of: Type::Text, says: "As what the subject stands in it", value: |r| text(r.role()?.name()) },
    Field {
        name: "certainty",
        of: Type::Text,
        says: "How sure it is: STATED, SECOND_HAND or INFERRED",
        value: |r| text(r.data().certainty.name()),
    },
    Field { name: "start", of: Type::Date, says: "When it began", value: |r| date(r.interval().start) },
    Field { name: "end", of: Type::Date, says: "When it ended", value: |r| date(r.interval().end) },
    Field {
        name: "note_en",
        of: Type::Text,
        says: "What else the source says, in English",
        value: |r| text(r.note(Language::En)?),
    },
    Field {
        name: "note_fr",
        of: Type::Text,
        says: "What else the source says, in French",
        value: |r| text(r.note(Language::Fr)?),
    },
    Field {
        name: "listed_by_canada",
        of: Type::Boolean,
        says: "Whether the Government of Canada's page of partnerships states it",
        value: |r| Some(Value::Boolean(r.data().listed_by_canada)),
    },
    Field {
        name: "sources",
        of: Type::Text,
        says: "The ids of the sources that state it, joined by blanks",
        value: |r| sources(r.citations()),
    },
    Field {
        name: "locators",
        of: Type::Text,
        says: "Where in those sources, in the same order, joined by \" | \"; empty where not given",
        value: locators,
    },
];

/// What is said of a source beside its id.
pub(super) const SOURCE: &[SourceField] = &[
    Field { name: "title", of: Type::Text, says: "Its title as printed", value: |s| text(&s.data().title) },
    Field { name: "publisher", of: Type::Text, says: "Who published it", value: |s| text(&s.data().publisher) },
    Field { name: "url", of: Type::Text, says: "Its public address", value: |s| text(&s.data().url) },
    Field { name: "published", of: Type::Date, says: "When it was published", value: |s| date(s.data().published) },
    Field { name: "language", of: Type::Text, says: "Its BCP 47 tag", value: |s| text(s.data().language.as_str()) },
    Field {
        name: "copy_of",
        of: Type::Text,
        says: "The id of the source of which it is a copy",
        value: |s| text(s.data().copy_of.as_ref()?.as_str()),
    },
];

fn text(text: &str) -> Option<Value<'_>> {
    Some(Value::Text(text.into()))
}

fn owned<'g>(text: String) -> Option<Value<'g>> {
    Some(Value::Text(text.into()))
}

fn date<'g>(date: Option<PartialDate>) -> Option<Value<'g>> {
    owned(date?.to_string())
}

fn aliases(node: NodeRef<'_>) -> Option<Value<'_>> {
    let stated = node.data().aliases.iter().filter(|alias| alias.kind != AliasKind::Everyday);
    let aliases: Vec<_> = stated.map(|alias| &*alias.text).collect();
    if aliases.is_empty() { None } else { owned(aliases.join(" | ")) }
}

fn signers(node: NodeRef<'_>) -> Option<Value<'_>> {
    let signers = node.agreement()?.signers.iter();
    let signers: Vec<_> = signers.map(|s| format!("{} for {}, {}", s.name, s.party, s.office.en())).collect();
    if signers.is_empty() { None } else { owned(signers.join(" | ")) }
}

fn status(node: NodeRef<'_>) -> Option<Value<'_>> {
    node.agreement()?;
    let status = node.status(None);
    if status == AgreementStatus::Unknown { None } else { text(status.name()) }
}

fn sources<'g>(citations: impl Iterator<Item = CitationRef<'g>>) -> Option<Value<'g>> {
    let ids: Vec<_> = citations.map(|citation| citation.source().data().id.as_str()).collect();
    if ids.is_empty() { None } else { owned(ids.join(" ")) }
}

fn locators(relationship: RelationshipRef<'_>) -> Option<Value<'_>> {
    let locators: Vec<_> = relationship.citations().map(|citation| citation.locator().unwrap_or_default()).collect();
    if locators.iter().all(|locator| locator.is_empty()) { None } else { owned(locators.join(" | ")) }
}
