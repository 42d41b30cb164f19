//! Who stands next to whom: compressed sparse rows over all relationships, in both directions.

use std::ops::Range;

use rayon::prelude::*;

use crate::model::RelationshipKind;

/// Which way a relationship is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// As it is stated, from subject to object.
    Out,
    /// Against the way it is stated.
    In,
    /// Either way.
    Any,
}

impl Direction {
    /// Whether following in this direction includes `step`, which is never `Any`.
    pub fn includes(self, step: Self) -> bool {
        self == Self::Any || self == step
    }

    /// The same, seen from the other end.
    pub fn reversed(self) -> Self {
        match self {
            Self::Out => Self::In,
            Self::In => Self::Out,
            Self::Any => Self::Any,
        }
    }
}

/// One relationship seen from one of its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The node at the other end.
    pub other: u32,
    /// The relationship.
    pub relationship: u32,
    /// Its kind.
    pub kind: RelationshipKind,
    /// `Out` when seen from its subject, `In` from its object.
    pub direction: Direction,
}

/// The steps of every node, sorted: one array for each of their parts, since a search reads far more
/// other nodes than kinds. 20 bytes a relationship and 4 a node.
#[derive(Debug, Clone, Default)]
pub struct Adjacency {
    offsets: Vec<u32>,
    others: Vec<u32>,
    relationships: Vec<u32>,
    ways: Vec<Way>,
}

/// How many rows are sorted in one go.
const ROWS: usize = 4096;

/// A kind and a direction.
pub type Way = (RelationshipKind, Direction);

impl Adjacency {
    /// Builds the rows of `node_count` nodes from relationships, each given by its number as (from, kind,
    /// to). Each row is sorted by kind, then `rank` of the relationship (its date), then the other node,
    /// then direction. A relationship from a node to itself is seen twice from it, once each way.
    ///
    /// O(r log d) for r relationships, at most d of one node; on all processors.
    pub fn new<K: Ord>(
        node_count: usize,
        relationship_count: usize,
        ends: impl Fn(u32) -> (u32, RelationshipKind, u32) + Sync,
        rank: impl Fn(u32) -> K + Sync,
    ) -> Self {
        let all = 0..relationship_count as u32;
        let mut offsets = vec![0u32; node_count + 1];
        for (from, _, to) in all.clone().map(&ends) {
            offsets[from as usize + 1] += 1;
            offsets[to as usize + 1] += 1;
        }
        for node in 0..node_count {
            offsets[node + 1] += offsets[node];
        }
        let mut relationships = vec![0u32; relationship_count * 2];
        let mut next = offsets.clone();
        for relationship in all {
            let (from, _, to) = ends(relationship);
            for node in [from, to] {
                let slot = &mut next[node as usize];
                relationships[*slot as usize] = relationship;
                *slot += 1;
            }
        }
        drop(next);
        let mut others = vec![0u32; relationships.len()];
        let mut ways = vec![(RelationshipKind::Administers, Direction::Out); relationships.len()];
        // Some rows at a time, each lot with the parts of the arrays that are its own.
        let mut lots = Vec::new();
        let mut left = (&mut *relationships, &mut *others, &mut *ways);
        for lot in offsets[..node_count].chunks(ROWS).enumerate() {
            let (first, rows) = (lot.0 * ROWS, lot.1.len());
            let length = (offsets[first + rows] - offsets[first]) as usize;
            let own;
            (own, left) = split_at(left, length);
            lots.push((first as u32, &offsets[first..=first + rows], own));
        }
        lots.into_par_iter().for_each(|(first, offsets, (relationships, others, ways))| {
            let mut row = Vec::new();
            for (node, bounds) in (first..).zip(offsets.windows(2)) {
                let places = (bounds[0] - offsets[0]) as usize..(bounds[1] - offsets[0]) as usize;
                let mut before = None;
                row.extend(relationships[places.clone()].iter().map(|&relationship| {
                    let (from, kind, to) = ends(relationship);
                    let is_out = from == node && before != Some(relationship);
                    before = Some(relationship);
                    let (other, direction) = if is_out { (to, Direction::Out) } else { (from, Direction::In) };
                    (kind, rank(relationship), other, direction, relationship)
                }));
                row.sort_unstable();
                for (place, (kind, _, other, direction, relationship)) in places.zip(row.drain(..)) {
                    (relationships[place], others[place], ways[place]) = (relationship, other, (kind, direction));
                }
            }
        });
        Self { offsets, others, relationships, ways }
    }

    /// How many nodes there are.
    #[inline]
    pub fn node_count(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// The places of the steps from `node`, sorted by kind, date, other node and direction.
    #[inline]
    pub fn row(&self, node: u32) -> Range<usize> {
        self.offsets[node as usize] as usize..self.offsets[node as usize + 1] as usize
    }

    /// The places of the steps from `node` along one kind. O(log n) in its steps.
    pub fn row_of(&self, node: u32, kind: RelationshipKind) -> Range<usize> {
        let row = self.row(node);
        let kinds = &self.ways[row.clone()];
        let start = kinds.partition_point(|way| way.0 < kind);
        let length = kinds[start..].partition_point(|way| way.0 == kind);
        row.start + start..row.start + start + length
    }

    /// The nodes at the other ends of the steps at these places.
    #[inline]
    pub fn others(&self, row: Range<usize>) -> &[u32] {
        &self.others[row]
    }

    /// The step at a place.
    #[inline]
    pub fn step(&self, place: usize) -> Step {
        let (kind, direction) = self.ways[place];
        Step { other: self.others[place], relationship: self.relationships[place], kind, direction }
    }

    /// The steps from `node`, sorted by kind, date, other node and direction.
    pub fn steps(&self, node: u32) -> impl DoubleEndedIterator<Item = Step> + ExactSizeIterator {
        self.row(node).map(|place| self.step(place))
    }
}

/// The parts of some arrays.
type Parts<'a> = (&'a mut [u32], &'a mut [u32], &'a mut [Way]);

/// Splits each of some arrays.
fn split_at((a, b, c): Parts<'_>, at: usize) -> (Parts<'_>, Parts<'_>) {
    let ((a, a_left), (b, b_left), (c, c_left)) = (a.split_at_mut(at), b.split_at_mut(at), c.split_at_mut(at));
    ((a, b, c), (a_left, b_left, c_left))
}
