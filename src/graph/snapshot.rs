//! One release of the data, indexed once and never changed.

use std::collections::HashMap;
use std::sync::Arc;

use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};

use super::relationship::Relationship;
use super::search::Index;
use super::trace::Hubs;
use super::{Adjacency, Releases, collate, life};
use crate::dataset::{Records, ValidDataset};
use crate::model::{
    DateInterval, Language, NamedQuery, Node, NodeId, NodeKind, RelationshipKind, Release, Source, SourceId,
};

/// How many of everything a release holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Nodes of all kinds.
    pub nodes: usize,
    /// Relationships.
    pub relationships: usize,
    /// Sources.
    pub sources: usize,
}

/// Which release, which data were published under its name, and how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// The release.
    pub release: Release,
    /// The BLAKE3 digest of its data, in hexadecimal.
    pub digest: String,
    /// How many of everything it holds.
    pub counts: Counts,
    /// When it was loaded.
    pub loaded_at: jiff::Timestamp,
}

/// An immutable snapshot: a petgraph multigraph with its indices. Nodes are numbered in the order of
/// their ids and relationships in the order (from, kind, to, when), so answers are deterministic.
pub struct Graph {
    graph: DiGraph<Node, Relationship, u32>,
    adjacency: Adjacency,
    hubs: Hubs,
    by_kind: [Vec<u32>; NodeKind::ALL.len()],
    /// Ids of earlier releases and the nodes they lead to, by id.
    former_ids: Vec<(NodeId, u32)>,
    lives: Vec<DateInterval>,
    name_ranks: [Vec<u32>; Language::ALL.len()],
    sources: Vec<Source>,
    uses: Vec<Uses>,
    search: Index,
    queries: Arc<[NamedQuery]>,
    release: Release,
    digest: String,
    loaded_at: jiff::Timestamp,
    releases: Releases,
}

/// What cites a source.
#[derive(Debug, Default, Clone)]
pub(super) struct Uses {
    pub(super) nodes: Vec<u32>,
    pub(super) relationships: Vec<u32>,
}

impl Graph {
    /// Indexes a dataset. O(n log n) in nodes and relationships.
    pub fn new(dataset: ValidDataset) -> Self {
        let queries = dataset.queries().clone();
        let (Records { mut nodes, mut statements, mut sources, release }, digest) = dataset.into_parts();
        nodes.sort_by(|a, b| a.id.cmp(&b.id));
        sources.sort_by(|a, b| a.id.cmp(&b.id));
        statements.sort_by(|a, b| (&a.from, a.kind, &a.to, a.when).cmp(&(&b.from, b.kind, &b.to, b.when)));

        let mut graph = DiGraph::with_capacity(nodes.len(), statements.len());
        let lives = nodes.iter().map(|node| life::interval(&node.events)).collect();
        let mut by_kind: [Vec<u32>; NodeKind::ALL.len()] = Default::default();
        let mut former_ids = Vec::new();
        let mut numbers = HashMap::with_capacity(nodes.len());
        for (number, node) in (0u32..).zip(nodes) {
            by_kind[node.kind() as usize].push(number);
            former_ids.extend(node.former_ids.iter().map(|id| (id.clone(), number)));
            numbers.insert(node.id.clone(), number);
            graph.add_node(node);
        }
        former_ids.sort_unstable();
        let number = |id: &NodeId| *numbers.get(id).expect("a valid dataset names only nodes it holds");
        let mut previous: Option<(u32, RelationshipKind, u32)> = None;
        let mut ordinal = 1;
        let mut ends = Vec::with_capacity(statements.len());
        for statement in statements {
            let triple = (number(&statement.from), statement.kind, number(&statement.to));
            ordinal = if previous == Some(triple) { ordinal + 1 } else { 1 };
            previous = Some(triple);
            ends.push(triple);
            let relationship = Relationship::new(statement, ordinal);
            graph.add_edge(NodeIndex::new(triple.0 as usize), NodeIndex::new(triple.2 as usize), relationship);
        }
        let weights = graph.raw_edges();
        let adjacency = Adjacency::new(graph.node_count(), &ends, |relationship| {
            let start = weights[relationship as usize].weight.interval().start;
            (start.is_none(), start)
        });
        let hubs = Hubs::new(graph.node_weights(), &adjacency);
        let uses = uses(&graph, &sources);
        let search = Index::new(graph.node_weights());
        let name_ranks = Language::ALL
            .map(|language| collate::ranks(graph.node_weights().map(|node| node.name.text.get(language)), language));
        Self {
            graph,
            adjacency,
            hubs,
            by_kind,
            former_ids,
            lives,
            name_ranks,
            sources,
            uses,
            search,
            queries,
            release,
            digest,
            loaded_at: jiff::Timestamp::now(),
            releases: Releases::default(),
        }
    }

    /// What nodes are found by.
    pub(super) fn search_index(&self) -> &Index {
        &self.search
    }

    /// The named queries that ship with the release, by name.
    pub fn queries(&self) -> &[NamedQuery] {
        &self.queries
    }

    /// How many of everything there is.
    pub fn counts(&self) -> Counts {
        Counts { nodes: self.graph.node_count(), relationships: self.graph.edge_count(), sources: self.sources.len() }
    }

    /// Which release this is.
    pub fn release(&self) -> &Release {
        &self.release
    }

    /// The BLAKE3 digest of the data, in hexadecimal.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// When this snapshot was made.
    pub fn loaded_at(&self) -> jiff::Timestamp {
        self.loaded_at
    }

    /// All of these.
    pub fn edition(&self) -> Edition {
        let (release, digest) = (self.release.clone(), self.digest.clone());
        Edition { release, digest, counts: self.counts(), loaded_at: self.loaded_at }
    }

