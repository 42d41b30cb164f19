//! How things are connected: closures, paths and neighbourhoods, each saying whether it is all.
//!
//! The searches ([`closure`], [`shortest`], [`simple`]) walk [`Rows`]: adjacency frozen into
//! compressed sparse rows, narrowed to what a view shows and a question follows. They know nothing of
//! nodes but their numbers. [`View`](super::View) asks them on behalf of a question and shows what
//! they find as [`Path`]s.

mod budget;
pub mod closure;
mod follow;
pub mod hidden;
mod hub;
mod path;
mod paths;
mod reach;
mod rows;
mod shared;
pub mod shortest;
pub mod simple;
mod subgraph;

pub use budget::Budget;
pub use follow::Follow;
pub use hidden::Hidden;
pub use hub::{HubPolicy, Hubs};
pub use path::{Path, PathStep, ValidDuring};
pub use paths::{PathMode, Paths, PathsQuestion};
pub use reach::{Reach, ReachQuestion, Reached};
pub use rows::Rows;
pub use shared::SharedNeighbors;
pub use subgraph::{Subgraph, SubgraphQuestion};

/// Why an enumeration ended before everything was listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StopReason {
    /// Nothing is missing.
    None,
    /// More lies further away than was asked for.
    MaxDepth,
    /// More was found than is on the page.
    Page,
    /// The work a question may cost was used up; more may exist.
    WorkBudget,
}
