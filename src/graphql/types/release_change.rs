//! What differs between the data before and after.

use std::sync::Arc;

use async_graphql::Object;

use super::changes::ChangeSet;
use super::enums::PartialDate;
use super::release::GraphCounts;
use crate::graph::{self, Changes, Difference};
use crate::graphql::written::{One, written};

/// Other data are served than before. It holds neither of them, since one may be gone already.
pub struct ReleaseChange {
    difference: Arc<Difference>,
    most: usize,
}

written! { [] ReleaseChange, ['d] Edition<'d> }

impl ReleaseChange {
    /// What `difference` says, at most so many items in a list.
    pub fn new(difference: Arc<Difference>, most: usize) -> Self {
        Self { difference, most }
    }

    fn set<'d>(&self, changes: &'d Changes) -> ChangeSet<'d> {
        ChangeSet::new(changes, self.most)
    }
}

/// Other data are served than before.
#[Object]
impl ReleaseChange {
    /// What was served before.
    async fn before(&self) -> One<Edition<'_>> {
        One(Edition(&self.difference.from))
    }

    /// What is served now.
    async fn after(&self) -> One<Edition<'_>> {
        One(Edition(&self.difference.to))
    }

    /// Which nodes differ.
    async fn nodes(&self) -> One<ChangeSet<'_>> {
        One(self.set(&self.difference.nodes))
    }

    /// Which relationships differ. Their ids are made of what they say, so another kind or another end
    /// is one relationship removed and one added.
    async fn relationships(&self) -> One<ChangeSet<'_>> {
        One(self.set(&self.difference.relationships))
    }

    /// Which sources differ.
    async fn sources(&self) -> One<ChangeSet<'_>> {
        One(self.set(&self.difference.sources))
    }
}

/// What is told of a release that may be gone already.
pub struct Edition<'d>(&'d graph::Edition);

/// What is told of a release that may be gone already.
#[Object]
impl<'d> Edition<'d> {
    /// Its name, as in `2026-11-23`.
    async fn id(&self) -> &str {
        &self.0.release.id
    }

    /// The BLAKE3 digest of the data: equal digests, equal answers.
    async fn digest(&self) -> &str {
        &self.0.digest
    }

    /// When it was published.
    async fn published(&self) -> PartialDate {
        PartialDate(self.0.release.published)
    }

    /// The licence of the data, as an SPDX identifier.
    async fn license(&self) -> &str {
        &self.0.release.license
    }

    /// When this server loaded it, as an ISO 8601 instant.
    async fn loaded_at(&self) -> String {
        self.0.loaded_at.to_string()
    }

    /// How many of everything it holds.
    async fn counts(&self) -> One<GraphCounts> {
        One(GraphCounts::of(self.0.counts))
    }
}
