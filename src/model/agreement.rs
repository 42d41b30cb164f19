//! What only agreements have.

use serde::Deserialize;

use super::{Citations, EventKind, Localized, NodeId};

/// The form of an agreement, as its title or its sources name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[allow(missing_docs)] // each says its own name
pub enum Instrument {
    ActionPlan,
    BilateralDialogue,
    JointActionPlan,
    JointDeclarationOfIntent,
    JointStatement,
    JointStatementOfIntent,
    LetterOfIntent,
    MemorandumOfCooperation,
    MemorandumOfUnderstanding,
    Partnership,
    Roadmap,
    SetOfAgreements,
    StrategicPartnership,
    TradeAgreement,
}

impl Instrument {
    /// Every form.
    pub const ALL: [Self; 14] = [
        Self::ActionPlan,
        Self::BilateralDialogue,
        Self::JointActionPlan,
        Self::JointDeclarationOfIntent,
        Self::JointStatement,
        Self::JointStatementOfIntent,
        Self::LetterOfIntent,
        Self::MemorandumOfCooperation,
        Self::MemorandumOfUnderstanding,
        Self::Partnership,
        Self::Roadmap,
        Self::SetOfAgreements,
        Self::StrategicPartnership,
        Self::TradeAgreement,
    ];
}

/// The furthest stage an agreement has reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgreementStatus {
    /// No event is known to have happened by then.
    Unknown,
    /// Made public.
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

impl AgreementStatus {
    /// Every stage, the furthest last.
    pub const ALL: [Self; 9] = [
        Self::Unknown,
        Self::Announced,
        Self::Endorsed,
        Self::Signed,
        Self::ProvisionallyApplied,
        Self::InEffect,
        Self::InForce,
        Self::Superseded,
        Self::Ended,
    ];

    /// The name in the API: `IN_FORCE`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "UNKNOWN",
            Self::Announced => "ANNOUNCED",
            Self::Endorsed => "ENDORSED",
            Self::Signed => "SIGNED",
            Self::ProvisionallyApplied => "PROVISIONALLY_APPLIED",
            Self::InEffect => "IN_EFFECT",
            Self::InForce => "IN_FORCE",
            Self::Superseded => "SUPERSEDED",
            Self::Ended => "ENDED",
        }
    }

    /// The stage that an event of `kind` brings an agreement to. A confirmation or renewal says that
    /// it is in effect.
    pub fn after(kind: EventKind) -> Self {
        match kind {
            EventKind::Announced | EventKind::Launched => Self::Announced,
            EventKind::Endorsed => Self::Endorsed,
            EventKind::Signed => Self::Signed,
            EventKind::ProvisionallyApplied => Self::ProvisionallyApplied,
            EventKind::InEffect | EventKind::Listed | EventKind::Reaffirmed | EventKind::Renewed => Self::InEffect,
            EventKind::InForce => Self::InForce,
            EventKind::Superseded => Self::Superseded,
            EventKind::Ended => Self::Ended,
        }
    }
}

/// Whether an agreement binds its parties in law.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum BindingForce {
    /// No source says.
    #[default]
    Unknown,
    /// It binds them.
    Binding,
    /// It says of itself, or a source says, that it does not.
    NonBinding,
}

impl BindingForce {
    /// The name in the API: `NON_BINDING`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "UNKNOWN",
            Self::Binding => "BINDING",
            Self::NonBinding => "NON_BINDING",
        }
    }
}

/// Whether an agreement binds its parties, and who says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Binding {
    /// Whether it does.
    pub force: BindingForce,
    /// The clauses or reports that say so; none where nobody does.
    pub citations: Citations,
}

/// A holder of an office who signed for a party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// The party signed for.
    pub party: NodeId,
    /// The name, as the sources print it.
    pub name: Box<str>,
    /// The office held at that time.
    pub office: Localized,
    /// Who says so; at least one.
    pub citations: Citations,
}

/// What an agreement's fact sheet says beyond what every node has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementDetails {
    /// Its form.
    pub instrument: Instrument,
    /// Whether it binds its parties.
    pub binding: Binding,
    /// What it says of its own binding force.
    pub legal_status: Option<Box<Localized>>,
    /// Who signed for whom, where that is known.
    pub signers: Box<[Signer]>,
    /// What the sources say of its standing.
    pub standing: Option<Box<Localized>>,
    /// The minerals it names.
    pub minerals: Box<[Localized]>,
}
