//! What lies around some nodes, as a graph to draw.

use fixedbitset::FixedBitSet;

use super::{Hidden, HubPolicy, Reach, ReachQuestion, StopReason};
use crate::graph::{Caveat, Direction, Follow, NodeFilter, NodeRef, QuestionError, RelationshipRef, View};
use crate::model::RelationshipKind;

/// What to show.
#[derive(Debug, Clone, Default)]
pub struct SubgraphQuestion {
    /// How many steps around.
    pub depth: i32,
    /// What to follow; everything where empty.
    pub follow: Vec<(RelationshipKind, Direction)>,
    /// Which of the nodes reached are shown.
    pub filter: Option<NodeFilter>,
    /// Whether it walks on from hubs.
    pub hubs: HubPolicy,
    /// The most nodes.
    pub limit: i32,
}

/// A part of the graph.
pub struct Subgraph<'g> {
    /// The nodes asked about, then those around them by distance, then id.
    pub nodes: Vec<NodeRef<'g>>,
    /// The relationships among them that may be followed, by subject, kind, object and date.
    pub relationships: Vec<RelationshipRef<'g>>,
    /// Why it ended: the limit on nodes, or on work.
    pub stopped: StopReason,
    /// How many nodes were found and are not shown.
    pub hidden_nodes: usize,
    /// Every node and relationship up to so many steps away is shown; none where not even those of the nodes
    /// asked about are.
    pub whole_to: Option<usize>,
    reach: Reach<'g>,
}

impl<'g> Subgraph<'g> {
    /// How many nodes were left out because only hubs lead to them; see [`Reach::hidden`].
    pub fn hidden(&self) -> &Hidden {
        self.reach.hidden()
    }

    /// The lists of members and parties that were walked and are not known to be whole, by id.
    pub fn caveats(&self) -> Vec<Caveat<'g>> {
        self.reach.caveats()
    }

    /// The hubs through which they are reached, shown or not, by id.
    pub fn avoided_hubs(&self) -> Vec<NodeRef<'g>> {
        self.reach.avoided_hubs()
    }
}

impl View {
    /// The part of the graph around the nodes with these ids. Time O(relationships of the nodes
    /// reached).
    ///
    /// # Errors
    /// As [`View::reach`], and a limit out of bounds.
    pub fn subgraph(
        &self,
        around: &[impl AsRef<str>],
        question: &SubgraphQuestion,
    ) -> Result<Subgraph<'_>, QuestionError> {
        let centers = self.require_all("around", around)?;
        let most = self.bounds().part;
        let Some(limit) = usize::try_from(question.limit).ok().filter(|limit| (1..=most).contains(limit)) else {
            return Err(QuestionError::bad("limit", format!("a part of the graph has 1 to {most} nodes")));
        };
        if centers.len() > limit {
            let message = format!("{} nodes are asked about, which a limit of {limit} cannot show", centers.len());
            return Err(QuestionError::bad("limit", message));
        }
        let depth = self.length("depth", question.depth)?;
        let reach = self.reach(
            around,
            &ReachQuestion {
                follow: question.follow.clone(),
                max_depth: depth as i32,
                until: None,
                filter: question.filter.clone(),
                hubs: question.hubs,
            },
        )?;
        let around = reach.reached.iter().map(|reached| reached.node);
        let mut nodes: Vec<_> = centers.iter().map(|&center| NodeRef::new(self, center)).chain(around).collect();
        let hidden_nodes = nodes.len().saturating_sub(limit);
        nodes.truncate(limit);
        let mut shown = FixedBitSet::with_capacity(self.graph().counts().nodes);
        shown.extend(nodes.iter().map(|node| node.number() as usize));
        let rows = self.rows(Follow::new(&question.follow));
        let mut relationships = Vec::new();
        let unvisited = self.budget().ask(|budget| {
            nodes.iter().position(|node| {
                let among = rows.steps(node.number()).filter(|step| shown.contains(step.other as usize));
                relationships.extend(among.map(|step| step.relationship));
                !budget.spend(rows.width(node.number()))
            })
        });
        relationships.sort_unstable();
        relationships.dedup();
        // What is not shown begins at the distance of the first node that is missing, or was not visited.
        let missing = unvisited.or((hidden_nodes > 0).then_some(limit));
        let distance = |place: usize| place.checked_sub(centers.len()).map_or(0, |hit| reach.reached[hit].depth);
        let whole_to = match missing {
            None => Some(reach.whole_to),
            Some(place) => distance(place).checked_sub(1).map(|whole| whole.min(reach.whole_to)),
        };
        let found_all = unvisited.is_none() && reach.stopped != StopReason::WorkBudget;
        let stopped = match hidden_nodes {
            _ if !found_all => StopReason::WorkBudget,
            0 => StopReason::None,
            _ => StopReason::Page,
        };
        Ok(Subgraph {
            relationships: relationships.into_iter().map(|number| RelationshipRef::new(self, number)).collect(),
            stopped,
            hidden_nodes,
            whole_to,
            nodes,
            reach,
        })
    }
}
