//! Every limit on questions, in one place.

use std::time::Duration;

use async_graphql::parser::types::OperationType;

use crate::graph::Bounds;

/// What questions may ask for at most. Each field is an option of the program, and its description the
/// line of `--help`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a document.
    pub document_bytes: usize,
    /// Words, numbers, texts and signs of a document.
    pub tokens: usize,
    /// Brackets open at one place of a document.
    pub open_brackets: usize,
    /// Selections within selections, fragments expanded.
    pub nesting: usize,
    /// Fields within fields, fragments expanded; standard introspection takes 15.
    pub depth: usize,
    /// Fields of a document, fragments expanded.
    pub fields: u64,
    /// Aliases of a document, fragments expanded.
    pub aliases: u64,
    /// Directives of a document, fragments expanded.
    pub directives: u64,
    /// Values of an answer, as estimated from pages and lists.
    pub cost: u64,
    /// Values of what a subscription tells at once, as estimated. It is worked out on the threads that
    /// serve all others, for everybody who listens.
    pub subscription_cost: u64,
    /// Items of a page.
    pub page: usize,
    /// Nodes of a part of the graph, as `subgraph` gives it.
    pub part: usize,
    /// Steps of a path, and of whatever else is followed through the graph.
    pub path_length: usize,
    /// Relationships one traversal may visit.
    pub work: u64,
    /// Relationships all traversals of one question may visit together.
    pub work_per_request: u64,
    /// Units of work one question may cost in all: relationships visited, conditions checked, values
    /// written. Some tens of nanoseconds of processor time each.
    pub request_work: u64,
    /// Conditions of a filter.
    pub filter_conditions: usize,
    /// Levels of conditions within conditions of a filter.
    pub filter_depth: usize,
    /// Bytes of an answer.
    pub answer_bytes: usize,
    /// Bytes of all answers in memory: those under way, those being read by slow readers, and those kept.
    pub answers_bytes: usize,
    /// How long a question may take.
    pub time: Duration,
    /// Costly questions answered at once.
    pub heavy_at_once: usize,
    /// The cost from which on a question is costly: it is answered apart, so that others need not wait.
    pub heavy_cost: u64,
    /// Faults of a document that are named.
    pub errors: usize,
    /// Bytes of documents kept, read and judged.
    pub document_cache: u64,
}

/// Items expected in a list that has no pages.
pub(super) const PLAIN_LIST: u64 = 10;

impl Default for Limits {
    fn default() -> Self {
        let Bounds { page, part, path_length, work, work_per_request, request_work, filter_conditions, filter_depth } =
            Bounds::default();
        Self {
            document_bytes: 16 * 1024,
            tokens: 4_000,
            open_brackets: 64,
            nesting: 64,
            depth: 24,
            fields: 4_000,
            aliases: 500,
            directives: 200,
            cost: 250_000,
            subscription_cost: 5_000,
            page,
            part,
            path_length,
            work,
            work_per_request,
            request_work,
            filter_conditions,
            filter_depth,
            answer_bytes: 16 << 20,
            answers_bytes: 192 << 20,
            time: Duration::from_secs(30),
            heavy_at_once: 4,
            heavy_cost: 5_000,
            errors: 20,
            document_cache: 32 * 1024 * 1024,
        }
    }
}

impl Limits {
    /// The limits of operations of this kind.
    pub(super) fn of(&self, kind: OperationType) -> Self {
        match kind {
            OperationType::Query | OperationType::Mutation => *self,
            OperationType::Subscription => Self { cost: self.cost.min(self.subscription_cost), ..*self },
        }
    }

    /// What the graph must know of them.
    pub fn bounds(&self) -> Bounds {
        let Self { page, part, path_length, work, work_per_request, .. } = *self;
        let Self { request_work, filter_conditions, filter_depth, .. } = *self;
        Bounds { page, part, path_length, work, work_per_request, request_work, filter_conditions, filter_depth }
    }

    /// The limits that would refuse what the API itself asks for where nothing is asked for, or that
    /// could not be kept: the name of each, and the range it must be in.
    pub fn faults(&self) -> Vec<(&'static str, String)> {
        let within = [
            // The defaults of `first`, `limit` and `maxDepth` must pass.
            ("page", self.page as u64, 100, 100_000),
            ("part", self.part as u64, 500, 1_000_000),
            ("path_length", self.path_length as u64, 10, 1_000),
            // The guard, and whatever recurses behind it, was measured up to here.
            ("document_bytes", self.document_bytes as u64, 256, 1024 * 1024),
            ("tokens", self.tokens as u64, 16, 100_000),
            ("open_brackets", self.open_brackets as u64, 16, 128),
            ("nesting", self.nesting as u64, 16, 128),
            ("depth", self.depth as u64, 1, 128),
            ("filter_conditions", self.filter_conditions as u64, 10, 10_000),
            ("filter_depth", self.filter_depth as u64, 2, 64),
            ("heavy_at_once", self.heavy_at_once as u64, 1, 1_024),
            ("errors", self.errors as u64, 1, 1_000),
        ];
        let outside = within.into_iter().filter(|(_, value, least, most)| !(least..=most).contains(&value));
        outside.map(|(name, value, least, most)| (name, format!("{value} is not within {least} to {most}"))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_that_cannot_be_kept_are_named() {
        assert_eq!(Limits::default().faults(), []);
        let wrong = Limits { page: 20, open_brackets: 1_000, ..Limits::default() };
        let expected = [("page", "20 is not within 100 to 100000"), ("open_brackets", "1000 is not within 16 to 128")];
        assert_eq!(wrong.faults(), expected.map(|(name, message)| (name, message.to_owned())));
    }
}
