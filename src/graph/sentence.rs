//! Sentences that say what a relationship or a path says, ready to quote in either language.

use super::role_verb::RoleVerb;
use super::{NodeRef, RelationshipRef, role_verb};
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
        let is_act = self.is_act();
        let when = when(self.kind(), is_act, self.data().when, language);
        match language {
            Language::En => {
                let plural = subject.data().name.plural;
                let verb = match self.role().map(role_verb::english) {
                    Some(verb) => of_time(&verb, is_act)[usize::from(plural)],
                    None => english_verb(self.kind(), plural),
                };
                format!("{} {verb} {}{when}", english(subject), english(object))
            }
            Language::Fr => {
                let plural = subject.data().name.french_article == Some(FrenchArticle::Les);
                let (verb, preposition) = match self.role().map(role_verb::french) {
                    Some((verb, preposition)) => (of_time(&verb, is_act)[usize::from(plural)], preposition),
                    None => french_verb(self.kind(), plural),
                };
                // The verb says already that it is a theme.
                let object = if self.kind() == RelationshipKind::Covers {
                    quoted(object.data().name.in_sentence(language))
                } else {
                    french(object, preposition)
                };
                format!("{} {verb} {object}{when}", french(subject, Preposition::None))
            }
        }
    }
}

impl RelationshipRef<'_> {
    /// Whether it tells of an act of one day, such as a meeting hosted or a partnership reaffirmed.
    fn is_act(self) -> bool {
        self.role().is_some_and(|role| role.is_act(self.data().when))
    }
}

/// The verb of a role for an act that is over, or for what goes on.
fn of_time(verb: &RoleVerb, is_act: bool) -> [&'static str; 2] {
    if is_act { verb.past } else { verb.present }
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
    let name = node.data().name.in_sentence(Language::En);
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
pub(super) enum Preposition {
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
        RelationshipKind::Covers => (pick("a pour thème", "ont pour thème"), Preposition::None),
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
    let name = node.data().name.in_sentence(Language::Fr);
    let theme;
    let (article, name) = match node.kind() {
        NodeKind::Theme => {
            theme = format!("thème {}", quoted(name));
            (Some(Le), theme.as_str())
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

/// A name in French quotation marks.
fn quoted(name: &str) -> String {
    format!("«\u{a0}{name}\u{a0}»")
}

/// How the date of what came about on it is told: `signed … on 2023-03-06`, `is a party to … (since
/// 2023-09)`, `hosts … (2025-06)`.
fn when(kind: RelationshipKind, is_act: bool, when: When, language: Language) -> String {
    use RelationshipKind::{Hosts, Launched, NegotiatedUnder, Signed};
    let (since, until) = match when {
        When::Undated => return String::new(),
        When::On(date) if is_act => return happened(date, language),
        When::On(date) if kind == Hosts => return format!(" ({})", written(date, language)),
        When::On(date) if matches!(kind, Launched | NegotiatedUnder | Signed) => return happened(date, language),
        When::On(date) => (Some(date), None),
        When::Span { since, until } => (since, until),
    };
    match (since, until, language) {
        (None, None, _) => String::new(),
        (Some(since), None, Language::En) => format!(" (since {since})"),
        (None, Some(until), Language::En) => format!(" (until {until})"),
        (Some(since), Some(until), Language::En) => format!(" (from {since} to {until})"),
        (Some(since), None, Language::Fr) => format!(" (depuis {})", dated(since, "le ", "")),
        (None, Some(until), Language::Fr) => format!(" (jusqu'{})", dated(until, "au ", "en ")),
        (Some(since), Some(until), Language::Fr) => {
            let from = if written(since, Language::Fr).starts_with(['a', 'o']) { "d'" } else { "de " };
            format!(" ({} {})", dated(since, "du ", from), dated(until, "au ", "à "))
        }
    }
}

/// When something happened.
fn happened(date: PartialDate, language: Language) -> String {
    match (language, date.day()) {
        (Language::En, Some(_)) => format!(" on {date}"),
        (Language::En, None) => format!(" in {date}"),
        (Language::Fr, _) => format!(" {}", dated(date, "le ", "en ")),
    }
}

/// A date in French behind the word that a day wants, or a month and a year.
fn dated(date: PartialDate, day: &str, other: &str) -> String {
    format!("{}{}", if date.day().is_some() { day } else { other }, written(date, Language::Fr))
}

/// A date as a text has it: ISO 8601 in English, in words in French, no more precise than the source.
fn written(date: PartialDate, language: Language) -> String {
    const MONTHS: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    let month = date.month().and_then(|month| MONTHS.get(usize::from(month) - 1));
    match (language, month, date.day()) {
        (Language::En, _, _) => date.to_string(),
        (Language::Fr, None, _) => date.year().to_string(),
        (Language::Fr, Some(month), None) => format!("{month} {}", date.year()),
        (Language::Fr, Some(month), Some(1)) => format!("1er {month} {}", date.year()),
        (Language::Fr, Some(month), Some(day)) => format!("{day} {month} {}", date.year()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_stand_as_each_language_writes_them() {
        let date = |text: &str| text.parse::<PartialDate>().expect("a date");
        let span = |since: &str, until: &str| When::Span { since: Some(date(since)), until: Some(date(until)) };
        let table = [
            (RelationshipKind::Signed, When::On(date("2016-10-30")), " on 2016-10-30", " le 30 octobre 2016"),
            (RelationshipKind::Signed, When::On(date("2025-10")), " in 2025-10", " en octobre 2025"),
            (RelationshipKind::Launched, When::On(date("2005")), " in 2005", " en 2005"),
            (RelationshipKind::Hosts, When::On(date("2025-06")), " (2025-06)", " (juin 2025)"),
            (
                RelationshipKind::PartyTo,
                When::On(date("2023-09-28")),
                " (since 2023-09-28)",
                " (depuis le 28 septembre 2023)",
            ),
            (
                RelationshipKind::MemberOf,
                When::On(date("1958-01-01")),
                " (since 1958-01-01)",
                " (depuis le 1er janvier 1958)",
            ),
            (RelationshipKind::MemberOf, When::On(date("1997")), " (since 1997)", " (depuis 1997)"),
            (
                RelationshipKind::MemberOf,
                span("2022-08", "2026-02-04"),
                " (from 2022-08 to 2026-02-04)",
                " (d'août 2022 au 4 février 2026)",
            ),
            (
                RelationshipKind::MemberOf,
                span("2022-06-01", "2026"),
                " (from 2022-06-01 to 2026)",
                " (du 1er juin 2022 à 2026)",
            ),
            (
                RelationshipKind::Covers,
                When::Span { since: None, until: Some(date("2026-02")) },
                " (until 2026-02)",
                " (jusqu'en février 2026)",
            ),
            (RelationshipKind::Covers, When::Undated, "", ""),
        ];
        for (kind, told, english, french) in table {
            assert_eq!(when(kind, false, told, Language::En), english);
            assert_eq!(when(kind, false, told, Language::Fr), french);
        }
    }
}
