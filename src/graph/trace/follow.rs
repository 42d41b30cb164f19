//! Which steps a question follows.

use crate::graph::{Direction, Step};
use crate::model::RelationshipKind;

/// A set of kinds of steps: a kind of relationship walked in one direction. One bit for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Follow(u32);

/// The bits of all steps from subject to object.
const OUT: u32 = 0x1555_5555;

impl Follow {
    /// Every kind, in both directions.
    pub const ALL: Self = Self(OUT | OUT << 1);

    /// Every kind in a direction.
    pub fn towards(direction: Direction) -> Self {
        match direction {
            Direction::Out => Self(OUT),
            Direction::In => Self(OUT << 1),
            Direction::Any => Self::ALL,
        }
    }

    /// These kinds in these directions; everything where none are given.
    pub fn new(steps: &[(RelationshipKind, Direction)]) -> Self {
        let bits = |(kind, direction): &(RelationshipKind, Direction)| match direction {
            Direction::Out | Direction::In => bit(*kind, *direction),
            Direction::Any => bit(*kind, Direction::Out) | bit(*kind, Direction::In),
        };
        if steps.is_empty() { Self::ALL } else { Self(steps.iter().map(bits).fold(0, |all, bits| all | bits)) }
    }

    /// Whether a step is followed.
    pub fn includes(self, step: &Step) -> bool {
        self.0 & bit(step.kind, step.direction) != 0
    }

    /// Whether steps of a kind in a direction are followed; with `Any`, in either.
    pub fn goes(self, kind: RelationshipKind, direction: Direction) -> bool {
        self.0 & Self::new(&[(kind, direction)]).0 != 0
    }

    /// The same steps and their reverses.
    pub fn either_way(self) -> Self {
        Self(self.0 | self.reversed().0)
    }

    /// The same steps walked from their other end.
    pub fn reversed(self) -> Self {
        Self((self.0 & OUT) << 1 | (self.0 >> 1) & OUT)
    }
}

fn bit(kind: RelationshipKind, direction: Direction) -> u32 {
    1 << (kind as u32 * 2 + u32::from(direction == Direction::In))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_two_bits_of_its_own() {
        let mut all = 0;
        for kind in RelationshipKind::ALL {
            for direction in [Direction::Out, Direction::In] {
                assert_eq!(all & bit(kind, direction), 0);
                all |= bit(kind, direction);
                let one = Follow::new(&[(kind, direction)]);
                assert_eq!(one.reversed().reversed(), one);
                assert_ne!(one.reversed(), one);
            }
            let both = Follow::new(&[(kind, Direction::Any)]);
            assert_eq!(both.reversed(), both);
        }
        assert_eq!(Follow(all), Follow::ALL);
        assert_eq!(Follow::new(&[]), Follow::ALL);
    }
}
