//! Node and NodeKind: the only list of node kinds.

use serde::Deserialize;

use super::{AgreementDetails, Alias, Citations, Dispute, LifeCycleEvent, Localized, Membership, Name, NodeId};

/// Every kind of node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKind {
    /// A written arrangement between parties.
    Agreement,
    /// A state.
    Country,
    /// A place where states or others meet.
    Forum,
    /// An Indigenous people, nation or community, or several together.
    IndigenousPeople,
    /// A strategy, programme, plan or alliance.
    Initiative,
    /// A province, a territory or another part of a state with a government of its own.
    Jurisdiction,
    /// A body: a department, a union of states, a bank, an institute.
    Organization,
    /// An aim or an area of cooperation.
    Theme,
}

impl NodeKind {
    /// Every kind, in the order of their names.
    pub const ALL: [Self; 8] = [
        Self::Agreement,
        Self::Country,
        Self::Forum,
        Self::IndigenousPeople,
        Self::Initiative,
        Self::Jurisdiction,
        Self::Organization,
        Self::Theme,
    ];

    /// The name of the kind in fact sheets.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agreement => "Agreement",
            Self::Country => "Country",
            Self::Forum => "Forum",
            Self::IndigenousPeople => "IndigenousPeople",
            Self::Initiative => "Initiative",
            Self::Jurisdiction => "Jurisdiction",
            Self::Organization => "Organization",
            Self::Theme => "Theme",
        }
    }

    /// The folder of its fact sheets.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Agreement => "agreements",
            Self::Country => "countries",
            Self::Forum => "forums",
            Self::IndigenousPeople => "indigenous-peoples",
            Self::Initiative => "initiatives",
            Self::Jurisdiction => "jurisdictions",
            Self::Organization => "organizations",
            Self::Theme => "themes",
        }
    }

    /// Whether nodes of this kind can sign.
    pub fn is_party(self) -> bool {
        match self {
            Self::Country | Self::IndigenousPeople | Self::Jurisdiction | Self::Organization => true,
            Self::Agreement | Self::Forum | Self::Initiative | Self::Theme => false,
        }
    }

    /// Whether others can be members of nodes of this kind, party to them or part of what they do, so that
    /// their lists can be whole or not.
    pub fn has_members(self) -> bool {
        match self {
            Self::Agreement | Self::Forum | Self::Initiative | Self::Organization => true,
            Self::Country | Self::IndigenousPeople | Self::Jurisdiction | Self::Theme => false,
        }
    }

    /// Whether nodes of this kind come into being and end within the time the graph tells of. The
    /// others (states, peoples, themes, standing bodies) hold at any date.
    pub fn has_life_cycle(self) -> bool {
        match self {
            Self::Agreement | Self::Forum | Self::Initiative => true,
            Self::Country | Self::IndigenousPeople | Self::Jurisdiction | Self::Organization | Self::Theme => false,
        }
    }
}

/// What kind of body an organization is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum OrganizationType {
    /// A ministry or department of a government.
    GovernmentDepartment,
    /// Another body of a government.
    GovernmentBody,
    /// A union of states.
    Union,
    /// A body of a union of states.
    UnionBody,
    /// An organization whose members are states.
    InternationalOrganization,
    /// A development bank.
    DevelopmentBank,
    /// A research institute.
    ResearchInstitute,
}

/// What kind of part of a state a jurisdiction is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum JurisdictionType {
    /// A province.
    Province,
    /// A territory.
    Territory,
    /// An autonomous territory.
    AutonomousTerritory,
}

/// What only one kind of node has; the variant is the kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Details {
    /// Of an agreement.
    Agreement(Box<AgreementDetails>),
    /// Of a country.
    Country {
        /// ISO 3166-1 alpha-2.
        code: Box<str>,
    },
    /// Of a forum.
    Forum,
    /// Of an Indigenous people.
    IndigenousPeople,
    /// Of an initiative.
    Initiative,
    /// Of a jurisdiction.
    Jurisdiction {
        /// ISO 3166-2, or ISO 3166-1 where it has one.
        code: Box<str>,
        /// What kind of jurisdiction.
        jurisdiction_type: JurisdictionType,
    },
    /// Of an organization.
    Organization {
        /// What kind of body.
        organization_type: OrganizationType,
    },
    /// Of a theme.
    Theme,
}

impl Details {
    /// The kind of the node.
    pub fn kind(&self) -> NodeKind {
        match self {
            Self::Agreement(_) => NodeKind::Agreement,
            Self::Country { .. } => NodeKind::Country,
            Self::Forum => NodeKind::Forum,
            Self::IndigenousPeople => NodeKind::IndigenousPeople,
            Self::Initiative => NodeKind::Initiative,
            Self::Jurisdiction { .. } => NodeKind::Jurisdiction,
            Self::Organization { .. } => NodeKind::Organization,
            Self::Theme => NodeKind::Theme,
        }
    }
}

/// What one fact sheet says of a node, its relationships apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its id: the file name of the sheet.
    pub id: NodeId,
    /// Ids of earlier releases that it has replaced, and that still lead to it.
    pub former_ids: Box<[NodeId]>,
    /// Its name in both languages.
    pub name: Name,
    /// Its other names.
    pub aliases: Box<[Alias]>,
    /// What it is, in our own words.
    pub summary: Localized,
    /// Its own page.
    pub url: Option<Box<str>>,
    /// Whether it is declared a hub: a node that touches nearly everything.
    pub hub: bool,
    /// Whether the Government of Canada's page of partnerships names it.
    pub listed_by_canada: bool,
    /// Its life cycle.
    pub events: Box<[LifeCycleEvent]>,
    /// What its sources differ on.
    pub disputes: Box<[Dispute]>,
    /// How whole the list of its members is, where it is said; only of kinds that
    /// [have members](NodeKind::has_members).
    pub membership: Option<Box<Membership>>,
    /// The sources of the sheet.
    pub citations: Citations,
    /// What only its kind has.
    pub details: Details,
}

impl Node {
    /// The kind of the node.
    pub fn kind(&self) -> NodeKind {
        self.details.kind()
    }

    /// What only agreements have.
    pub fn agreement(&self) -> Option<&AgreementDetails> {
        match &self.details {
            Details::Agreement(details) => Some(details),
            Details::Country { .. }
            | Details::Forum
            | Details::IndigenousPeople
            | Details::Initiative
            | Details::Jurisdiction { .. }
            | Details::Organization { .. }
            | Details::Theme => None,
        }
    }
}
