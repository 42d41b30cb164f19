//! Which index to look in for the nodes that fit a filter.

use super::{Direction, Filter, Quantifier, View};
use crate::model::{Certainty, DateRange, NodeKind, RelationshipKind};

/// Nodes whose neighbours are looked up are at most so many; a filter that more fit is of little help.
const MOST_BESIDE: usize = 1000;

/// Nodes among which all are that fit a filter, to be taken from an index.
pub(super) struct Candidates<'f> {
    lookup: Lookup<'f>,
    /// How many there are at most.
    pub(super) most: usize,
    /// Whether all of them fit, so that none must be looked at.
    pub(super) exact: bool,
}

/// Where to look.
enum Lookup<'f> {
    Nodes(Vec<u32>),
    Kinds(&'f [NodeKind]),
    Date(DateRange, Certainty),
    Sources(&'f [u32]),
    /// Next to some nodes, along one kind, seen from them.
    Beside(Vec<u32>, RelationshipKind, Direction),
    Any(Vec<Candidates<'f>>),
}

impl<'f> Candidates<'f> {
    /// The fewest candidates that an index has for a filter; none where no index helps. Costs little
    /// beside taking them.
    pub(super) fn fewest(view: &View, filter: &'f Filter) -> Option<Self> {
        let graph = view.graph();
        let mut known = Vec::new();
        let mut know = |lookup, most, exact| known.push(Self { lookup, most, exact });
        if let Some(nodes) = &filter.nodes {
            know(Lookup::Nodes(nodes.clone()), nodes.len(), true);
        }
        if let Some(kinds) = &filter.kinds {
            know(Lookup::Kinds(kinds), kinds.iter().map(|kind| graph.of_kind(*kind).len()).sum(), true);
        }
        if let Some((range, certainty)) = filter.date {
            let most = graph.dates().within(range, certainty).map(<[u32]>::len).sum();
            know(Lookup::Date(range, certainty), most, true);
        }
        if let Some(sources) = &filter.sources {
            let most = sources.iter().map(|source| graph.uses(*source).nodes.len()).sum();
            know(Lookup::Sources(sources), most, true);
        }
        for (kind, direction, node, quantifier) in &filter.related {
            let (Some(node), Quantifier::Some) = (node, quantifier) else { continue };
            let others = Self::fewest(view, &node.filter);
            let Some(others) = others.filter(|others| others.most <= MOST_BESIDE) else { continue };
            let exact = others.exact && view.shows_all_relationships();
            let mut beside = Vec::with_capacity(others.most);
            view.spend(2 * others.most);
            others.take(view, &mut |other| beside.push(other));
            let most = beside.iter().map(|other| graph.adjacency().row_of(*other, *kind).len()).sum();
            know(Lookup::Beside(beside, *kind, direction.reversed()), most, exact);
        }
        known.extend(filter.and.iter().filter_map(|part| Self::fewest(view, part)));
        if let Some(any) = filter.or.iter().map(|part| Self::fewest(view, part)).collect::<Option<Vec<_>>>()
            && !any.is_empty()
        {
            let (most, exact) = (any.iter().map(|one| one.most).sum(), any.iter().all(|one| one.exact));
            known.push(Self { lookup: Lookup::Any(any), most, exact });
        }
        let mut fewest = known.into_iter().min_by_key(|candidates| candidates.most)?;
        fewest.exact &= filter.parts() == 1;
        Some(fewest)
    }

    /// Takes them; one may come more than once. None once the request is stopped.
    pub(super) fn take(&self, view: &View, add: &mut dyn FnMut(u32)) {
        if !view.spend(self.most) {
            return;
        }
        let graph = view.graph();
        match &self.lookup {
            Lookup::Nodes(nodes) => nodes.iter().for_each(|node| add(*node)),
            Lookup::Kinds(kinds) => kinds.iter().flat_map(|kind| graph.of_kind(*kind)).for_each(|node| add(*node)),
            Lookup::Date(range, certainty) => {
                graph.dates().within(*range, *certainty).flatten().for_each(|node| add(*node));
            }
            Lookup::Sources(sources) => {
                sources.iter().flat_map(|source| &graph.uses(*source).nodes).for_each(|node| add(*node));
            }
            Lookup::Beside(nodes, kind, direction) => {
                let adjacency = graph.adjacency();
                let steps = nodes.iter().flat_map(|node| adjacency.row_of(*node, *kind)).map(|at| adjacency.step(at));
                steps.filter(|step| direction.includes(step.direction)).for_each(|step| add(step.other));
            }
            Lookup::Any(any) => any.iter().for_each(|one| one.take(view, add)),
        }
    }
}
