//! What differs between the data before and after.

use std::sync::Arc;

use async_graphql::{ID, Object};

use super::enums::PartialDate;
use super::release::GraphCounts;
use crate::graph::{self, Changes, Difference};

/// Other data are served than before.
pub struct ReleaseChange(pub Arc<Difference>);

/// Other data are served than before.
#[Object]
impl ReleaseChange {
    /// What was served before.
    async fn before(&self) -> Edition<'_> {
        Edition(&self.0.from)
    }

    /// What is served now.
    async fn after(&self) -> Edition<'_> {
        Edition(&self.0.to)
    }

    /// Which nodes differ.
    async fn nodes(&self) -> IdChanges<'_> {
        IdChanges(&self.0.nodes)
    }

    /// Which relationships differ. Their ids are made of what they say, so another kind or another end
    /// is one relationship removed and one added.
    async fn relationships(&self) -> IdChanges<'_> {
        IdChanges(&self.0.relationships)
    }

    /// Which sources differ.
    async fn sources(&self) -> IdChanges<'_> {
        IdChanges(&self.0.sources)
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
    async fn counts(&self) -> GraphCounts {
        GraphCounts::of(self.0.counts)
    }
}

/// Which things of one sort differ, by id.
pub struct IdChanges<'d>(&'d Changes);

/// Which things of one sort differ, by id.
#[Object]
impl<'d> IdChanges<'d> {
    /// The ids that are new, in their order.
    async fn added(
        &self,
        #[graphql(desc = "How many ids at most.", default = 100, validator(minimum = 0, maximum = 500))] first: i32,
    ) -> Vec<ID> {
        ids(self.0.added.iter(), first)
    }

    /// How many are new.
    async fn added_count(&self) -> usize {
        self.0.added.len()
    }

    /// The ids that are gone, in their order.
    async fn removed(
        &self,
        #[graphql(desc = "How many ids at most.", default = 100, validator(minimum = 0, maximum = 500))] first: i32,
    ) -> Vec<ID> {
        ids(self.0.removed.iter(), first)
    }

    /// How many are gone.
    async fn removed_count(&self) -> usize {
        self.0.removed.len()
    }

    /// The ids of which something is said differently, in their order.
    async fn changed(
        &self,
        #[graphql(desc = "How many ids at most.", default = 100, validator(minimum = 0, maximum = 500))] first: i32,
    ) -> Vec<ID> {
        ids(self.0.changed.iter().map(|changed| &changed.id), first)
    }

    /// Of how many something is said differently.
    async fn changed_count(&self) -> usize {
        self.0.changed.len()
    }
}

fn ids<'d>(all: impl Iterator<Item = &'d String>, first: i32) -> Vec<ID> {
    all.take(usize::try_from(first).unwrap_or_default()).map(ID::from).collect()
}
