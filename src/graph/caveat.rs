//! What an answer cannot know, because a list that it walked is not known to be whole.

use super::{Direction, Follow, NodeFilter, NodeRef, RelationshipFilter, View};
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
        sorted(nodes.into_iter().filter_map(|node| Self::of(node, follow)).collect())
    }

    /// Those that a list of the neighbours of a node needs, along `kinds` (all, where empty) in `direction`,
    /// which fit a condition, by id.
    pub fn of_neighbors(
        node: NodeRef<'g>,
        kinds: &[RelationshipKind],
        direction: Direction,
        filter: Option<&NodeFilter>,
    ) -> Vec<Self> {
        let steps: Vec<_> = kinds.iter().map(|kind| (*kind, direction)).collect();
        let follow = if steps.is_empty() { Follow::towards(direction) } else { Follow::new(&steps) };
        let mut caveats = Self::of_filter(node.view(), filter);
        caveats.extend(Self::of(node, follow));
        sorted(caveats)
    }

    /// Those that a list of nodes needs which fit a condition, by id: it walks the lists of the nodes that
    /// it names as neighbours, as the members of the bodies `ids`.
    pub fn of_filter(view: &'g View, filter: Option<&NodeFilter>) -> Vec<Self> {
        let mut caveats = Vec::new();
        filter.iter().for_each(|filter| gather(view, filter, &mut caveats));
        sorted(caveats)
    }

    /// Those that a list of relationships needs which fit a condition, likewise; the nodes named as objects
    /// count too.
    pub fn of_relationships(view: &'g View, filter: Option<&RelationshipFilter>) -> Vec<Self> {
        let mut caveats = Vec::new();
        if let Some(filter) = filter {
            let follow = match &filter.kinds {
                Some(kinds) => Follow::new(&kinds.iter().map(|kind| (*kind, Direction::In)).collect::<Vec<_>>()),
                None => Follow::towards(Direction::In),
            };
            filter.to.iter().for_each(|to| named(view, to, follow, &mut caveats));
            filter.from.iter().chain(&filter.to).for_each(|end| gather(view, end, &mut caveats));
        }
        sorted(caveats)
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

fn sorted(mut caveats: Vec<Caveat<'_>>) -> Vec<Caveat<'_>> {
    caveats.sort_unstable_by_key(|caveat| caveat.node);
    caveats.dedup_by_key(|caveat| caveat.node);
    caveats
}

/// The caveats of the neighbours that a condition names.
fn gather<'g>(view: &'g View, filter: &NodeFilter, caveats: &mut Vec<Caveat<'g>>) {
    for related in &filter.related {
        if let Some(node) = &related.node {
            named(view, node, Follow::new(&[(related.kind, related.direction.reversed())]), caveats);
            gather(view, node, caveats);
        }
    }
    let parts = filter.and.iter().chain(&filter.or).chain(filter.not.as_deref());
    parts.for_each(|part| gather(view, part, caveats));
}

/// The caveats of the nodes that a condition names by id, from which `follow` is walked.
fn named<'g>(view: &'g View, filter: &NodeFilter, follow: Follow, caveats: &mut Vec<Caveat<'g>>) {
    let nodes = filter.ids.iter().flatten().filter_map(|id| view.node(id));
    caveats.extend(nodes.filter_map(|node| Caveat::of(node, follow)));
    filter.and.iter().chain(&filter.or).for_each(|part| named(view, part, follow, caveats));
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
