//! The life cycle of an agreement, an initiative or a forum.

use super::{Citation, Citations, Localized, PartialDate};

/// What happened to it. The order is that of a life: see [`AgreementStatus`](super::AgreementStatus).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

impl EventKind {
    /// Every kind, in the order of a life.
    pub const ALL: [Self; 12] = [
        Self::Announced,
        Self::Endorsed,
        Self::Signed,
        Self::Launched,
        Self::ProvisionallyApplied,
        Self::InEffect,
        Self::InForce,
        Self::Listed,
        Self::Reaffirmed,
        Self::Renewed,
        Self::Superseded,
        Self::Ended,
    ];

    /// The name in the API: `IN_FORCE`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Announced => "ANNOUNCED",
            Self::Endorsed => "ENDORSED",
            Self::Signed => "SIGNED",
            Self::Launched => "LAUNCHED",
            Self::ProvisionallyApplied => "PROVISIONALLY_APPLIED",
            Self::InEffect => "IN_EFFECT",
            Self::InForce => "IN_FORCE",
            Self::Listed => "LISTED",
            Self::Reaffirmed => "REAFFIRMED",
            Self::Renewed => "RENEWED",
            Self::Superseded => "SUPERSEDED",
            Self::Ended => "ENDED",
        }
    }

    /// The part it has in a life.
    pub fn part(self) -> Part {
        match self {
            Self::Announced
            | Self::Endorsed
            | Self::Signed
            | Self::Launched
            | Self::ProvisionallyApplied
            | Self::InForce => Part::Begins,
            Self::InEffect | Self::Listed | Self::Reaffirmed | Self::Renewed => Part::Confirms,
            Self::Superseded | Self::Ended => Part::Ends,
        }
    }

    /// Whether it ends the life.
    pub fn is_end(self) -> bool {
        self.part() == Part::Ends
    }
}

/// The part an event has in a life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The life may have begun with it.
    Begins,
    /// It says that something goes on which had begun before, so it is never a beginning.
    Confirms,
    /// It ends the life.
    Ends,
}

/// One event of a life cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LifeCycleEvent {
    /// What happened.
    pub kind: EventKind,
    /// When, as precisely as the source says; none where no source gives a date.
    pub date: Option<PartialDate>,
    /// Where.
    pub place: Option<Box<Localized>>,
    /// At what meeting or visit.
    pub occasion: Option<Box<Localized>>,
    /// What else the source says of it.
    pub note: Option<Box<Localized>>,
    /// The sources; where none are given, those of the node stand for it.
    pub citations: Citations,
}

impl LifeCycleEvent {
    /// Its sources, or `of_node` where none are given.
    pub fn citations_or<'a>(&'a self, of_node: &'a [Citation]) -> &'a [Citation] {
        if self.citations.is_empty() { of_node } else { &self.citations }
    }
}
