//! The rows a search walks.

use fixedbitset::FixedBitSet;

use super::Follow;
use crate::graph::{Adjacency, Step};

/// Adjacency, narrowed to the relationships a view shows and the steps a question follows.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    adjacency: &'a Adjacency,
    shown: Option<&'a FixedBitSet>,
    follow: Follow,
}

impl<'a> Rows<'a> {
    /// The rows of `adjacency`, of which only the relationships in `shown` (all, where none is given)
    /// are seen.
    pub fn new(adjacency: &'a Adjacency, shown: Option<&'a FixedBitSet>, follow: Follow) -> Self {
        Self { adjacency, shown, follow }
    }

    /// How many nodes there are.
    pub fn node_count(self) -> usize {
        self.adjacency.node_count()
    }

    /// How many relationships must be looked at to list the steps from `node`.
    pub fn width(self, node: u32) -> usize {
        self.adjacency.steps(node).len()
    }

    /// The steps from `node`, by kind, date, other node and direction.
    pub fn steps(self, node: u32) -> impl Iterator<Item = &'a Step> {
        self.adjacency.steps(node).iter().filter(move |step| {
            self.follow.includes(step) && self.shown.is_none_or(|shown| shown.contains(step.relationship as usize))
        })
    }

    /// The same steps walked from their other end.
    pub fn reversed(self) -> Self {
        Self { follow: self.follow.reversed(), ..self }
    }
}
