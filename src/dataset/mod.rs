//! From files to records that are proven consistent: [`Files`] are read into records, every rule of
//! `rules` looks at them, and only what passes all of them is a [`ValidDataset`].

mod apart;
mod bounds;
mod code;
mod diagnostic;
mod disk;
mod folder;
mod known;
mod lexer;
mod load;
mod pack;
mod place;
mod query;
mod read;
mod render;
mod rules;
mod sheet;
mod syntax;
mod tidy;
mod unread;
mod value;

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::model::{NamedQuery, Node, NodeId, Release, Source, Statement};

pub(crate) use apart::apart;
pub use bounds::Bounds;
pub use code::Code;
pub use diagnostic::{Diagnostic, Diagnostics, Location, Related};
pub use disk::exists;
pub use known::Named;
pub use load::Files;
pub use pack::{About, Pack, write_pack};
#[cfg(feature = "remote")]
pub(crate) use pack::{FIRST_BYTES, check_first_bytes};
use place::Places;
pub use query::QueryFile;
use unread::UnreadSheet;

/// All facts, as the model has them. Statements name their ends by id, or by positions in `nodes`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Records<End = NodeId> {
    /// The nodes; sorted by id once they are valid.
    pub nodes: Vec<Node>,
    /// The statements; sorted by subject, kind, object and time once they are valid.
    pub statements: Vec<Statement<End>>,
    /// The sources; sorted by id once they are valid.
    pub sources: Vec<Source>,
    /// Which edition this is.
    pub release: Release,
}

/// Records that break no rule. The only way to a graph.
#[derive(Debug)]
pub struct ValidDataset {
    records: Records<u32>,
    digest: String,
    queries: Arc<[NamedQuery]>,
    own_queries: Vec<NamedQuery>,
}

impl ValidDataset {
    /// The facts in `files`.
    ///
    /// # Errors
    ///
    /// With every fault of every file, if there is any.
    pub fn from_files(files: &Files) -> Result<Self, Diagnostics> {
        if let Some(pack) = files.pack() {
            // The rules may be stricter than those it was made by, and nobody knows who made it. Its facts have
            // the digest it tells, or they are not read.
            let About { release, digest, .. } = pack.about().clone();
            return Ok(pack.dataset()?.checked()?.into_valid(release, digest, files.queries()));
        }
        let (dataset, release, mut faults) = read::read(files);
        rules::check(&dataset, &mut faults);
        match release {
            Some(release) if faults.is_empty() => {
                let mut valid = dataset.into_valid(release, String::new(), files.queries());
                valid.digest = pack::digest_of(&valid);
                Ok(valid)
            }
            _ => Err(faults.finish(files.texts())),
        }
    }

    /// The facts in `records`, which come from no files and are known by `digest`. A fault is placed
    /// at the beginning of the sheet that the record would stand in. A pack of them bears the digest that is
    /// worked out of them.
    ///
    /// # Errors
    ///
    /// With every fault, if there is any.
    pub fn from_records(records: Records, digest: String) -> Result<Self, Diagnostics> {
        let Records { nodes, statements, sources, release } = records;
        let mut dataset = Dataset { nodes, sources, ..Dataset::default() };
        dataset.put_in_order(statements);
        Ok(dataset.checked()?.into_valid(release, digest, &[]))
    }

    /// The nodes, sorted by id.
    pub fn nodes(&self) -> &[Node] {
        &self.records.nodes
    }

    /// The statements, sorted by subject, kind, object and time; their ends are positions in the nodes.
    pub fn statements(&self) -> &[Statement<u32>] {
        &self.records.statements
    }

    /// The sources, sorted by id.
    pub fn sources(&self) -> &[Source] {
        &self.records.sources
    }

    /// Which edition this is.
    pub fn release(&self) -> &Release {
        &self.records.release
    }

    /// The BLAKE3 hash of the facts, in hexadecimal: equal facts, equal digest, whatever files they were read
    /// from and however these are laid out.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The named queries, by name: those that came with the records, and those built into the program,
    /// which can be asked of any data.
    pub fn queries(&self) -> &Arc<[NamedQuery]> {
        &self.queries
    }

    /// The named queries that came with the records, by name.
    pub fn own_queries(&self) -> &[NamedQuery] {
        &self.own_queries
    }

    /// The records and their digest, for who builds on them.
    pub fn into_parts(self) -> (Records<u32>, String) {
        (self.records, self.digest)
    }

    /// The records, with ends that are ids.
    pub fn into_records(self) -> Records {
        let Records { nodes, statements, sources, release } = self.records;
        let id = |number: u32| nodes[number as usize].id.clone();
        let named = |statement: Statement<u32>| {
            let (from, to) = (id(statement.from), id(statement.to));
            statement.between(from, to)
        };
        let statements = statements.into_iter().map(named).collect();
        Records { nodes, statements, sources, release }
    }
}

