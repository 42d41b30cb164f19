//! The paths between two nodes.

use super::shortest::{Ends, Outcome, shortest};
use super::simple::simple;
use super::{Budget, Follow, HubPolicy, Path, StopReason};
use crate::graph::{Direction, NodeRef, QuestionError, Step, View};
use crate::model::RelationshipKind;

/// Which paths to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PathMode {
    /// One shortest.
    #[default]
    Shortest,
    /// All that are as short as the shortest.
    AllShortest,
    /// All that visit no node twice, shortest first.
    Simple,
}

/// Which paths to look for.
#[derive(Debug, Clone, Default)]
pub struct PathsQuestion {
    /// Which to list.
    pub mode: PathMode,
    /// What to follow; everything where empty.
    pub follow: Vec<(RelationshipKind, Direction)>,
    /// Nodes all of which a path must visit.
    pub via: Vec<String>,
    /// Nodes a path must not visit.
    pub avoid: Vec<String>,
    /// Whether they may pass through hubs.
    pub hubs: HubPolicy,
    /// The most steps.
    pub max_length: i32,
    /// The most paths.
    pub first: i32,
}

/// The paths found.
pub struct Paths<'g> {
    /// Those listed: by length, then by (kind, date, node) of their steps.
    pub paths: Vec<Path<'g>>,
    /// How many were found.
    pub total: usize,
    /// Why the list ended.
    pub stopped: StopReason,
    /// The hubs that stand between the ends and were not passed through, by id.
    pub avoided_hubs: Vec<NodeRef<'g>>,
}

/// The most nodes to pass through.
const MOST_VIA: usize = 8;

/// A question whose ids are found and whose numbers are checked.
struct Checked {
    from: u32,
    to: u32,
    via: Vec<u32>,
    avoid: Vec<u32>,
    max_length: usize,
    first: usize,
    follow: Follow,
}

/// Paths found so far.
#[derive(Default)]
struct Listing {
    paths: Vec<Vec<Step>>,
    total: usize,
}

impl Listing {
    fn add(&mut self, steps: &[Step], first: usize) {
        if self.paths.len() < first {
            self.paths.push(steps.to_vec());
        }
        self.total += 1;
    }
}

