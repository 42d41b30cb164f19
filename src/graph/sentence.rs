//! Sentences that say what a relationship or a path says, ready to quote in either language.

use super::{NodeRef, RelationshipRef};
use crate::model::{EnglishArticle, FrenchArticle, Language, NodeKind, PartialDate, RelationshipKind, When};

impl RelationshipRef<'_> {
    /// The relationship as a sentence: `France is a party to the Canada–France Bilateral Dialogue on
    /// Critical Minerals (since 2023-09).` Names stand as they are written; dates are ISO 8601 and no
    /// more precise than the source.
    pub fn sentence(self, language: Language) -> String {
        format!("{}.", capitalized(&self.clause(language)))
    }

    /// The sentence without its capital and full stop, to be joined with others.
    pub(super) fn clause(self, language: Language) -> String {
        let (subject, object) = (self.from(), self.to());
        let when = when(self.kind(), self.data().when, language);
        match language {
            Language::En => {
                let verb = english_verb(self.kind(), subject.data().name.plural);
                format!("{} {verb} {}{when}", english(subject), english(object))
            }
            Language::Fr => {
                let plural = subject.data().name.french_article == Some(FrenchArticle::Les);
                let (verb, preposition) = french_verb(self.kind(), plural);
                format!("{} {verb} {}{when}", french(subject, Preposition::None), french(object, preposition))
            }
        }
    }
}

/// Clauses joined to one sentence.
pub(super) fn joined(clauses: impl Iterator<Item = String>) -> String {
    let text = clauses.collect::<Vec<_>>().join("; ");
    if text.is_empty() { text } else { format!("{}.", capitalized(&text)) }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The name with its article; themes are quoted.
fn english(node: NodeRef<'_>) -> String {
    let name = node.name(Language::En);
    match node.kind() {
        NodeKind::Theme => format!("the theme “{name}”"),
        NodeKind::Agreement
        | NodeKind::Country
        | NodeKind::Forum
        | NodeKind::IndigenousPeople
        | NodeKind::Initiative
        | NodeKind::Jurisdiction
        | NodeKind::Organization => match node.data().name.english_article {
            Some(EnglishArticle::The) => format!("the {name}"),
            None => name.to_owned(),
        },
    }
}

fn english_verb(kind: RelationshipKind, plural: bool) -> &'static str {
    let pick = |one, many| if plural { many } else { one };
    match kind {
        RelationshipKind::Administers => pick("administers", "administer"),
        RelationshipKind::BuildsOn => pick("builds on", "build on"),
        RelationshipKind::Covers => pick("covers", "cover"),
        RelationshipKind::Hosts => pick("hosts or chairs", "host or chair"),
        RelationshipKind::Launched => "launched",
        RelationshipKind::MemberOf => pick("is a member of", "are members of"),
        RelationshipKind::NegotiatedUnder => pick("was negotiated under", "were negotiated under"),
        RelationshipKind::PartOf => pick("is part of", "are part of"),
        RelationshipKind::ParticipatesIn => pick("takes part in", "take part in"),
        RelationshipKind::PartyTo => pick("is a party to", "are parties to"),
        RelationshipKind::RefersTo => pick("refers to", "refer to"),
        RelationshipKind::Signed => "signed",
        RelationshipKind::Succeeds => pick("comes after", "come after"),
        RelationshipKind::Supports => pick("supports", "support"),
        RelationshipKind::UsesAlternativeTo => pick("uses an alternative to", "use an alternative to"),
    }
}

/// What a French verb puts before its object.
#[derive(Clone, Copy)]
enum Preposition {
    None,
    A,
    De,
}

