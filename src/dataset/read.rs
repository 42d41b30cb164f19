//! From sheets to records, with the place of every part that a rule may have to point at.

use std::str::FromStr;

use super::folder::{RELEASE, SOURCES};
use super::load::{Files, SourceFile, folder_and_id};
use super::place::{DisputePlace, EventPlace, NodePlace, SignerPlace, SourcePlace, StatementPlace};
use super::sheet::{self, Own, Sheet};
use super::syntax;
use super::value::Reader;
use super::{Code, Dataset, Diagnostic, Diagnostics, Location, UnreadSheet};
use crate::model::{
    AgreementDetails, Alias, Binding, Details, Dispute, DisputedValue, Home, LanguageTag, LifeCycleEvent, Name, Node,
    NodeId, NodeKind, Release, Signer, Source, SourceId, Statement, When,
};

/// The records of all files in their order, the edition they are, and what is wrong with single files.
pub(super) fn read(files: &Files) -> (Dataset, Option<Release>, Diagnostics) {
    let mut reading = Reading { has_release_file: false, ..Reading::default() };
    for fault in files.unread() {
        reading.faults.push(fault.clone());
    }
    reading.dataset.has_unknown_sheets = files.has_lost_folder();
    for lost in files.lost_sheets() {
        reading.has_release_file |= lost.path == RELEASE;
        let id = folder_and_id(&lost.path).1.to_owned();
        reading.dataset.unread.push(UnreadSheet { id, text: lost.text.clone() });
    }
    for (index, file) in files.sheets().iter().enumerate() {
        reading.has_release_file |= file.path == RELEASE;
        reading.file(index, file);
    }
    reading.dataset.places.files = files.sheets().to_vec();
    if !reading.has_release_file {
        let location = Location::whole(format!("{}/{RELEASE}", files.root()).into());
        let fault = Diagnostic::new(Code::MissingRelease, location, format!("there is no {RELEASE}"));
        reading
            .faults
            .push(fault.expected("Release(id: \"2026-01-31\", published: \"2026-01-31\", license: \"CC-BY-4.0\")"));
    }
    reading.dataset.put_in_order(reading.statements);
    (reading.dataset, reading.release, reading.faults)
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    dataset: Dataset,
    statements: Vec<Statement>,
    release: Option<Release>,
    has_release_file: bool,
    faults: Diagnostics,
}

impl Reading {
    fn file(&mut self, index: usize, file: &SourceFile) {
        let mut reader = Reader::new(file);
        let is_whole = match syntax::parse(file) {
            Ok(sheet) => self.sheet(index, file, sheet, &mut reader),
            Err(fault) => {
                self.faults.push(*fault);
                false
            }
        };
        let (faults, misspelt) = reader.finish();
        for fault in faults {
            self.faults.push(fault);
        }
        self.dataset.misspelt.extend(misspelt);
        if !is_whole {
            self.dataset.unread.push(UnreadSheet { id: file.id().to_owned(), text: Some(file.text.clone()) });
        }
    }

    /// Takes in a sheet. Returns whether there is a record of it now.
    fn sheet(&mut self, index: usize, file: &SourceFile, sheet: Sheet<'_>, reader: &mut Reader<'_>) -> bool {
        let (node, own) = match sheet {
            Sheet::Agreement(sheet) => sheet.split(),
            Sheet::Country(sheet) => sheet.split(),
            Sheet::Forum(sheet) => sheet.split(),
            Sheet::IndigenousPeople(sheet) => sheet.split(),
            Sheet::Initiative(sheet) => sheet.split(),
            Sheet::Jurisdiction(sheet) => sheet.split(),
            Sheet::Organization(sheet) => sheet.split(),
            Sheet::Theme(sheet) => sheet.split(),
            Sheet::Source(sheet) => return self.source(index, file, &sheet, reader),
            Sheet::Release(sheet) => {
                check_folder(file, "", "Release", reader);
                self.release = release(&sheet, reader);
                return self.release.is_some();
            }
        };
        self.node(index, file, &node, &own, reader)
    }

