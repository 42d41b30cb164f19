//! The difference of two releases against a naive one: two maps, held side by side. The releases are
//! the small world of `tests/example-data`, altered at random as often as it stays valid.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use pactgraph::dataset::{Files, Records, ValidDataset};
use pactgraph::graph::{Changes, Difference, Graph, View, diff};
use pactgraph::model::{
    Binding, BindingForce, Completeness, Details, Localized, Membership, Node, NodeId, Role, Source, Statement,
    StatementCertainty, When,
};
use proptest::prelude::*;
use proptest::sample::Index;

static WORLD: LazyLock<Records> = LazyLock::new(|| {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/example-data");
    let files = Files::from_dir(&dir).expect("a folder of facts");
    ValidDataset::from_files(&files).expect("valid facts").into_records()
});

/// One alteration of a world.
#[derive(Debug, Clone)]
enum Alteration {
    RemoveNode(Index),
    RemoveStatement(Index),
    RepeatStatement(Index, u8),
    Node(Index, u8),
    Statement(Index, u8),
    Source(Index, u8),
}

fn alteration() -> impl Strategy<Value = Alteration> {
    let index = any::<Index>;
    prop_oneof![
        index().prop_map(Alteration::RemoveNode),
        index().prop_map(Alteration::RemoveStatement),
        (index(), 1u8..9).prop_map(|(index, month)| Alteration::RepeatStatement(index, month)),
        (index(), any::<u8>()).prop_map(|(index, what)| Alteration::Node(index, what)),
        (index(), any::<u8>()).prop_map(|(index, what)| Alteration::Statement(index, what)),
        (index(), any::<u8>()).prop_map(|(index, what)| Alteration::Source(index, what)),
    ]
}

fn other(what: u8) -> Localized {
    Localized::new(&format!("text {what}"), "texte")
}

/// A list without its last item.
fn shorter<T: Clone, L: FromIterator<T>>(list: &[T]) -> L {
    list[..list.len().saturating_sub(1)].iter().cloned().collect()
}

fn alter_node(node: &mut Node, what: u8) {
    match what % 11 {
        0 => node.name.text = other(what),
        1 => node.summary = other(what),
        2 => node.hub = !node.hub,
        3 => node.listed_by_canada = !node.listed_by_canada,
        4 => node.aliases = shorter(&node.aliases),
        5 => node.disputes = shorter(&node.disputes),
        6 => node.citations = shorter(&node.citations),
        7 => node.name.running = (what > 100).then(|| Box::new(other(what))),
        8 if node.kind().has_members() => {
            let declared = (what > 100).then_some(u32::from(what));
            let citations = node.citations.clone();
            node.membership =
                Some(Box::new(Membership { whole: Completeness::Partial, declared, as_of: None, citations }));
        }
        9 => {
            if let Details::Agreement(details) = &mut node.details {
                details.binding = Binding { force: BindingForce::Binding, citations: node.citations.clone() };
            }
        }
        10 => {
            if let Details::Agreement(details) = &mut node.details {
                details.signers = shorter(&details.signers);
            }
        }
        _ => {
            if let Some(event) = node.events.last_mut() {
                event.note = Some(Box::new(other(what)));
            }
        }
    }
}

fn alter_statement(statement: &mut Statement, what: u8) {
    match what % 6 {
        0 => statement.when = When::Undated,
        1 => statement.note = (what > 100).then(|| Box::new(other(what))),
        2 => statement.listed_by_canada = !statement.listed_by_canada,
        3 => statement.role = Role::ALL.into_iter().find(|role| role.kind() == statement.kind),
        4 => statement.certainty = StatementCertainty::SecondHand,
        _ => statement.citations = shorter(&statement.citations),
    }
}

fn alter_source(source: &mut Source, what: u8) {
    match what % 4 {
        0 => source.title = format!("title {what}").into(),
        1 => source.published = None,
        2 => source.note = Some(format!("note {what}").into()),
        _ => source.language = "mul".parse().expect("a language"),
    }
}

fn remove_node(records: &mut Records, id: &NodeId) {
    records.nodes.retain(|node| node.id != *id);
    records.statements.retain(|statement| statement.from != *id && statement.to != *id);
    let texts = format!("{:?} {:?}", records.nodes, records.statements);
    let cited: BTreeSet<&str> = texts.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').collect();
    records.sources.retain(|source| cited.contains(source.id.as_str()));
}

fn alter(records: &mut Records, alteration: &Alteration) {
    match alteration {
        Alteration::RemoveNode(index) => {
            let id = index.get(&records.nodes).id.clone();
            remove_node(records, &id);
        }
        Alteration::RemoveStatement(index) => {
            records.statements.remove(index.index(records.statements.len()));
        }
        Alteration::RepeatStatement(index, month) => {
            let mut statement = index.get(&records.statements).clone();
            statement.when = When::On(format!("2024-0{month}").parse().expect("a date"));
            records.statements.push(statement);
        }
        Alteration::Node(index, what) => alter_node(index.get_mut(&mut records.nodes), *what),
        Alteration::Statement(index, what) => alter_statement(index.get_mut(&mut records.statements), *what),
        Alteration::Source(index, what) => alter_source(index.get_mut(&mut records.sources), *what),
    }
}

