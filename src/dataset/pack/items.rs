//! From one item of a pack to a record.

use std::sync::atomic::{AtomicBool, Ordering};

use super::super::tidy::untidy;
use super::super::value::is_web_address;
use super::words::{Table, Word};
use super::{Fault, wire};
use crate::model::{
    AgreementDetails, Alias, AliasKind, Binding, BindingForce, Citation, Citations, Completeness, Details, Dispute,
    DisputedProperty, DisputedValue, EnglishArticle, EventKind, FrenchArticle, FrenchNameBasis, Instrument,
    JurisdictionType, LanguageTag, LifeCycleEvent, Localized, Membership, Name, Node, NodeKind, OrganizationType,
    PartialDate, RelationshipKind, Role, Signer, Source, SourceId, Statement, StatementCertainty, When,
};

/// What the words of a pack stand for.
pub(super) struct Words {
    aliases: Table<AliasKind>,
    bindings: Table<BindingForce>,
    certainties: Table<StatementCertainty>,
    completeness: Table<Completeness>,
    properties: Table<DisputedProperty>,
    english: Table<EnglishArticle>,
    events: Table<EventKind>,
    french: Table<FrenchArticle>,
    bases: Table<FrenchNameBasis>,
    instruments: Table<Instrument>,
    jurisdictions: Table<JurisdictionType>,
    kinds: Table<NodeKind>,
    organizations: Table<OrganizationType>,
    relationships: Table<RelationshipKind>,
    roles: Table<Role>,
}

impl Words {
    pub(super) fn new(names: &[Box<str>]) -> Self {
        Self {
            aliases: Table::new(names),
            bindings: Table::new(names),
            certainties: Table::new(names),
            completeness: Table::new(names),
            properties: Table::new(names),
            english: Table::new(names),
            events: Table::new(names),
            french: Table::new(names),
            bases: Table::new(names),
            instruments: Table::new(names),
            jurisdictions: Table::new(names),
            kinds: Table::new(names),
            organizations: Table::new(names),
            relationships: Table::new(names),
            roles: Table::new(names),
        }
    }
}

/// A source.
pub(super) fn source(item: &wire::Source<'_>) -> Result<Source, Fault> {
    Ok(Source {
        id: id(item.id)?,
        title: text(item.title)?,
        publisher: text(item.publisher)?,
        url: url(item.url)?,
        published: date(item.published)?,
        language: tag(item.language)?,
        accessed_via: text(item.accessed_via)?,
        copy_of: item.copy_of.map(id).transpose()?,
        note: item.note.map(text).transpose()?,
    })
}

/// Reads nodes and statements, which name sources and each other by number.
pub(super) struct Reader {
    words: Words,
    /// For each source, the list of it alone: one in memory, however much cites it.
    sources: Vec<Citations>,
    cited: Vec<AtomicBool>,
    node_count: u32,
}

impl Reader {
    /// A reader of items that name these sources, and nodes below `node_count`.
    pub(super) fn new(words: Words, sources: &[Source], node_count: u32) -> Self {
        let alone = |source: &Source| Citations::from(vec![Citation { source: source.id.clone(), locator: None }]);
        let cited = sources.iter().map(|_| AtomicBool::new(false)).collect();
        Self { words, sources: sources.iter().map(alone).collect(), cited, node_count }
    }

    /// Which sources were cited by what was read.
    pub(super) fn into_cited(self) -> Vec<bool> {
        self.cited.into_iter().map(AtomicBool::into_inner).collect()
    }

