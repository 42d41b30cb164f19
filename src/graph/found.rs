//! The nodes of a list, found by an index where one helps.

use std::ops::Range;

use fixedbitset::FixedBitSet;

use super::candidates::Candidates;
use super::order::Place;
use super::{Filter, NodeOrder, NodeRef, View};
use crate::model::{Language, NodeKind};

/// More candidates than one in so many nodes are noted as bits rather than sorted.
const BITS: usize = 64;

/// Units of work to put one node of a page into its place.
const SORTED: usize = 8;

/// The nodes that fit, in order, without a handle for each before it is asked for.
pub struct Found<'g> {
    view: &'g View,
    nodes: Nodes<'g>,
}

enum Nodes<'g> {
    /// An index has just these, by number.
    Known(&'g [u32]),
    /// By number.
    Sorted(Vec<u32>),
    /// A bit for each, and how many they are.
    Bits(FixedBitSet, usize),
    /// In another order, in which they are not sorted before a page is asked for.
    Ordered(Vec<Place>),
}

impl<'g> Found<'g> {
    /// These nodes in an order, for a reader of `language`.
    pub(super) fn ordered(
        view: &'g View,
        nodes: impl IntoIterator<Item = NodeRef<'g>>,
        order: NodeOrder,
        language: Language,
    ) -> Self {
        let places = nodes.into_iter().map(order.places(view, language)).collect();
        Self { view, nodes: Nodes::Ordered(places) }
    }

    /// These nodes, which are sorted by number.
    pub(super) fn sorted(view: &'g View, nodes: impl IntoIterator<Item = NodeRef<'g>>) -> Self {
        let nodes: Vec<_> = nodes.into_iter().map(NodeRef::number).collect();
        view.spend(nodes.len());
        Self { view, nodes: Nodes::Sorted(nodes) }
    }

    /// How many there are. O(1).
    pub fn total(&self) -> usize {
        match &self.nodes {
            Nodes::Known(nodes) => nodes.len(),
            Nodes::Sorted(nodes) => nodes.len(),
            Nodes::Bits(_, total) => *total,
            Nodes::Ordered(nodes) => nodes.len(),
        }
    }

    /// The place of the node with this id among them. By number O(log n), or O(n / 64); else O(n).
    pub fn position(&self, id: &str) -> Option<usize> {
        let number = self.view.graph().number(id)?;
        let at = |nodes: &[u32]| nodes.binary_search(&number).ok();
        match &self.nodes {
            Nodes::Known(nodes) => at(nodes),
            Nodes::Sorted(nodes) => at(nodes),
            Nodes::Bits(bits, _) => bits.contains(number as usize).then(|| bits.count_ones(..number as usize)),
            Nodes::Ordered(places) => {
                self.view.spend(places.len());
                let own = places.iter().find(|place| place.number() == number)?;
                Some(places.iter().filter(|place| *place < own).count())
            }
        }
    }

    /// Those at some places. O(p) for p places, and O(n / 64) to find the first; in another order than by
    /// number O(n + p log p).
    pub fn at(&self, places: Range<usize>) -> Vec<NodeRef<'g>> {
        let shown =
            |nodes: &[u32]| nodes[places.clone()].iter().map(|&number| NodeRef::new(self.view, number)).collect();
        self.view.spend(places.len());
        match &self.nodes {
            Nodes::Known(nodes) => shown(nodes),
            Nodes::Sorted(nodes) => shown(nodes),
            Nodes::Ordered(ordered) => {
                if !self.view.spend(ordered.len() + SORTED * places.len()) {
                    return Vec::new();
                }
                let mut ordered = ordered.clone();
                let mut part = &mut ordered[..];
                // Only those of the page are sorted; what is before and behind it, it need not know.
                if places.end < part.len() {
                    part = part.select_nth_unstable(places.end).0;
                }
                if 0 < places.start && places.start < part.len() {
                    part.select_nth_unstable(places.start);
                }
                let page = &mut part[places];
                page.sort_unstable();
                page.iter().map(|place| NodeRef::new(self.view, place.number())).collect()
            }
            Nodes::Bits(bits, _) => {
                let (mut word, mut before) = (0, 0);
                let words = bits.as_slice();
                while let Some(ones) = words.get(word).map(|bits| bits.count_ones() as usize)
                    && before + ones <= places.start
                {
                    (word, before) = (word + 1, before + ones);
                }
                let bits = (word..words.len()).flat_map(|word| ones(words[word]).map(move |bit| word * WORD + bit));
                let nodes = bits.skip(places.start - before).take(places.len());
                nodes.map(|number| NodeRef::new(self.view, number as u32)).collect()
            }
        }
    }

    /// All of them.
    pub fn all(&self) -> Vec<NodeRef<'g>> {
        self.at(0..self.total())
    }
}

/// Bits in a word of a set.
const WORD: usize = usize::BITS as usize;

/// The places of the bits that are set.
fn ones(mut word: usize) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = word.trailing_zeros() as usize;
        word &= word.wrapping_sub(1);
        (bit < WORD).then_some(bit)
    })
}

impl View {
    /// The nodes of one kind, or of all, that fit, by number; none once the request is stopped. Costs the candidates of the index that has
    /// the fewest; where none helps, all nodes of the kind.
    pub(super) fn find(&self, kind: Option<NodeKind>, filter: Option<&Filter>) -> Found<'_> {
        let graph = self.graph();
        let count = graph.counts().nodes;
        let among = kind.map_or(count, |kind| graph.of_kind(kind).len());
        let mut nodes = Vec::new();
        let found = match filter.map(|filter| (filter, Candidates::fewest(self, filter))) {
            None => match kind.filter(|_| self.shows_all_nodes()) {
                Some(kind) => return Found { view: self, nodes: Nodes::Known(graph.of_kind(kind)) },
                None => {
                    self.spend(among);
                    self.each(kind, |node| nodes.push(node.number()));
                    Nodes::Sorted(nodes)
                }
            },
            Some((filter, Some(candidates))) if candidates.exact || candidates.most < among => {
                let fits = |node: u32| {
                    kind.is_none_or(|kind| graph.kind(node) == kind)
                        && self.shows_node(node)
                        && (candidates.exact || filter.fits(NodeRef::new(self, node)))
                };
                if candidates.most > count / BITS {
                    self.spend(count / BITS);
                    let mut bits = FixedBitSet::with_capacity(count);
                    candidates.take(self, &mut |node| bits.set(node as usize, bits[node as usize] || fits(node)));
                    let total = bits.count_ones(..);
                    Nodes::Bits(bits, total)
                } else {
                    candidates.take(self, &mut |node| nodes.push(node));
                    nodes.sort_unstable();
                    nodes.dedup();
                    nodes.retain(|node| fits(*node));
                    Nodes::Sorted(nodes)
                }
            }
            Some((filter, _)) => {
                self.each(kind, |node| {
                    if filter.fits(node) {
                        nodes.push(node.number());
                    }
                });
                Nodes::Sorted(nodes)
            }
        };
        Found { view: self, nodes: found }
    }

    fn each<'g>(&'g self, kind: Option<NodeKind>, visit: impl FnMut(NodeRef<'g>)) {
        match kind {
            Some(kind) => self.of_kind(kind).for_each(visit),
            None => self.nodes().for_each(visit),
        }
    }
}
