//! Paths and lists of paths.

use async_graphql::{Context, Object, SimpleObject};

use super::caveat::Caveat;
use super::enums::{Direction, Language, PartialDate, StopReason};
use super::hidden::Hidden;
use super::{Citation, Node, Relationship};
use crate::graph;
use crate::graphql::request::language_or;
use crate::graphql::written::{Many, One, written};

written! { ['g] Path<'g>, ['g] PathStep<'g>, ['g] PathConnection<'g>, [] DateInterval }

/// A path: how one node is connected to another, step by step.
pub struct Path<'g>(graph::Path<'g>);

impl<'g> From<graph::Path<'g>> for Path<'g> {
    fn from(path: graph::Path<'g>) -> Self {
        Self(path)
    }
}

/// A path: how one node is connected to another, step by step. Two relationships between the same
/// nodes make two paths.
#[Object]
impl<'g> Path<'g> {
    /// How many steps it has.
    async fn length(&self) -> usize {
        self.0.length()
    }

    /// Where it begins.
    async fn from(&self) -> One<Node<'g>> {
        One(self.0.from().into())
    }

    /// Where it ends.
    async fn to(&self) -> One<Node<'g>> {
        One(self.0.to().into())
    }

    /// Its steps, in order.
    async fn steps(&self) -> Many<PathStep<'g>> {
        self.0.steps().map(PathStep).collect()
    }

    /// The span of time in which every step holds: from the latest beginning to the earliest end.
    /// Null where a step is not dated (see `undatedSteps`), or where no day can lie in all of them.
    async fn valid_during(&self) -> Option<One<DateInterval>> {
        self.0.valid_during().map(Into::into).map(One)
    }

    /// How many of its steps no source dates.
    async fn undated_steps(&self) -> usize {
        self.0.undated_steps()
    }

    /// The path as one sentence, ready to quote, with the dates of its steps.
    async fn sentence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The language; the request's own where left out.")] language: Option<Language>,
    ) -> String {
        self.0.sentence(language_or(ctx, language))
    }

    /// The sources of its steps, in their order, without repeats.
    async fn citations(&self) -> Many<Citation<'g>> {
        self.0.citations().into_iter().map(Citation::from).collect()
    }
}

/// One step of a path.
pub struct PathStep<'g>(graph::PathStep<'g>);

/// One step of a path.
#[Object]
impl<'g> PathStep<'g> {
    /// Where the step begins.
    async fn from(&self) -> One<Node<'g>> {
        One(self.0.from.into())
    }

    /// The relationship it walks, with its dates and sources.
    async fn relationship(&self) -> One<Relationship<'g>> {
        One(self.0.relationship.into())
    }

    /// OUT where it walks the relationship from subject to object, IN where it walks it back.
    async fn direction(&self) -> Direction {
        self.0.direction.into()
    }

    /// Where the step ends.
    async fn to(&self) -> One<Node<'g>> {
        One(self.0.to.into())
    }
}

/// A span of time.
#[derive(SimpleObject)]
pub struct DateInterval {
    /// Its first date, no more precise than the source.
    start: Option<PartialDate>,
    /// Its last date; null where it is not known to have ended.
    end: Option<PartialDate>,
    /// Whether there is such a time whichever days the vague dates mean; false where there only can be.
    certain: bool,
}

impl From<graph::ValidDuring> for DateInterval {
    fn from(valid: graph::ValidDuring) -> Self {
        let graph::ValidDuring { interval, certain } = valid;
        Self { start: interval.start.map(PartialDate), end: interval.end.map(PartialDate), certain }
    }
}

/// The paths between two nodes.
pub struct PathConnection<'g>(graph::Paths<'g>);

impl<'g> From<graph::Paths<'g>> for PathConnection<'g> {
    fn from(paths: graph::Paths<'g>) -> Self {
        Self(paths)
    }
}

/// The paths between two nodes: by length, then step by step by kind of relationship, date and id.
/// Empty where there is none.
#[Object]
impl<'g> PathConnection<'g> {
    /// The paths.
    async fn nodes(&self) -> Many<Path<'g>> {
        self.0.paths.iter().cloned().map(Path).collect()
    }

    /// How many paths were found, listed or not; exact unless `stoppedBy` is WORK_BUDGET. Those that lead
    /// through hubs are not among them: see `hidden`.
    async fn total_count(&self) -> usize {
        self.0.total
    }

    /// Whether every path that was asked about is listed. Paths through hubs that are avoided were not
    /// asked about: `hidden` counts them. It does not mean that the graph holds every link there is in the
    /// world: see `caveats`.
    async fn complete(&self) -> bool {
        self.0.stopped == graph::StopReason::None
    }

    /// Why not every path is listed.
    async fn stopped_by(&self) -> StopReason {
        self.0.stopped.into()
    }

    /// Every path asked about that has so many steps or fewer was found: `maxLength`, unless the work one
    /// question may cost was used up before.
    async fn complete_to_length(&self) -> usize {
        self.0.whole_to
    }

    /// The paths that were left out because they pass through hubs, and that visit no node twice: of
    /// SIMPLE all within `maxLength`; of the other modes those that are no longer than the paths found, or
    /// where none was found, those as short as the shortest of them.
    async fn hidden(&self) -> One<Hidden> {
        One(self.0.hidden().into())
    }

    /// The lists of members and parties that are not known to be whole, of the two ends and of the nodes on
    /// the paths listed, by id: there may be paths through those who are missing.
    async fn caveats(&self) -> Many<Caveat<'g>> {
        self.0.caveats().into_iter().map(Caveat::from).collect()
    }

    /// Every hub through which one of the `hidden` paths passes, by id.
    async fn avoided_hubs(&self) -> Many<Node<'g>> {
        self.0.avoided_hubs().into_iter().map(Node::from).collect()
    }
}
