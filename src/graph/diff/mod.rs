//! What differs between two releases.

mod text;

use std::cmp::Ordering;

use super::{Edition, Graph, Relationship};

/// What was added, removed and changed from one release to another, by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The release it starts from.
    pub from: Edition,
    /// The release it leads to.
    pub to: Edition,
    /// Of the nodes.
    pub nodes: Changes,
    /// Of the relationships. Their ids are made of what they say, so another kind or another end is
    /// one relationship removed and one added.
    pub relationships: Changes,
    /// Of the sources.
    pub sources: Changes,
}

/// The changes of one sort of things, each list in the order of the graph: by id, and relationships by
/// the ids of subject, kind and object.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// The ids only the newer release has.
    pub added: Vec<String>,
    /// The ids only the older release has.
    pub removed: Vec<String>,
    /// What both have and say differently.
    pub changed: Vec<Changed>,
}

/// One thing that both releases have and say differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Its id.
    pub id: String,
    /// Every field that differs; at least one.
    pub fields: Vec<FieldChange>,
}

/// One field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The field, as the API would name it; texts in both languages have one each: `nameEn`, `nameFr`.
    pub field: &'static str,
    /// Its value in the older release as text, or none where it had none.
    pub before: Option<String>,
    /// Its value in the newer release as text, or none where it has none.
    pub after: Option<String>,
}

impl Difference {
    /// Whether nothing was added, removed or changed.
    pub fn is_empty(&self) -> bool {
        [&self.nodes, &self.relationships, &self.sources].into_iter().all(|changes| changes.count() == 0)
    }
}

impl Changes {
    /// How many things were added, removed or changed.
    pub fn count(&self) -> usize {
        self.added.len() + self.removed.len() + self.changed.len()
    }
}

/// What differs from `old` to `new`. O(n) in nodes, relationships and sources, since both have all of
/// them in order.
pub fn diff(old: &Graph, new: &Graph) -> Difference {
    Difference {
        from: old.edition(),
        to: new.edition(),
        nodes: nodes(old, new),
        relationships: relationships(old, new),
        sources: sources(old, new),
    }
}

fn nodes(old: &Graph, new: &Graph) -> Changes {
    let mut changes = Changes::default();
    let counts = (old.counts().nodes, new.counts().nodes);
    let order = |a, b| old.node(a).id.cmp(&new.node(b).id);
    merge(counts, order, |place| match place {
        Place::Old(a) => changes.removed.push(old.node(a).id.to_string()),
        Place::New(b) => changes.added.push(new.node(b).id.to_string()),
        Place::Both(a, b) => {
            let (a, b) = (old.node(a), new.node(b));
            if a != b {
                changes.change(a.id.to_string(), text::of_node(a), text::of_node(b));
            }
        }
    });
    changes
}

fn relationships(old: &Graph, new: &Graph) -> Changes {
    // Their ends are numbers, which differ from one release to another.
    let said = |one: &Relationship| {
        (one.when, one.role, one.certainty, one.note.clone(), one.listed_by_canada, one.citations.clone())
    };
    fn key(graph: &Graph, number: u32) -> impl Ord + use<'_> {
        let (from, to) = graph.ends(number);
        let relationship = graph.relationship(number);
        (&graph.node(from).id, relationship.kind, &graph.node(to).id, graph.ordinal(number))
    }
    let mut changes = Changes::default();
    let counts = (old.counts().relationships, new.counts().relationships);
    let order = |a, b| key(old, a).cmp(&key(new, b));
    merge(counts, order, |place| match place {
        Place::Old(a) => changes.removed.push(old.relationship_id(a)),
        Place::New(b) => changes.added.push(new.relationship_id(b)),
        Place::Both(a, b) => {
            let (before, after) = (old.relationship(a), new.relationship(b));
            if said(before) != said(after) {
                changes.change(old.relationship_id(a), text::of_relationship(before), text::of_relationship(after));
            }
        }
    });
    changes
}

fn sources(old: &Graph, new: &Graph) -> Changes {
    let mut changes = Changes::default();
    let (old, new) = (old.sources(), new.sources());
    let order = |a: u32, b: u32| old[a as usize].id.cmp(&new[b as usize].id);
    merge((old.len(), new.len()), order, |place| match place {
        Place::Old(a) => changes.removed.push(old[a as usize].id.to_string()),
        Place::New(b) => changes.added.push(new[b as usize].id.to_string()),
        Place::Both(a, b) => {
            let (a, b) = (&old[a as usize], &new[b as usize]);
            if a != b {
                changes.change(a.id.to_string(), text::of_source(a), text::of_source(b));
            }
        }
    });
    changes
}

impl Changes {
    /// Notes a thing whose fields differ; both lists name the same fields in the same order.
    fn change(&mut self, id: String, before: text::Fields, after: text::Fields) {
        let pairs = before.into_iter().zip(after).filter(|((_, before), (_, after))| before != after);
        let fields = pairs.map(|((field, before), (_, after))| FieldChange { field, before, after }).collect();
        self.changed.push(Changed { id, fields });
    }
}

/// Where a thing is found.
enum Place {
    Old(u32),
    New(u32),
    Both(u32, u32),
}

/// Walks two sorted lists of these lengths side by side.
fn merge(counts: (usize, usize), order: impl Fn(u32, u32) -> Ordering, mut visit: impl FnMut(Place)) {
    let (mut a, mut b) = (0, 0);
    let (old, new) = (counts.0 as u32, counts.1 as u32);
    while a < old || b < new {
        let ordering = match (a < old, b < new) {
            (true, true) => order(a, b),
            (true, false) => Ordering::Less,
            (false, _) => Ordering::Greater,
        };
        visit(match ordering {
            Ordering::Less => Place::Old(a),
            Ordering::Greater => Place::New(b),
            Ordering::Equal => Place::Both(a, b),
        });
        a += u32::from(ordering != Ordering::Greater);
        b += u32::from(ordering != Ordering::Less);
    }
}
