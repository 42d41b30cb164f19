//! Everything that can be reached from some nodes.

use super::closure::{Closure, Found, closure};
use super::{Follow, HubPolicy, Path, StopReason};
use crate::graph::{Direction, Filter, NodeFilter, NodeRef, QuestionError, View};
use crate::model::RelationshipKind;

/// Units of work for each node reached, beside the visit.
const REACHED: usize = 6;

/// What to reach, and how.
#[derive(Debug, Clone, Default)]
pub struct ReachQuestion {
    /// What to follow; everything where empty.
    pub follow: Vec<(RelationshipKind, Direction)>,
    /// The most steps.
    pub max_depth: i32,
    /// Nodes behind which the walk stops.
    pub until: Option<NodeFilter>,
    /// Which of the nodes reached are listed.
    pub filter: Option<NodeFilter>,
    /// Whether it walks on from hubs.
    pub hubs: HubPolicy,
}

/// What was reached.
pub struct Reach<'g> {
    view: &'g View,
    closure: Closure,
    /// The nodes listed, by depth, then id.
    pub reached: Vec<Reached<'g>>,
    /// Whether more lies beyond, or the work was used up.
    pub stopped: StopReason,
    /// The hubs that were reached and not walked on from, by id.
    pub avoided_hubs: Vec<NodeRef<'g>>,
}

/// A node reached.
#[derive(Clone, Copy)]
pub struct Reached<'g> {
    /// The node.
    pub node: NodeRef<'g>,
    /// How many steps from the nearest start.
    pub depth: usize,
    position: usize,
}

impl<'g> Reach<'g> {
    /// One shortest path to a node reached: of several the first by (kind, date, node) of its steps.
    pub fn via(&self, reached: Reached<'g>) -> Path<'g> {
        let (from, steps) = self.closure.witness(self.view.rows(Follow::ALL), reached.position);
        Path::new(self.view, from, steps)
    }
}

impl View {
    /// The nodes with these ids, which `argument` names; each once and in their order.
    pub(super) fn require_all(
        &self,
        argument: &'static str,
        ids: &[impl AsRef<str>],
    ) -> Result<Vec<u32>, QuestionError> {
        const MOST: usize = 100;
        if ids.is_empty() || ids.len() > MOST {
            return Err(QuestionError::bad(argument, format!("give 1 to {MOST} ids")));
        }
        let mut numbers = Vec::with_capacity(ids.len());
        for id in ids {
            let number = self.require(argument, id.as_ref())?.number();
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        Ok(numbers)
    }

    /// Everything reached from the nodes with these ids, themselves apart.
    ///
    /// # Errors
    /// No id or an unknown one in `from`, a depth out of bounds, a filter that names
    /// an unknown id.
    pub fn reach(&self, from: &[impl AsRef<str>], question: &ReachQuestion) -> Result<Reach<'_>, QuestionError> {
        let starts = self.require_all("from", from)?;
        let max_depth = self.length("maxDepth", question.max_depth)?;
        let filter = |filter: &Option<NodeFilter>| filter.as_ref().map(|f| Filter::new(self, f)).transpose();
        let (until, listed) = (filter(&question.until)?, filter(&question.filter)?);
        let avoided = |node: u32| question.hubs == HubPolicy::Avoid && self.is_hub(node, !question.follow.is_empty());
        let passes =
            |node: u32| !avoided(node) && until.as_ref().is_none_or(|until| !until.fits(NodeRef::new(self, node)));
        let rows = self.rows(Follow::new(&question.follow));
        let closure = self.budget().ask(|budget| closure(rows, &starts, max_depth, passes, budget));
        // A byte for each node of the graph, and each node found is looked at, filtered and sorted.
        self.spend(rows.node_count() / 64 + REACHED * closure.found.len());
        let found = || closure.found.iter().enumerate().skip(starts.len());
        let mut avoided_hubs: Vec<_> = found()
            .filter(|(position, found)| avoided(found.node) && closure.depth(*position) < max_depth)
            .map(|(_, found)| NodeRef::new(self, found.node))
            .collect();
        avoided_hubs.sort_unstable();
        let hit = |(position, found): (usize, &Found)| Reached {
            node: NodeRef::new(self, found.node),
            depth: closure.depth(position),
            position,
        };
        let fits = |hit: &Reached<'_>| listed.as_ref().is_none_or(|filter| filter.fits(hit.node));
        let mut reached: Vec<_> = found().map(hit).filter(fits).collect();
        reached.sort_unstable_by_key(|hit| (hit.depth, hit.node));
        let stopped = closure.stopped;
        Ok(Reach { view: self, closure, reached, stopped, avoided_hubs })
    }

    /// A number of steps.
    ///
    /// # Errors
    /// Less than one, or more than the bounds allow.
    pub(super) fn length(&self, argument: &'static str, asked: i32) -> Result<usize, QuestionError> {
        let most = self.bounds().path_length;
        match usize::try_from(asked) {
            Ok(length) if (1..=most).contains(&length) => Ok(length),
            _ => Err(QuestionError::bad(argument, format!("a path has 1 to {most} steps, not {asked}"))),
        }
    }
}
