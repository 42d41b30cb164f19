//! What must always hold, on the real data.

use std::collections::{BTreeMap, BTreeSet};

use pactgraph::graph::{AsOf, Direction, FactStatus, HubPolicy, ReachQuestion, View};
use pactgraph::model::{Certainty, RelationshipKind};
use serde_json::Value;

use crate::queries::{REAL, ask_real};

fn strings<'v>(list: &'v Value, pointer: &str) -> BTreeSet<&'v str> {
    let items = list.as_array().expect("a list");
    items.iter().map(|item| item.pointer(pointer).and_then(Value::as_str).expect("a text")).collect()
}

fn count(value: &Value) -> u64 {
    value.as_u64().expect("a count")
}

#[test]
fn counts_are_those_of_the_release() {
    let data = ask_real(
        "{ release { counts { nodes relationships sources } } allDates { relationships { totalCount } } relationships { totalCount } sources { totalCount } groupBy(keys: [KIND]) { count } }",
    );
    let counts = &data["release"]["counts"];
    assert_eq!(data["allDates"]["relationships"]["totalCount"], counts["relationships"]);
    assert!(count(&data["relationships"]["totalCount"]) < count(&counts["relationships"]), "some have ended");
    assert_eq!(data["sources"]["totalCount"], counts["sources"]);
    let by_kind: u64 = data["groupBy"].as_array().expect("groups").iter().map(|group| count(&group["count"])).sum();
    assert_eq!(by_kind, count(&counts["nodes"]));
}

#[test]
fn a_filter_and_a_group_count_alike() {
    let groups = ask_real("{ groupBy(keys: [PARTY], where: { kinds: [AGREEMENT] }) { keys { value } count } }");
    for group in groups["groupBy"].as_array().expect("groups") {
        let party = group["keys"][0]["value"].as_str().expect("an id");
        let filtered = ask_real(&format!(
            r#"{{ agreements(where: {{ or: [
                {{ related: [{{ kind: SIGNED, direction: IN, node: {{ ids: ["{party}"] }} }}] }}
                {{ related: [{{ kind: PARTY_TO, direction: IN, node: {{ ids: ["{party}"] }} }}] }}
            ] }}) {{ totalCount }} }}"#
        ));
        assert_eq!(filtered["agreements"]["totalCount"], group["count"], "{party}");
    }
    let years = ask_real("{ groupBy(keys: [YEAR], where: { kinds: [AGREEMENT] }) { keys { value } count } }");
    for group in years["groupBy"].as_array().expect("groups") {
        let year = group["keys"][0]["value"].as_str().expect("a year");
        let filtered = ask_real(&format!(
            r#"{{ agreements(where: {{ date: {{ from: "{year}", to: "{year}" }} }}) {{ totalCount }} }}"#
        ));
        assert_eq!(filtered["agreements"]["totalCount"], group["count"], "{year}");
    }
}

