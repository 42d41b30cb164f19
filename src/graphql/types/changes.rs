//! What differs between two releases.

use std::sync::Arc;

use async_graphql::{ID, Object, SimpleObject};

use super::Release;
use crate::graph::{self, Graph, QuestionError, View, quoted};
use crate::graphql::error::Refusal;
use crate::graphql::written::{Many, One, written};

/// Ids listed where nothing else is asked for.
const DEFAULT: i32 = 50;

/// What was added, removed and changed from one release to another.
pub struct Changes {
    from: Arc<Graph>,
    to: View,
    difference: Arc<graph::Difference>,
}

written! { [] Changes, ['d] ChangeSet<'d>, ['d] Change<'d>, ['d] FieldChange<'d> }

impl Changes {
    /// What `difference` says of what was added, removed and changed between `from` and the release
    /// that `to` shows.
    pub fn new(from: Arc<Graph>, to: &View, difference: Arc<graph::Difference>) -> Self {
        Self { from, to: to.of(to.graph().clone()), difference }
    }

    fn set<'d>(&self, changes: &'d graph::Changes) -> ChangeSet<'d> {
        ChangeSet::new(changes, self.to.bounds().page)
    }
}

/// What was added, removed and changed from one release to another. Relationships are known by what
/// they say: one of another kind or with another end is one removed and one added.
#[Object]
impl Changes {
    /// The older release.
    async fn from(&self) -> One<Release<'_>> {
        One(Release::of(self.to.of(self.from.clone())))
    }

    /// The newer release.
    async fn to(&self) -> One<Release<'_>> {
        One(Release::new(&self.to))
    }

    /// Of the nodes.
    async fn nodes(&self) -> One<ChangeSet<'_>> {
        One(self.set(&self.difference.nodes))
    }

    /// Of the relationships.
    async fn relationships(&self) -> One<ChangeSet<'_>> {
        One(self.set(&self.difference.relationships))
    }

    /// Of the sources.
    async fn sources(&self) -> One<ChangeSet<'_>> {
        One(self.set(&self.difference.sources))
    }
}

/// What was added, removed and changed of one sort of things.
pub struct ChangeSet<'d> {
    changes: &'d graph::Changes,
    most: usize,
}

/// What was added, removed and changed of one sort of things, by id.
#[Object]
impl<'d> ChangeSet<'d> {
    /// How many were added.
    async fn added_count(&self) -> usize {
        self.changes.added.len()
    }

    /// How many were removed.
    async fn removed_count(&self) -> usize {
        self.changes.removed.len()
    }

    /// How many were changed.
    async fn changed_count(&self) -> usize {
        self.changes.changed.len()
    }

    /// The ids that only the newer release has.
    async fn added(
        &self,
        #[graphql(desc = "How many.", default_with = "Some(DEFAULT)")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this id in the list.")] after: Option<ID>,
    ) -> Result<Vec<ID>, Refusal> {
        self.page(&self.changes.added, first, after, String::as_str, |id| id.as_str().into())
    }

    /// The ids that only the older release has.
    async fn removed(
        &self,
        #[graphql(desc = "How many.", default_with = "Some(DEFAULT)")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this id in the list.")] after: Option<ID>,
    ) -> Result<Vec<ID>, Refusal> {
        self.page(&self.changes.removed, first, after, String::as_str, |id| id.as_str().into())
    }

    /// What both releases have and say differently.
    async fn changed(
        &self,
        #[graphql(desc = "How many.", default_with = "Some(DEFAULT)")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this id in the list.")] after: Option<ID>,
    ) -> Result<Many<Change<'d>>, Refusal> {
        self.page(&self.changes.changed, first, after, |changed| changed.id.as_str(), Change).map(Many)
    }
}

impl<'d> ChangeSet<'d> {
    /// These changes, at most so many of a list.
    pub(super) fn new(changes: &'d graph::Changes, most: usize) -> Self {
        Self { changes, most }
    }

    fn page<T, O>(
        &self,
        items: &'d [T],
        first: Option<i32>,
        after: Option<ID>,
        id: impl Fn(&T) -> &str,
        show: impl Fn(&'d T) -> O,
    ) -> Result<Vec<O>, Refusal> {
        let first = usize::try_from(first.unwrap_or(DEFAULT)).ok().filter(|first| *first <= self.most);
        let first = first.ok_or_else(|| QuestionError::bad("first", format!("a list has 0 to {} items", self.most)))?;
        let start = match after {
            None => 0,
            Some(after) => {
                let found = items.iter().position(|item| id(item) == after.as_str());
                1 + found.ok_or_else(|| {
                    QuestionError::bad("after", format!("{} is not in this list", quoted(after.as_str())))
                })?
            }
        };
        Ok(items.iter().skip(start).take(first).map(show).collect())
    }
}

/// One thing that both releases have and say differently.
pub struct Change<'d>(&'d graph::Changed);

/// One thing that both releases have and say differently.
#[Object]
impl<'d> Change<'d> {
    /// Its id.
    async fn id(&self) -> ID {
        self.0.id.as_str().into()
    }

    /// Every field that differs.
    async fn fields(&self) -> Many<FieldChange<'d>> {
        let shown = |field: &'d graph::FieldChange| FieldChange {
            field: field.field,
            before: field.before.as_deref(),
            after: field.after.as_deref(),
        };
        self.0.fields.iter().map(shown).collect()
    }
}

/// One field that differs between two releases, with both values as text.
#[derive(SimpleObject)]
pub struct FieldChange<'d> {
    /// The field; texts in both languages have one each, as `nameEn` and `nameFr`.
    field: &'d str,
    /// Its value in the older release; null where it had none.
    before: Option<&'d str>,
    /// Its value in the newer release; null where it has none.
    after: Option<&'d str>,
}
