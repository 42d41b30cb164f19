//! The closed lists of words of the API, and the scalar for dates.

use async_graphql::{Enum, InputValueError, InputValueResult, Scalar, ScalarType, Value};

use crate::{graph, model};

/// An ISO 8601 calendar date of reduced precision, no more precise than its source: `2023`,
/// `2023-09` or `2023-09-28`. A vague date stands for every day it may mean.
#[derive(Clone, Copy)]
pub struct PartialDate(pub model::PartialDate);

/// An ISO 8601 calendar date of reduced precision, no more precise than its source: `2023`,
/// `2023-09` or `2023-09-28`. A vague date stands for every day it may mean.
#[Scalar(name = "PartialDate", specified_by_url = "https://www.iso.org/iso-8601-date-and-time-format.html")]
impl ScalarType for PartialDate {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => text.parse().map(Self).map_err(InputValueError::custom),
            Value::Null
            | Value::Number(_)
            | Value::Boolean(_)
            | Value::Binary(_)
            | Value::Enum(_)
            | Value::List(_)
            | Value::Object(_) => Err(InputValueError::custom(model::InvalidDate)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A language of the answers.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Language")]
pub enum Language {
    /// English.
    En,
    /// French.
    Fr,
}

/// What kind of thing a node is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::NodeKind")]
pub enum NodeKind {
    /// A written arrangement between parties, such as a memorandum or a partnership.
    Agreement,
    /// A state, such as `germany`.
    Country,
    /// A place where states or others meet, such as `g7`.
    Forum,
    /// An Indigenous people or nation, or several together, such as `inuit`.
    IndigenousPeople,
    /// A strategy, programme, plan or alliance, such as `g7-critical-minerals-action-plan`.
    Initiative,
    /// A province, a territory or another part of a state with a government of its own, such as `quebec`.
    Jurisdiction,
    /// A body: a department, a union of states, a bank, an institute, such as `european-union`.
    Organization,
    /// An aim or an area of cooperation, such as `theme-supply-chain-resilience`.
    Theme,
}

/// How one node stands to another, read from its subject: Germany SIGNED the declaration.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::RelationshipKind")]
pub enum RelationshipKind {
    /// Runs the programme, service or initiative.
    Administers,
    /// A source says that it builds on, follows from, recalls or is aligned with the other.
    BuildsOn,
    /// Has the theme as an aim or an area of cooperation.
    Covers,
    /// Hosts or chairs the body, one of its meetings, or its secretariat.
    Hosts,
    /// Created or released it.
    Launched,
    /// Belongs to the body.
    MemberOf,
    /// Was negotiated or set up within the framework of the other.
    NegotiatedUnder,
    /// Is a component of the other: a body of a country, a fund of a strategy, a dialogue of an agreement.
    PartOf,
    /// Takes part without (known) membership.
    ParticipatesIn,
    /// Takes part in an agreement that was announced, endorsed or published rather than signed, or
    /// whose signature is not stated.
    PartyTo,
    /// Mentions the other without resting on it.
    RefersTo,
    /// Signed the agreement.
    Signed,
    /// Comes after the other and replaces it or simply follows it; the note says which.
    Succeeds,
    /// Funds, serves, reaffirms or is meant to advance the other.
    Supports,
    /// Has a mechanism of its own instead of the other.
    UsesAlternativeTo,
}

/// Which way relationships are followed.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::Direction")]
pub enum Direction {
    /// As it is stated: from France to the dialogue that France SIGNED.
    Out,
    /// Against the way it is stated: from the dialogue to its signatories.
    In,
    /// Either way.
    Any,
}

/// How to answer when a date is vaguer than the question.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Certainty")]
pub enum Certainty {
    /// Only what must hold, whichever days the vague dates mean. What is not dated does not count.
    Certain,
    /// What can hold, for some of the days the vague dates may mean. What is not dated counts.
    Possible,
}

/// The form of an agreement, as its title or its sources name it.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Instrument")]
pub enum Instrument {
    /// A plan of action.
    ActionPlan,
    /// A bilateral dialogue.
    BilateralDialogue,
    /// A plan of action drawn up together.
    JointActionPlan,
    /// A joint declaration of intent.
    JointDeclarationOfIntent,
    /// A joint statement.
    JointStatement,
    /// A joint statement of intent.
    JointStatementOfIntent,
    /// A letter of intent.
    LetterOfIntent,
    /// A memorandum of cooperation.
    MemorandumOfCooperation,
    /// A memorandum of understanding.
    MemorandumOfUnderstanding,
    /// A partnership.
    Partnership,
    /// A roadmap.
    Roadmap,
    /// Several agreements made together.
    SetOfAgreements,
    /// A strategic partnership.
    StrategicPartnership,
    /// A trade agreement.
    TradeAgreement,
}

/// The furthest stage an agreement has reached.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::AgreementStatus")]
pub enum AgreementStatus {
    /// No event is known to have happened by then.
    Unknown,
    /// Made public, without a statement that it was signed.
    Announced,
    /// Endorsed by leaders or ministers.
    Endorsed,
    /// Signed.
    Signed,
    /// Applied before its entry into force.
    ProvisionallyApplied,
    /// Reported to be in effect, or confirmed or renewed by its parties.
    InEffect,
    /// Entered into force.
    InForce,
    /// Replaced by something else.
    Superseded,
    /// Ended.
    Ended,
}

/// What happened in the life of an agreement, an initiative or a forum.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::EventKind")]
pub enum EventKind {
    /// Made public, without a statement that it was signed.
    Announced,
    /// Endorsed by leaders or ministers.
    Endorsed,
    /// Signed.
    Signed,
    /// Created or released.
    Launched,
    /// Applied before its entry into force.
    ProvisionallyApplied,
    /// Reported to be in effect.
    InEffect,
    /// Entered into force.
    InForce,
    /// Publicly confirmed by its parties.
    Reaffirmed,
    /// Renewed or extended.
    Renewed,
    /// Replaced by something else.
    Superseded,
    /// Ended.
    Ended,
}

/// What kind of body an organization is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::OrganizationType")]
pub enum OrganizationType {
    /// A ministry or department of a government.
    GovernmentDepartment,
    /// Another body of a government.
    GovernmentBody,
    /// A union of states, such as `european-union`.
    Union,
    /// A body of a union of states, such as `european-commission`.
    UnionBody,
    /// An organization whose members are states, such as `iea`.
    InternationalOrganization,
    /// A development bank.
    DevelopmentBank,
    /// A research institute.
    ResearchInstitute,
}

/// What kind of part of a state a jurisdiction is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::JurisdictionType")]
pub enum JurisdictionType {
    /// A province.
    Province,
    /// A territory.
    Territory,
    /// An autonomous territory.
    AutonomousTerritory,
}

/// What sort of name a name is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind {
    /// The official name, or the name its sources use.
    Official,
    /// Shortened from an official name.
    Short,
    /// Initials, such as `G7`.
    Acronym,
    /// Another wording in use.
    Variant,
    /// A name no longer in use.
    Former,
    /// The words a source describes it with, where it has no title.
    Descriptive,
    /// Our translation; not an official name.
    TranslatedByUs,
}

/// Whether sources agree on a fact.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::FactStatus")]
pub enum FactStatus {
    /// Stated by its sources.
    Stated,
    /// One of several values that sources give; every one of them is listed.
    Disputed,
    /// Worked out or translated by us from what the sources state.
    Derived,
}

/// What lists of nodes are ordered by. Equal ones are ordered by id.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::NodeOrderField")]
pub enum NodeOrderField {
    /// By name, as a dictionary of the request's language orders them: é next to e.
    Name,
    /// By the first life-cycle event; the vaguer date first, nodes without a date last in both directions.
    Date,
    /// By kind.
    Kind,
    /// By the number of relationships.
    Degree,
    /// By id.
    Id,
}

/// Which end of the order comes first.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortDirection {
    /// Smallest, earliest or first in the alphabet first.
    Asc,
    /// Largest, latest or last in the alphabet first.
    Desc,
}