/// As of the day the data were published everything is known that is known today.
#[test]
fn as_of_the_day_of_the_release_is_today() {
    let fields = "agreements(first: 500) { nodes { id start end status degree } } initiatives(first: 500) { nodes { id end degree } } relationships(first: 500) { totalCount nodes { id sentence end } } timeline { totalCount undatedCount }";
    let day = REAL.release().published;
    let data =
        ask_real(&format!(r#"{{ {fields} asOf(date: "{day}") {{ {fields} undated {{ nodes relationships }} }} }}"#));
    for field in ["agreements", "initiatives", "relationships", "timeline"] {
        assert_eq!(data[field], data["asOf"][field], "{field}");
    }
    assert_eq!(data["asOf"]["undated"], serde_json::json!({ "nodes": 0, "relationships": 0 }));
}

#[test]
fn what_is_certain_is_possible() {
    let all = View::new(REAL.clone());
    for date in ["2019", "2021-06", "2022-12-31", "2023-09", "2025", "2026-11-23"] {
        let as_of = |certainty| all.as_of(AsOf { date: date.parse().expect("a date"), certainty });
        let (certain, possible) = (as_of(Certainty::Certain), as_of(Certainty::Possible));
        assert!(certain.nodes().all(|node| possible.shows_node(node.number())), "nodes on {date}");
        let mut relationships = certain.relationships();
        assert!(relationships.all(|relationship| possible.shows_relationship(relationship.number())), "on {date}");
        assert!(certain.relationships().count() <= possible.relationships().count(), "on {date}");
    }
    let data = ask_real(
        r#"{ certain: agreements(first: 500, where: { date: { from: "2024-03-15", to: "2026", certainty: CERTAIN } }) { nodes { id } }
             possible: agreements(first: 500, where: { date: { from: "2024-03-15", to: "2026" } }) { nodes { id } } }"#,
    );
    let (certain, possible) = (strings(&data["certain"]["nodes"], "/id"), strings(&data["possible"]["nodes"], "/id"));
    assert!(certain.is_subset(&possible) && certain.len() < possible.len(), "some dates are vague");
}

/// As of a day and during it the same nodes stood, of those whose beginning is dated.
#[test]
fn as_of_a_day_and_during_it_agree() {
    const KINDS: [&str; 4] = ["agreements", "initiatives", "forums", "countries"];
    let lists = |narrowed: &str| {
        KINDS.map(|kind| format!("{kind}({narrowed} first: 500) {{ nodes {{ id knownFrom }} }}")).join(" ")
    };
    for date in ["2021-06-15", "2022-12-31", "2025-10-31", "2026-02-14"] {
        for certainty in ["CERTAIN", "POSSIBLE"] {
            let during = format!(r#"where: {{ during: {{ from: "{date}", to: "{date}", certainty: {certainty} }} }}"#);
            let as_of = format!(r#"asOf(date: "{date}", certainty: {certainty})"#);
            let data = ask_real(&format!("{{ {} {as_of} {{ {} }} }}", lists(&during), lists(&during)));
            for kind in KINDS {
                let dated = |list: &Value| {
                    let nodes = list["nodes"].as_array().expect("nodes").iter();
                    nodes.filter(|node| node["knownFrom"].is_null()).cloned().collect::<Vec<_>>()
                };
                assert_eq!(dated(&data[kind]), dated(&data["asOf"][kind]), "{kind} on {date}, {certainty}");
            }
        }
    }
}

#[test]
fn every_fact_has_a_source() {
    let view = View::new(REAL.clone());
    let mut facts = 0;
    for node in view.nodes() {
        assert!(node.citations().next().is_some(), "{}", node.id());
        for fact in node.facts() {
            facts += 1;
            let cited = !fact.citations.is_empty();
            assert!(cited || fact.status == FactStatus::Derived, "{} {}", node.id(), fact.property);
        }
    }
    assert!(facts > 800, "{facts}");
    let mut after = String::new();
    let mut seen = BTreeSet::new();
    loop {
        let page = ask_real(&format!(
            "{{ allDates {{ relationships(first: 100{after}) {{ nodes {{ id citations {{ source {{ id }} }} }} pageInfo {{ hasNextPage endCursor }} }} }} }}"
        ));
        let page = &page["allDates"];
        for relationship in page["relationships"]["nodes"].as_array().expect("relationships") {
            assert!(!relationship["citations"].as_array().expect("citations").is_empty(), "{}", relationship["id"]);
            assert!(seen.insert(relationship["id"].to_string()), "pages list each item once");
        }
        let info = &page["relationships"]["pageInfo"];
        if info["hasNextPage"] == false {
            break;
        }
        after = format!(", after: {}", info["endCursor"]);
    }
    assert_eq!(seen.len(), REAL.counts().relationships, "pages list every item");
}

#[test]
fn every_relationship_is_seen_from_both_ends() {
    let data = ask_real("{ relationships(first: 500) { totalCount nodes { id from { id } to { id } } } }");
    let degrees = ask_real(
        "{ groupBy(keys: [KIND]) { nodes(first: 200) { nodes { id degree out: degree(direction: OUT) in: degree(direction: IN) } } } }",
    );
    let mut total = 0;
    for group in degrees["groupBy"].as_array().expect("groups") {
        for node in group["nodes"]["nodes"].as_array().expect("nodes") {
            assert_eq!(count(&node["degree"]), count(&node["out"]) + count(&node["in"]));
            total += count(&node["degree"]);
        }
    }
    assert_eq!(total, 2 * count(&data["relationships"]["totalCount"]));
    for relationship in data["relationships"]["nodes"].as_array().expect("relationships").iter().step_by(7) {
        for (end, direction) in [("from", "OUT"), ("to", "IN")] {
            let id = relationship[end]["id"].as_str().expect("an id");
            let seen = ask_real(&format!(
                r#"{{ node(id: "{id}") {{ relationships(direction: {direction}, first: 200) {{ nodes {{ id }} }} }} }}"#
            ));
            let seen = strings(&seen["node"]["relationships"]["nodes"], "/id");
            assert!(seen.contains(relationship["id"].as_str().expect("an id")), "{}", relationship["id"]);
        }
    }
}

#[test]
fn the_headline_question_is_answered() {
    let data = ask_real(
        r#"{ agreement(id: "canada-eu-raw-materials-partnership") { builtOnBy(transitive: true) {
            totalCount complete
            edges { depth node { id } via { sentence steps { relationship { kind citations { source { url } } } } } } } } }"#,
    );
    let answer = &data["agreement"]["builtOnBy"];
    assert_eq!(answer["complete"], true);
    let found = strings(&answer["edges"], "/node/id");
    assert!(found.contains("canada-france-critical-minerals-dialogue"));
    assert!(found.contains("canada-germany-critical-minerals-jdoi"));
    for edge in answer["edges"].as_array().expect("edges") {
        let steps = edge["via"]["steps"].as_array().expect("steps");
        assert_eq!(steps.len() as u64, count(&edge["depth"]));
        assert!(steps.iter().all(|step| step["relationship"]["kind"] == "BUILDS_ON"));
        assert!(steps.iter().all(|step| step["relationship"]["citations"][0]["source"]["url"].is_string()));
    }
}

