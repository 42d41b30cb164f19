//! Sentences that say what a relationship or a path says, ready to quote in either language.

use super::written::{behind, written};
use super::{NodeRef, RelationshipRef, Tense, role_verb};
use crate::model::{
    DateInterval, EnglishArticle, FrenchArticle, Language, Nature, NodeKind, PartialDate, RelationshipKind, Role,
};

impl RelationshipRef<'_> {
    /// The relationship as a sentence, in the tense of the day its view speaks of: `France is a party to the
    /// Canada–France Bilateral Dialogue on Critical Minerals (since September 2023).`, `Canada was a member
    /// of the Minerals Security Partnership from June 2022 to 4 February 2026.` Names stand as they are
    /// written; dates are no more precise than the source.
    pub fn sentence(self, language: Language) -> String {
        format!("{}.", capitalized(&self.clause(language)))
    }

    /// The sentence without its capital and full stop, to be joined with others.
    pub(super) fn clause(self, language: Language) -> String {
        let (subject, object) = (self.from(), self.to());
        let told = Told { kind: self.kind(), role: self.role(), nature: self.nature(), tense: self.tense() };
        let when = told.when(self.interval(), language);
        match language {
            Language::En => {
                let verb = told.english_verb(subject.data().name.plural);
                format!("{} {verb} {}{when}", english(subject), english(object))
            }
            Language::Fr => {
                let plural = subject.data().name.french_article == Some(FrenchArticle::Les);
                let (verb, preposition) = told.french_verb(plural);
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

/// What is told of a relationship: its kind, whether it lasts or happened, and how it stands to the day.
#[derive(Clone, Copy)]
struct Told {
    kind: RelationshipKind,
    role: Option<Role>,
    nature: Nature,
    tense: Tense,
}

/// A verb for one subject and for several: now, before, and after `is to`. What a text says it says for as
/// long as it can be read, so such verbs stay in the present.
pub(super) struct Verb {
    /// As it is now: `chairs`, `chair`.
    pub(super) present: [&'static str; 2],
    /// As it was: `chaired`.
    pub(super) past: [&'static str; 2],
    /// Behind `is to`: `chair`.
    pub(super) infinitive: [&'static str; 2],
}

impl Verb {
    /// In a tense; `future` is what stands before the infinitive.
    fn tensed(&self, tense: Tense, plural: bool, future: [&str; 2]) -> String {
        let number = usize::from(plural);
        match tense {
            Tense::Past => self.past[number].to_owned(),
            Tense::Present => self.present[number].to_owned(),
            Tense::Future => format!("{}{}", future[number], self.infinitive[number]),
        }
    }
}

impl Told {
    fn english_verb(self, plural: bool) -> String {
        let verb = self.role.map_or_else(|| self.english_verb_of_kind(), role_verb::english);
        verb.tensed(self.tense, plural, ["is to ", "are to "])
    }

    fn english_verb_of_kind(self) -> Verb {
        let verb = |present, past, infinitive| Verb { present, past, infinitive };
        let plain = |present: [&'static str; 2], past| verb(present, [past; 2], [present[1]; 2]);
        match self.kind {
            RelationshipKind::Administers => plain(["administers", "administer"], "administered"),
            RelationshipKind::BuildsOn => verb(["builds on", "build on"], ["builds on", "build on"], ["build on"; 2]),
            RelationshipKind::Covers => plain(["covers", "cover"], "covered"),
            RelationshipKind::Hosts => plain(["hosts or chairs", "host or chair"], "hosted or chaired"),
            RelationshipKind::Launched => plain(["launches", "launch"], "launched"),
            RelationshipKind::MemberOf => verb(
                ["is a member of", "are members of"],
                ["was a member of", "were members of"],
                ["be a member of", "be members of"],
            ),
            RelationshipKind::NegotiatedUnder => verb(
                ["is negotiated under", "are negotiated under"],
                ["was negotiated under", "were negotiated under"],
                ["be negotiated under"; 2],
            ),
            RelationshipKind::PartOf => {
                verb(["is part of", "are part of"], ["was part of", "were part of"], ["be part of"; 2])
            }
            RelationshipKind::ParticipatesIn => plain(["takes part in", "take part in"], "took part in"),
            RelationshipKind::PartyTo => verb(
                ["is a party to", "are parties to"],
                ["was a party to", "were parties to"],
                ["be a party to", "be parties to"],
            ),
            RelationshipKind::RefersTo => verb(["refers to", "refer to"], ["refers to", "refer to"], ["refer to"; 2]),
            RelationshipKind::Signed => plain(["signs", "sign"], "signed"),
            RelationshipKind::Succeeds => {
                verb(["comes after", "come after"], ["comes after", "come after"], ["come after"; 2])
            }
            RelationshipKind::Supports => plain(["supports", "support"], "supported"),
            RelationshipKind::UsesAlternativeTo => {
                plain(["uses an alternative to", "use an alternative to"], "used an alternative to")
            }
        }
    }

    /// The verb, and the preposition that follows it. Written so that no participle must agree in gender.
    fn french_verb(self, plural: bool) -> (String, Preposition) {
        let (verb, preposition) = self.role.map_or_else(|| self.french_verb_of_kind(), role_verb::french);
        (verb.tensed(self.tense, plural, ["doit ", "doivent "]), preposition)
    }

    fn french_verb_of_kind(self) -> (Verb, Preposition) {
        use Preposition::{A, De, None};
        let verb = |present, past, infinitive| Verb { present, past, infinitive };
        match self.kind {
            RelationshipKind::Administers => {
                (verb(["administre", "administrent"], ["a administré", "ont administré"], ["administrer"; 2]), None)
            }
            RelationshipKind::BuildsOn => {
                let present = ["s'appuie sur", "s'appuient sur"];
                (verb(present, present, ["s'appuyer sur"; 2]), None)
            }
            RelationshipKind::Covers => {
                let infinitive = ["avoir pour thème"; 2];
                (verb(["a pour thème", "ont pour thème"], ["a eu pour thème", "ont eu pour thème"], infinitive), None)
            }
            RelationshipKind::Hosts => (
                verb(
                    ["accueille ou préside", "accueillent ou président"],
                    ["a accueilli ou présidé", "ont accueilli ou présidé"],
                    ["accueillir ou présider"; 2],
                ),
                None,
            ),
            RelationshipKind::Launched => (verb(["lance", "lancent"], ["a lancé", "ont lancé"], ["lancer"; 2]), None),
            RelationshipKind::MemberOf => (
                verb(
                    ["est membre", "sont membres"],
                    ["a été membre", "ont été membres"],
                    ["être membre", "être membres"],
                ),
                De,
            ),
            RelationshipKind::NegotiatedUnder => {
                let present = ["s'inscrit dans le cadre", "s'inscrivent dans le cadre"];
                (verb(present, present, ["s'inscrire dans le cadre"; 2]), De)
            }
            RelationshipKind::PartOf => {
                (verb(["fait partie", "font partie"], ["a fait partie", "ont fait partie"], ["faire partie"; 2]), De)
            }
            RelationshipKind::ParticipatesIn => {
                (verb(["participe", "participent"], ["a participé", "ont participé"], ["participer"; 2]), A)
            }
            RelationshipKind::PartyTo => (
                verb(
                    ["est partie", "sont parties"],
                    ["a été partie", "ont été parties"],
                    ["être partie", "être parties"],
                ),
                A,
            ),
            RelationshipKind::RefersTo => {
                let present = ["mentionne", "mentionnent"];
                (verb(present, present, ["mentionner"; 2]), None)
            }
            RelationshipKind::Signed => (verb(["signe", "signent"], ["a signé", "ont signé"], ["signer"; 2]), None),
            RelationshipKind::Succeeds => {
                let present = ["fait suite", "font suite"];
                (verb(present, present, ["faire suite"; 2]), A)
            }
            RelationshipKind::Supports => {
                (verb(["appuie", "appuient"], ["a appuyé", "ont appuyé"], ["appuyer"; 2]), None)
            }
            RelationshipKind::UsesAlternativeTo => (
                verb(
                    ["recourt à une solution de rechange", "recourent à une solution de rechange"],
                    ["a recouru à une solution de rechange", "ont recouru à une solution de rechange"],
                    ["recourir à une solution de rechange"; 2],
                ),
                A,
            ),
        }
    }

    /// Whether it is what a text says.
    fn is_of_a_text(self) -> bool {
        matches!(self.kind, RelationshipKind::BuildsOn | RelationshipKind::RefersTo | RelationshipKind::Succeeds)
    }

    /// When: ` on 6 March 2023`, ` (since September 2023)`, ` from June 2022 to 4 February 2026`.
    fn when(self, DateInterval { start, end }: DateInterval, language: Language) -> String {
        match (self.nature, self.tense) {
            (Nature::Event, _) => match start {
                Some(date) if self.is_of_a_text() => format!(" ({})", written(date, language)),
                Some(date) => happened(date, language),
                None => String::new(),
            },
            (Nature::State, Tense::Past | Tense::Future) => from_until(start, end, language),
            (Nature::State, Tense::Present) => match (start, end) {
                (None, None) => String::new(),
                (Some(since), None) => match language {
                    Language::En => format!(" (since {})", written(since, language)),
                    Language::Fr => format!(" (depuis {})", behind(since, "le ", "")),
                },
                (_, Some(_)) => format!(" ({})", from_until(start, end, language).trim_start()),
            },
        }
    }
}

/// What a French verb puts before its object.
#[derive(Clone, Copy)]
pub(super) enum Preposition {
    None,
    A,
    De,
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

/// From when to when, of what is over or has an end.
fn from_until(since: Option<PartialDate>, until: Option<PartialDate>, language: Language) -> String {
    match (since, until, language) {
        (None, None, _) => String::new(),
        (Some(since), None, Language::En) => format!(" from {}", written(since, language)),
        (None, Some(until), Language::En) => format!(" until {}", written(until, language)),
        (Some(since), Some(until), Language::En) => {
            format!(" from {} to {}", written(since, language), written(until, language))
        }
        (Some(since), None, Language::Fr) => format!(" à partir {}", behind(since, "du ", "de ")),
        (None, Some(until), Language::Fr) => format!(" jusqu'{}", behind(until, "au ", "en ")),
        (Some(since), Some(until), Language::Fr) => {
            format!(" {} {}", behind(since, "du ", "de "), behind(until, "au ", "à "))
        }
    }
}

/// When something happened.
fn happened(date: PartialDate, language: Language) -> String {
    match (language, date.day()) {
        (Language::En, Some(_)) => format!(" on {}", written(date, language)),
        (Language::En, None) => format!(" in {}", written(date, language)),
        (Language::Fr, _) => format!(" {}", behind(date, "le ", "en ")),
    }
}

#[cfg(test)]
mod tests;