    pub(super) fn node(&self, item: wire::Node<'_>, more: &wire::MoreOfNode<'_>) -> Result<Node, Fault> {
        let kind = word(&self.words.kinds, item.kind)?;
        if more.membership.is_some() && !kind.has_members() {
            return Err(Fault::wrong("a node has members that cannot have any"));
        }
        let aliases = item.aliases.iter().map(|alias| {
            let language = alias.language.map(tag).transpose()?;
            Ok(Alias { text: text(alias.text)?, kind: word(&self.words.aliases, alias.kind)?, language })
        });
        let name = Name {
            // A rule looks whether they say something.
            text: Localized::new(item.name.0, item.name.1),
            french_basis: word(&self.words.bases, item.french_basis)?,
            english_article: item.english_article.map(|article| word(&self.words.english, article)).transpose()?,
            french_article: item.french_article.map(|article| word(&self.words.french, article)).transpose()?,
            plural: item.plural,
            running: more.running.map(boxed).transpose()?,
        };
        if let Some(untidy) = untidy(item.name.0).or_else(|| untidy(item.name.1)) {
            let message = format!("the name of `{}`: {}", item.id.escape_debug(), untidy.message());
            return Err(Fault::wrong(message));
        }
        Ok(Node {
            id: id(item.id)?,
            former_ids: item.former_ids.iter().map(|former| id(former)).collect::<Result<_, _>>()?,
            name,
            aliases: aliases.collect::<Result<_, _>>()?,
            summary: both(item.summary)?,
            url: item.url.map(url).transpose()?,
            hub: item.hub,
            listed_by_canada: item.listed_by_canada,
            events: item.events.iter().map(|event| self.event(event)).collect::<Result<_, _>>()?,
            disputes: item.disputes.iter().map(|dispute| self.dispute(dispute)).collect::<Result<_, _>>()?,
            membership: more.membership.as_ref().map(|said| self.membership(said).map(Box::new)).transpose()?,
            citations: self.citations(&item.citations)?,
            details: self.details(kind, &item.details, more)?,
        })
    }

    fn membership(&self, item: &wire::Membership<'_>) -> Result<Membership, Fault> {
        Ok(Membership {
            whole: word(&self.words.completeness, item.whole)?,
            declared: item.declared,
            as_of: date(item.as_of)?,
            citations: self.citations(&item.citations)?,
        })
    }

    fn binding(&self, item: &wire::Binding<'_>) -> Result<Binding, Fault> {
        Ok(Binding { force: word(&self.words.bindings, item.force)?, citations: self.citations(&item.citations)? })
    }

    fn signer(&self, item: &wire::Signer<'_>) -> Result<Signer, Fault> {
        let citations = self.citations(&item.citations)?;
        Ok(Signer { party: id(item.party)?, name: text(item.name)?, office: both(item.office)?, citations })
    }

    fn details(&self, kind: NodeKind, item: &wire::Details<'_>, more: &wire::MoreOfNode<'_>) -> Result<Details, Fault> {
        Ok(match (kind, item) {
            (NodeKind::Agreement, wire::Details::Agreement { instrument, legal_status, standing, minerals }) => {
                Details::Agreement(Box::new(AgreementDetails {
                    instrument: word(&self.words.instruments, *instrument)?,
                    binding: more.binding.as_ref().map(|item| self.binding(item)).transpose()?.unwrap_or_default(),
                    signers: more.signers.iter().map(|item| self.signer(item)).collect::<Result<_, _>>()?,
                    legal_status: legal_status.map(boxed).transpose()?,
                    standing: standing.map(boxed).transpose()?,
                    minerals: minerals.iter().map(|mineral| both(*mineral)).collect::<Result<_, _>>()?,
                }))
            }
            (NodeKind::Country, wire::Details::Code(code)) => Details::Country { code: text(code)? },
            (NodeKind::Jurisdiction, wire::Details::CodeAndType(code, number)) => Details::Jurisdiction {
                code: text(code)?,
                jurisdiction_type: word(&self.words.jurisdictions, *number)?,
            },
            (NodeKind::Organization, wire::Details::Type(number)) => {
                Details::Organization { organization_type: word(&self.words.organizations, *number)? }
            }
            (NodeKind::Forum, wire::Details::None) => Details::Forum,
            (NodeKind::IndigenousPeople, wire::Details::None) => Details::IndigenousPeople,
            (NodeKind::Initiative, wire::Details::None) => Details::Initiative,
            (NodeKind::Theme, wire::Details::None) => Details::Theme,
            (
                NodeKind::Agreement
                | NodeKind::Country
                | NodeKind::Jurisdiction
                | NodeKind::Organization
                | NodeKind::Forum
                | NodeKind::IndigenousPeople
                | NodeKind::Initiative
                | NodeKind::Theme,
                _,
            ) => return Err(Fault::wrong("the kind of a node does not fit what it says")),
        })
    }

    fn event(&self, item: &wire::Event<'_>) -> Result<LifeCycleEvent, Fault> {
        Ok(LifeCycleEvent {
            kind: word(&self.words.events, item.kind)?,
            date: date(item.date)?,
            place: item.place.map(boxed).transpose()?,
            occasion: item.occasion.map(boxed).transpose()?,
            note: item.note.map(boxed).transpose()?,
            citations: self.citations(&item.citations)?,
        })
    }

