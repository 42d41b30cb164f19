//! RelationshipKind: the only list of relationship kinds, and which kinds of nodes each one joins.

use super::{Citations, DateInterval, Localized, NodeId, NodeKind, PartialDate, Role, StatementCertainty};

/// Every kind of relationship, read from its subject: Germany SIGNED the declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum RelationshipKind {
    /// Runs the programme, service or initiative.
    Administers,
    /// A source says it builds on, follows from, recalls or is aligned with the other.
    BuildsOn,
    /// Has the theme as an aim or area of cooperation.
    Covers,
    /// Hosts or chairs the body or one of its meetings, or houses its secretariat: its role says which.
    Hosts,
    /// Created or released it.
    Launched,
    /// Belongs to the body.
    MemberOf,
    /// Was negotiated or set up within the framework of the other.
    NegotiatedUnder,
    /// Is a component of the other.
    PartOf,
    /// Takes part without (known) membership.
    ParticipatesIn,
    /// Takes part in an agreement that was not signed, or whose signature is not stated.
    PartyTo,
    /// Mentions the other without resting on it.
    RefersTo,
    /// Signed it.
    Signed,
    /// Comes after the other and replaces or follows it: its role says which.
    Succeeds,
    /// Funds, serves, reaffirms or is meant to advance the other.
    Supports,
    /// Has a mechanism of its own instead of the other.
    UsesAlternativeTo,
}

/// Whether a relationship lasts or happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nature {
    /// It holds from a day and until another. It holds no more once it ended, or one of its ends did; one
    /// that begins later does not hold yet.
    State,
    /// It happened, or was said in a text, and stays so whatever comes after.
    Event,
}

/// Which of the two sheets states a relationship.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// The sheet of the node the relationship goes from.
    Subject,
    /// The sheet of the node it goes to: the agreement names its signatories, the body its members.
    Object,
}

use NodeKind::{Agreement, Country, Forum, IndigenousPeople, Initiative, Jurisdiction, Organization, Theme};

impl RelationshipKind {
    /// Every kind, in the order of their names.
    pub const ALL: [Self; 15] = [
        Self::Administers,
        Self::BuildsOn,
        Self::Covers,
        Self::Hosts,
        Self::Launched,
        Self::MemberOf,
        Self::NegotiatedUnder,
        Self::PartOf,
        Self::ParticipatesIn,
        Self::PartyTo,
        Self::RefersTo,
        Self::Signed,
        Self::Succeeds,
        Self::Supports,
        Self::UsesAlternativeTo,
    ];

    /// The kinds of nodes it may go from, and the kinds it may go to.
    pub fn signature(self) -> (&'static [NodeKind], &'static [NodeKind]) {
        const PARTY: &[NodeKind] = &[Country, IndigenousPeople, Jurisdiction, Organization];
        const BODY: &[NodeKind] = &[Forum, Initiative, Organization];
        const WORK: &[NodeKind] = &[Agreement, Forum, Initiative];
        const ALL: &[NodeKind] = &NodeKind::ALL;
        match self {
            Self::Administers => (PARTY, &[Forum, Initiative]),
            Self::BuildsOn | Self::RefersTo | Self::Succeeds | Self::NegotiatedUnder => (WORK, WORK),
            Self::Covers => (WORK, &[Theme]),
            Self::Hosts => (PARTY, &[Forum, Initiative]),
            Self::Launched => (&[Country, Forum, IndigenousPeople, Jurisdiction, Organization], &[Forum, Initiative]),
            Self::MemberOf => (PARTY, BODY),
            Self::PartOf => (&[Agreement, Forum, IndigenousPeople, Initiative, Jurisdiction, Organization], ALL),
            Self::ParticipatesIn => (PARTY, BODY),
            Self::PartyTo | Self::Signed => (PARTY, &[Agreement]),
            Self::Supports => {
                (&[Agreement, Country, Forum, IndigenousPeople, Initiative, Jurisdiction, Organization], WORK)
            }
            Self::UsesAlternativeTo => (PARTY, WORK),
        }
    }

