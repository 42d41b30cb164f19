//! Which ids there are, for whoever names some from outside of the facts.

use super::ValidDataset;
use super::rules::nearest;

/// What an id is the id of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// A node.
    Node,
    /// A source.
    Source,
}

impl ValidDataset {
    /// Whether `id` names such a thing; a former id does too. O(log n) but for former ids, which are looked
    /// through.
    pub fn has(&self, named: Named, id: &str) -> bool {
        match named {
            Named::Source => self.sources().binary_search_by(|source| source.id.as_str().cmp(id)).is_ok(),
            Named::Node => {
                self.nodes().binary_search_by(|node| node.id.as_str().cmp(id)).is_ok()
                    || self.nodes().iter().any(|node| node.former_ids.iter().any(|former| former.as_str() == id))
            }
        }
    }

    /// The id of such a thing that is most like `id`, if any is much like it. O(n).
    pub fn nearest(&self, named: Named, id: &str) -> Option<&str> {
        match named {
            Named::Node => nearest(id, self.nodes().iter().map(|node| node.id.as_str())),
            Named::Source => nearest(id, self.sources().iter().map(|source| source.id.as_str())),
        }
    }
}
