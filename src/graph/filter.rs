//! Which nodes fit a condition: one evaluator for every list, traversal and count.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Direction, NodeRef, QuestionError, View, fold, quoted};
use crate::model::{AgreementStatus, Certainty, DateRange, Instrument, NodeKind, RelationshipKind};

/// A condition on nodes, as it is asked. All parts that are given must hold; an empty one lets
/// every node through.
#[derive(Debug, Clone, Default)]
pub struct NodeFilter {
    /// All of these must hold.
    pub and: Vec<NodeFilter>,
    /// At least one of these must hold, where any is given.
    pub or: Vec<NodeFilter>,
    /// This must not hold.
    pub not: Option<Box<NodeFilter>>,
    /// Only nodes with one of these ids.
    pub ids: Option<Vec<String>>,
    /// Only nodes of one of these kinds.
    pub kinds: Option<Vec<NodeKind>>,
    /// Only nodes one of whose names contains this; case, accents and punctuation do not matter.
    pub name_contains: Option<String>,
    /// Only nodes whose first life-cycle event lies in this range.
    pub date: Option<(DateRange, Certainty)>,
    /// Only nodes that stood on some day of this range.
    pub during: Option<(DateRange, Certainty)>,
    /// Only agreements of one of these forms.
    pub instrument: Option<Vec<Instrument>>,
    /// Only agreements that have reached one of these stages, and no further.
    pub status: Option<Vec<AgreementStatus>>,
    /// Only nodes that stand, or do not stand, in these relationships.
    pub related: Vec<RelatedFilter>,
    /// Only nodes whose fact sheets cite one of these sources.
    pub source: Option<Vec<String>>,
    /// Only nodes that Canada's own page of partnerships names, or does not.
    pub listed_by_canada: Option<bool>,
}

/// A condition on the neighbours of a node.
#[derive(Debug, Clone)]
pub struct RelatedFilter {
    /// The kind of relationship.
    pub kind: RelationshipKind,
    /// Which way it goes from the node.
    pub direction: Direction,
    /// What the node at the other end must be like.
    pub node: Option<NodeFilter>,
    /// Whether there must be some such neighbour, or none.
    pub quantifier: Quantifier,
}

/// Some, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// At least one.
    Some,
    /// Not one.
    None,
}

impl NodeFilter {
    /// How many conditions it has, and how many levels of them lie within each other.
    fn size(&self) -> (usize, usize) {
        let Self { and, or, not, ids, kinds, name_contains, date, during, instrument, status, related, .. } = self;
        let Self { source, listed_by_canada, .. } = self;
        let single = [
            ids.is_some(),
            kinds.is_some(),
            name_contains.is_some(),
            date.is_some(),
            during.is_some(),
            instrument.is_some(),
            status.is_some(),
            source.is_some(),
            listed_by_canada.is_some(),
        ];
        let single = single.into_iter().filter(|given| *given).count();
        let neighbors = related.iter().map(|related| related.node.as_ref().map_or((0, 0), Self::size));
        let within = and.iter().chain(or).chain(not.as_deref()).map(Self::size).chain(neighbors);
        let nested =
            |(count, depth): (usize, usize), (inner, level): (usize, usize)| (count + inner + 1, depth.max(level));
        let (count, depth) = within.fold((single, 0), nested);
        (count, depth + 1)
    }
}

/// A condition checked against one view: ids found, texts folded.
pub struct Filter {
    pub(super) and: Vec<Filter>,
    pub(super) or: Vec<Filter>,
    pub(super) not: Option<Box<Filter>>,
    pub(super) nodes: Option<Vec<u32>>,
    pub(super) kinds: Option<Vec<NodeKind>>,
    name_contains: Option<String>,
    pub(super) date: Option<(DateRange, Certainty)>,
    pub(super) during: Option<(DateRange, Certainty)>,
    instrument: Option<Vec<Instrument>>,
    status: Option<Vec<AgreementStatus>>,
    pub(super) related: Vec<(RelationshipKind, Direction, Option<Remembered>, Quantifier)>,
    pub(super) sources: Option<Vec<u32>>,
    listed_by_canada: Option<bool>,
    /// Units of work to check its own conditions for one node, those within it apart.
    work: u64,
}