/// The four questions researchers ask first get answers that tell them something.
#[test]
fn the_trace_questions_are_answered() {
    let data = ask_real(
        r#"{
          japan: paths(from: "canada-japan-battery-supply-chains-moc", to: "g7-critical-minerals-action-plan", mode: ALL_SHORTEST) {
            totalCount complete avoidedHubs { id } nodes { sentence steps { to { id } } }
          }
          germany: agreement(id: "canada-germany-critical-minerals-jdoi") { buildsOn(transitive: true) { totalCount complete } }
          touched: reach(from: ["canada-eu-raw-materials-partnership"], maxDepth: 5, follow: [
            { kind: BUILDS_ON, direction: IN }, { kind: SUPPORTS, direction: IN }, { kind: REFERS_TO, direction: IN }
            { kind: NEGOTIATED_UNDER, direction: IN }, { kind: PART_OF, direction: IN }
          ]) { totalCount complete }
        }"#,
    );
    let japan = &data["japan"];
    assert_eq!(japan["complete"], true);
    assert!(strings(&japan["avoidedHubs"], "/id").contains("canada"));
    let steps = strings(&japan["nodes"][0]["steps"], "/to/id");
    assert_eq!(steps, BTreeSet::from(["g7", "g7-critical-minerals-action-plan", "japan"]), "through Japan and the G7");
    assert!(count(&data["germany"]["buildsOn"]["totalCount"]) >= 4);
    assert!(count(&data["touched"]["totalCount"]) >= 4);
    assert_eq!(data["touched"]["complete"], true);
}

#[test]
fn equal_questions_get_equal_answers() {
    let question = r#"{ search(text: "critical minerals") { nodes { id } } groupBy(keys: [PARTY, THEME]) { count }
        subgraph(around: ["germany"], depth: 2) { nodes { id } relationships { id } } }"#;
    assert_eq!(ask_real(question), ask_real(question));
}

/// The snapshot is a graph of petgraph's: its algorithms run on it, and agree with ours.
#[test]
fn petgraph_runs_on_the_snapshot() {
    let view = View::new(REAL.clone());
    let graph = &**view.graph();
    let germany = graph.number("germany").expect("a node");
    let distances = petgraph::algo::dijkstra(graph, germany, None, |_| 1);
    let follow: Vec<_> = RelationshipKind::ALL.into_iter().map(|kind| (kind, Direction::Out)).collect();
    let question = ReachQuestion { follow, max_depth: 32, hubs: HubPolicy::Allow, ..ReachQuestion::default() };
    let reach = view.reach(&["germany"], &question).expect("an answer");
    let ours: BTreeMap<u32, i32> = reach.reached.iter().map(|hit| (hit.node.number(), hit.depth as i32)).collect();
    let theirs: BTreeMap<u32, i32> = distances.into_iter().filter(|(node, _)| *node != germany).collect();
    assert_eq!(ours, theirs);
    assert!(ours.len() > 20, "{}", ours.len());

    let edges = petgraph::visit::IntoEdgeReferences::edge_references(graph);
    let ends = edges.map(|edge| (petgraph::visit::EdgeRef::source(&edge), petgraph::visit::EdgeRef::target(&edge)));
    assert!(ends.eq((0..graph.counts().relationships as u32).map(|number| graph.ends(number))));
}
