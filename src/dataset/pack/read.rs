//! From a pack to records. Whatever the bytes are, the end is records or a fault, within bounds.

use super::super::Records;
use super::super::value::{is_tidy, is_web_address};
use super::wire;
use super::words::Table;
use super::{Fault, GREATEST_RATIO, Header, LONGEST_BLOCK, MAGIC, PREFIX, Pack, Section, VERSION};
use crate::model::{
    AgreementDetails, Alias, AliasKind, Citation, Details, Dispute, DisputedProperty, DisputedValue, EnglishArticle,
    EventKind, FrenchArticle, FrenchNameBasis, Instrument, JurisdictionType, LanguageTag, LifeCycleEvent, Localized,
    Name, Node, NodeKind, OrganizationType, PartialDate, RelationshipKind, Source, Statement, When,
};

/// The header of a pack whose checksum is right, and where its blocks begin.
pub(super) fn header(bytes: &[u8]) -> Result<(Header, usize), Fault> {
    let anew = |message: String| Fault { message, help: Fault::ANEW };
    let Some(rest) = bytes.strip_prefix(MAGIC) else {
        let message = match MAGIC.starts_with(bytes) {
            true => "the file is cut off before it says that it is a pack",
            false => "the file is not a pack",
        };
        return Err(Fault { message: message.into(), help: "give a pack made with `pactgraph pack`, or a folder" });
    };
    let (version, rest) = take(rest).ok_or_else(|| anew("the pack is cut off in its first bytes".into()))?;
    let version = u32::from_le_bytes(version);
    if version != VERSION {
        let message = format!("the pack is of format version {version}; this program reads version {VERSION}");
        return Err(Fault { message, help: "use the version of pactgraph that made it, or pack the folder anew" });
    }
    let (length, rest) = take(rest).ok_or_else(|| anew("the pack is cut off in its first bytes".into()))?;
    let (length, found) = (u64::from_le_bytes(length), bytes.len() as u64);
    if found < length {
        return Err(anew(format!("the pack is cut off: {found} of its {length} bytes are there")));
    }
    if found > length {
        return Err(anew(format!("the pack was altered: it has {found} bytes instead of {length}")));
    }
    let (checksum, rest) = take::<32>(rest).ok_or_else(|| anew("the pack is cut off in its first bytes".into()))?;
    if blake3::hash(rest) != checksum {
        return Err(anew("the pack was altered: its contents do not fit its checksum".into()));
    }
    let (length, rest) = take(rest).ok_or_else(|| Fault::wrong("it has no header"))?;
    let length = u32::from_le_bytes(length) as usize;
    let header = rest.get(..length).ok_or_else(|| Fault::wrong("its header is cut off"))?;
    let header = postcard::from_bytes(header).map_err(|error| Fault::wrong(format!("its header: {error}")))?;
    Ok((header, PREFIX + length))
}

fn take<const N: usize>(bytes: &[u8]) -> Option<([u8; N], &[u8])> {
    let (first, rest) = bytes.split_first_chunk::<N>()?;
    Some((*first, rest))
}

/// A named query: its name, its document and, where there are any, the values of its variables.
pub(in super::super) type QueryTexts = (String, String, Option<String>);

/// The named queries of a pack, which stand before all else.
pub(super) fn queries(pack: &Pack) -> Result<Vec<QueryTexts>, Fault> {
    let mut queries: Vec<QueryTexts> = Vec::new();
    walk(pack, |section, items| {
        if section != Section::Queries {
            return Ok(None);
        }
        let (query, rest) = postcard::take_from_bytes(items).map_err(|error| Fault::wrong(error.to_string()))?;
        let wire::Query { name, document, variables } = query;
        in_order(queries.last().map(|(last, ..)| last.as_str()), name)?;
        let variables = (!variables.is_empty()).then(|| variables.to_owned());
        queries.push((name.to_owned(), document.to_owned(), variables));
        Ok(Some(rest))
    })?;
    if queries.len() != pack.header.counts[Section::Queries as usize] as usize {
        return Err(Fault::wrong("it does not hold as many queries as it says"));
    }
    Ok(queries)
}

/// The records of a pack.
pub(super) fn records(pack: &Pack) -> Result<Records, Fault> {
    let mut reader = Reader::new(pack);
    walk(pack, |section, items| reader.item(section, items).map(Some))?;
    reader.finish()
}