    /// The rows all traversals walk.
    pub fn adjacency(&self) -> &Adjacency {
        &self.adjacency
    }

    /// Which nodes are hubs.
    pub fn hubs(&self) -> &Hubs {
        &self.hubs
    }

    /// The number of the node with this id, or of that which replaced the one with this former id.
    /// O(log n).
    pub fn number(&self, id: &str) -> Option<u32> {
        let nodes = self.graph.raw_nodes();
        let found = nodes.binary_search_by(|node| node.weight.id.as_str().cmp(id)).map(|number| number as u32);
        found.ok().or_else(|| {
            let former = self.former_ids.binary_search_by(|(former, _)| former.as_str().cmp(id)).ok()?;
            Some(self.former_ids[former].1)
        })
    }

    /// The releases held beside this one.
    pub fn releases(&self) -> &Releases {
        &self.releases
    }

    pub(super) fn set_releases(&mut self, releases: Releases) {
        self.releases = releases;
    }

    /// The record of a node.
    pub fn node(&self, number: u32) -> &Node {
        &self.graph[NodeIndex::new(number as usize)]
    }

    /// The record of a relationship.
    pub fn relationship(&self, number: u32) -> &Relationship {
        &self.graph[EdgeIndex::new(number as usize)]
    }

    /// The id of a relationship: subject, kind and object joined by dots, with `.2` and so on behind it
    /// where the same is stated again for another date.
    pub fn relationship_id(&self, number: u32) -> String {
        let (from, to) = self.ends(number);
        let relationship = self.relationship(number);
        let base = format!("{}.{}.{}", self.node(from).id, relationship.kind.name(), self.node(to).id);
        if relationship.ordinal() > 1 { format!("{base}.{}", relationship.ordinal()) } else { base }
    }

    /// The numbers of a relationship's subject and object.
    pub fn ends(&self, relationship: u32) -> (u32, u32) {
        let edge = &self.graph.raw_edges()[relationship as usize];
        (edge.source().index() as u32, edge.target().index() as u32)
    }

    /// The nodes of one kind, by id.
    pub fn of_kind(&self, kind: NodeKind) -> &[u32] {
        &self.by_kind[kind as usize]
    }

    /// From when to when a node is known to exist.
    pub fn life(&self, node: u32) -> DateInterval {
        self.lives[node as usize]
    }

    /// The place of each node's name in the alphabet of a language.
    pub fn name_ranks(&self, language: Language) -> &[u32] {
        &self.name_ranks[language as usize]
    }

    /// Whether a node's fact sheet cites a source. O(log n).
    pub fn source_cites(&self, source: u32, node: u32) -> bool {
        self.uses[source as usize].nodes.binary_search(&node).is_ok()
    }

    /// Every source, by id.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The number of the source with this id. O(log n).
    pub fn source_number(&self, id: &str) -> Option<u32> {
        self.sources.binary_search_by(|source| source.id.as_str().cmp(id)).ok().map(|number| number as u32)
    }

    pub(super) fn uses(&self, source: u32) -> &Uses {
        &self.uses[source as usize]
    }

    /// The ids most like `text`, best first, at most three and none that is far off. O(n), asked only
    /// to explain an error.
    pub fn nearest_ids(&self, text: &str) -> Vec<NodeId> {
        nearest(text, self.graph.node_weights().map(|node| &node.id), |id| id.as_str()).into_iter().cloned().collect()
    }

    /// The names of queries most like `text`, best first, at most three and none that is far off.
    pub fn nearest_queries(&self, text: &str) -> Vec<&str> {
        nearest(text, self.queries.iter().map(|query| &*query.name), |name| *name)
    }
}

/// The three names most like `text`, best first.
fn nearest<T: Ord>(text: &str, names: impl Iterator<Item = T>, name: impl Fn(&T) -> &str) -> Vec<T> {
    let text: String = text.chars().take(100).flat_map(char::to_lowercase).collect();
    let scored = names.map(|one| (likeness(&text, name(&one)), one));
    let mut scored: Vec<_> = scored.filter(|(score, _)| *score >= 0.75).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    scored.into_iter().take(3).map(|(_, one)| one).collect()
}

/// How alike two ids are, 0 to 1. A word left out (`canada-eu-partnership`) costs little.
fn likeness(text: &str, id: &str) -> f64 {
    let words = || text.split('-').filter(|word| !word.is_empty());
    let shared = words().filter(|word| id.split('-').any(|w| w == *word)).count();
    let by_words = shared as f64 / words().count().max(1) as f64;
    strsim::jaro_winkler(text, id).max(if shared > 1 { by_words } else { 0.0 })
}

/// For every source, the nodes and relationships that cite it, each once and in order.
fn uses(graph: &DiGraph<Node, Relationship, u32>, sources: &[Source]) -> Vec<Uses> {
    let numbers: HashMap<&SourceId, usize> = sources.iter().enumerate().map(|(n, source)| (&source.id, n)).collect();
    let mut uses = vec![Uses::default(); sources.len()];
    let push = |list: &mut Vec<u32>, number: u32| {
        if list.last() != Some(&number) {
            list.push(number);
        }
    };
    for (number, node) in (0u32..).zip(graph.node_weights()) {
        let of_events = node.events.iter().flat_map(|event| &event.citations);
        let of_disputes = node.disputes.iter().flat_map(|dispute| &dispute.values).map(|value| &value.citation);
        for citation in node.citations.iter().chain(of_events).chain(of_disputes) {
            push(&mut uses[numbers[&citation.source]].nodes, number);
        }
    }
    for (number, relationship) in (0u32..).zip(graph.edge_weights()) {
        for citation in &relationship.citations {
            push(&mut uses[numbers[&citation.source]].relationships, number);
        }
    }
    uses
}
