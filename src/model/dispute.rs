//! Facts on which the sources differ.

use serde::Deserialize;

use super::{Citation, Localized};

/// Which property the sources differ on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum DisputedProperty {
    /// The date of the first life-cycle event.
    Date,
    /// Whether it was signed, announced or published.
    EventKind,
    /// The English name.
    NameEn,
    /// The French name.
    NameFr,
    /// What its standing is.
    Status,
    /// How many members it has.
    MemberCount,
}

/// One property on which sources differ, with every value they give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// The property.
    pub property: DisputedProperty,
    /// The value shown elsewhere in the graph, where one was chosen.
    pub chosen: Option<Box<str>>,
    /// Why that one, or why none.
    pub why: Localized,
    /// Every value, each with its source; at least two.
    pub values: Vec<DisputedValue>,
}

/// One value of a disputed property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputedValue {
    /// The value as the source gives it.
    pub value: Box<str>,
    /// What the source says with it.
    pub note: Option<Localized>,
    /// Who says so.
    pub citation: Citation,
}