/// Shows `visit` what is left of each block, until it has taken all of it, or wants no more of the pack.
fn walk(
    pack: &Pack,
    mut visit: impl for<'b> FnMut(Section, &'b [u8]) -> Result<Option<&'b [u8]>, Fault>,
) -> Result<(), Fault> {
    let mut rest = pack.bytes.get(pack.blocks..).unwrap_or_default();
    let mut last = Section::Queries;
    let mut block = Vec::new();
    while !rest.is_empty() {
        let section;
        (section, rest) = next_block(rest, &mut block)?;
        if section < last {
            return Err(Fault::wrong("its parts are not in order"));
        }
        last = section;
        let mut items = block.as_slice();
        while !items.is_empty() {
            match visit(section, items)? {
                Some(left) => items = left,
                None => return Ok(()),
            }
        }
    }
    Ok(())
}

/// Decompresses the block at the beginning of `bytes` into `block`, never more than its bounds allow.
/// Gives what it holds, and what follows it.
fn next_block<'b>(bytes: &'b [u8], block: &mut Vec<u8>) -> Result<(Section, &'b [u8]), Fault> {
    let cut_off = || Fault::wrong("one of its blocks is cut off");
    let (section, rest) = bytes.split_first().ok_or_else(cut_off)?;
    let section = Section::ALL.into_iter().find(|known| *known as u8 == *section);
    let section = section.ok_or_else(|| Fault::wrong("one of its blocks is of an unknown sort"))?;
    let (compressed, rest) = take(rest).ok_or_else(cut_off)?;
    let (raw, rest) = take(rest).ok_or_else(cut_off)?;
    let (compressed, raw) = (u32::from_le_bytes(compressed) as usize, u32::from_le_bytes(raw) as usize);
    if raw > LONGEST_BLOCK || raw > compressed.saturating_mul(GREATEST_RATIO) {
        return Err(Fault::wrong("one of its blocks holds more than it may"));
    }
    let (compressed, rest) = rest.split_at_checked(compressed).ok_or_else(cut_off)?;
    *block = zstd::bulk::decompress(compressed, raw).map_err(|error| Fault::wrong(error.to_string()))?;
    if block.len() != raw {
        return Err(Fault::wrong("one of its blocks holds less than it says"));
    }
    Ok((section, rest))
}

struct Reader<'p> {
    header: &'p Header,
    records: Records,
    words: Words,
}

struct Words {
    aliases: Table<AliasKind>,
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
}

impl<'p> Reader<'p> {
    fn new(pack: &'p Pack) -> Self {
        let names = &pack.header.words;
        let words = Words {
            aliases: Table::new(names),
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
        };
        // A count may be a lie; what the file is long is none.
        let room = |section: Section| (pack.header.counts[section as usize] as usize).min(pack.bytes.len());
        let records = Records {
            nodes: Vec::with_capacity(room(Section::Nodes)),
            statements: Vec::with_capacity(room(Section::Statements)),
            sources: Vec::with_capacity(room(Section::Sources)),
            release: pack.about.release.clone(),
        };
        Self { header: &pack.header, records, words }
    }

    fn finish(self) -> Result<Records, Fault> {
        let Records { nodes, statements, sources, .. } = &self.records;
        let found = [sources.len(), nodes.len(), statements.len()];
        if found.into_iter().ne(self.header.counts[1..].iter().map(|count| *count as usize)) {
            return Err(Fault::wrong("it does not hold as many items as it says"));
        }
        Ok(self.records)
    }

