//! Whatever index a list is found by, it is what a look at every node finds.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use pactgraph::dataset::ValidDataset;
use pactgraph::graph::{
    AsOf, Bounds, Direction, Filter, Graph, NodeFilter, NodeOrder, NodeOrderField, NodeRef, Quantifier, RelatedFilter,
    RelationshipFilter, RelationshipRef, View,
};
use pactgraph::model::{Certainty, DateRange, Language, NodeKind, PartialDate, RelationshipKind};
use proptest::prelude::*;

#[path = "../../benches/world/mod.rs"]
mod world;

const NODES: usize = 400;

static WORLD: LazyLock<Arc<Graph>> = LazyLock::new(|| {
    let dataset = ValidDataset::from_records(world::world(NODES), "0".repeat(64)).expect("a valid world");
    Arc::new(Graph::new(dataset))
});

fn date() -> impl Strategy<Value = PartialDate> {
    prop_oneof![
        (1950i16..2027).prop_map(|year| format!("{year}")),
        (1950i16..2027, 1u8..13).prop_map(|(year, month)| format!("{year}-{month:02}")),
        (1950i16..2027, 1u8..13, 1u8..29).prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}")),
    ]
    .prop_map(|date| date.parse().expect("a date"))
}

fn certainty() -> impl Strategy<Value = Certainty> {
    prop_oneof![Just(Certainty::Certain), Just(Certainty::Possible)]
}

fn ids() -> impl Strategy<Value = Vec<String>> {
    // Numbers are drawn to the low ones, which are in most relationships.
    let id = (0usize..NODES, 0usize..NODES).prop_map(|(a, b)| match a.min(b) {
        0 => "canada".to_owned(),
        number => format!("made-up-{number:07}"),
    });
    proptest::collection::vec(id, 0..4)
}

fn kinds() -> impl Strategy<Value = Vec<NodeKind>> {
    proptest::collection::vec(proptest::sample::select(&NodeKind::ALL[..]), 0..3)
}

/// The world over all dates or, of a certain date today, or as of a date.
fn view(as_of: Option<(PartialDate, Certainty)>) -> View {
    let whole = View::new(WORLD.clone());
    match as_of {
        None => whole,
        Some((date, Certainty::Certain)) if date.day().is_some() => View::today(WORLD.clone(), date, Bounds::default()),
        Some((date, certainty)) => whole.as_of(AsOf { date, certainty }),
    }
}

/// One condition.
fn single() -> impl Strategy<Value = NodeFilter> {
    let none = NodeFilter::default;
    prop_oneof![
        ids().prop_map(move |ids| NodeFilter { ids: Some(ids), ..none() }),
        kinds().prop_map(move |kinds| NodeFilter { kinds: Some(kinds), ..none() }),
        (proptest::option::of(date()), proptest::option::of(date()), certainty()).prop_map(
            move |(from, to, certainty)| { NodeFilter { date: Some((DateRange { from, to }, certainty)), ..none() } }
        ),
        (0usize..NODES / 5)
            .prop_map(move |source| { NodeFilter { source: Some(vec![format!("source-{source:07}")]), ..none() } }),
        "[a-z]{1,2}".prop_map(move |part| NodeFilter { name_contains: Some(part), ..none() }),
        any::<bool>().prop_map(move |listed| NodeFilter { listed_by_canada: Some(listed), ..none() }),
    ]
}