    fn node(
        &mut self,
        index: usize,
        file: &SourceFile,
        sheet: &sheet::Node<'_>,
        own: &Own<'_>,
        reader: &mut Reader<'_>,
    ) -> bool {
        let mut place = NodePlace { file: index, start: reader.start(), ..NodePlace::default() };
        let details = details(own, reader, &mut place);
        check_folder(file, details.kind().folder(), details.kind().name(), reader);
        let Some(id) = id_of::<NodeId>(file, reader) else { return false };

        place.name = [reader.span(&sheet.name.en), reader.span(&sheet.name.fr)];
        let name = Name {
            text: crate::model::Localized::new(&reader.name(&sheet.name.en), &reader.name(&sheet.name.fr)),
            french_basis: sheet.name.fr_basis,
            english_article: sheet.name.en_article,
            french_article: sheet.name.fr_article,
            plural: sheet.name.plural,
            running: reader.optional_localized(sheet.name.running.as_ref()),
        };
        let mut former_ids: Vec<NodeId> = sheet.former_ids.iter().filter_map(|id| reader.node_id(id)).collect();
        // Their order means nothing.
        former_ids.sort_unstable();
        let mut aliases = Vec::new();
        for alias in &sheet.aliases {
            let text = reader.text(&alias.text);
            let language = alias.language.as_ref().map(|tag| reader.tag(tag));
            // Without its language it would look like an alias that serves in all.
            if language != Some(None) {
                aliases.push(Alias { text, kind: alias.kind, language: language.flatten() });
                place.aliases.push(reader.span(&alias.text));
            }
        }
        let summary = reader.localized(&sheet.summary);
        let url = sheet.url.as_ref().map(|url| reader.url(url));
        let (events, event_places): (Vec<_>, _) = sheet.events.iter().map(|event| self::event(event, reader)).unzip();
        let (disputes, dispute_places): (Vec<_>, _) =
            sheet.disputes.iter().map(|dispute| self::dispute(dispute, reader)).unzip();
        let (citations, citation_places) = reader.citations(&sheet.sources);
        place.lost_citation = citations.len() < sheet.sources.len();
        let membership = membership(own).map(|said| {
            let membership;
            (membership, place.membership) = reader.membership(said);
            place.lost_membership_citation = place.membership.len() < said.sources.len();
            Box::new(membership)
        });
        let statements_before = self.statements.len();
        for relationship in &sheet.relationships {
            self.statement(index, &id, relationship, reader);
        }
        place.lost_statement = self.statements.len() - statements_before < sheet.relationships.len();
        (place.events, place.disputes, place.citations) = (event_places, dispute_places, citation_places);
        self.dataset.places.nodes.push(place);
        self.dataset.nodes.push(Node {
            id,
            former_ids: former_ids.into(),
            name,
            aliases: aliases.into(),
            summary,
            url,
            hub: sheet.hub,
            listed_by_canada: sheet.listed_by_canada,
            events: events.into(),
            disputes: disputes.into(),
            membership,
            citations,
            details,
        });
        true
    }

    fn statement(&mut self, file: usize, home: &NodeId, sheet: &sheet::Relationship<'_>, reader: &mut Reader<'_>) {
        let (kind, link) = sheet.split();
        let span = |text: &Option<sheet::Text<'_>>| text.as_ref().map(|text| reader.span(text));
        let id = reader.span(&link.id);
        let verb = reader.word_before(kind.home().1, &id);
        let mut place = StatementPlace { file, id, verb, ..StatementPlace::default() };
        (place.since, place.until) = (span(&link.since), span(&link.until));
        if let (Some(on), Some(_)) = (span(&link.on), place.since.as_ref().or(place.until.as_ref())) {
            let message = "a relationship that came about `on` a date has no `since` or `until`".to_owned();
            reader.fault(Code::DateAndSpan, on, message).help =
                Some("keep `on` for what happened on a date, `since` and `until` for what lasted".to_owned());
        }
        let [on, since, until] =
            [&link.on, &link.since, &link.until].map(|date| date.as_ref().and_then(|date| reader.date(date)));
        let [given, read] =
            [[&link.on, &link.since, &link.until].map(Option::is_some), [on, since, until].map(|date| date.is_some())];
        place.lost_date = given != read;
        let when = match (on, since, until) {
            (Some(date), _, _) => When::On(date),
            (None, None, None) => When::Undated,
            (None, since, until) => When::Span { since, until },
        };
        let note = reader.optional_localized(link.note.as_ref());
        let (citations, citation_places) = reader.citations(&link.sources);
        let Some(other) = reader.node_id(&link.id) else { return };
        let (from, to) = match kind.home().0 {
            Home::Subject => (home.clone(), other),
            Home::Object => (other, home.clone()),
        };
        place.lost_citation = citations.len() < link.sources.len();
        place.citations = citation_places;
        self.dataset.places.statements.push(place);
        let (role, certainty, listed_by_canada) = (link.role, link.certainty, link.listed_by_canada);
        self.statements.push(Statement { kind, from, to, when, role, certainty, note, listed_by_canada, citations });
    }

