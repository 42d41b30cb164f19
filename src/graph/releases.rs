//! The releases a service holds beside the one it serves.

use std::sync::{Arc, OnceLock};

use super::{Difference, Graph, QuestionError, diff};

/// The releases held beside the one that is served, the oldest first, and what changed since each.
#[derive(Default)]
pub struct Releases {
    held: Vec<Held>,
    /// Their digests, which answers about them depend on.
    digests: String,
}

struct Held {
    graph: Arc<Graph>,
    /// What changed since, worked out when somebody first asks.
    difference: OnceLock<Arc<Difference>>,
    /// What it changed since the one before it, likewise.
    step: OnceLock<Arc<Difference>>,
}

/// A release and what it changed since the one before it, where that is held.
pub struct Published {
    /// The release.
    pub graph: Arc<Graph>,
    /// The release before it, and what changed since.
    pub changed: Option<(Arc<Graph>, Arc<Difference>)>,
}

impl Releases {
    /// Holds these, in the order of their dates; each digest once.
    pub fn new(mut graphs: Vec<Arc<Graph>>) -> Self {
        graphs.sort_by(|a, b| {
            let key = |graph: &Graph| (graph.release().published, graph.release().id.clone());
            key(a).cmp(&key(b)).then_with(|| a.digest().cmp(b.digest()))
        });
        graphs.dedup_by(|a, b| a.digest() == b.digest());
        let digests = graphs.iter().map(|graph| graph.digest()).collect::<Vec<_>>().join(" ");
        let held = graphs
            .into_iter()
            .map(|graph| Held { graph, difference: OnceLock::new(), step: OnceLock::new() })
            .collect();
        Self { held, digests }
    }

    /// The releases, the oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<Graph>> + ExactSizeIterator {
        self.held.iter().map(|held| &held.graph)
    }

    /// The digests of all, for whoever keeps answers about them.
    pub fn digests(&self) -> &str {
        &self.digests
    }
}

impl Graph {
    /// This release, with others held beside it; those of the same data are left out.
    #[must_use]
    pub fn beside(mut self, others: impl IntoIterator<Item = Arc<Graph>>) -> Self {
        let others = others.into_iter().filter(|other| other.digest() != self.digest());
        self.set_releases(Releases::new(others.collect()));
        self
    }

    /// The release that `argument` names: this one, or one held beside it, by its name, or by eight or
    /// more characters of its digest. Of several with one name, that published last.
    ///
    /// # Errors
    /// No such release, with those there are.
    pub fn release_named<'g>(
        self: &'g Arc<Self>,
        argument: &'static str,
        name: &str,
    ) -> Result<&'g Arc<Graph>, QuestionError> {
        let is_named =
            |graph: &&Arc<Graph>| &*graph.release().id == name || (name.len() >= 8 && graph.digest().starts_with(name));
        let found = std::iter::once(self).chain(self.releases().iter().rev()).find(is_named);
        found.ok_or_else(|| {
            let all = std::iter::once(self).chain(self.releases().iter().rev());
            let names: Vec<_> = all.map(|graph| format!("{:?}", graph.release().id)).collect();
            let shown: String = name.chars().take(100).collect();
            let message = format!("there is no release {shown:?} here; there are {}", names.join(", "));
            QuestionError::bad(argument, message)
        })
    }

    /// What changed since a release held beside this one; nothing for another. O(n) the first time, O(1)
    /// in nodes after it.
    pub fn difference_since(&self, older: &Graph) -> Option<Arc<Difference>> {
        let held = self.releases().held.iter().find(|held| held.graph.digest() == older.digest())?;
        Some(held.difference.get_or_init(|| Arc::new(diff(&held.graph, self))).clone())
    }

    /// This release and those held beside it, the newest first. O(n) in all of them the first time.
    pub fn history(self: &Arc<Self>) -> Vec<Published> {
        let held = &self.releases().held;
        let since = |before: &Held| {
            let difference = self.difference_since(&before.graph)?;
            Some((before.graph.clone(), difference))
        };
        let mut history = vec![Published { graph: self.clone(), changed: held.last().and_then(since) }];
        for (position, one) in held.iter().enumerate().rev() {
            let before = position.checked_sub(1).map(|before| &held[before].graph);
            let changed = before.map(|before| {
                let step = one.step.get_or_init(|| Arc::new(diff(before, &one.graph)));
                (before.clone(), step.clone())
            });
            history.push(Published { graph: one.graph.clone(), changed });
        }
        history
    }
}
