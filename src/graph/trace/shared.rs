//! What several nodes have in common.

use super::Follow;
use crate::graph::{Caveat, Direction, Filter, NodeFilter, NodeRef, QuestionError, RelationshipRef, View};
use crate::model::RelationshipKind;

/// Units of work to visit a neighbor and put it in order.
const SHARED: usize = 6;

/// The nodes next to every one of several.
pub struct SharedNeighbors<'g> {
    view: &'g View,
    of: Vec<u32>,
    follow: Follow,
    /// The nodes, by id.
    pub nodes: Vec<NodeRef<'g>>,
}

impl View {
    /// The nodes next to every node with these ids, along the kinds to follow, that fit.
    ///
    /// # Errors
    /// Fewer than two different ids, more than a hundred, or an unknown one; a filter that names an unknown id.
    pub fn shared_neighbors(
        &self,
        of: &[impl AsRef<str>],
        follow: &[(RelationshipKind, Direction)],
        filter: Option<&NodeFilter>,
    ) -> Result<SharedNeighbors<'_>, QuestionError> {
        let of = self.require_all("of", of)?;
        if of.len() < 2 {
            return Err(QuestionError::bad("of", "give at least two different ids"));
        }
        let follow = Follow::new(follow);
        let rows = self.rows(follow);
        let neighbors = |node: &u32| {
            if !self.spend(SHARED * rows.width(*node)) {
                return Vec::new();
            }
            let mut others: Vec<u32> = rows.steps(*node).map(|step| step.other).collect();
            others.sort_unstable();
            others.dedup();
            others
        };
        let mut shared = of.first().map(neighbors).unwrap_or_default();
        for node in &of[1..] {
            let others = neighbors(node);
            shared.retain(|other| others.binary_search(other).is_ok());
        }
        shared.retain(|node| !of.contains(node));
        let filter = filter.map(|filter| Filter::new(self, filter)).transpose()?;
        let shared = shared.into_iter().map(|number| NodeRef::new(self, number));
        let nodes = shared.filter(|node| filter.as_ref().is_none_or(|filter| filter.fits(*node))).collect();
        Ok(SharedNeighbors { view: self, of, follow, nodes })
    }
}

impl<'g> SharedNeighbors<'g> {
    /// The lists of members and parties that were walked and are not known to be whole, by id.
    pub fn caveats(&self) -> Vec<Caveat<'g>> {
        Caveat::all(self.of.iter().map(|node| NodeRef::new(self.view, *node)), self.follow)
    }

    /// How a shared neighbour is connected to each of the nodes.
    pub fn relationships_with(&self, neighbor: NodeRef<'g>) -> Vec<RelationshipRef<'g>> {
        let rows = self.view.rows(self.follow.reversed());
        self.view.spend(rows.width(neighbor.number()));
        let steps = rows.steps(neighbor.number());
        let mut numbers: Vec<u32> =
            steps.filter(|step| self.of.contains(&step.other)).map(|step| step.relationship).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().map(|number| RelationshipRef::new(self.view, number)).collect()
    }
}
