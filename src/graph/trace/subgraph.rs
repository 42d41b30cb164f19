//! What lies around some nodes, as a graph to draw.

use fixedbitset::FixedBitSet;

use super::{HubPolicy, ReachQuestion, StopReason};
use crate::graph::{Direction, Follow, NodeFilter, NodeRef, QuestionError, RelationshipRef, View};
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
    /// The hubs shown that were not walked on from, by id.
    pub avoided_hubs: Vec<NodeRef<'g>>,
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
        let lasted = self.budget().ask(|budget| {
            nodes.iter().all(|node| {
                let among = rows.steps(node.number()).filter(|step| shown.contains(step.other as usize));
                relationships.extend(among.map(|step| step.relationship));
                budget.spend(rows.width(node.number()))
            })
        });
        relationships.sort_unstable();
        relationships.dedup();
        let found_all = lasted && reach.stopped != StopReason::WorkBudget;
        let stopped = match hidden_nodes {
            _ if !found_all => StopReason::WorkBudget,
            0 => StopReason::None,
            _ => StopReason::Page,
        };
        let is_shown = |hub: &NodeRef<'_>| shown.contains(hub.number() as usize);
        Ok(Subgraph {
            relationships: relationships.into_iter().map(|number| RelationshipRef::new(self, number)).collect(),
            stopped,
            hidden_nodes,
            avoided_hubs: reach.avoided_hubs.iter().copied().filter(is_shown).collect(),
            nodes,
        })
    }
}
