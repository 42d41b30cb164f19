//! How whole the list of those who belong to a body is.

use serde::Deserialize;

use super::{Citations, PartialDate};

/// Whether the graph names all who belong to a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Completeness {
    /// Every one of them is named.
    Complete,
    /// Some are known to be missing.
    Partial,
    /// No source says who or how many they are, so that nobody can tell.
    Unknown,
}

impl Completeness {
    /// The name in the API: `PARTIAL`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Complete => "COMPLETE",
            Self::Partial => "PARTIAL",
            Self::Unknown => "UNKNOWN",
        }
    }
}

/// How whole the list of a body's members is; of an agreement, that of its parties; of a body that has
/// no members, that of those who take part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// Whether all are named.
    pub whole: Completeness,
    /// How many there are, as the sources declare it. Former ones and mere participants are not counted.
    pub declared: Option<u32>,
    /// The date of that count.
    pub as_of: Option<PartialDate>,
    /// Who declares it; none where nothing is declared.
    pub citations: Citations,
}