/// Records that may break rules, and where they stand.
#[derive(Debug, Default)]
struct Dataset {
    /// Sorted by id.
    nodes: Vec<Node>,
    /// Sorted by subject, kind, object and time. Their ends are positions in `nodes` and, behind those,
    /// in `unknown`.
    statements: Vec<Statement<u32>>,
    /// Sorted by id.
    sources: Vec<Source>,
    /// The ids that statements name and no node has, sorted.
    unknown: Vec<NodeId>,
    places: Places,
    /// Sheets that are there but are not among the records.
    unread: Vec<UnreadSheet>,
    /// Whether there may be sheets of which not even the names are known.
    has_unknown_sheets: bool,
    /// Which sources are cited, where that is known and no other is.
    cited: Option<Vec<bool>>,
    /// What stands where an id should but is none; it may mean any.
    misspelt: Vec<String>,
}

impl Dataset {
    /// Takes the statements in and brings everything into its order. O(n log n).
    fn put_in_order(&mut self, statements: Vec<Statement>) {
        let by_node = |a: &Node, b: &Node| a.id.cmp(&b.id).then_with(|| a.kind().cmp(&b.kind()));
        sort_together(&mut self.nodes, &mut self.places.nodes, by_node);
        sort_together(&mut self.sources, &mut self.places.sources, |a, b| a.id.cmp(&b.id));

        let positions: HashMap<&str, u32> =
            self.nodes.iter().enumerate().rev().map(|(i, node)| (node.id.as_str(), i as u32)).collect();
        let ends = statements.iter().flat_map(|statement| [&statement.from, &statement.to]);
        let unknown: BTreeSet<&NodeId> = ends.filter(|id| !positions.contains_key(id.as_str())).collect();
        self.unknown = unknown.into_iter().cloned().collect();
        let position = |id: &NodeId| match positions.get(id.as_str()) {
            Some(position) => *position,
            None => (self.nodes.len() + self.unknown.partition_point(|unknown| unknown < id)) as u32,
        };
        let numbered = |statement: Statement| {
            let (from, to) = (position(&statement.from), position(&statement.to));
            statement.between(from, to)
        };
        self.statements = statements.into_iter().map(numbered).collect();
        let key = |s: &Statement<u32>| (s.from, s.kind, s.to, s.when);
        sort_together(&mut self.statements, &mut self.places.statements, |a, b| key(a).cmp(&key(b)));
    }

    /// That no rule is broken.
    fn checked(self) -> Result<Self, Diagnostics> {
        let mut faults = Diagnostics::default();
        rules::check(&self, &mut faults);
        if faults.is_empty() { Ok(self) } else { Err(faults.finish(std::iter::empty())) }
    }

    /// The id of an end of a statement.
    fn id(&self, end: u32) -> &NodeId {
        let end = end as usize;
        self.nodes.get(end).map_or_else(|| &self.unknown[end - self.nodes.len()], |node| &node.id)
    }

    /// The positions in `nodes` of the subject and the object of a statement, where they are there.
    fn ends(&self, statement: &Statement<u32>) -> [Option<usize>; 2] {
        [statement.from, statement.to].map(|end| Some(end as usize).filter(|end| *end < self.nodes.len()))
    }

    /// The position of the first node with the id `id`.
    fn node_index(&self, id: &str) -> Option<usize> {
        let index = self.nodes.partition_point(|node| node.id.as_str() < id);
        self.nodes.get(index).is_some_and(|node| node.id.as_str() == id).then_some(index)
    }

    /// The position of the first source with the id `id`.
    fn source_index(&self, id: &str) -> Option<usize> {
        let index = self.sources.partition_point(|source| source.id.as_str() < id);
        self.sources.get(index).is_some_and(|source| source.id.as_str() == id).then_some(index)
    }

    fn into_valid(self, release: Release, digest: String, queries: &[QueryFile]) -> ValidDataset {
        let Self { nodes, statements, sources, .. } = self;
        let own_queries = queries.iter().map(|file| file.query.clone()).collect();
        let built_in = Files::embedded_queries();
        let by_name = built_in.iter().chain(queries).map(|file| (file.query.name.clone(), &file.query));
        let queries = by_name.collect::<BTreeMap<_, _>>().into_values().cloned().collect();
        ValidDataset { records: Records { nodes, statements, sources, release }, digest, queries, own_queries }
    }
}

/// Sorts records, and their places if they have any, in the same way.
fn sort_together<R, P>(records: &mut Vec<R>, places: &mut Vec<P>, compare: impl Fn(&R, &R) -> Ordering) {
    if let Some(order) = sorted_order(records.len(), |a, b| compare(&records[a], &records[b])) {
        *records = reorder(std::mem::take(records), &order);
        if !places.is_empty() {
            *places = reorder(std::mem::take(places), &order);
        }
    }
}

/// The positions 0 to `count` in the order of `compare`, equal ones as they were; none if that is the
/// order they have.
fn sorted_order(count: usize, compare: impl Fn(usize, usize) -> Ordering) -> Option<Vec<usize>> {
    if (1..count).all(|i| compare(i - 1, i) != Ordering::Greater) {
        return None;
    }
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&a, &b| compare(a, b));
    Some(order)
}

/// The items in the order that `order` names their positions in.
fn reorder<T>(items: Vec<T>, order: &[usize]) -> Vec<T> {
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    order.iter().filter_map(|&i| items[i].take()).collect()
}