    fn source(&mut self, index: usize, file: &SourceFile, sheet: &sheet::Source<'_>, reader: &mut Reader<'_>) -> bool {
        check_folder(file, SOURCES, "Source", reader);
        let id = id_of::<SourceId>(file, reader);
        let place = SourcePlace {
            file: index,
            start: reader.start(),
            copy_of: sheet.copy_of.as_ref().map(|text| reader.span(text)),
        };
        let title = reader.text(&sheet.title);
        let publisher = reader.text(&sheet.publisher);
        let url = reader.url(&sheet.url);
        let published = sheet.published.as_ref().and_then(|date| reader.date(date));
        let language: Option<LanguageTag> = reader.tag(&sheet.language);
        let accessed_via = reader.text(&sheet.accessed_via);
        let copy_of = sheet.copy_of.as_ref().and_then(|id| reader.source_id(id));
        let note = reader.optional(sheet.note.as_ref());
        let (Some(id), Some(language)) = (id, language) else { return false };
        self.dataset.places.sources.push(place);
        self.dataset.sources.push(Source {
            id,
            title,
            publisher,
            url,
            published,
            language,
            accessed_via,
            copy_of,
            note,
        });
        true
    }
}

/// The id that the name of the file gives.
fn id_of<T: FromStr>(file: &SourceFile, reader: &mut Reader<'_>) -> Option<T>
where
    T::Err: std::fmt::Display,
{
    match file.id().parse() {
        Ok(id) => Some(id),
        Err(error) => {
            let start = reader.start();
            let message = format!("the file name `{}.ron` does not give an id", file.id());
            reader.fault(Code::InvalidId, start, message).expected = Some(error.to_string());
            None
        }
    }
}

/// Checks that a sheet lies in the folder of its kind.
fn check_folder(file: &SourceFile, folder: &str, kind: &str, reader: &mut Reader<'_>) {
    if file.folder() == folder {
        return;
    }
    let fitting = match NodeKind::ALL.iter().find(|kind| kind.folder() == file.folder()) {
        Some(kind) => kind.name(),
        None if file.folder() == SOURCES => "Source",
        None => "Release",
    };
    let right = if folder.is_empty() { RELEASE.to_owned() } else { format!("{folder}/{}.ron", file.id()) };
    let start = reader.start();
    let fault = reader.fault(Code::MisplacedFile, start, format!("a {kind} cannot be in `{}`", file.path));
    fault.expected = Some(fitting.to_owned());
    fault.help = Some(format!("move the file to {right}, or correct the kind"));
}

fn release(sheet: &sheet::Release<'_>, reader: &mut Reader<'_>) -> Option<Release> {
    let id = reader.node_id(&sheet.id);
    let published = reader.date(&sheet.published);
    let license = reader.license(&sheet.license);
    Some(Release { id: id?.as_str().into(), published: published?, license })
}

/// What a sheet says of the members of its node.
fn membership<'s, 'a>(own: &'s Own<'a>) -> Option<&'s sheet::Membership<'a>> {
    match own {
        Own::Agreement { membership, .. }
        | Own::Forum { membership }
        | Own::Initiative { membership }
        | Own::Organization { membership, .. } => membership.as_ref(),
        Own::Country { .. } | Own::IndigenousPeople {} | Own::Jurisdiction { .. } | Own::Theme {} => None,
    }
}

fn details(own: &Own<'_>, reader: &mut Reader<'_>, place: &mut NodePlace) -> Details {
    match own {
        Own::Agreement { instrument, binding, signers, legal_status, standing, minerals, membership: _ } => {
            let binding = binding.as_ref().map(|said| {
                let citations;
                (citations, place.binding) = reader.citations(&said.sources);
                place.lost_binding_citation = place.binding.len() < said.sources.len();
                Binding { force: said.force, citations }
            });
            let signers = signers.iter().filter_map(|signer| self::signer(signer, reader, place)).collect();
            Details::Agreement(Box::new(AgreementDetails {
                instrument: *instrument,
                binding: binding.unwrap_or_default(),
                signers,
                legal_status: reader.optional_localized(legal_status.as_ref()),
                standing: reader.optional_localized(standing.as_ref()),
                minerals: minerals.iter().map(|mineral| reader.localized(mineral)).collect(),
            }))
        }
        Own::Country { code } => {
            check_code(code, false, reader);
            Details::Country { code: (&*code.0).into() }
        }
        Own::Forum { .. } => Details::Forum,
        Own::IndigenousPeople {} => Details::IndigenousPeople,
        Own::Initiative { .. } => Details::Initiative,
        Own::Jurisdiction { code, jurisdiction_type } => {
            check_code(code, true, reader);
            Details::Jurisdiction { code: (&*code.0).into(), jurisdiction_type: *jurisdiction_type }
        }
        Own::Organization { organization_type, .. } => Details::Organization { organization_type: *organization_type },
        Own::Theme {} => Details::Theme,
    }
}

/// Who signed for a party; none where the party is not understood.
fn signer(sheet: &sheet::Signer<'_>, reader: &mut Reader<'_>, place: &mut NodePlace) -> Option<Signer> {
    let name = reader.text(&sheet.name);
    let office = reader.localized(&sheet.office);
    let (citations, spans) = reader.citations(&sheet.sources);
    let party = reader.node_id(&sheet.party)?;
    let lost_citation = spans.len() < sheet.sources.len();
    place.signers.push(SignerPlace { party: reader.span(&sheet.party), citations: spans, lost_citation });
    Some(Signer { party, name, office, citations })
}

/// Checks that a code has the form of ISO 3166-1 alpha-2 or, where it may, of ISO 3166-2.
fn check_code(code: &sheet::Text<'_>, may_be_part: bool, reader: &mut Reader<'_>) {
    let (country, part) = code.0.split_once('-').map_or((&*code.0, None), |(country, part)| (country, Some(part)));
    let is_country = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
    let is_part =
        |part: &str| matches!(part.len(), 1..=3) && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if !is_country || !part.is_none_or(|part| may_be_part && is_part(part)) {
        let span = reader.span(code);
        let fault =
            reader.fault(Code::InvalidCode, span, format!("`{}` is not a code of ISO 3166", code.0.escape_debug()));
        let example = if may_be_part { "a code such as `CA-AB`, or `GL`" } else { "two capital letters, such as `CA`" };
        fault.expected = Some(example.to_owned());
    }
}

fn event(sheet: &sheet::Event<'_>, reader: &mut Reader<'_>) -> (LifeCycleEvent, EventPlace) {
    let (kind, said) = sheet.split();
    let (citations, citation_places) = reader.citations(&said.sources);
    let event = LifeCycleEvent {
        kind,
        date: said.on.as_ref().and_then(|date| reader.date(date)),
        place: reader.optional_localized(said.place.as_ref()),
        occasion: reader.optional_localized(said.occasion.as_ref()),
        note: reader.optional_localized(said.note.as_ref()),
        citations,
    };
    (event, EventPlace { date: said.on.as_ref().map(|date| reader.span(date)), citations: citation_places })
}

fn dispute(sheet: &sheet::Dispute<'_>, reader: &mut Reader<'_>) -> (Dispute, DisputePlace) {
    let mut place = DisputePlace {
        why: reader.span(&sheet.why.en),
        chosen: sheet.chosen.as_ref().map(|text| reader.span(text)),
        citations: Vec::new(),
        lost_value: false,
    };
    let chosen = reader.optional(sheet.chosen.as_ref());
    let why = reader.localized(&sheet.why);
    let mut values = Vec::new();
    for given in &sheet.values {
        let value = reader.text(&given.value);
        let note = given.note.as_ref().map(|note| reader.localized(note));
        if let Some((citation, span)) = reader.citation(&given.source) {
            values.push(DisputedValue { value, note, citation });
            place.citations.push(span);
        }
    }
    place.lost_value = values.len() < sheet.values.len();
    (Dispute { property: sheet.property, chosen, why, values }, place)
}
