//! From checked facts to a pack.

use std::collections::HashMap;
use std::io::{self, Write};

use serde::Serialize;

use super::super::ValidDataset;
use super::digest::BlockHash;
use super::words::Numbering;
use super::{BLOCK, Header, LONGEST_BLOCK, MAGIC, PREFIX, Section, VERSION};
use super::{digest, wire};
use crate::model::{
    Binding, Citation, Details, Dispute, LifeCycleEvent, Localized, Membership, Node, Signer, Source, Statement,
    StatementCertainty, When,
};

/// How hard zstd tries: beyond it packs get hardly smaller, only later done.
const LEVEL: i32 = 9;

/// Writes the facts and their named queries as a pack, under the digest of the facts. Equal facts make
/// equal bytes. O(n).
///
/// # Errors
///
/// If they cannot be written to `out`, or one item is longer than 16 MiB.
pub fn write_pack(dataset: &ValidDataset, mut out: impl Write) -> io::Result<()> {
    let mut writer = Writer::new(dataset, true);
    for query in dataset.own_queries() {
        let (name, document, variables) = (&*query.name, &*query.document, &*query.variables);
        writer.item(Section::Queries, &wire::Query { name, document, variables })?;
    }
    writer.facts(dataset)?;
    let (header, done) = writer.end(dataset);
    let header = postcard::to_allocvec(&header).map_err(io::Error::other)?;
    let rest = [&length(header.len())?.to_le_bytes()[..], &header, &done].concat();
    let whole = (PREFIX - size_of::<u32>() + rest.len()) as u64;
    out.write_all(MAGIC)?;
    out.write_all(&VERSION.to_le_bytes())?;
    out.write_all(&whole.to_le_bytes())?;
    out.write_all(blake3::hash(&rest).as_bytes())?;
    out.write_all(&rest)?;
    out.flush()
}

/// The digest of the facts, in hexadecimal: equal facts, equal digest. O(n).
pub(in super::super) fn digest_of(dataset: &ValidDataset) -> String {
    let mut writer = Writer::new(dataset, false);
    writer.facts(dataset).expect("items can be written into memory, and what valid facts name is there");
    writer.end(dataset).0.digest.into()
}

fn length(length: usize) -> io::Result<u32> {
    u32::try_from(length).map_err(io::Error::other)
}

struct Writer<'d> {
    words: Numbering,
    sources: HashMap<&'d str, u32>,
    counts: [u32; 4],
    section: Section,
    block: Vec<u8>,
    /// The blocks that are closed, compressed; none where only their digest is asked for.
    done: Option<Vec<u8>>,
    hashes: Vec<BlockHash>,
}

impl<'d> Writer<'d> {
    fn new(dataset: &'d ValidDataset, is_kept: bool) -> Self {
        Self {
            words: Numbering::default(),
            sources: dataset.sources().iter().map(|source| source.id.as_str()).zip(0..).collect(),
            counts: [0; 4],
            section: Section::Queries,
            block: Vec::new(),
            done: is_kept.then(Vec::new),
            hashes: Vec::new(),
        }
    }

    fn facts(&mut self, dataset: &ValidDataset) -> io::Result<()> {
        for source in dataset.sources() {
            self.item(Section::Sources, &source_item(source))?;
        }
        for node in dataset.nodes() {
            let item = (self.node(node)?, self.more_of_node(node)?);
            self.item(Section::Nodes, &item)?;
        }
        for statement in dataset.statements() {
            let item = (self.statement(statement)?, self.more_of_statement(statement));
            self.item(Section::Statements, &item)?;
        }
        self.close_block()
    }

    /// The header, and the blocks behind it.
    fn end(self, dataset: &ValidDataset) -> (Header, Vec<u8>) {
        let release = dataset.release();
        let mut header = Header {
            release: release.id.clone(),
            published: wire::number(Some(release.published)),
            license: release.license.clone(),
            digest: "".into(),
            counts: self.counts,
            words: self.words.into_names(),
        };
        header.digest = digest::of(&header, &self.hashes).into();
        (header, self.done.unwrap_or_default())
    }