impl View {
    /// The paths from one node to another. No path is an empty list, not an error.
    ///
    /// # Errors
    /// An unknown id; ends that are the same node; a node both to visit and to avoid; a length or a
    /// page out of bounds.
    pub fn paths(&self, from: &str, to: &str, question: &PathsQuestion) -> Result<Paths<'_>, QuestionError> {
        let checked = self.check_paths(from, to, question)?;
        // A search notes a byte or two for each node.
        self.spend(self.graph().counts().nodes / 16);
        let blocked = self.blocked(&checked, question);
        let ends = Ends { from: checked.from, to: checked.to, max_length: checked.max_length, blocked: &blocked };
        let mut hubs = Vec::new();
        let (listing, stopped) = self.budget().ask(|budget| {
            if question.mode == PathMode::Simple || !checked.via.is_empty() {
                self.list_simple(&checked, question.mode, &ends, budget, &mut hubs)
            } else {
                self.list_shortest(&checked, question.mode, &ends, budget, &mut hubs)
            }
        });
        hubs.retain(|hub| !checked.avoid.contains(hub));
        hubs.sort_unstable();
        hubs.dedup();
        let Listing { paths, total } = listing;
        let stopped = if total > paths.len() { stopped.max(StopReason::Page) } else { stopped };
        Ok(Paths {
            paths: paths.into_iter().map(|steps| Path::new(self, checked.from, steps)).collect(),
            total,
            stopped,
            avoided_hubs: hubs.into_iter().map(|hub| NodeRef::new(self, hub)).collect(),
        })
    }

    /// Whether there is a path. Ends with the first found.
    ///
    /// # Errors
    /// As [`View::paths`]; and where the work was used up before the answer was known.
    pub fn path_exists(&self, from: &str, to: &str, question: &PathsQuestion) -> Result<bool, QuestionError> {
        let checked = self.check_paths(from, to, question)?;
        // A search notes a byte or two for each node.
        self.spend(self.graph().counts().nodes / 16);
        let blocked = self.blocked(&checked, question);
        let ends = Ends { from: checked.from, to: checked.to, max_length: checked.max_length, blocked: &blocked };
        let rows = self.rows(checked.follow);
        match self.budget().ask(|budget| shortest(rows, &ends, budget, &mut Vec::new())) {
            Outcome::Found(_) => Ok(true),
            Outcome::Absent { .. } => Ok(false),
            Outcome::OutOfBudget => Err(QuestionError::bad(
                "maxLength",
                "the work this question may cost was used up before the answer was known; ask for a smaller length, or follow fewer kinds",
            )),
        }
    }

    fn check_paths(&self, from: &str, to: &str, question: &PathsQuestion) -> Result<Checked, QuestionError> {
        let numbers = |argument, ids: &[String]| {
            ids.iter().map(|id| Ok(self.require(argument, id)?.number())).collect::<Result<Vec<_>, QuestionError>>()
        };
        let (from, to) = (self.require("from", from)?.number(), self.require("to", to)?.number());
        if from == to {
            return Err(QuestionError::bad("to", "a path leads from one node to another, and this is `from` again"));
        }
        let mut via = numbers("via", &question.via)?;
        let avoid = numbers("avoid", &question.avoid)?;
        if let Some(both) = avoid.iter().find(|node| via.contains(node) || **node == from || **node == to) {
            let id = NodeRef::new(self, *both).id();
            return Err(QuestionError::bad("avoid", format!("{id:?} is both to be visited and to be avoided")));
        }
        via.retain(|node| *node != from && *node != to);
        via.sort_unstable();
        via.dedup();
        if via.len() > MOST_VIA {
            return Err(QuestionError::bad("via", format!("a path can be asked to visit at most {MOST_VIA} nodes")));
        }
        let most = self.bounds().page;
        let Some(first) = usize::try_from(question.first).ok().filter(|&first| first <= most) else {
            return Err(QuestionError::bad("first", format!("a page has 0 to {most} items")));
        };
        let max_length = self.length("maxLength", question.max_length)?;
        let first = if question.mode == PathMode::Shortest { first.min(1) } else { first };
        Ok(Checked { from, to, via, avoid, max_length, first, follow: Follow::new(&question.follow) })
    }

    /// What a path may not pass through.
    fn blocked<'a>(&'a self, checked: &'a Checked, question: &'a PathsQuestion) -> impl Fn(u32) -> bool + 'a {
        let chosen_steps = !question.follow.is_empty();
        move |node| {
            let is_hub = question.hubs == HubPolicy::Avoid && self.is_hub(node, chosen_steps);
            let is_wanted = || node == checked.from || node == checked.to || checked.via.contains(&node);
            is_hub && !is_wanted() || checked.avoid.contains(&node)
        }
    }

    fn list_shortest(
        &self,
        checked: &Checked,
        mode: PathMode,
        ends: &Ends<'_>,
        budget: &mut Budget,
        hubs: &mut Vec<u32>,
    ) -> (Listing, StopReason) {
        let mut listing = Listing::default();
        let stopped = match shortest(self.rows(checked.follow), ends, budget, hubs) {
            Outcome::Absent { beyond: true } => StopReason::MaxDepth,
            Outcome::Absent { beyond: false } => StopReason::None,
            Outcome::OutOfBudget => StopReason::WorkBudget,
            Outcome::Found(found) => {
                let lasted = found.list(budget, |steps| {
                    listing.add(steps, checked.first);
                    mode == PathMode::AllShortest
                });
                if lasted { StopReason::None } else { StopReason::WorkBudget }
            }
        };
        (listing, stopped)
    }

    fn list_simple(
        &self,
        checked: &Checked,
        mode: PathMode,
        ends: &Ends<'_>,
        budget: &mut Budget,
        hubs: &mut Vec<u32>,
    ) -> (Listing, StopReason) {
        let mut listing = Listing::default();
        let mut visit = |steps: &[Step], first_of_length: bool| {
            let as_short = !first_of_length || listing.total == 0;
            if as_short || mode == PathMode::Simple {
                listing.add(steps, checked.first);
            }
            match mode {
                PathMode::Shortest => false,
                PathMode::AllShortest => as_short,
                PathMode::Simple => true,
            }
        };
        let outcome = simple(self.rows(checked.follow), ends, &checked.via, budget, hubs, &mut visit);
        let found_all = mode != PathMode::Simple && listing.total > 0;
        let stopped = match outcome {
            _ if outcome.out_of_budget => StopReason::WorkBudget,
            _ if outcome.beyond && !found_all => StopReason::MaxDepth,
            _ => StopReason::None,
        };
        (listing, stopped)
    }
}
