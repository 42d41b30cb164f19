//! How the data stand: what `/health` and the metrics tell.

use std::sync::Arc;

use jiff::Timestamp;

use super::Fault;

/// How the data stand.
#[derive(Debug, Clone)]
pub struct Status {
    /// How often other data have replaced those served before.
    pub reloads: u64,
    /// How often data were refused.
    pub refusals: u64,
    /// When the data served now were loaded.
    pub loaded_at: Timestamp,
    /// The newest data, where they were refused, so that older ones are served.
    pub refused: Option<Arc<Refused>>,
}

/// Data that are not served.
#[derive(Debug)]
pub struct Refused {
    /// When they were refused.
    pub at: Timestamp,
    /// Everything that is wrong with them.
    pub faults: Vec<Fault>,
}

impl Status {
    /// Whether the newest data are not those served.
    pub fn is_degraded(&self) -> bool {
        self.refused.is_some()
    }
}
