//! What an answer cannot know, because a list that it walked is not known to be whole.

use super::{Direction, Follow, NodeRef};
use crate::model::{Completeness, Membership, NodeKind, RelationshipKind};

/// Says of a list that it is not known to be whole: that of a body's members, of an agreement's parties,
/// or of those who take part in a body without members.
#[derive(Clone, Copy)]
pub struct Caveat<'g> {
    /// Whose list it is.
    pub node: NodeRef<'g>,
    /// What its sheet says of the list.
    pub membership: &'g Membership,
}

impl<'g> Caveat<'g> {
    /// The caveat that an answer needs which walked `follow` from a node. None where the sheet of the node
    /// does not speak of its list or says that it is whole, and where the list was not walked. O(log d)
    /// for d relationships of the node.
    pub fn of(node: NodeRef<'g>, follow: Follow) -> Option<Self> {
        let membership = node.membership()?;
        let is_whole = match membership.whole {
            Completeness::Complete => true,
            Completeness::Partial | Completeness::Unknown => false,
        };
        let walked = |kind: &RelationshipKind| follow.goes(*kind, Direction::In);
        // A list of members that has none is walked too, and stays empty.
        let is_walked = kinds(node).iter().any(walked) || !is_agreement(node) && walked(&RelationshipKind::MemberOf);
        (is_walked && !is_whole).then_some(Self { node, membership })
    }

    /// Those that answers which walked `follow` from these nodes need, by id.
    pub(super) fn all(nodes: impl IntoIterator<Item = NodeRef<'g>>, follow: Follow) -> Vec<Self> {
        let mut caveats: Vec<_> = nodes.into_iter().filter_map(|node| Self::of(node, follow)).collect();
        caveats.sort_unstable_by_key(|caveat| caveat.node);
        caveats.dedup_by_key(|caveat| caveat.node);
        caveats
    }

    /// The kind of relationship by which those on the list stand on it: `MemberOf`, `PartyTo` (which
    /// `Signed` comes with) or `ParticipatesIn`.
    pub fn list(&self) -> RelationshipKind {
        kinds(self.node)[0]
    }

    /// How many the view lists. O(d log d).
    pub fn listed(&self) -> usize {
        self.node.neighbors(kinds(self.node), Direction::In).len()
    }
}

fn is_agreement(node: NodeRef<'_>) -> bool {
    node.kind() == NodeKind::Agreement
}

/// The kinds of relationships that lead to those on a node's list.
fn kinds(node: NodeRef<'_>) -> &'static [RelationshipKind] {
    if is_agreement(node) {
        return &[RelationshipKind::PartyTo, RelationshipKind::Signed];
    }
    let has = |kind| node.steps(&[kind], Direction::In).next().is_some();
    if !has(RelationshipKind::MemberOf) && has(RelationshipKind::ParticipatesIn) {
        &[RelationshipKind::ParticipatesIn]
    } else {
        &[RelationshipKind::MemberOf]
    }
}
