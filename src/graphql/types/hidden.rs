//! What hubs hide.

use async_graphql::SimpleObject;

use crate::graph;
use crate::graphql::written::written;

/// What was left out because it leads through hubs, and would be found with `hubs: ALLOW`.
#[derive(SimpleObject)]
pub struct Hidden {
    /// How many paths or nodes. Counting draws on the work that the request may cost; exact unless
    /// `atLeast`.
    by_hubs: usize,
    /// Whether there may be more, since the work one question may cost was used up before all were
    /// counted, or they are more than an `Int` holds. Then `avoidedHubs` has the hubs known by then.
    at_least: bool,
    /// How many steps the shortest of the paths has, or how far the nearest of the nodes is; null where
    /// none was found, or their work was used up before.
    nearest: Option<usize>,
}

written! { [] Hidden }

impl From<&graph::Hidden> for Hidden {
    fn from(hidden: &graph::Hidden) -> Self {
        Self { by_hubs: hidden.by_hubs, at_least: hidden.at_least, nearest: hidden.nearest }
    }
}
