//! The paths between two nodes.

use std::sync::OnceLock;

use super::shortest::{Ends, Outcome, shortest};
use super::simple::simple;
use super::{Budget, Follow, Hidden, HubPolicy, Path, StopReason, hidden};
use crate::graph::{Caveat, Direction, NodeRef, QuestionError, Step, View};
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
    /// Every path asked about that has so many steps or fewer was found: `max_length`, unless the work was
    /// used up.
    pub whole_to: usize,
    view: &'g View,
    checked: Checked,
    /// Steps of the shortest path found.
    shortest: Option<usize>,
    hidden: OnceLock<Hidden>,
}

impl<'g> Paths<'g> {
    /// How many paths were left out because they pass through hubs: of [`PathMode::Simple`] all of them; of
    /// the other modes those that are no longer than the ones found, or where none was found, those as short
    /// as the shortest. Worked out when first asked, on what is left of the work the request may cost.
    pub fn hidden(&self) -> &Hidden {
        self.hidden.get_or_init(|| {
            let (view, checked) = (self.view, &self.checked);
            if checked.hubs == HubPolicy::Allow {
                return Hidden::default();
            }
            let is_avoided = |node| checked.avoid.contains(&node);
            let is_hub = |node| view.is_avoided_hub(checked, node);
            let ends = checked.ends(&is_avoided);
            let rows = view.rows(checked.follow);
            let via = &checked.via;
            view.budget().ask(|budget| match checked.mode {
                PathMode::Simple => hidden::simple_paths(rows, &ends, via, false, &is_hub, budget),
                PathMode::Shortest | PathMode::AllShortest => {
                    hidden::shortest_paths(rows, &ends, via, self.shortest, &is_hub, budget)
                }
            })
        })
    }

    /// The lists of members and parties that are not known to be whole: of the two ends and of the nodes on
    /// the paths listed, by id. Where they are not, there may be more paths.
    pub fn caveats(&self) -> Vec<Caveat<'g>> {
        let on_paths = self.paths.iter().flat_map(|path| path.steps().map(|step| step.to));
        let ends = [self.checked.from, self.checked.to].map(|end| NodeRef::new(self.view, end));
        // A list is walked from the body to those on it, or to the body from one of them.
        let follow = self.checked.follow.either_way();
        Caveat::all(on_paths.chain(ends), follow)
    }

    /// The hubs through which they pass, by id.
    pub fn avoided_hubs(&self) -> Vec<NodeRef<'g>> {
        self.hidden().hubs.iter().map(|hub| NodeRef::new(self.view, *hub)).collect()
    }
}

/// The most nodes to pass through.
const MOST_VIA: usize = 8;

/// A question whose ids are found and whose numbers are checked.
struct Checked {
    mode: PathMode,
    hubs: HubPolicy,
    from: u32,
    to: u32,
    via: Vec<u32>,
    avoid: Vec<u32>,
    max_length: usize,
    first: usize,
    follow: Follow,
}

impl Checked {
    /// Whether paths are listed one by one, as those through some nodes must be.
    fn is_simple(&self) -> bool {
        self.mode == PathMode::Simple || !self.via.is_empty()
    }

    fn ends<'a>(&self, blocked: &'a dyn Fn(u32) -> bool) -> Ends<'a> {
        Ends { from: self.from, to: self.to, max_length: self.max_length, blocked }
    }
}

/// Paths found so far.
#[derive(Default)]
struct Listing {
    paths: Vec<Vec<Step>>,
    total: usize,
    shortest: Option<usize>,
}

impl Listing {
    fn add(&mut self, steps: &[Step], first: usize) {
        if self.paths.len() < first {
            self.paths.push(steps.to_vec());
        }
        self.shortest.get_or_insert(steps.len());
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
        let blocked = |node| self.is_blocked(&checked, node);
        let ends = checked.ends(&blocked);
        let (listing, stopped, whole_to) = self.budget().ask(|budget| {
            if checked.is_simple() {
                self.list_simple(&checked, &ends, budget)
            } else {
                self.list_shortest(&checked, &ends, budget)
            }
        });
        let Listing { paths, total, shortest } = listing;
        let stopped = if total > paths.len() { stopped.max(StopReason::Page) } else { stopped };
        Ok(Paths {
            paths: paths.into_iter().map(|steps| Path::new(self, checked.from, steps)).collect(),
            total,
            stopped,
            whole_to,
            view: self,
            checked,
            shortest,
            hidden: OnceLock::new(),
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
        let blocked = |node| self.is_blocked(&checked, node);
        let ends = checked.ends(&blocked);
        let rows = self.rows(checked.follow);
        match self.budget().ask(|budget| shortest(rows, &ends, budget)) {
            Outcome::Found(_) => Ok(true),
            Outcome::Absent { .. } => Ok(false),
            Outcome::OutOfBudget { .. } => Err(QuestionError::bad(
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
        let PathsQuestion { mode, hubs, .. } = *question;
        let first = if mode == PathMode::Shortest { first.min(1) } else { first };
        Ok(Checked { mode, hubs, from, to, via, avoid, max_length, first, follow: Follow::new(&question.follow) })
    }

    /// Whether a node is a hub that is neither an end nor one to be visited.
    fn is_avoided_hub(&self, checked: &Checked, node: u32) -> bool {
        let is_wanted = || node == checked.from || node == checked.to || checked.via.contains(&node);
        self.avoids(node, checked.hubs) && !is_wanted()
    }

    /// Whether a path may not pass through a node.
    fn is_blocked(&self, checked: &Checked, node: u32) -> bool {
        self.is_avoided_hub(checked, node) || checked.avoid.contains(&node)
    }

    /// The shortest paths, why their list ended, and to which length it is whole.
    fn list_shortest(&self, checked: &Checked, ends: &Ends<'_>, budget: &mut Budget) -> (Listing, StopReason, usize) {
        let mut listing = Listing::default();
        let (stopped, whole_to) = match shortest(self.rows(checked.follow), ends, budget) {
            Outcome::Absent { beyond: true } => (StopReason::MaxDepth, checked.max_length),
            Outcome::Absent { beyond: false } => (StopReason::None, checked.max_length),
            Outcome::OutOfBudget { none_to } => (StopReason::WorkBudget, none_to),
            Outcome::Found(found) => {
                let lasted = found.list(budget, |steps| {
                    listing.add(steps, checked.first);
                    checked.mode == PathMode::AllShortest
                });
                if lasted { (StopReason::None, checked.max_length) } else { (StopReason::WorkBudget, found.length - 1) }
            }
        };
        (listing, stopped, whole_to)
    }

    /// Paths that visit no node twice, likewise.
    fn list_simple(&self, checked: &Checked, ends: &Ends<'_>, budget: &mut Budget) -> (Listing, StopReason, usize) {
        let mode = checked.mode;
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
        let outcome = simple(self.rows(checked.follow), ends, &checked.via, budget, &mut visit);
        let found_all = mode != PathMode::Simple && listing.total > 0;
        let stopped = match outcome {
            _ if outcome.out_of_budget => StopReason::WorkBudget,
            _ if outcome.beyond && !found_all => StopReason::MaxDepth,
            _ => StopReason::None,
        };
        (listing, stopped, outcome.whole_to)
    }
}