fn filter() -> impl Strategy<Value = NodeFilter> {
    single().prop_recursive(3, 12, 3, |inner| {
        let several = proptest::collection::vec(inner.clone(), 0..3);
        let kind = proptest::sample::select(&RelationshipKind::ALL[..]);
        let direction = prop_oneof![Just(Direction::Out), Just(Direction::In), Just(Direction::Any)];
        let quantifier = prop_oneof![4 => Just(Quantifier::Some), 1 => Just(Quantifier::None)];
        let related = (kind, direction, proptest::option::of(inner.clone()), quantifier)
            .prop_map(|(kind, direction, node, quantifier)| RelatedFilter { kind, direction, node, quantifier });
        prop_oneof![
            several.clone().prop_map(|and| NodeFilter { and, ..NodeFilter::default() }),
            several.prop_map(|or| NodeFilter { or, ..NodeFilter::default() }),
            inner.clone().prop_map(|not| NodeFilter { not: Some(Box::new(not)), ..NodeFilter::default() }),
            related.clone().prop_map(|related| NodeFilter { related: vec![related], ..NodeFilter::default() }),
            (inner, related).prop_map(|(own, related)| NodeFilter { related: vec![related], ..own }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_index_finds_what_a_look_at_every_node_finds(
        filter in filter(),
        kind in proptest::sample::select(&NodeKind::ALL[..]),
        as_of in proptest::option::of((date(), certainty())),
        (start, length) in (0usize..60, 0usize..60),
    ) {
        let view = view(as_of);
        let checked = Filter::new(&view, &filter).expect("known ids");
        let expected: Vec<NodeRef<'_>> = view.nodes().filter(|node| checked.fits(*node)).collect();
        prop_assert_eq!(numbers(&view.fitting(Some(&filter)).expect("known ids")), numbers(&expected));

        let of_kind: Vec<NodeRef<'_>> = expected.into_iter().filter(|node| node.kind() == kind).collect();
        let found = view.list(kind, Some(&filter), None, Language::En).expect("known ids");
        prop_assert_eq!(numbers(&found.all()), numbers(&of_kind));
        prop_assert_eq!(found.total(), of_kind.len());
        let places = places((start, length), found.total());
        prop_assert_eq!(numbers(&found.at(places.clone())), numbers(&of_kind[places]));
        for (place, node) in of_kind.iter().enumerate() {
            prop_assert_eq!(found.position(node.id()), Some(place));
        }
        let absent = view.of_kind(kind).find(|node| !checked.fits(*node));
        prop_assert_eq!(absent.and_then(|node| found.position(node.id())), None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_page_in_any_order_is_the_part_of_the_sorted_list(
        kind in proptest::sample::select(&NodeKind::ALL[..]),
        by in proptest::sample::select(&ORDERS[..]),
        descending in any::<bool>(),
        language in proptest::sample::select(&Language::ALL[..]),
        as_of in proptest::option::of((date(), certainty())),
        (start, length) in (0usize..60, 0usize..60),
    ) {
        let view = view(as_of);
        let order = NodeOrder { by, descending, language: None };
        let found = view.list(kind, None, Some(order), language).expect("no ids");
        let expected = in_order(&view, view.of_kind(kind).collect(), order, language);
        prop_assert_eq!(numbers(&found.all()), numbers(&expected));
        let places = places((start, length), found.total());
        prop_assert_eq!(numbers(&found.at(places.clone())), numbers(&expected[places]));
        for (place, node) in expected.iter().enumerate() {
            prop_assert_eq!(found.position(node.id()), Some(place));
        }
    }

    #[test]
    fn relationships_of_two_nodes_are_those_of_either(
        (a, b) in (0u32..40, 0u32..NODES as u32),
        kinds in proptest::collection::vec(proptest::sample::select(&RelationshipKind::ALL[..]), 0..3),
        direction in prop_oneof![Just(Direction::Out), Just(Direction::In), Just(Direction::Any)],
        filter in single(),
        by in proptest::sample::select(&ORDERS[..]),
        descending in any::<bool>(),
        as_of in proptest::option::of((date(), certainty())),
    ) {
        let view = view(as_of);
        let nodes: Vec<NodeRef<'_>> = view.nodes().collect();
        let (a, b) = (nodes[a as usize % nodes.len()], nodes[b as usize % nodes.len()]);
        let naive = |of: NodeRef<'_>, other: NodeRef<'_>| {
            let steps = of.steps(&kinds, direction).filter(|step| step.other == other.number());
            steps.map(|step| step.relationship).collect::<Vec<_>>()
        };
        for (of, other) in [(a, b), (b, a), (a, a)] {
            let with: Vec<u32> =
                of.relationships_with(other, &kinds, direction).iter().map(|found| found.number()).collect();
            prop_assert_eq!(with, naive(of, other));
        }
        let order = NodeOrder { by, descending, language: None };
        let checked = Filter::new(&view, &filter).expect("known ids");
        let others = a.neighbors(&kinds, direction).into_iter().filter(|other| checked.fits(*other)).collect();
        let expected: Vec<u32> =
            in_order(&view, others, order, Language::En).into_iter().flat_map(|other| naive(a, other)).collect();
        let selected = a.select_relationships(&kinds, direction, Some(&filter), Some(order), Language::En);
        let selected: Vec<u32> = selected.expect("known ids").iter().map(|found| found.number()).collect();
        prop_assert_eq!(selected, expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn relationships_are_those_that_a_look_at_each_finds(
        (from, to) in (proptest::option::of(filter()), proptest::option::of(filter())),
        kinds in proptest::option::of(proptest::collection::vec(
            proptest::sample::select(&RelationshipKind::ALL[..]), 0..3)),
        is_filtered in any::<bool>(),
        as_of in proptest::option::of((date(), certainty())),
        (start, length) in (0usize..600, 0usize..60),
    ) {
        let view = view(as_of);
        let filter = RelationshipFilter { kinds, from, to, ..RelationshipFilter::default() };
        let filter = is_filtered.then_some(&filter);
        let listed = view.list_relationships(filter).expect("known ids");
        let expected = view.select_relationships(view.relationships(), filter).expect("known ids");
        let numbers = |list: &[RelationshipRef<'_>]| list.iter().map(|one| one.number()).collect::<Vec<_>>();
        prop_assert_eq!(numbers(&listed.all()), numbers(&expected));
        prop_assert_eq!(listed.total(), expected.len());
        let places = places((start, length), listed.total());
        prop_assert_eq!(numbers(&listed.at(places.clone())), numbers(&expected[places]));
        for (place, one) in expected.iter().enumerate().step_by(7) {
            prop_assert_eq!(listed.position(&one.id()), Some(place));
        }
    }
}

const ORDERS: [NodeOrderField; 5] =
    [NodeOrderField::Name, NodeOrderField::Date, NodeOrderField::Kind, NodeOrderField::Degree, NodeOrderField::Id];

/// The nodes, which come by number, compared one with another.
fn in_order<'g>(view: &View, mut nodes: Vec<NodeRef<'g>>, order: NodeOrder, language: Language) -> Vec<NodeRef<'g>> {
    let names = view.graph().name_ranks(language);
    nodes.sort_by(|a, b| {
        let dates = (a.life().start, b.life().start);
        let unordered = match order.by {
            NodeOrderField::Name => names[a.number() as usize].cmp(&names[b.number() as usize]),
            NodeOrderField::Date => match dates {
                // Those without a date come last, whichever way.
                (Some(a), Some(b)) => a.cmp(&b),
                (None, Some(_)) => return Ordering::Greater,
                (Some(_), None) => return Ordering::Less,
                (None, None) => Ordering::Equal,
            },
            NodeOrderField::Kind => a.kind().cmp(&b.kind()),
            NodeOrderField::Degree => view.steps(a.number()).count().cmp(&view.steps(b.number()).count()),
            NodeOrderField::Id => a.id().cmp(b.id()),
        };
        if order.descending { unordered.reverse() } else { unordered }
    });
    nodes
}

/// The places of a page in a list of so many.
fn places((start, length): (usize, usize), total: usize) -> Range<usize> {
    let end = (start + length).min(total);
    start.min(end)..end
}

fn numbers(nodes: &[NodeRef<'_>]) -> Vec<u32> {
    nodes.iter().map(|node| node.number()).collect()
}