    fn item(&mut self, section: Section, item: &impl Serialize) -> io::Result<()> {
        if section != self.section || self.block.len() >= BLOCK {
            self.close_block()?;
            self.section = section;
        }
        self.counts[section as usize] += 1;
        self.block = postcard::to_extend(item, std::mem::take(&mut self.block)).map_err(io::Error::other)?;
        if self.done.is_some() && self.block.len() > LONGEST_BLOCK {
            return Err(io::Error::other("one item is too long for a pack; the limit is 15 MiB"));
        }
        Ok(())
    }

    fn close_block(&mut self) -> io::Result<()> {
        if self.block.is_empty() {
            return Ok(());
        }
        self.hashes.extend(digest::of_block(self.section, &self.block));
        if let Some(done) = &mut self.done {
            let compressed = zstd::bulk::compress(&self.block, LEVEL)?;
            done.push(self.section as u8);
            done.extend(length(compressed.len())?.to_le_bytes());
            done.extend(length(self.block.len())?.to_le_bytes());
            done.extend(compressed);
        }
        self.block.clear();
        Ok(())
    }

    fn citations<'c>(&self, citations: &'c [Citation]) -> io::Result<Vec<wire::Citation<'c>>> {
        citations.iter().map(|citation| self.citation(citation)).collect()
    }

    fn citation<'c>(&self, citation: &'c Citation) -> io::Result<wire::Citation<'c>> {
        let source = number(&self.sources, citation.source.as_str())?;
        Ok(wire::Citation { source, locator: citation.locator.as_deref() })
    }

    fn node<'n>(&mut self, node: &'n Node) -> io::Result<wire::Node<'n>> {
        let Node {
            id,
            former_ids,
            name,
            aliases,
            summary,
            url,
            hub,
            listed_by_canada,
            events,
            disputes,
            membership: _,
            citations,
            details,
        } = node;
        let aliases = aliases.iter().map(|alias| wire::Alias {
            text: &alias.text,
            kind: self.words.number(alias.kind),
            language: alias.language.as_ref().map(|tag| tag.as_str()),
        });
        Ok(wire::Node {
            id: id.as_str(),
            former_ids: former_ids.iter().map(|id| id.as_str()).collect(),
            aliases: aliases.collect(),
            name: text(&name.text),
            french_basis: self.words.number(name.french_basis),
            english_article: name.english_article.map(|article| self.words.number(article)),
            french_article: name.french_article.map(|article| self.words.number(article)),
            plural: name.plural,
            summary: text(summary),
            url: url.as_deref(),
            hub: *hub,
            listed_by_canada: *listed_by_canada,
            events: events.iter().map(|event| self.event(event)).collect::<io::Result<_>>()?,
            disputes: disputes.iter().map(|dispute| self.dispute(dispute)).collect::<io::Result<_>>()?,
            citations: self.citations(citations)?,
            kind: self.words.number(node.kind()),
            details: self.details(details),
        })
    }

    fn more_of_node<'n>(&mut self, node: &'n Node) -> io::Result<wire::MoreOfNode<'n>> {
        let membership = node.membership.as_deref().map(|said| self.membership(said)).transpose()?;
        let (mut binding, mut signers) = (None, Vec::new());
        if let Some(agreement) = node.agreement() {
            if agreement.binding != Binding::default() {
                let citations = self.citations(&agreement.binding.citations)?;
                binding = Some(wire::Binding { force: self.words.number(agreement.binding.force), citations });
            }
            let signer = |signer: &'n Signer| {
                let citations = self.citations(&signer.citations)?;
                let (party, name, office) = (signer.party.as_str(), &*signer.name, text(&signer.office));
                Ok(wire::Signer { party, name, office, citations })
            };
            signers = agreement.signers.iter().map(signer).collect::<io::Result<_>>()?;
        }
        Ok(wire::MoreOfNode { membership, running: node.name.running.as_deref().map(text), binding, signers })
    }

    fn membership<'n>(&mut self, said: &'n Membership) -> io::Result<wire::Membership<'n>> {
        Ok(wire::Membership {
            whole: self.words.number(said.whole),
            declared: said.declared,
            as_of: wire::number(said.as_of),
            citations: self.citations(&said.citations)?,
        })
    }

    fn details<'n>(&mut self, details: &'n Details) -> wire::Details<'n> {
        match details {
            Details::Agreement(agreement) => wire::Details::Agreement {
                instrument: self.words.number(agreement.instrument),
                legal_status: agreement.legal_status.as_deref().map(text),
                standing: agreement.standing.as_deref().map(text),
                minerals: agreement.minerals.iter().map(text).collect(),
            },
            Details::Country { code } => wire::Details::Code(code),
            Details::Jurisdiction { code, jurisdiction_type } => {
                wire::Details::CodeAndType(code, self.words.number(*jurisdiction_type))
            }
            Details::Organization { organization_type } => wire::Details::Type(self.words.number(*organization_type)),
            Details::Forum | Details::IndigenousPeople | Details::Initiative | Details::Theme => wire::Details::None,
        }
    }

    fn event<'n>(&mut self, event: &'n LifeCycleEvent) -> io::Result<wire::Event<'n>> {
        Ok(wire::Event {
            kind: self.words.number(event.kind),
            date: wire::number(event.date),
            place: event.place.as_deref().map(text),
            occasion: event.occasion.as_deref().map(text),
            note: event.note.as_deref().map(text),
            citations: self.citations(&event.citations)?,
        })
    }

    fn dispute<'n>(&mut self, dispute: &'n Dispute) -> io::Result<wire::Dispute<'n>> {
        let values = dispute.values.iter().map(|value| {
            let citation = self.citation(&value.citation)?;
            Ok(wire::DisputedValue { value: &value.value, note: value.note.as_ref().map(text), citation })
        });
        let values = values.collect::<io::Result<_>>()?;
        let property = self.words.number(dispute.property);
        Ok(wire::Dispute { property, chosen: dispute.chosen.as_deref(), why: text(&dispute.why), values })
    }

    fn more_of_statement(&mut self, statement: &Statement<u32>) -> wire::MoreOfStatement {
        let role = statement.role.map(|role| self.words.number(role));
        let is_stated = statement.certainty == StatementCertainty::default();
        let certainty = (!is_stated).then(|| self.words.number(statement.certainty));
        wire::MoreOfStatement { role, certainty }
    }

    fn statement<'s>(&mut self, statement: &'s Statement<u32>) -> io::Result<wire::Statement<'s>> {
        let (when, dates) = match statement.when {
            When::Undated => (0, (None, None)),
            When::On(date) => (1, (Some(date), None)),
            When::Span { since, until } => (2, (since, until)),
        };
        Ok(wire::Statement {
            kind: self.words.number(statement.kind),
            from: statement.from,
            to: statement.to,
            when,
            dates: (wire::number(dates.0), wire::number(dates.1)),
            note: statement.note.as_deref().map(text),
            listed_by_canada: statement.listed_by_canada,
            citations: self.citations(&statement.citations)?,
        })
    }
}

fn number(numbers: &HashMap<&str, u32>, id: &str) -> io::Result<u32> {
    numbers.get(id).copied().ok_or_else(|| io::Error::other(format!("`{id}` is named and not there")))
}

fn text(text: &Localized) -> wire::Text<'_> {
    wire::Text(text.en(), text.fr())
}

fn source_item(source: &Source) -> wire::Source<'_> {
    wire::Source {
        id: source.id.as_str(),
        title: &source.title,
        publisher: &source.publisher,
        url: &source.url,
        published: wire::number(source.published),
        language: source.language.as_str(),
        accessed_via: &source.accessed_via,
        copy_of: source.copy_of.as_ref().map(|id| id.as_str()),
        note: source.note.as_deref(),
    }
}