/// The verb, and the preposition that follows it. Written so that no participle must agree in gender.
fn french_verb(kind: RelationshipKind, plural: bool) -> (&'static str, Preposition) {
    let pick = |one, many| if plural { many } else { one };
    match kind {
        RelationshipKind::Administers => (pick("administre", "administrent"), Preposition::None),
        RelationshipKind::BuildsOn => (pick("s'appuie sur", "s'appuient sur"), Preposition::None),
        RelationshipKind::Covers => (pick("porte sur", "portent sur"), Preposition::None),
        RelationshipKind::Hosts => (pick("accueille ou préside", "accueillent ou président"), Preposition::None),
        RelationshipKind::Launched => (pick("a lancé", "ont lancé"), Preposition::None),
        RelationshipKind::MemberOf => (pick("est membre", "sont membres"), Preposition::De),
        RelationshipKind::NegotiatedUnder => {
            (pick("s'inscrit dans le cadre", "s'inscrivent dans le cadre"), Preposition::De)
        }
        RelationshipKind::PartOf => (pick("fait partie", "font partie"), Preposition::De),
        RelationshipKind::ParticipatesIn => (pick("participe", "participent"), Preposition::A),
        RelationshipKind::PartyTo => (pick("est partie", "sont parties"), Preposition::A),
        RelationshipKind::RefersTo => (pick("mentionne", "mentionnent"), Preposition::None),
        RelationshipKind::Signed => (pick("a signé", "ont signé"), Preposition::None),
        RelationshipKind::Succeeds => (pick("fait suite", "font suite"), Preposition::A),
        RelationshipKind::Supports => (pick("appuie", "appuient"), Preposition::None),
        RelationshipKind::UsesAlternativeTo => {
            (pick("recourt à une solution de rechange", "recourent à une solution de rechange"), Preposition::A)
        }
    }
}

/// The name with its article, contracted with the preposition: `du Canada`, `aux États-Unis`.
fn french(node: NodeRef<'_>, preposition: Preposition) -> String {
    use FrenchArticle::{Elided, La, Le, Les};
    use Preposition::{A, De};
    let name = node.name(Language::Fr);
    let quoted;
    let (article, name) = match node.kind() {
        NodeKind::Theme => {
            quoted = format!("thème «\u{a0}{name}\u{a0}»");
            (Some(Le), quoted.as_str())
        }
        NodeKind::Agreement
        | NodeKind::Country
        | NodeKind::Forum
        | NodeKind::IndigenousPeople
        | NodeKind::Initiative
        | NodeKind::Jurisdiction
        | NodeKind::Organization => (node.data().name.french_article, name),
    };
    let vowel = |c: char| "aeiouyàâäéèêëîïôöùûüAEIOUÀÂÄÉÈÊËÎÏÔÖÙÛÜ".contains(c);
    let before = match (preposition, article) {
        (Preposition::None, None) => "",
        (Preposition::None, Some(Le)) => "le ",
        (Preposition::None, Some(La)) => "la ",
        (Preposition::None, Some(Elided)) => "l'",
        (Preposition::None, Some(Les)) => "les ",
        (A, None) => "à ",
        (A, Some(Le)) => "au ",
        (A, Some(La)) => "à la ",
        (A, Some(Elided)) => "à l'",
        (A, Some(Les)) => "aux ",
        (De, None) if name.starts_with(vowel) => "d'",
        (De, None) => "de ",
        (De, Some(Le)) => "du ",
        (De, Some(La)) => "de la ",
        (De, Some(Elided)) => "de l'",
        (De, Some(Les)) => "des ",
    };
    format!("{before}{name}")
}

/// How the date of what came about on it is told: `signed … on 2023-03-06`, `is a party to … (since
/// 2023-09)`, `hosts … (2025-06)`.
fn when(kind: RelationshipKind, when: When, language: Language) -> String {
    use RelationshipKind::{Hosts, Launched, NegotiatedUnder, Signed};
    let happened = matches!(kind, Launched | NegotiatedUnder | Signed);
    let at = |date: PartialDate| match (language, date.day()) {
        _ if kind == Hosts => format!(" ({date})"),
        (Language::En, _) if !happened => format!(" (since {date})"),
        (Language::Fr, _) if !happened => format!(" (depuis {date})"),
        (Language::En, Some(_)) => format!(" on {date}"),
        (Language::En, None) => format!(" in {date}"),
        (Language::Fr, Some(_)) => format!(" le {date}"),
        (Language::Fr, None) => format!(" en {date}"),
    };
    match (when, language) {
        (When::Undated, _) | (When::Span { since: None, until: None }, _) => String::new(),
        (When::On(date), _) => at(date),
        (When::Span { since: Some(since), until: None }, Language::En) => format!(" (since {since})"),
        (When::Span { since: Some(since), until: None }, Language::Fr) => format!(" (depuis {since})"),
        (When::Span { since: None, until: Some(until) }, Language::En) => format!(" (until {until})"),
        (When::Span { since: None, until: Some(until) }, Language::Fr) => format!(" (jusqu'à {until})"),
        (When::Span { since: Some(since), until: Some(until) }, Language::En) => format!(" (from {since} to {until})"),
        (When::Span { since: Some(since), until: Some(until) }, Language::Fr) => format!(" (de {since} à {until})"),
    }
}