/// A filter that is evaluated once for each node, however often it is asked about: for filters within
/// others, where many nodes have the same neighbor. So the work of nested filters grows with their
/// number, and never with its power. Two bits for each node.
pub struct Remembered {
    pub(super) filter: Filter,
    /// Two bits for each node: whether it was evaluated, and whether it fits.
    known: OnceLock<Box<[AtomicU64]>>,
}

/// Nodes of which a word knows.
const NODES: usize = 32;
const EVALUATED: u64 = 1;
const FITTING: u64 = 2;

impl Remembered {
    /// Checks a condition against a view.
    ///
    /// # Errors
    /// As [`Filter::new`].
    pub(super) fn new(view: &View, filter: &NodeFilter) -> Result<Self, QuestionError> {
        Filter::new(view, filter).map(Self::of)
    }

    fn of(filter: Filter) -> Self {
        Self { filter, known: OnceLock::new() }
    }

    /// Whether a node of the view fits.
    pub(super) fn fits(&self, node: NodeRef<'_>) -> bool {
        if !node.view().spend(1) {
            return false;
        }
        let words = || (0..node.view().graph().counts().nodes.div_ceil(NODES)).map(|_| AtomicU64::new(0)).collect();
        let number = node.number() as usize;
        let (word, bits) = (&self.known.get_or_init(words)[number / NODES], 2 * (number % NODES));
        let known = word.load(Ordering::Relaxed) >> bits;
        if known & EVALUATED != 0 {
            return known & FITTING != 0;
        }
        let fits = self.filter.fits(node);
        word.fetch_or((EVALUATED | if fits { FITTING } else { 0 }) << bits, Ordering::Relaxed);
        fits
    }
}

impl Filter {
    /// Checks a condition against a view.
    ///
    /// # Errors
    /// A node or source id that does not exist; more conditions, or more levels of them, than the bounds of
    /// the view allow.
    pub fn new(view: &View, filter: &NodeFilter) -> Result<Self, QuestionError> {
        let ((count, depth), bounds) = (filter.size(), view.bounds());
        for (name, option, count, most) in [
            ("conditions", "--filter-conditions", count, bounds.filter_conditions),
            ("levels of conditions", "--filter-depth", depth, bounds.filter_depth),
        ] {
            if count > most {
                let message = format!("the filter has {count} {name}, and at most {most} are allowed ({option})");
                return Err(QuestionError::bad("where", message));
            }
        }
        Self::of(view, filter)
    }

    fn of(view: &View, filter: &NodeFilter) -> Result<Self, QuestionError> {
        let graph = view.graph();
        let all = |filters: &[NodeFilter]| filters.iter().map(|f| Self::of(view, f)).collect::<Result<Vec<_>, _>>();
        let node = |id: &String| graph.number(id).ok_or_else(|| view.unknown_node("ids", id));
        let source = |id: &String| {
            let unknown = || {
                QuestionError::bad("source", format!("no source has the id {}; find ids with `sources`", quoted(id)))
            };
            graph.source_number(id).ok_or_else(unknown)
        };
        let sorted = |mut numbers: Vec<u32>| {
            numbers.sort_unstable();
            numbers
        };
        let mut related = Vec::with_capacity(filter.related.len());
        for r in &filter.related {
            let node = r.node.as_ref().map(|node| Self::of(view, node)).transpose()?.map(Remembered::of);
            related.push((r.kind, r.direction, node, r.quantifier));
        }
        let ids = filter.ids.as_deref().unwrap_or_default().len() + filter.source.as_deref().unwrap_or_default().len();
        view.spend(ID * ids);
        Ok(Self {
            work: work(filter),
            and: all(&filter.and)?,
            or: all(&filter.or)?,
            not: filter.not.as_ref().map(|not| Self::of(view, not).map(Box::new)).transpose()?,
            nodes: filter
                .ids
                .as_ref()
                .map(|ids| ids.iter().map(node).collect::<Result<_, _>>())
                .transpose()?
                .map(sorted),
            kinds: filter.kinds.clone(),
            name_contains: filter.name_contains.as_deref().map(fold),
            date: filter.date,
            during: filter.during,
            instrument: filter.instrument.clone(),
            status: filter.status.clone(),
            related,
            sources: filter.source.as_ref().map(|ids| ids.iter().map(source).collect()).transpose()?,
            listed_by_canada: filter.listed_by_canada,
        })
    }

