//! Records as texts, field by field, so that people can read what changed. Whatever differs in two
//! records differs in the text of a field.

use std::fmt::Debug;

use super::super::upper_snake;
use crate::graph::Relationship;
use crate::model::{
    Alias, Binding, Citation, Details, Dispute, LifeCycleEvent, Localized, Membership, Node, Signer, Source, When,
};

/// Every field a record can have, and the text of its value where it has one.
pub(super) type Fields = Vec<(&'static str, Option<String>)>;

/// The fields of a node; its relationships are things of their own.
pub(super) fn of_node(node: &Node) -> Fields {
    let Node {
        id: _,
        former_ids,
        name,
        aliases,
        summary,
        url,
        hub,
        listed_by_canada,
        events,
        disputes,
        membership,
        citations,
        details,
    } = node;
    let (mut agreement, mut code, mut sort) = (None, None, None);
    match details {
        Details::Agreement(details) => agreement = Some(details),
        Details::Country { code: given } => code = Some(given.to_string()),
        Details::Jurisdiction { code: given, jurisdiction_type } => {
            code = Some(given.to_string());
            sort = Some(constant(jurisdiction_type));
        }
        Details::Organization { organization_type } => sort = Some(constant(organization_type)),
        Details::Forum | Details::IndigenousPeople | Details::Initiative | Details::Theme => {}
    }
    let legal_status = agreement.and_then(|agreement| agreement.legal_status.as_deref());
    let standing = agreement.and_then(|agreement| agreement.standing.as_deref());
    vec![
        ("kind", Some(upper_snake(node.kind().name()))),
        ("nameEn", Some(name.text.en().to_string())),
        ("nameFr", Some(name.text.fr().to_string())),
        ("nameFrOrigin", Some(constant(&name.french_basis))),
        ("articleEn", name.english_article.as_ref().map(constant)),
        ("articleFr", name.french_article.as_ref().map(constant)),
        ("plural", Some(name.plural.to_string())),
        ("runningEn", name.running.as_ref().map(|text| text.en().to_string())),
        ("runningFr", name.running.as_ref().map(|text| text.fr().to_string())),
        ("formerIds", list(former_ids, ToString::to_string)),
        ("aliases", list(aliases, alias)),
        ("summaryEn", Some(summary.en().to_string())),
        ("summaryFr", Some(summary.fr().to_string())),
        ("url", url.as_ref().map(ToString::to_string)),
        ("code", code),
        ("type", sort),
        ("instrument", agreement.map(|agreement| constant(&agreement.instrument))),
        ("bindingForce", agreement.map(|agreement| binding(&agreement.binding))),
        ("signers", agreement.and_then(|agreement| list(&agreement.signers, signer))),
        ("legalStatusEn", legal_status.map(|text| text.en().to_string())),
        ("legalStatusFr", legal_status.map(|text| text.fr().to_string())),
        ("standingEn", standing.map(|text| text.en().to_string())),
        ("standingFr", standing.map(|text| text.fr().to_string())),
        ("minerals", agreement.and_then(|agreement| list(&agreement.minerals, both))),
        ("events", list(events, event)),
        ("disputes", list(disputes, dispute)),
        ("membership", membership.as_deref().map(self::membership)),
        ("hub", Some(hub.to_string())),
        ("listedByCanada", Some(listed_by_canada.to_string())),
        ("citations", list(citations, citation)),
    ]
}

/// The fields of a relationship, its kind and ends apart, which make its id.
pub(super) fn of_relationship(relationship: &Relationship) -> Fields {
    let when = match relationship.when {
        When::Undated => None,
        When::On(date) => Some(format!("on {date}")),
        When::Span { since, until } => {
            let since = since.map(|date| format!("since {date}"));
            let until = until.map(|date| format!("until {date}"));
            Some(since.into_iter().chain(until).collect::<Vec<_>>().join(" "))
        }
    };
    let note = relationship.note.as_ref();
    vec![
        ("when", when),
        ("role", relationship.role.map(|role| role.name().to_owned())),
        ("certainty", Some(relationship.certainty.name().to_owned())),
        ("noteEn", note.map(|note| note.en().to_string())),
        ("noteFr", note.map(|note| note.fr().to_string())),
        ("listedByCanada", Some(relationship.listed_by_canada.to_string())),
        ("citations", list(&relationship.citations, citation)),
    ]
}

/// The fields of a source.
pub(super) fn of_source(source: &Source) -> Fields {
    let Source { id: _, title, publisher, url, published, language, accessed_via, copy_of, note } = source;
    vec![
        ("title", Some(title.to_string())),
        ("publisher", Some(publisher.to_string())),
        ("url", Some(url.to_string())),
        ("published", published.map(|date| date.to_string())),
        ("language", Some(language.as_str().to_owned())),
        ("accessedVia", Some(accessed_via.to_string())),
        ("copyOf", copy_of.as_ref().map(ToString::to_string)),
        ("note", note.as_ref().map(ToString::to_string)),
    ]
}

/// The items one behind the other, or none where there are none.
fn list<T>(items: &[T], text: impl Fn(&T) -> String) -> Option<String> {
    (!items.is_empty()).then(|| items.iter().map(text).collect::<Vec<_>>().join("; "))
}

/// The value of one of our enums as the API writes it.
fn constant(value: &impl Debug) -> String {
    upper_snake(&format!("{value:?}"))
}

fn both(text: &Localized) -> String {
    format!("{} / {}", text.en(), text.fr())
}

fn alias(alias: &Alias) -> String {
    let language = alias.language.as_ref().map(|tag| format!(", {}", tag.as_str())).unwrap_or_default();
    format!("{} ({}{language})", alias.text, constant(&alias.kind))
}

fn citation(citation: &Citation) -> String {
    match &citation.locator {
        Some(locator) => format!("{} ({locator})", citation.source),
        None => citation.source.to_string(),
    }
}

fn binding(binding: &Binding) -> String {
    match list(&binding.citations, citation) {
        Some(citations) => format!("{} [{citations}]", binding.force.name()),
        None => binding.force.name().to_owned(),
    }
}

fn signer(signer: &Signer) -> String {
    let citations = list(&signer.citations, citation).unwrap_or_default();
    format!("{} for {}, {} [{citations}]", signer.name, signer.party, both(&signer.office))
}

fn membership(membership: &Membership) -> String {
    let declared = membership.declared.map(|count| format!(", declared: {count}")).unwrap_or_default();
    let as_of = membership.as_of.map(|date| format!(", as of {date}")).unwrap_or_default();
    let text = format!("{}{declared}{as_of}", membership.whole.name());
    match list(&membership.citations, citation) {
        Some(citations) => format!("{text} [{citations}]"),
        None => text,
    }
}

fn event(event: &LifeCycleEvent) -> String {
    let mut text = event.kind.name().to_owned();
    if let Some(date) = event.date {
        text += &format!(" {date}");
    }
    let parts = [("place", &event.place), ("occasion", &event.occasion), ("note", &event.note)];
    for (name, part) in parts {
        if let Some(part) = part {
            text += &format!(", {name}: {}", both(part));
        }
    }
    match list(&event.citations, citation) {
        Some(citations) => format!("{text} [{citations}]"),
        None => text,
    }
}

fn dispute(dispute: &Dispute) -> String {
    let values = dispute.values.iter().map(|value| {
        let note = value.note.as_ref().map(|note| format!(", note: {}", both(note))).unwrap_or_default();
        format!("{:?}{note} [{}]", value.value, citation(&value.citation))
    });
    let values = values.collect::<Vec<_>>().join(" or ");
    let chosen = dispute.chosen.as_ref().map(|chosen| format!(", chosen: {chosen:?}")).unwrap_or_default();
    format!("{}: {values}{chosen}, why: {}", constant(&dispute.property), both(&dispute.why))
}
