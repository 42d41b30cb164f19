//! What the questions of one request may ask for and cost, at most.

/// The bounds of a view. Their defaults are those the descriptions of the API state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Items on a page.
    pub page: usize,
    /// Nodes of a part of the graph.
    pub part: usize,
    /// Steps of a path.
    pub path_length: usize,
    /// Relationships one traversal may visit.
    pub work: u64,
    /// Relationships all traversals of a request may visit together.
    pub work_per_request: u64,
    /// Units of work a request may cost in all: see [`RequestBudget`](super::RequestBudget).
    pub request_work: u64,
    /// Conditions of a filter.
    pub filter_conditions: usize,
    /// Levels of conditions within conditions.
    pub filter_depth: usize,
}

impl Bounds {
    /// The default bounds, but for the work of a request, which has none.
    pub fn unlimited() -> Self {
        Self { request_work: u64::MAX, ..Self::default() }
    }
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            page: 500,
            part: 2_000,
            path_length: 32,
            work: 1_000_000,
            work_per_request: 4_000_000,
            request_work: 10_000_000,
            filter_conditions: 200,
            filter_depth: 12,
        }
    }
}
