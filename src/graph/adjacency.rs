//! Who stands next to whom: compressed sparse rows over all relationships, in both directions.

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

/// The steps of every node, sorted. Sixteen bytes of offsets and steps per end of a relationship at
/// the most: 24 bytes a relationship and 4 a node.
#[derive(Debug, Clone, Default)]
pub struct Adjacency {
    offsets: Vec<u32>,
    steps: Vec<Step>,
}

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
        Self { offsets, steps }
    }

    /// How many nodes there are.
    pub fn node_count(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// The steps from `node`, sorted by kind, date, other node and direction.
    pub fn steps(&self, node: u32) -> &[Step] {
        &self.steps[self.offsets[node as usize] as usize..self.offsets[node as usize + 1] as usize]
    }

    /// The steps from `node` along one kind.
    pub fn steps_of(&self, node: u32, kind: RelationshipKind) -> &[Step] {
        let row = self.steps(node);
        let start = row.partition_point(|step| step.kind < kind);
        let length = row[start..].partition_point(|step| step.kind == kind);
        &row[start..start + length]
    }
}