    fn dispute(&self, item: &wire::Dispute<'_>) -> Result<Dispute, Fault> {
        let values = item.values.iter().map(|value| {
            let note = value.note.map(both).transpose()?;
            Ok(DisputedValue { value: text(value.value)?, note, citation: self.citation(&value.citation)? })
        });
        Ok(Dispute {
            property: word(&self.words.properties, item.property)?,
            chosen: item.chosen.map(text).transpose()?,
            why: both(item.why)?,
            values: values.collect::<Result<_, _>>()?,
        })
    }

    pub(super) fn statement(
        &self,
        item: &wire::Statement<'_>,
        more: &wire::MoreOfStatement,
    ) -> Result<Statement<u32>, Fault> {
        let certainty = more.certainty.map(|number| word(&self.words.certainties, number)).transpose()?;
        if item.from.max(item.to) >= self.node_count {
            return Err(Fault::wrong("a relationship names a node that is not there"));
        }
        let (first, second) = (date(item.dates.0)?, date(item.dates.1)?);
        let when = match (item.when, first, second) {
            (0, None, None) => When::Undated,
            (1, Some(date), None) => When::On(date),
            (2, since, until) if since.is_some() || until.is_some() => When::Span { since, until },
            _ => return Err(Fault::wrong("a relationship has dates that contradict each other")),
        };
        Ok(Statement {
            kind: word(&self.words.relationships, item.kind)?,
            from: item.from,
            to: item.to,
            when,
            role: more.role.map(|number| word(&self.words.roles, number)).transpose()?,
            certainty: certainty.unwrap_or_default(),
            note: item.note.map(boxed).transpose()?,
            listed_by_canada: item.listed_by_canada,
            citations: self.citations(&item.citations)?,
        })
    }

    fn citations(&self, items: &[wire::Citation<'_>]) -> Result<Citations, Fault> {
        match items {
            [wire::Citation { source, locator: None }] => self.alone(*source).cloned(),
            _ => items.iter().map(|item| self.citation(item)).collect(),
        }
    }

    fn alone(&self, source: u32) -> Result<&Citations, Fault> {
        let (alone, cited) = self
            .sources
            .get(source as usize)
            .zip(self.cited.get(source as usize))
            .ok_or_else(|| Fault::wrong("a citation names a source that is not there"))?;
        if !cited.load(Ordering::Relaxed) {
            cited.store(true, Ordering::Relaxed);
        }
        Ok(alone)
    }

    fn citation(&self, item: &wire::Citation<'_>) -> Result<Citation, Fault> {
        let source: SourceId = self.alone(item.source)?[0].source.clone();
        Ok(Citation { source, locator: item.locator.map(text).transpose()? })
    }
}

fn word<T: Word>(table: &Table<T>, number: u32) -> Result<T, Fault> {
    table.get(number).ok_or_else(|| Fault {
        message: "the pack holds a word that this program does not know".into(),
        help: "use the version of pactgraph that made it, or pack the folder anew",
    })
}

fn id<T: std::str::FromStr>(value: &str) -> Result<T, Fault> {
    value.parse().map_err(|_| Fault::wrong(format!("`{}` is not an id", value.escape_debug())))
}

fn tag(value: &str) -> Result<LanguageTag, Fault> {
    value.parse().map_err(|_| Fault::wrong(format!("`{}` is not a language tag", value.escape_debug())))
}

fn date(number: u32) -> Result<Option<PartialDate>, Fault> {
    wire::date(number).ok_or_else(|| Fault::wrong("it holds a date that does not exist"))
}

fn url(value: &str) -> Result<Box<str>, Fault> {
    if is_web_address(value) { Ok(value.into()) } else { Err(Fault::wrong("it holds an address that is none")) }
}

fn text(value: &str) -> Result<Box<str>, Fault> {
    checked(value).map(Into::into)
}

fn checked(value: &str) -> Result<&str, Fault> {
    if value.is_empty() {
        return Err(Fault::wrong("it holds a text that is empty"));
    }
    match untidy(value) {
        None => Ok(value),
        Some(untidy) => Err(Fault::wrong(untidy.message())),
    }
}

fn both(value: wire::Text<'_>) -> Result<Localized, Fault> {
    Ok(Localized::new(checked(value.0)?, checked(value.1)?))
}

fn boxed(value: wire::Text<'_>) -> Result<Box<Localized>, Fault> {
    both(value).map(Box::new)
}
