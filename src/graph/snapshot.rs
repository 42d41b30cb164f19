//! One release of the data, indexed once and never changed.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use super::dates::Dates;
use super::epoch::Epochs;
use super::folded::Folded;
use super::known::Known;
use super::relationship::Relationship;
use super::search::Index;
use super::shown::Shown;
use super::trace::Hubs;
use super::{Adjacency, Epoch, Releases, collate, life};
use crate::dataset::{Records, ValidDataset};
use crate::model::{
    Citations, DateInterval, Language, NamedQuery, Node, NodeId, NodeKind, PartialDate, Release, Source,
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

/// An immutable snapshot: a multigraph with its indices, on which petgraph's algorithms run as it is (see
/// `petgraph.rs`). Nodes are numbered in the order of
/// their ids and relationships in the order (from, kind, to, when), so answers are deterministic. What
/// only some questions need is made when one first needs it.
pub struct Graph {
    nodes: Vec<Node>,
    relationships: Vec<Relationship>,
    adjacency: Adjacency,
    hubs: Hubs,
    /// Close together, since many searches ask for no more.
    kinds: Vec<NodeKind>,
    by_kind: [Vec<u32>; NodeKind::ALL.len()],
    /// Ids of earlier releases and the nodes they lead to, by id.
    former_ids: Vec<(NodeId, u32)>,
    lives: Vec<DateInterval>,
    sources: Vec<Source>,
    name_ranks: OnceLock<[Vec<u32>; Language::ALL.len()]>,
    uses: OnceLock<Vec<Uses>>,
    dates: OnceLock<Dates>,
    epochs: OnceLock<Epochs>,
    known: OnceLock<Known>,
    /// What views of today show, and from which day on.
    today: RwLock<Option<(PartialDate, Option<Arc<Shown>>)>>,
    search: OnceLock<Index>,
    folded_names: OnceLock<Folded>,
    folded_sources: OnceLock<Folded>,
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
    /// Indexes a dataset, which is in order. O(n + r log d) for n nodes and r relationships, at most d
    /// of one node.
    pub fn new(dataset: ValidDataset) -> Self {
        let queries = dataset.queries().clone();
        let (Records { nodes, statements: relationships, sources, release }, digest) = dataset.into_parts();
        let kinds = nodes.iter().map(Node::kind).collect();
        let lives: Vec<_> = nodes.iter().map(|node| life::interval(&node.events)).collect();
        let mut by_kind: [Vec<u32>; NodeKind::ALL.len()] = Default::default();
        let mut former_ids = Vec::new();
        for (number, node) in (0u32..).zip(&nodes) {
            by_kind[node.kind() as usize].push(number);
            former_ids.extend(node.former_ids.iter().map(|id| (id.clone(), number)));
        }
        former_ids.sort_unstable();
        let ends = |number: u32| {
            let relationship = &relationships[number as usize];
            (relationship.from, relationship.kind, relationship.to)
        };
        let adjacency = Adjacency::new(nodes.len(), relationships.len(), ends, |number| {
            let start = relationships[number as usize].interval().start;
            (start.is_none(), start)
        });
        let hubs = Hubs::new(nodes.iter(), &adjacency);
        Self {
            nodes,
            relationships,
            adjacency,
            hubs,
            kinds,
            by_kind,
            former_ids,
            lives,
            sources,
            name_ranks: OnceLock::new(),
            uses: OnceLock::new(),
            dates: OnceLock::new(),
            epochs: OnceLock::new(),
            known: OnceLock::new(),
            today: RwLock::default(),
            search: OnceLock::new(),
            folded_names: OnceLock::new(),
            folded_sources: OnceLock::new(),
            queries,
            release,
            digest,
            loaded_at: jiff::Timestamp::now(),
            releases: Releases::default(),
        }
    }

    /// Makes all that is otherwise made for the first question that needs it. O(n log n).
    pub fn prepare(&self) {
        self.uses.get_or_init(|| uses(self));
        self.dates();
        self.epochs();
        self.known();
        self.search_index();
        self.name_ranks(Language::En);
    }

    /// When nodes began.
    pub(super) fn dates(&self) -> &Dates {
        self.dates.get_or_init(|| Dates::new(&self.lives))
    }

    fn epochs(&self) -> &Epochs {
        self.epochs.get_or_init(|| Epochs::new(self))
    }

    /// The run of days around `today` on all of which the same is true. O(log n).
    pub fn epoch(&self, today: PartialDate) -> Epoch {
        self.epochs().of(today)
    }

    /// From when on what has no date is known.
    pub(super) fn known(&self) -> &Known {
        self.known.get_or_init(|| Known::new(self))
    }

    /// What views of today show on the first `day` of an epoch; none where that is all. Kept until another
    /// epoch is asked for.
    pub(super) fn shown_today(&self, day: PartialDate) -> Option<Arc<Shown>> {
        if let Some((since, shown)) = &*self.today.read().unwrap_or_else(PoisonError::into_inner)
            && *since == day
        {
            return shown.clone();
        }
        let shown = Shown::today(self, day).map(Arc::new);
        *self.today.write().unwrap_or_else(PoisonError::into_inner) = Some((day, shown.clone()));
        shown
    }

    /// What nodes are found by.
    pub(super) fn search_index(&self) -> &Index {
        self.search.get_or_init(|| Index::new(&self.nodes))
    }

    /// The names of each node, folded: those in both languages, then the others.
    pub(super) fn folded_names(&self) -> &Folded {
        let names = self.nodes.iter().map(|node| {
            let aliases = node.aliases.iter().map(|alias| &*alias.text);
            Language::ALL.into_iter().map(|language| node.name.text.get(language)).chain(aliases)
        });
        self.folded_names.get_or_init(|| Folded::new(names))
    }

    /// The title and publisher of each source, folded.
    pub(super) fn folded_sources(&self) -> &Folded {
        self.folded_sources.get_or_init(|| Folded::new(self.sources.iter().map(|one| [&*one.title, &*one.publisher])))
    }

    /// The named queries that ship with the release, by name.
    pub fn queries(&self) -> &[NamedQuery] {
        &self.queries
    }

    /// How many of everything there is.
    pub fn counts(&self) -> Counts {
        Counts { nodes: self.nodes.len(), relationships: self.relationships.len(), sources: self.sources.len() }
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
        let found = self.nodes.binary_search_by(|node| node.id.as_str().cmp(id)).map(|number| number as u32);
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
        &self.nodes[number as usize]
    }

    /// The record of a relationship.
    pub fn relationship(&self, number: u32) -> &Relationship {
        &self.relationships[number as usize]
    }

    /// The id of a relationship: subject, kind and object joined by dots, with `.2` and so on behind it
    /// where the same is stated again for another date.
    pub fn relationship_id(&self, number: u32) -> String {
        let Relationship { from, kind, to, .. } = self.relationship(number);
        let base = format!("{}.{}.{}", self.node(*from).id, kind.name(), self.node(*to).id);
        match self.ordinal(number) {
            1 => base,
            ordinal => format!("{base}.{ordinal}"),
        }
    }

    /// 1, or higher for a further statement of the same kind between the same nodes. O(1), but for these.
    pub fn ordinal(&self, number: u32) -> usize {
        let triple = |one: &Relationship| (one.from, one.kind, one.to);
        let (before, own) = self.relationships.split_at(number as usize);
        let own = own.first().map(triple);
        1 + before.iter().rev().take_while(|one| Some(triple(one)) == own).count()
    }

    /// The numbers of a relationship's subject and object.
    pub fn ends(&self, relationship: u32) -> (u32, u32) {
        let relationship = self.relationship(relationship);
        (relationship.from, relationship.to)
    }

    /// The relationships of which a node is the subject. O(log r).
    pub fn stated_by(&self, node: u32) -> std::ops::Range<u32> {
        let first = |node: u32| self.relationships.partition_point(|relationship| relationship.from < node) as u32;
        first(node)..first(node + 1)
    }

    /// The nodes of one kind, by id.
    pub fn of_kind(&self, kind: NodeKind) -> &[u32] {
        &self.by_kind[kind as usize]
    }

    /// The kind of a node.
    pub fn kind(&self, number: u32) -> NodeKind {
        self.kinds[number as usize]
    }

    /// From when to when a node is known to exist.
    pub fn life(&self, node: u32) -> DateInterval {
        self.lives[node as usize]
    }

    /// The place of each node's name in the alphabet of a language.
    pub fn name_ranks(&self, language: Language) -> &[u32] {
        let ranks = |language| collate::ranks(self.nodes.iter().map(|node| node.name.text.get(language)), language);
        &self.name_ranks.get_or_init(|| Language::ALL.map(ranks))[language as usize]
    }

    /// Whether a node's fact sheet cites a source. O(log n).
    pub fn source_cites(&self, source: u32, node: u32) -> bool {
        self.uses(source).nodes.binary_search(&node).is_ok()
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
        &self.uses.get_or_init(|| uses(self))[source as usize]
    }

    /// The ids most like `text`, best first, at most three and none that is far off. O(n), asked only
    /// to explain an error.
    pub fn nearest_ids(&self, text: &str) -> Vec<NodeId> {
        nearest(text, self.nodes.iter().map(|node| &node.id), |id| id.as_str()).into_iter().cloned().collect()
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
fn uses(graph: &Graph) -> Vec<Uses> {
    let numbers: HashMap<&str, u32> = graph.sources.iter().map(|source| source.id.as_str()).zip(0..).collect();
    // What a list cites, worked out once for each list in memory.
    let mut lists: HashMap<usize, Box<[u32]>> = HashMap::new();
    let mut cited = |citations: &Citations, push: &mut dyn FnMut(u32)| {
        let Some(place) = citations.place() else { return };
        let list = || citations.iter().map(|citation| numbers[citation.source.as_str()]).collect();
        lists.entry(place).or_insert_with(list).iter().for_each(|source| push(*source));
    };
    let mut uses = vec![Uses::default(); graph.sources.len()];
    let push = |list: &mut Vec<u32>, number: u32| {
        if list.last() != Some(&number) {
            list.push(number);
        }
    };
    for (number, node) in (0u32..).zip(&graph.nodes) {
        let mut of_node = |source: u32| push(&mut uses[source as usize].nodes, number);
        cited(&node.citations, &mut of_node);
        node.events.iter().for_each(|event| cited(&event.citations, &mut of_node));
        let of_disputes = node.disputes.iter().flat_map(|dispute| &dispute.values);
        of_disputes.for_each(|value| of_node(numbers[value.citation.source.as_str()]));
    }
    for (number, relationship) in (0u32..).zip(&graph.relationships) {
        cited(&relationship.citations, &mut |source| push(&mut uses[source as usize].relationships, number));
    }
    uses
}
