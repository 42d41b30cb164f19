//! Who stands next to whom: compressed sparse rows over all relationships, in both directions.

use std::ops::Range;

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

/// A kind and a direction.
pub type Way = (RelationshipKind, Direction);

impl Adjacency {
    /// Builds the rows of `node_count` nodes from relationships given as (from, kind, to). Each row
    /// is sorted by kind, then `rank` of the relationship (its date), then the other node, then
    /// direction. A relationship from a node to itself is seen twice from it, once each way.
    ///
    /// O(r log r) for r relationships.
    pub fn new<K: Ord>(
        node_count: usize,
        relationships: &[(u32, RelationshipKind, u32)],
        rank: impl Fn(u32) -> K,
    ) -> Self {
        let mut offsets = vec![0u32; node_count + 1];
        for &(from, _, to) in relationships {
            offsets[from as usize + 1] += 1;
            offsets[to as usize + 1] += 1;
        }
        for node in 0..node_count {
            offsets[node + 1] += offsets[node];
        }
        let unset = Step { other: 0, relationship: 0, kind: RelationshipKind::Administers, direction: Direction::Out };
        let mut steps = vec![unset; relationships.len() * 2];
        let mut next = offsets.clone();
        let mut place = |node: u32, step: Step| {
            let slot = &mut next[node as usize];
            steps[*slot as usize] = step;
            *slot += 1;
        };
        for (relationship, &(from, kind, to)) in (0u32..).zip(relationships) {
            place(from, Step { other: to, relationship, kind, direction: Direction::Out });
            place(to, Step { other: from, relationship, kind, direction: Direction::In });
        }
        for row in offsets.windows(2) {
            steps[row[0] as usize..row[1] as usize].sort_unstable_by(|a, b| {
                let key =
                    |step: &Step| (step.kind, rank(step.relationship), step.other, step.direction, step.relationship);
                key(a).cmp(&key(b))
            });
        }
        Self {
            offsets,
            others: steps.iter().map(|step| step.other).collect(),
            relationships: steps.iter().map(|step| step.relationship).collect(),
            ways: steps.iter().map(|step| (step.kind, step.direction)).collect(),
        }
    }

    /// How many nodes there are.
    pub fn node_count(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// The places of the steps from `node`, sorted by kind, date, other node and direction.
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
    pub fn others(&self, row: Range<usize>) -> &[u32] {
        &self.others[row]
    }

    /// The step at a place.
    pub fn step(&self, place: usize) -> Step {
        let (kind, direction) = self.ways[place];
        Step { other: self.others[place], relationship: self.relationships[place], kind, direction }
    }

    /// The steps from `node`, sorted by kind, date, other node and direction.
    pub fn steps(&self, node: u32) -> impl DoubleEndedIterator<Item = Step> + ExactSizeIterator {
        self.row(node).map(|place| self.step(place))
    }
}