/// Whether some or none of the neighbours must fit.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::Quantifier")]
pub enum Quantifier {
    /// At least one must.
    Some,
    /// None may.
    None,
}

/// What nodes can be counted by.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::GroupKey")]
pub enum GroupKey {
    /// The kind of node.
    Kind,
    /// The form of an agreement.
    Instrument,
    /// The furthest stage an agreement has reached.
    Status,
    /// The year of the first dated life-cycle event; nodes without one are not counted.
    Year,
    /// Each party to an agreement, whether it signed or is party to it.
    Party,
    /// Each theme that is covered.
    Theme,
    /// Each kind of relationship the node stands in, in either direction.
    RelationshipKind,
    /// Each source that the fact sheet cites.
    Source,
}

/// A style of citations, ready to paste.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::CitationStyle")]
pub enum CitationStyle {
    /// A reference in the style of the American Psychological Association, 7th edition:
    /// `Government of Canada. (2026, January 22). Our critical minerals strategic partnerships. https://…`
    Apa,
    /// A note of The Chicago Manual of Style (notes and bibliography, not author-date):
    /// `Government of Canada, “Our critical minerals strategic partnerships,” January 22, 2026, https://….`
    Chicago,
    /// An entry for BibTeX and LaTeX, `@misc{goc-partnerships-2026-01-22, …}`; its key is the id of the source.
    Bibtex,
    /// An item of CSL JSON, which Zotero, Pandoc and others read: `{"id": "goc-partnerships-2026-01-22", "type": "webpage", …}`.
    CslJson,
}

/// What sort of text a search found a node by.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::TextKind")]
pub enum TextKind {
    /// Its name, as `Germany` or `Allemagne`.
    Name,
    /// An acronym that a source states, as `EU`.
    Acronym,
    /// A shorter form of its name.
    Short,
    /// Another wording of its name, as `Métis Nation`.
    Variant,
    /// A name no longer in use.
    Former,
    /// Its ISO 3166 code, as `DE` or `CA-QC`.
    Code,
    /// Its id, as `canada-eu-raw-materials-partnership`.
    Id,
    /// The initials of its name, which no source states as an acronym: `CMPA` for the Critical
    /// Minerals Production Alliance.
    Initials,
    /// A mineral that the agreement names, as `lithium`.
    Mineral,
    /// The place of an event of its life, as `Kananaskis, Alberta`.
    Place,
    /// The meeting or visit at which an event of its life took place.
    Occasion,
    /// Its summary, in our own words.
    Summary,
}

/// How a text fits what was searched for, the best first. Of several words the worst tells.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::MatchReason")]
pub enum MatchReason {
    /// It is what was typed; accents, case and punctuation apart: `etats unis` is `États-Unis`.
    Exact,
    /// It has the words as typed.
    Words,
    /// It has the words with other endings: `partners` for `partnership` does not count, `mineral` for
    /// `minerals` does.
    Stem,
    /// It, or one of its words, begins with what was typed: `germ` for `Germany`.
    Prefix,
    /// Its words begin with the letters typed: `CMPA` for the Critical Minerals Production Alliance.
    Initials,
    /// It has words that differ by one or two letters: `Allemange` for `Allemagne`.
    Typo,
}