    /// The name in the API: `BUILDS_ON`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Administers => "ADMINISTERS",
            Self::BuildsOn => "BUILDS_ON",
            Self::Covers => "COVERS",
            Self::Hosts => "HOSTS",
            Self::Launched => "LAUNCHED",
            Self::MemberOf => "MEMBER_OF",
            Self::NegotiatedUnder => "NEGOTIATED_UNDER",
            Self::PartOf => "PART_OF",
            Self::ParticipatesIn => "PARTICIPATES_IN",
            Self::PartyTo => "PARTY_TO",
            Self::RefersTo => "REFERS_TO",
            Self::Signed => "SIGNED",
            Self::Succeeds => "SUCCEEDS",
            Self::Supports => "SUPPORTS",
            Self::UsesAlternativeTo => "USES_ALTERNATIVE_TO",
        }
    }

    /// Which sheet states it, and the verb it is stated with there.
    pub fn home(self) -> (Home, &'static str) {
        match self {
            Self::Administers => (Home::Object, "AdministeredBy"),
            Self::BuildsOn => (Home::Subject, "BuildsOn"),
            Self::Covers => (Home::Subject, "Covers"),
            Self::Hosts => (Home::Object, "HostedBy"),
            Self::Launched => (Home::Object, "LaunchedBy"),
            Self::MemberOf => (Home::Object, "HasMember"),
            Self::NegotiatedUnder => (Home::Subject, "NegotiatedUnder"),
            Self::PartOf => (Home::Subject, "PartOf"),
            Self::ParticipatesIn => (Home::Object, "HasParticipant"),
            Self::PartyTo => (Home::Object, "HasParty"),
            Self::RefersTo => (Home::Subject, "RefersTo"),
            Self::Signed => (Home::Object, "SignedBy"),
            Self::Succeeds => (Home::Subject, "Succeeds"),
            Self::Supports => (Home::Subject, "Supports"),
            Self::UsesAlternativeTo => (Home::Subject, "UsesAlternativeTo"),
        }
    }

    /// Whether somebody can have signed for the subject of such relationships.
    pub fn has_signers(self) -> bool {
        matches!(self, Self::PartyTo | Self::Signed)
    }

    /// Whether such relationships last or happened. A meeting hosted on a date happened, though to host a
    /// body lasts: see [`Statement::nature`].
    pub fn nature(self) -> Nature {
        match self {
            Self::Administers
            | Self::Covers
            | Self::Hosts
            | Self::MemberOf
            | Self::PartOf
            | Self::ParticipatesIn
            | Self::PartyTo
            | Self::Supports
            | Self::UsesAlternativeTo => Nature::State,
            Self::BuildsOn
            | Self::Launched
            | Self::NegotiatedUnder
            | Self::RefersTo
            | Self::Signed
            | Self::Succeeds => Nature::Event,
        }
    }

    /// Whether a chain of such relationships must not come back to where it began.
    pub fn is_acyclic(self) -> bool {
        matches!(self, Self::BuildsOn | Self::Succeeds | Self::PartOf)
    }
}

/// When a relationship holds, in the terms of its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// No source dates it.
    Undated,
    /// It came about by something that happened on a date.
    On(PartialDate),
    /// It lasts, from a date and perhaps until another.
    Span {
        /// The beginning.
        since: Option<PartialDate>,
        /// The end, inclusive.
        until: Option<PartialDate>,
    },
}

impl When {
    /// The time in which a relationship of `kind` holds. What came about on a date goes on from there,
    /// save that a meeting hosted on a date ends with it.
    pub fn interval(self, kind: RelationshipKind) -> DateInterval {
        match self {
            Self::Undated => DateInterval::default(),
            Self::On(date) => {
                DateInterval { start: Some(date), end: (kind == RelationshipKind::Hosts).then_some(date) }
            }
            Self::Span { since, until } => DateInterval { start: since, end: until },
        }
    }
}

/// One relationship as a fact of its own: who, what, whom, when, and who says so. Its ends are ids, or
/// the places of nodes in a list in which each id has its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement<End = NodeId> {
    /// The kind.
    pub kind: RelationshipKind,
    /// The subject.
    pub from: End,
    /// The object.
    pub to: End,
    /// When.
    pub when: When,
    /// As what the subject stands in it, where its sources say so; a role of this kind.
    pub role: Option<Role>,
    /// How sure it is.
    pub certainty: StatementCertainty,
    /// What else the source says.
    pub note: Option<Box<Localized>>,
    /// Whether the Government of Canada's page of partnerships says so.
    pub listed_by_canada: bool,
    /// The sources; at least one.
    pub citations: Citations,
}

impl<End> Statement<End> {
    /// The same between ends that are named in another way.
    pub fn between<Other>(self, from: Other, to: Other) -> Statement<Other> {
        let Self { kind, when, role, certainty, note, listed_by_canada, citations, .. } = self;
        Statement { kind, from, to, when, role, certainty, note, listed_by_canada, citations }
    }

    /// Whether it lasts or happened: as its kind says, save that a meeting hosted on a date happened, and what
    /// its role says is an act of one day.
    pub fn nature(&self) -> Nature {
        if self.role.is_some_and(|role| role.is_act(self.when)) {
            return Nature::Event;
        }
        match (self.kind, self.when) {
            (RelationshipKind::Hosts, When::On(_)) => Nature::Event,
            (kind, When::On(_) | When::Undated | When::Span { .. }) => kind.nature(),
        }
    }

    /// The time in which it holds by its own dates.
    pub fn interval(&self) -> DateInterval {
        self.when.interval(self.kind)
    }
}
