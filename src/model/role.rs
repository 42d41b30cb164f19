//! As what a subject stands in a relationship, and how sure a statement is.

use serde::Deserialize;

use super::{RelationshipKind, When};

/// As what the subject of a relationship stands in it, where its sources say more than the kind does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[repr(u8)]
pub enum Role {
    /// Participates under an arrangement short of membership.
    Associate,
    /// Was present at a meeting, which says nothing of membership.
    Attendee,
    /// Chairs the body or one of its meetings.
    Chair,
    /// Commended the other in public, on a date.
    Commendation,
    /// May take part or be funded under stated conditions.
    Eligible,
    /// Comes after the other in time and does not replace it, as far as the sources say.
    FollowUp,
    /// Funds the other.
    Funder,
    /// Hosts the body or one of its meetings.
    Host,
    /// Was invited to join.
    Invited,
    /// Launched the other together with others.
    Joint,
    /// Participates as of right, in a body of which nobody is formally a member.
    Member,
    /// Observes.
    Observer,
    /// Is named as a partner.
    Partner,
    /// Confirmed the other in public, on a date.
    Reaffirmation,
    /// Received support.
    Recipient,
    /// Replaces the other.
    Replacement,
    /// Houses the secretariat.
    Secretariat,
}

impl Role {
    /// Every role, in the order of their names.
    pub const ALL: [Self; 17] = [
        Self::Associate,
        Self::Attendee,
        Self::Chair,
        Self::Commendation,
        Self::Eligible,
        Self::FollowUp,
        Self::Funder,
        Self::Host,
        Self::Invited,
        Self::Joint,
        Self::Member,
        Self::Observer,
        Self::Partner,
        Self::Reaffirmation,
        Self::Recipient,
        Self::Replacement,
        Self::Secretariat,
    ];

    /// The name in the API: `FOLLOW_UP`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Associate => "ASSOCIATE",
            Self::Attendee => "ATTENDEE",
            Self::Chair => "CHAIR",
            Self::Commendation => "COMMENDATION",
            Self::Eligible => "ELIGIBLE",
            Self::FollowUp => "FOLLOW_UP",
            Self::Funder => "FUNDER",
            Self::Host => "HOST",
            Self::Invited => "INVITED",
            Self::Joint => "JOINT",
            Self::Member => "MEMBER",
            Self::Observer => "OBSERVER",
            Self::Partner => "PARTNER",
            Self::Reaffirmation => "REAFFIRMATION",
            Self::Recipient => "RECIPIENT",
            Self::Replacement => "REPLACEMENT",
            Self::Secretariat => "SECRETARIAT",
        }
    }

    /// The kind of relationship that has this role.
    pub fn kind(self) -> RelationshipKind {
        match self {
            Self::Associate
            | Self::Attendee
            | Self::Eligible
            | Self::Invited
            | Self::Member
            | Self::Observer
            | Self::Partner
            | Self::Recipient => RelationshipKind::ParticipatesIn,
            Self::Chair | Self::Host | Self::Secretariat => RelationshipKind::Hosts,
            Self::Commendation | Self::Funder | Self::Reaffirmation => RelationshipKind::Supports,
            Self::FollowUp | Self::Replacement => RelationshipKind::Succeeds,
            Self::Joint => RelationshipKind::Launched,
        }
    }

    /// Whether it tells of an act of one day, which does not go on. To host, chair, observe or replace is one
    /// where it is said to have happened on a date, and a state where it is said to last.
    pub fn is_act(self, when: When) -> bool {
        match self {
            Self::Attendee
            | Self::Commendation
            | Self::Invited
            | Self::Joint
            | Self::Reaffirmation
            | Self::Recipient => true,
            Self::Chair | Self::Host | Self::Observer | Self::Replacement => matches!(when, When::On(_)),
            Self::Associate
            | Self::Eligible
            | Self::FollowUp
            | Self::Funder
            | Self::Member
            | Self::Partner
            | Self::Secretariat => false,
        }
    }
}

/// How sure a statement is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[repr(u8)]
pub enum StatementCertainty {
    /// The cited sources say so.
    #[default]
    Stated,
    /// The cited source reports what another one says, which was not read.
    SecondHand,
    /// Concluded by us from what the cited sources say.
    Inferred,
}

impl StatementCertainty {
    /// Every degree, the surest first.
    pub const ALL: [Self; 3] = [Self::Stated, Self::SecondHand, Self::Inferred];

    /// The name in the API: `SECOND_HAND`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stated => "STATED",
            Self::SecondHand => "SECOND_HAND",
            Self::Inferred => "INFERRED",
        }
    }
}