fn valid(records: Records) -> Option<ValidDataset> {
    ValidDataset::from_records(records, "made up".into()).ok()
}

/// The world after every alteration that leaves it valid.
fn altered(alterations: &[Alteration]) -> Graph {
    let mut records = WORLD.clone();
    for alteration in alterations {
        let mut next = records.clone();
        alter(&mut next, alteration);
        if let Some(dataset) = valid(next) {
            records = dataset.into_records();
        }
    }
    Graph::new(valid(records).expect("a valid world"))
}

/// All that is said of each thing, by id: nodes, relationships, sources.
fn said(graph: Graph) -> [BTreeMap<String, String>; 3] {
    let view = View::new(Arc::new(graph));
    [
        view.nodes().map(|node| (node.id().to_string(), format!("{:?}", node.data()))).collect(),
        view.relationships().map(|r| (r.id(), format!("{:?}", r.data().clone().between((), ())))).collect(),
        view.sources().map(|source| (source.data().id.to_string(), format!("{:?}", source.data()))).collect(),
    ]
}

fn parts(difference: &Difference) -> [&Changes; 3] {
    [&difference.nodes, &difference.relationships, &difference.sources]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn differences_are_those_of_two_maps(
        before in prop::collection::vec(alteration(), 0..7),
        after in prop::collection::vec(alteration(), 0..7),
    ) {
        let (old, new) = (altered(&before), altered(&after));
        let (there, back) = (diff(&old, &new), diff(&new, &old));
        prop_assert!(diff(&old, &old).is_empty());
        let (old, new) = (said(old), said(new));
        prop_assert_eq!(there.is_empty(), old == new);
        for (((changes, reverse), old), new) in parts(&there).into_iter().zip(parts(&back)).zip(&old).zip(&new) {
            let ids = |list: &[String]| list.iter().cloned().collect::<BTreeSet<_>>();
            let only = |a: &BTreeMap<String, String>, b: &BTreeMap<String, String>| {
                a.keys().filter(|id| !b.contains_key(*id)).cloned().collect::<BTreeSet<_>>()
            };
            prop_assert_eq!(ids(&changes.added), only(new, old));
            prop_assert_eq!(ids(&changes.removed), only(old, new));
            let changed: Vec<String> = changes.changed.iter().map(|changed| changed.id.clone()).collect();
            let differ = |id: &&String| new.get(*id).is_some_and(|said| *said != old[*id]);
            prop_assert_eq!(ids(&changed), old.keys().filter(differ).cloned().collect::<BTreeSet<_>>());

            prop_assert_eq!(changes.count(), changes.added.len() + changes.removed.len() + changed.len());
            prop_assert_eq!((&changes.added, &changes.removed), (&reverse.removed, &reverse.added));
            for (changed, back) in changes.changed.iter().zip(&reverse.changed) {
                prop_assert!(!changed.fields.is_empty(), "{} differs in some field", changed.id);
                prop_assert_eq!(changed.fields.len(), back.fields.len());
                for (field, back) in changed.fields.iter().zip(&back.fields) {
                    prop_assert_ne!(&field.before, &field.after);
                    prop_assert_eq!((field.field, &field.before, &field.after), (back.field, &back.after, &back.before));
                }
            }
        }
    }
}

#[test]
fn what_changed_is_told_in_words() {
    let mut records = WORLD.clone();
    let of = |id: &str| records.nodes.iter().position(|node| node.id.as_str() == id).expect("a node");
    let (g7, ceta) = (of("g7"), of("ceta"));
    let name = &mut records.nodes[g7].name.text;
    *name = Localized::new(name.en(), "Le G7");
    records.nodes[ceta].hub = true;
    let old = Graph::new(valid(WORLD.clone()).expect("a valid world"));
    let difference = diff(&old, &Graph::new(valid(records).expect("a valid world")));
    let changes: Vec<_> = difference.nodes.changed.iter().map(|changed| (&*changed.id, &*changed.fields)).collect();
    let [("ceta", [hub]), ("g7", [name])] = &changes[..] else { panic!("{changes:?}") };
    assert_eq!((hub.field, hub.before.as_deref(), hub.after.as_deref()), ("hub", Some("false"), Some("true")));
    assert_eq!(
        (name.field, name.before.as_deref(), name.after.as_deref()),
        ("nameFr", Some("Groupe des Sept"), Some("Le G7"))
    );
    assert_eq!(difference.relationships.count() + difference.sources.count(), 0);
}