    /// Takes in the item at the beginning of `bytes` and gives what follows it.
    fn item<'b>(&mut self, section: Section, bytes: &'b [u8]) -> Result<&'b [u8], Fault> {
        let wrong = |error: postcard::Error| Fault::wrong(error.to_string());
        match section {
            Section::Queries => {
                let (wire::Query { .. }, rest) = postcard::take_from_bytes(bytes).map_err(wrong)?;
                Ok(rest)
            }
            Section::Sources => {
                let (item, rest) = postcard::take_from_bytes(bytes).map_err(wrong)?;
                let source = self.source(&item)?;
                in_order(self.records.sources.last().map(|last| &last.id), &source.id)?;
                self.records.sources.push(source);
                Ok(rest)
            }
            Section::Nodes => {
                let (item, rest) = postcard::take_from_bytes(bytes).map_err(wrong)?;
                let node = self.node(item)?;
                in_order(self.records.nodes.last().map(|last| &last.id), &node.id)?;
                self.records.nodes.push(node);
                Ok(rest)
            }
            Section::Statements => {
                let (item, rest) = postcard::take_from_bytes(bytes).map_err(wrong)?;
                let statement = self.statement(&item)?;
                in_order(self.records.statements.last().map(key), key(&statement))?;
                self.records.statements.push(statement);
                Ok(rest)
            }
        }
    }

    fn source(&self, item: &wire::Source<'_>) -> Result<Source, Fault> {
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

    fn node(&self, item: wire::Node<'_>) -> Result<Node, Fault> {
        let aliases = item.aliases.iter().map(|alias| {
            let language = alias.language.map(tag).transpose()?;
            Ok(Alias { text: text(alias.text)?, kind: word(&self.words.aliases, alias.kind)?, language })
        });
        let name = Name {
            // A rule looks whether they say something.
            text: Localized { en: item.name.0.into(), fr: item.name.1.into() },
            french_basis: word(&self.words.bases, item.french_basis)?,
            english_article: item.english_article.map(|article| word(&self.words.english, article)).transpose()?,
            french_article: item.french_article.map(|article| word(&self.words.french, article)).transpose()?,
            plural: item.plural,
        };
        if !is_tidy(item.name.0) || !is_tidy(item.name.1) {
            return Err(Fault::wrong(format!("the name of `{}` is not a text on one line", item.id.escape_debug())));
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
            citations: self.citations(&item.citations)?,
            details: self.details(word(&self.words.kinds, item.kind)?, &item.details)?,
        })
    }

    fn details(&self, kind: NodeKind, item: &wire::Details<'_>) -> Result<Details, Fault> {
        Ok(match (kind, item) {
            (NodeKind::Agreement, wire::Details::Agreement { instrument, legal_status, standing, minerals }) => {
                Details::Agreement(AgreementDetails {
                    instrument: word(&self.words.instruments, *instrument)?,
                    legal_status: legal_status.map(both).transpose()?,
                    standing: standing.map(both).transpose()?,
                    minerals: minerals.iter().map(|mineral| both(*mineral)).collect::<Result<_, _>>()?,
                })
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
            place: item.place.map(both).transpose()?,
            occasion: item.occasion.map(both).transpose()?,
            note: item.note.map(both).transpose()?,
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

    fn statement(&self, item: &wire::Statement<'_>) -> Result<Statement, Fault> {
        let node = |number: u32| match self.records.nodes.get(number as usize) {
            Some(node) => Ok(node.id.clone()),
            None => Err(Fault::wrong("a relationship names a node that is not there")),
        };
        let (first, second) = (date(item.dates.0)?, date(item.dates.1)?);
        let when = match (item.when, first, second) {
            (0, None, None) => When::Undated,
            (1, Some(date), None) => When::On(date),
            (2, since, until) if since.is_some() || until.is_some() => When::Span { since, until },
            _ => return Err(Fault::wrong("a relationship has dates that contradict each other")),
        };
        Ok(Statement {
            kind: word(&self.words.relationships, item.kind)?,
            from: node(item.from)?,
            to: node(item.to)?,
            when,
            note: item.note.map(both).transpose()?,
            listed_by_canada: item.listed_by_canada,
            citations: self.citations(&item.citations)?,
        })
    }

    fn citations(&self, items: &[wire::Citation<'_>]) -> Result<Vec<Citation>, Fault> {
        items.iter().map(|item| self.citation(item)).collect()
    }

    fn citation(&self, item: &wire::Citation<'_>) -> Result<Citation, Fault> {
        let source = self.records.sources.get(item.source as usize);
        let source = source.ok_or_else(|| Fault::wrong("a citation names a source that is not there"))?;
        Ok(Citation { source: source.id.clone(), locator: item.locator.map(text).transpose()? })
    }
}

fn key(statement: &Statement) -> impl Ord + use<'_> {
    (&statement.from, statement.kind, &statement.to, statement.when)
}

/// That no item comes twice, so that a small file cannot repeat one until the memory is full.
fn in_order<T: Ord>(last: Option<T>, next: T) -> Result<(), Fault> {
    match last {
        Some(last) if last >= next => Err(Fault::wrong("its items are not in order")),
        _ => Ok(()),
    }
}

fn word<T: super::words::Word>(table: &Table<T>, number: u32) -> Result<T, Fault> {
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
    let says_something = !value.is_empty() && is_tidy(value);
    if says_something { Ok(value.into()) } else { Err(Fault::wrong("it holds a text that is empty or untidy")) }
}

fn both(value: wire::Text<'_>) -> Result<Localized, Fault> {
    Ok(Localized { en: text(value.0)?, fr: text(value.1)? })
}
