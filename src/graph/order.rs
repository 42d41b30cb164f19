//! The order of lists: total and documented.

use super::{NodeRef, View};
use crate::model::Language;

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
        fn by<K: Ord>(nodes: &mut [NodeRef<'_>], descending: bool, key: impl Fn(NodeRef<'_>) -> K) {
            nodes.sort_by_cached_key(|node| (key(*node), node.number()));
            if descending {
                nodes.reverse();
                // Equal keys stay in the order of ids: each run of them is turned back.
                for run in nodes.chunk_by_mut(|a, b| key(*a) == key(*b)) {
                    run.reverse();
                }
            }
        }
        match self.by {
            NodeOrderField::Name => {
                let ranks = view.graph().name_ranks(self.language.unwrap_or(language));
                by(nodes, self.descending, |node| ranks[node.number() as usize]);
            }
            NodeOrderField::Date => {
                by(nodes, self.descending, |node| node.life().start);
                nodes.sort_by_key(|node| node.life().start.is_none());
            }
            NodeOrderField::Kind => by(nodes, self.descending, |node| node.kind()),
            NodeOrderField::Degree => by(nodes, self.descending, |node| view.steps(node.number()).count()),
            NodeOrderField::Id => by(nodes, self.descending, |node| node.number()),
        }
    }
}
