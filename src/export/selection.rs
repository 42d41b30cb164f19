//! Which nodes and relationships a file holds.

use std::collections::BTreeSet;

use crate::graph::{NodeRef, RelationshipRef, SourceRef, View};

/// Some nodes and relationships of one view; both ends of every relationship are among the nodes.
pub struct Selection<'g> {
    view: &'g View,
    nodes: Vec<NodeRef<'g>>,
    relationships: Vec<RelationshipRef<'g>>,
    is_whole: bool,
}

impl<'g> Selection<'g> {
    /// Everything the view shows.
    pub fn whole(view: &'g View) -> Self {
        Self { view, nodes: view.nodes().collect(), relationships: view.relationships().collect(), is_whole: true }
    }

    /// These relationships, their ends, and these nodes, each once: a list, a path, a neighbourhood.
    /// O(n log n).
    pub fn of(
        view: &'g View,
        nodes: impl IntoIterator<Item = NodeRef<'g>>,
        relationships: impl IntoIterator<Item = RelationshipRef<'g>>,
    ) -> Self {
        let relationships = each_once(relationships);
        let ends = relationships.iter().flat_map(|relationship| [relationship.from(), relationship.to()]);
        Self { view, nodes: each_once(nodes.into_iter().chain(ends)), relationships, is_whole: false }
    }

    /// These nodes and every relationship of the view among them. O(n log n).
    pub fn among(view: &'g View, nodes: impl IntoIterator<Item = NodeRef<'g>>) -> Self {
        let nodes = each_once(nodes);
        let has = |node: NodeRef<'g>| nodes.binary_search(&node).is_ok();
        let relationships = view.relationships().filter(|r| has(r.from()) && has(r.to())).collect();
        Self { view, relationships, nodes, is_whole: false }
    }

    /// The relationships with these ids and the nodes with these; where no relationship is named, every
    /// relationship among the nodes. Ids the view does not show are passed over. O(n log n).
    pub fn named(view: &'g View, nodes: &[String], relationships: &[String]) -> Self {
        let nodes = nodes.iter().filter_map(|id| view.node(id));
        if relationships.is_empty() {
            return Self::among(view, nodes);
        }
        let ids: BTreeSet<_> = relationships.iter().collect();
        Self::of(view, nodes, ids.into_iter().filter_map(|id| view.relationship(id)))
    }

    /// The view it is part of.
    pub fn view(&self) -> &'g View {
        self.view
    }

    /// The nodes, by id.
    pub fn nodes(&self) -> &[NodeRef<'g>] {
        &self.nodes
    }

    /// The relationships, by subject, kind, object and date.
    pub fn relationships(&self) -> &[RelationshipRef<'g>] {
        &self.relationships
    }

    /// The sources that anything in it cites, by id; every source where it is the whole.
    pub fn sources(&self) -> Vec<SourceRef<'g>> {
        if self.is_whole {
            return self.view.sources().collect();
        }
        let of_nodes = self.nodes.iter().flat_map(|node| {
            let of_events = node.events().into_iter().flat_map(|event| node.event_citations(event));
            node.citations().chain(of_events.collect::<Vec<_>>())
        });
        let of_relationships = self.relationships.iter().flat_map(|relationship| relationship.citations());
        let numbers: BTreeSet<u32> = of_nodes.chain(of_relationships).map(|cited| cited.source().number()).collect();
        self.view.sources().filter(|source| numbers.contains(&source.number())).collect()
    }
}

fn each_once<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items: Vec<_> = items.into_iter().collect();
    items.sort_unstable();
    items.dedup();
    items
}