    /// How many conditions must all hold.
    pub(super) fn parts(&self) -> usize {
        let Self { and, or, not, nodes, kinds, name_contains, date, during, instrument, status, related, .. } = self;
        let Self { sources, listed_by_canada, .. } = self;
        let single = [
            !or.is_empty(),
            not.is_some(),
            nodes.is_some(),
            kinds.is_some(),
            name_contains.is_some(),
            date.is_some(),
            during.is_some(),
            instrument.is_some(),
            status.is_some(),
            sources.is_some(),
            listed_by_canada.is_some(),
        ];
        and.len() + related.len() + single.into_iter().filter(|given| *given).count()
    }

    /// Whether a node of the view fits; false for all once the request is stopped. Costs its conditions and
    /// the relationships it must look at.
    pub fn fits(&self, node: NodeRef<'_>) -> bool {
        if !node.view().budget().spend(self.work) {
            return false;
        }
        let data = node.data();
        self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&node.kind()))
            && self.nodes.as_ref().is_none_or(|nodes| nodes.binary_search(&node.number()).is_ok())
            && self.listed_by_canada.is_none_or(|listed| data.listed_by_canada == listed)
            && self
                .instrument
                .as_ref()
                .is_none_or(|list| node.agreement().is_some_and(|a| list.contains(&a.instrument)))
            && self.status.as_ref().is_none_or(|list| node.agreement().is_some() && list.contains(&node.status(None)))
            && self.date.is_none_or(|(range, certainty)| match (node.life().start, certainty) {
                (Some(start), _) => range.contains(start, certainty),
                (None, _) => false,
            })
            && self.during.is_none_or(|(range, certainty)| {
                !node.kind().has_life_cycle() || node.life().overlaps(range, certainty)
            })
            && self
                .sources
                .as_ref()
                .is_none_or(|list| list.iter().any(|&s| node.view().graph().source_cites(s, node.number())))
            && self.name_contains.as_ref().is_none_or(|text| name_contains(node, text))
            && self.and.iter().all(|filter| filter.fits(node))
            && (self.or.is_empty() || self.or.iter().any(|filter| filter.fits(node)))
            && self.not.as_ref().is_none_or(|filter| !filter.fits(node))
            && self.related.iter().all(|(kind, direction, filter, quantifier)| {
                let fits = |other: NodeRef<'_>| filter.as_ref().is_none_or(|filter| filter.fits(other));
                let any = node.steps(&[*kind], *direction).any(|step| fits(NodeRef::new(node.view(), step.other)));
                any == (*quantifier == Quantifier::Some)
            })
    }
}

/// Units of work to look an id up.
const ID: usize = 20;

/// Units of work to check the conditions of a filter for one node, those within it apart.
fn work(filter: &NodeFilter) -> u64 {
    let constant = filter.kinds.is_some() as u64
        + filter.date.is_some() as u64
        + filter.during.is_some() as u64
        + filter.instrument.is_some() as u64
        + filter.listed_by_canada.is_some() as u64
        + 4 * filter.status.is_some() as u64;
    // A binary search for each source.
    let sources = 4 * filter.source.as_deref().unwrap_or_default().len() as u64;
    1 + constant + sources + filter.ids.is_some() as u64
}

/// Whether one of a node's names contains a folded text.
fn name_contains(node: NodeRef<'_>, folded: &str) -> bool {
    let names = node.view().graph().folded_names().of(node.number());
    // To look for a text takes about a nanosecond for each byte, and some dozens to begin with.
    node.view().spend(5 + names.len() / 8) && names.contains(folded)
}
