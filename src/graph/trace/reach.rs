//! Everything that can be reached from some nodes.

use std::sync::OnceLock;

use super::closure::{Closure, Found, closure};
use super::{Follow, Hidden, HubPolicy, Path, StopReason, hidden};
use crate::graph::{Caveat, Direction, Filter, NodeFilter, NodeRef, QuestionError, View};
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
    walk: Walk,
    /// The nodes listed, by depth, then id.
    pub reached: Vec<Reached<'g>>,
    /// Whether more lies beyond, or the work was used up.
    pub stopped: StopReason,
    /// Everything up to so many steps away was found: what was asked for, unless the work was used up.
    pub whole_to: usize,
    hidden: OnceLock<Hidden>,
}

/// A question whose filters are checked.
struct Walk {
    follow: Follow,
    max_depth: usize,
    until: Option<Filter>,
    listed: Option<Filter>,
    hubs: HubPolicy,
}

impl Walk {
    fn passes(&self, node: NodeRef<'_>) -> bool {
        self.until.as_ref().is_none_or(|until| !until.fits(node))
    }

    fn lists(&self, node: NodeRef<'_>) -> bool {
        self.listed.as_ref().is_none_or(|filter| filter.fits(node))
    }
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

    /// How many nodes were left out because only hubs lead to them. Worked out when first asked, on what is
    /// left of the work the request may cost.
    pub fn hidden(&self) -> &Hidden {
        let (view, walk) = (self.view, &self.walk);
        let node = |number| NodeRef::new(view, number);
        self.hidden.get_or_init(|| {
            if walk.hubs == HubPolicy::Allow {
                return Hidden::default();
            }
            view.budget().ask(|budget| {
                hidden::nodes(
                    view.rows(walk.follow),
                    &self.closure,
                    walk.max_depth,
                    |number| walk.passes(node(number)),
                    |number| view.avoids(number, walk.hubs),
                    |number| walk.lists(node(number)),
                    budget,
                )
            })
        })
    }

    /// The lists of members and parties that were walked and are not known to be whole, by id.
    pub fn caveats(&self) -> Vec<Caveat<'g>> {
        let walk = &self.walk;
        let found = self.closure.found.iter().map(|found| NodeRef::new(self.view, found.node));
        let walked_on = found.enumerate().take_while(|(position, _)| self.closure.depth(*position) < walk.max_depth);
        let passes = |node: NodeRef<'g>| !self.view.avoids(node.number(), walk.hubs) && walk.passes(node);
        let goes_on = |(position, node): &(usize, NodeRef<'g>)| {
            // Few nodes have a list, and few depths need be looked up.
            node.membership().is_some() && (self.closure.depth(*position) == 0 || passes(*node))
        };
        Caveat::all(walked_on.filter(goes_on).map(|(_, node)| node), walk.follow)
    }

    /// The hubs through which they are reached, by id.
    pub fn avoided_hubs(&self) -> Vec<NodeRef<'g>> {
        self.hidden().hubs.iter().map(|hub| NodeRef::new(self.view, *hub)).collect()
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
        let follow = Follow::new(&question.follow);
        let walk = Walk { follow, max_depth, until, listed, hubs: question.hubs };
        let passes = |node: u32| !self.avoids(node, walk.hubs) && walk.passes(NodeRef::new(self, node));
        let rows = self.rows(follow);
        let closure = self.budget().ask(|budget| closure(rows, &starts, max_depth, passes, budget));
        // A byte for each node of the graph, and each node found is looked at, filtered and sorted.
        self.spend(rows.node_count() / 64 + REACHED * closure.found.len());
        let hit = |(position, found): (usize, &Found)| Reached {
            node: NodeRef::new(self, found.node),
            depth: closure.depth(position),
            position,
        };
        let found = closure.found.iter().enumerate().skip(starts.len());
        let mut reached: Vec<_> = found.map(hit).filter(|hit| walk.lists(hit.node)).collect();
        reached.sort_unstable_by_key(|hit| (hit.depth, hit.node));
        let (stopped, whole_to) = (closure.stopped, closure.whole_to);
        Ok(Reach { view: self, closure, walk, reached, stopped, whole_to, hidden: OnceLock::new() })
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
