//! Filters of nodes and of relationships in JSON, with the names the API has for their parts.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::parameter::WrongParameter;
use super::read::{Given, direction, named, node_kind, relationship_kind};
use crate::graph::{NodeFilter, Quantifier, RelatedFilter, RelationshipFilter, quoted, upper_snake};
use crate::model::{AgreementStatus, Certainty, DateRange, Instrument};

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Nodes {
    and: Option<Vec<Nodes>>,
    or: Option<Vec<Nodes>>,
    not: Option<Box<Nodes>>,
    ids: Option<Vec<String>>,
    kinds: Option<Vec<String>>,
    name_contains: Option<String>,
    date: Option<Dates>,
    during: Option<Dates>,
    instrument: Option<Vec<String>>,
    status: Option<Vec<String>>,
    related: Option<Vec<Related>>,
    source: Option<Vec<String>>,
    listed_by_canada: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Related {
    kind: String,
    direction: Option<String>,
    node: Option<Nodes>,
    quantifier: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Dates {
    from: Option<String>,
    to: Option<String>,
    certainty: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Relationships {
    kinds: Option<Vec<String>>,
    from: Option<Nodes>,
    to: Option<Nodes>,
    date: Option<Dates>,
    during: Option<Dates>,
    source: Option<Vec<String>>,
    listed_by_canada: Option<bool>,
}

impl Given<'_> {
    /// A filter of nodes.
    pub(super) fn node_filter(self) -> Result<Option<NodeFilter>, WrongParameter> {
        self.json(Nodes::filter)
    }

    /// A filter of relationships.
    pub(super) fn relationship_filter(self) -> Result<Option<RelationshipFilter>, WrongParameter> {
        self.json(Relationships::filter)
    }

    fn json<J: DeserializeOwned, F>(self, read: impl Fn(J) -> Result<F, String>) -> Result<Option<F>, WrongParameter> {
        let Some(text) = self.one()? else { return Ok(None) };
        let filter = serde_json::from_str(text).map_err(|error| error.to_string()).and_then(read);
        filter.map(Some).map_err(|problem| {
            let name = self.name;
            let message = format!("`{name}` must be a filter as the API takes it, in JSON, but {problem}.");
            WrongParameter::new(name, message)
        })
    }
}

impl Nodes {
    fn filter(self) -> Result<NodeFilter, String> {
        let all = |list: Option<Vec<Self>>| -> Result<Vec<_>, String> {
            list.into_iter().flatten().map(Self::filter).collect()
        };
        let conditions = self.related.unwrap_or_default();
        Ok(NodeFilter {
            and: all(self.and)?,
            or: all(self.or)?,
            not: self.not.map(|not| not.filter().map(Box::new)).transpose()?,
            ids: self.ids,
            kinds: words("kinds", self.kinds, node_kind)?,
            name_contains: self.name_contains,
            date: self.date.map(Dates::range).transpose()?,
            during: self.during.map(Dates::range).transpose()?,
            instrument: words("instrument", self.instrument, instrument)?,
            status: words("status", self.status, status)?,
            related: conditions.into_iter().map(Related::filter).collect::<Result<_, _>>()?,
            source: self.source,
            listed_by_canada: self.listed_by_canada,
        })
    }
}

impl Related {
    fn filter(self) -> Result<RelatedFilter, String> {
        let quantifiers = [Quantifier::Some, Quantifier::None];
        let quantifier = |text: &str| named(text, &quantifiers, |one| format!("{one:?}").to_uppercase());
        Ok(RelatedFilter {
            kind: word("kind", &self.kind, relationship_kind)?,
            direction: word("direction", self.direction.as_deref().unwrap_or("ANY"), direction)?,
            node: self.node.map(Nodes::filter).transpose()?,
            quantifier: word("quantifier", self.quantifier.as_deref().unwrap_or("SOME"), quantifier)?,
        })
    }
}

impl Dates {
    fn range(self) -> Result<(DateRange, Certainty), String> {
        let date = |text: Option<String>| {
            let read = |text: String| {
                text.parse().map_err(|_| format!("{} is no date such as 2022 or 2022-12-31", quoted(&text)))
            };
            text.map(read).transpose()
        };
        let known = [Certainty::Possible, Certainty::Certain];
        let certainty = |text: &str| named(text, &known, |one| format!("{one:?}").to_uppercase());
        let certainty = word("certainty", self.certainty.as_deref().unwrap_or("POSSIBLE"), certainty)?;
        Ok((DateRange { from: date(self.from)?, to: date(self.to)? }, certainty))
    }
}

impl Relationships {
    fn filter(self) -> Result<RelationshipFilter, String> {
        Ok(RelationshipFilter {
            kinds: words("kinds", self.kinds, relationship_kind)?,
            from: self.from.map(Nodes::filter).transpose()?,
            to: self.to.map(Nodes::filter).transpose()?,
            date: self.date.map(Dates::range).transpose()?,
            during: self.during.map(Dates::range).transpose()?,
            source: self.source,
            listed_by_canada: self.listed_by_canada,
        })
    }
}

fn word<T>(name: &str, text: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<T, String> {
    read(text).map_err(|known| format!("`{name}` has {}, which is none of {known}", quoted(text)))
}

fn words<T>(
    name: &str,
    texts: Option<Vec<String>>,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<Option<Vec<T>>, String> {
    let read_all = |texts: Vec<String>| texts.iter().map(|text| word(name, text, &read)).collect();
    texts.map(read_all).transpose()
}

fn instrument(text: &str) -> Result<Instrument, String> {
    named(text, &Instrument::ALL, |one| upper_snake(&format!("{one:?}")))
}

fn status(text: &str) -> Result<AgreementStatus, String> {
    named(text, &AgreementStatus::ALL, |one| one.name().to_owned())
}
