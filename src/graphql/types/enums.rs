//! The closed lists of words in which facts are stated, and the scalar for dates.

use std::io::Write;

use async_graphql::{Enum, InputValueError, InputValueResult, Scalar, ScalarType, Value};

pub use super::options::*;
use crate::graphql::json::{Scalar, write_enum};
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

impl Scalar for PartialDate {
    fn write(&self, json: &mut Vec<u8>) {
        // It has nothing to be escaped, and memory takes whatever is written.
        let _ = write!(json, "\"{}\"", self.0);
    }
}

/// Lets values of enums be written.
macro_rules! scalars {
    ($($name:ident),*) => {
        $(impl Scalar for $name {
            fn write(&self, json: &mut Vec<u8>) {
                write_enum(*self, json);
            }
        })*
    };
}
scalars! { AgreementStatus, Instrument, NodeKind, RelationshipKind }

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

/// How one node stands to another, read from its subject: Germany SIGNED the declaration. Each kind is a
/// state, which holds from a day and until another, or an event, which happened and stays so.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::RelationshipKind")]
pub enum RelationshipKind {
    /// Runs the programme, service or initiative. A state.
    Administers,
    /// A source says that it builds on, follows from, recalls or is aligned with the other. An event.
    BuildsOn,
    /// Has the theme as an aim or an area of cooperation. A state.
    Covers,
    /// Hosts or chairs the body or one of its meetings, or houses its secretariat: `role` says which. A state; a meeting hosted on a date is an event.
    Hosts,
    /// Created or released it. An event.
    Launched,
    /// Belongs to the body. A state.
    MemberOf,
    /// Was negotiated or set up within the framework of the other. An event.
    NegotiatedUnder,
    /// Is a component of the other: a body of a country, a fund of a strategy, a dialogue of an agreement. A state.
    PartOf,
    /// Takes part without (known) membership. A state.
    ParticipatesIn,
    /// Takes part in an agreement that was announced, endorsed or published rather than signed, or
    /// whose signature is not stated. A state.
    PartyTo,
    /// Mentions the other without resting on it. An event.
    RefersTo,
    /// Signed the agreement. An event.
    Signed,
    /// Comes after the other and replaces it or simply follows it: `role` says which. An event.
    Succeeds,
    /// Funds, serves, reaffirms or is meant to advance the other. A state.
    Supports,
    /// Has a mechanism of its own instead of the other. A state.
    UsesAlternativeTo,
}

/// Whether a relationship lasts or happened.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Nature")]
pub enum RelationshipNature {
    /// It holds from a day and until another. It holds no more once it ended, or one of its two ends did;
    /// one that begins later does not hold yet.
    State,
    /// It happened, or a text says it, and stays so whatever comes after.
    Event,
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
    /// Reported to be in effect, or listed as current, confirmed or renewed by a party.
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
    /// Listed among what is current by one of its parties.
    Listed,
    /// Publicly confirmed by its parties.
    Reaffirmed,
    /// Renewed or extended.
    Renewed,
    /// Replaced by something else.
    Superseded,
    /// Ended.
    Ended,
}

/// As what the subject of a relationship stands in it, where its sources say more than the kind does.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Role")]
pub enum Role {
    /// PARTICIPATES_IN: under an arrangement short of membership.
    Associate,
    /// PARTICIPATES_IN: was present at a meeting, which says nothing of membership.
    Attendee,
    /// HOSTS: chairs the body or one of its meetings.
    Chair,
    /// SUPPORTS: commended the other in public, on a date.
    Commendation,
    /// PARTICIPATES_IN: may take part or be funded under stated conditions.
    Eligible,
    /// SUCCEEDS: comes after the other in time and does not replace it, as far as the sources say.
    FollowUp,
    /// SUPPORTS: funds the other.
    Funder,
    /// HOSTS: hosts the body or one of its meetings.
    Host,
    /// PARTICIPATES_IN: was invited to join.
    Invited,
    /// LAUNCHED: together with others.
    Joint,
    /// PARTICIPATES_IN: as of right, in a body of which nobody is formally a member.
    Member,
    /// PARTICIPATES_IN: observes.
    Observer,
    /// PARTICIPATES_IN: is named as a partner.
    Partner,
    /// SUPPORTS: confirmed the other in public, on a date.
    Reaffirmation,
    /// PARTICIPATES_IN: received support.
    Recipient,
    /// SUCCEEDS: replaces the other.
    Replacement,
    /// HOSTS: houses the secretariat.
    Secretariat,
}

/// How sure a statement is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::StatementCertainty")]
pub enum StatementCertainty {
    /// The cited sources say so.
    Stated,
    /// The cited source reports what another one says, which was not read.
    SecondHand,
    /// Concluded by us from what the cited sources say.
    Inferred,
}

/// Whether an agreement binds its parties in law.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::BindingForce")]
pub enum BindingForce {
    /// No source says.
    Unknown,
    /// It binds them.
    Binding,
    /// It says of itself, or a source says, that it does not.
    NonBinding,
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

/// Whether the graph names all who belong to a body.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Completeness")]
pub enum Completeness {
    /// Every one of them is named.
    Complete,
    /// Some are known to be missing.
    Partial,
    /// No source says who or how many they are, so that nobody can tell.
    Unknown,
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
    /// What people say or type for it, though none of our sources does: an everyday name, an
    /// abbreviation, an adjective of nationality. It is for searching, and has no citations.
    Everyday,
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
