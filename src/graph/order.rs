//! The order of lists: total and documented.

use super::{NodeRef, View};
use crate::model::{Language, PartialDate};

/// Units of work to sort one node among many.
const SORTED: usize = 10;

/// What lists of nodes are ordered by; equal ones by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeOrderField {
    /// By name, as the language collates.
    Name,
    /// By the start of the node's life; nodes without one last in both directions.
    Date,
    /// By kind.
    Kind,
    /// By the number of relationships.
    Degree,
    /// By id.
    Id,
}

/// An order and its direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NodeOrder {
    /// What to order by.
    pub by: NodeOrderField,
    /// Whether the largest comes first. Equal nodes stay in the order of their ids.
    pub descending: bool,
    /// Whose alphabet names follow; that of the reader where none is given.
    pub language: Option<Language>,
}

impl NodeOrder {
    /// Earliest first.
    pub const BY_DATE: Self = Self { by: NodeOrderField::Date, descending: false, language: None };

    /// Sorts nodes of `view` for a reader of `language`. O(n log n).
    pub fn sort(self, view: &View, language: Language, nodes: &mut [NodeRef<'_>]) {
        let place = self.places(view, language);
        view.spend(SORTED * nodes.len());
        nodes.sort_by_cached_key(|node| place(*node));
    }

    /// The place of each node among all in this order, for a reader of `language`: no two have the same.
    pub(super) fn places(self, view: &View, language: Language) -> impl Fn(NodeRef<'_>) -> Place + '_ {
        let ranks = match self.by {
            NodeOrderField::Name => view.graph().name_ranks(self.language.unwrap_or(language)),
            NodeOrderField::Date | NodeOrderField::Kind | NodeOrderField::Degree | NodeOrderField::Id => &[],
        };
        move |node| {
            view.spend(1);
            let number = node.number();
            let key = match self.by {
                NodeOrderField::Name => Some(ranks[number as usize]),
                NodeOrderField::Date => node.life().start.map(PartialDate::ordinal),
                NodeOrderField::Kind => Some(node.kind() as u32),
                NodeOrderField::Degree => Some(view.degree(number) as u32),
                NodeOrderField::Id => Some(number),
            };
            // What has no date is last in both directions.
            let key = key.map_or(u32::MAX, |key| if self.descending { u32::MAX - 1 - key } else { key });
            Place(u64::from(key) << 32 | u64::from(number))
        }
    }
}

/// A place in an order, which knows its node: what is ordered by, then the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place(u64);

impl Place {
    /// The number of the node.
    pub(super) fn number(self) -> u32 {
        self.0 as u32
    }
}
