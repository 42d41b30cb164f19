//! The rows a search walks.

use std::ops::Range;

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
    #[inline]
    pub fn node_count(self) -> usize {
        self.adjacency.node_count()
    }

    /// How many relationships must be looked at to list the steps from `node`.
    #[inline]
    pub fn width(self, node: u32) -> usize {
        self.row(node).len()
    }

    /// The places of all steps from `node`, also of those that are not seen.
    #[inline]
    pub fn row(self, node: u32) -> Range<usize> {
        self.adjacency.row(node)
    }

    /// The steps from `node`, by kind, date, other node and direction.
    pub fn steps(self, node: u32) -> impl Iterator<Item = Step> {
        self.places(node).map(move |(place, _)| self.adjacency.step(place))
    }

    /// The places of the steps from `node`, and the nodes at their other ends: what a search looks at
    /// first, and of most steps all it looks at.
    #[inline]
    pub fn places(self, node: u32) -> impl Iterator<Item = (usize, u32)> {
        let (row, narrowed) = (self.row(node), self.is_narrowed());
        self.all(row).filter(move |(place, _)| !narrowed || self.sees(*place))
    }

    /// Does `work` for each of the [`Rows::places`] of a row, without asking of each whether anything is
    /// narrowed.
    #[inline]
    pub fn visit(self, row: Range<usize>, mut work: impl FnMut(usize, u32)) {
        if self.is_narrowed() {
            self.all(row).filter(|(place, _)| self.sees(*place)).for_each(|(place, other)| work(place, other));
        } else {
            self.all(row).for_each(|(place, other)| work(place, other));
        }
    }

    #[inline]
    fn all(self, row: Range<usize>) -> impl Iterator<Item = (usize, u32)> {
        let others = self.adjacency.others(row.clone()).iter().copied();
        row.zip(others)
    }

    #[inline]
    fn is_narrowed(self) -> bool {
        self.shown.is_some() || self.follow != Follow::ALL
    }

    /// The step at a place.
    pub fn step(self, place: usize) -> Step {
        self.adjacency.step(place)
    }

    #[inline]
    fn sees(self, place: usize) -> bool {
        let step = self.adjacency.step(place);
        self.follow.includes(&step) && self.shown.is_none_or(|shown| shown.contains(step.relationship as usize))
    }

    /// The same steps walked from their other end.
    pub fn reversed(self) -> Self {
        Self { follow: self.follow.reversed(), ..self }
    }
}
