//! Answers hold together: filters obey the laws of logic, pages make up their list, orders order, groups sum up,
//! and what is certain as of a date is possible. Filters are made by chance, on the real data;
//! `PACTGRAPH_FILTERS=5000` tries as many.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use pactgraph::graphql::{Api, Language, Limits, Question, RequestState};
use serde_json::{Value, json};

use crate::answers::count;
use crate::documents::Dice;
use crate::queries::REAL;

/// The lists of nodes, one for each kind.
const LISTS: [&str; 8] = [
    "agreements",
    "countries",
    "forums",
    "indigenousPeoples",
    "initiatives",
    "jurisdictions",
    "organizations",
    "themes",
];

const KINDS: [&str; 8] =
    ["AGREEMENT", "COUNTRY", "FORUM", "INDIGENOUS_PEOPLE", "INITIATIVE", "JURISDICTION", "ORGANIZATION", "THEME"];

const RELATIONSHIPS: [&str; 6] = ["COVERS", "SIGNED", "PARTY_TO", "MEMBER_OF", "BUILDS_ON", "PART_OF"];

/// The API, which takes many filters at once.
static API: LazyLock<Api> = LazyLock::new(|| {
    Api::new(Limits {
        document_bytes: 1024 * 1024,
        tokens: 100_000,
        cost: u64::MAX,
        heavy_cost: u64::MAX,
        ..Limits::default()
    })
});

/// What is found in the real data.
fn ask_real(document: &str) -> Value {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let question = Question { document: document.into(), ..Question::default() };
    let answer = runtime.block_on(API.execute(question, RequestState::new(REAL.clone(), Language::En)));
    let mut answer: Value = serde_json::from_slice(&answer.into_json()).expect("an answer in JSON");
    assert_eq!(answer.get("errors"), None, "{document}");
    answer["data"].take()
}

fn pick<'t>(dice: &mut Dice, of: &[&'t str]) -> &'t str {
    of[dice.throw(of.len())]
}

fn date(dice: &mut Dice) -> String {
    match dice.throw(2) {
        0 => format!("{}", 2005 + dice.throw(22)),
        _ => format!("{}-{:02}", 2015 + dice.throw(12), 1 + dice.throw(12)),
    }
}

/// A filter. Those that are `positive` say nothing that more nodes and relationships could make untrue.
fn filter(dice: &mut Dice, depth: usize, positive: bool) -> String {
    let inner = |dice: &mut Dice| filter(dice, depth - 1, positive);
    let deeper = if depth == 0 { 0 } else { 4 };
    match dice.throw(5 + deeper) {
        0 => format!("{{kinds: [{}, {}]}}", pick(dice, &KINDS), pick(dice, &KINDS)),
        1 => format!("{{listedByCanada: {}}}", dice.throw(2) == 0),
        2 => format!("{{nameContains: \"{}\"}}", pick(dice, &["a", "union", "minera", "é", "can", "zz", ""])),
        3 => format!("{{ids: [\"canada\", \"{}\"]}}", pick(dice, &["germany", "g7", "european-union", "quebec"])),
        4 => {
            let certainty = pick(dice, &["CERTAIN", "POSSIBLE"]);
            format!("{{date: {{from: {:?}, certainty: {certainty}}}}}", date(dice))
        }
        5 => format!("{{and: [{}, {}]}}", inner(dice), inner(dice)),
        6 => format!("{{or: [{}, {}]}}", inner(dice), inner(dice)),
        7 if !positive => format!("{{not: {}}}", inner(dice)),
        _ => {
            let quantifier = if positive { "SOME" } else { pick(dice, &["SOME", "SOME", "NONE"]) };
            related(pick(dice, &RELATIONSHIPS), pick(dice, &["IN", "OUT", "ANY"]), &inner(dice), quantifier)
        }
    }
}

fn related(kind: &str, direction: &str, node: &str, quantifier: &str) -> String {
    format!("{{related: [{{kind: {kind}, direction: {direction}, node: {node}, quantifier: {quantifier}}}]}}")
}

/// The ids of the nodes that fit, by all lists of the graph `within` which they are asked for.
fn fitting_in(within: (&str, &str), filters: &[String]) -> Vec<BTreeSet<String>> {
    let lists = filters.iter().enumerate().flat_map(|(number, filter)| {
        LISTS.map(|list| format!("{list}_{number}: {list}(first: 500, where: {filter}) {{ nodes {{ id }} }}"))
    });
    let (before, behind) = within;
    let mut data = ask_real(&format!("{{ {before} {} {behind} }}", lists.collect::<Vec<_>>().join(" ")));
    if !before.is_empty() {
        data = data["asOf"].take();
    }
    let ids = |number: usize| {
        let nodes = LISTS.iter().flat_map(|list| data[format!("{list}_{number}")]["nodes"].as_array().expect("nodes"));
        nodes.map(|node| node["id"].as_str().expect("an id").to_owned()).collect()
    };
    (0..filters.len()).map(ids).collect()
}

fn fitting(filters: &[String]) -> Vec<BTreeSet<String>> {
    fitting_in(("", ""), filters)
}

#[test]
fn filters_obey_the_laws_of_logic() {
    let mut dice = Dice::new(1);
    let mut telling = 0;
    let rounds = count("PACTGRAPH_FILTERS", 60);
    for _ in 0..rounds {
        let (a, b) = (filter(&mut dice, 2, false), filter(&mut dice, 2, false));
        let (kind, direction) = (pick(&mut dice, &RELATIONSHIPS), pick(&mut dice, &["IN", "OUT", "ANY"]));
        let filters = [
            "{}".to_owned(),
            a.clone(),
            b.clone(),
            format!("{{and: [{a}, {b}]}}"),
            format!("{{or: [{a}, {b}]}}"),
            format!("{{not: {a}}}"),
            format!("{{not: {{not: {a}}}}}"),
            format!("{{not: {{and: [{a}, {b}]}}}}"),
            format!("{{or: [{{not: {a}}}, {{not: {b}}}]}}"),
            format!("{{not: {{or: [{a}, {b}]}}}}"),
            format!("{{and: [{{not: {a}}}, {{not: {b}}}]}}"),
            related(kind, direction, &a, "SOME"),
            related(kind, direction, &a, "NONE"),
            format!("{{and: [{a}], or: [{b}]}}"),
            format!("{{or: [{a}, {{and: [{a}, {b}]}}]}}"),
            related(kind, direction, &format!("{{or: [{a}, {b}]}}"), "SOME"),
            related(kind, direction, &b, "SOME"),
        ];
        let found = fitting(&filters);
        let [
            all,
            of_a,
            of_b,
            and,
            or,
            not,
            not_not,
            not_and,
            or_not,
            not_or,
            and_not,
            some,
            none,
            both,
            absorbed,
            either,
            some_b,
        ] = &found[..]
        else {
            panic!("one set for each filter")
        };
        let told = format!("{a}\n{b}\n{kind} {direction}");
        let without = |set: &BTreeSet<String>| all - set;
        assert_eq!(*and, of_a & of_b, "and\n{told}");
        assert_eq!(*or, of_a | of_b, "or\n{told}");
        assert_eq!(*not, without(of_a), "not\n{told}");
        assert_eq!(not_not, of_a, "not not\n{told}");
        assert_eq!(not_and, or_not, "De Morgan, and\n{told}");
        assert_eq!(not_or, and_not, "De Morgan, or\n{told}");
        assert_eq!(*none, without(some), "NONE is the complement of SOME\n{told}");
        assert_eq!(both, and, "conditions side by side\n{told}");
        assert_eq!(absorbed, of_a, "absorption\n{told}");
        assert_eq!(*either, some | some_b, "SOME of either\n{told}");
        telling += usize::from(!of_a.is_empty() && of_a != all);
    }
    assert!(telling * 2 > rounds, "{telling} of {rounds} filters tell nodes apart");
}

#[test]
fn what_is_certain_as_of_a_date_is_possible_and_what_is_possible_there() {
    let mut dice = Dice::new(2);
    for _ in 0..count("PACTGRAPH_FILTERS", 60) {
        let (on, filters) = (date(&mut dice), [filter(&mut dice, 2, true), "{}".to_owned()]);
        let within = |certainty: &str| {
            let before = format!("asOf(date: {on:?}, certainty: {certainty}) {{");
            fitting_in((&before, "}"), &filters)
        };
        let (certain, possible, whole) = (within("CERTAIN"), within("POSSIBLE"), fitting(&filters));
        for ((certain, possible), whole) in certain.iter().zip(&possible).zip(&whole) {
            assert!(certain.is_subset(possible) && possible.is_subset(whole), "{on} {filters:?}");
        }
        let counts = ask_real(&format!(
            "{{ certain: asOf(date: {on:?}, certainty: CERTAIN) {{ relationships {{ totalCount }} }}
                possible: asOf(date: {on:?}) {{ relationships {{ totalCount }} }} relationships {{ totalCount }} }}"
        ));
        let count = |of: &Value| of["relationships"]["totalCount"].as_u64().expect("a count");
        assert!(
            count(&counts["certain"]) <= count(&counts["possible"]) && count(&counts["possible"]) <= count(&counts)
        );
    }
}

/// The page of a list, and where it goes on.
fn page(list: &str, arguments: &str) -> (Vec<String>, Value) {
    let open = if list.contains('(') {
        list.replacen(')', &format!(", {arguments})"), 1)
    } else {
        format!("{list}({arguments})")
    };
    let (names, closed) = (open.split(" / ").collect::<Vec<_>>(), open.matches(" / ").count());
    let fields = "{ totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }";
    let mut data = ask_real(&format!("{{ {} {fields} {} }}", names.join(" { "), "}".repeat(closed)));
    for name in names {
        data = data[name.split('(').next().expect("a name")].take();
    }
    let ids =
        data["nodes"].as_array().expect("nodes").iter().map(|node| node["id"].as_str().expect("an id").to_owned());
    (ids.collect(), data.clone())
}

#[test]
fn pages_make_up_their_list_forwards_and_backwards() {
    let mut dice = Dice::new(3);
    for _ in 0..count("PACTGRAPH_FILTERS", 60) / 3 {
        let by = pick(&mut dice, &["NAME", "DATE", "DEGREE", "KIND", "ID"]);
        let order = format!("orderBy: {{by: {by}, direction: {}}}", pick(&mut dice, &["ASC", "DESC"]));
        let list = match dice.throw(4) {
            0 => format!("canada / relationships({order})"),
            1 => format!("relationships(where: {{to: {}}})", filter(&mut dice, 1, false)),
            2 => format!("sources(where: {{citedBy: {}}})", filter(&mut dice, 1, false)),
            _ => format!("{}({order}, where: {})", pick(&mut dice, &LISTS), filter(&mut dice, 1, false)),
        };
        let (whole, about) = page(&list, "first: 500");
        let total = about["totalCount"].as_u64().expect("a count") as usize;
        assert_eq!(whole.len(), total.min(500), "{list}");
        if total > 500 {
            continue;
        }
        let size = 1 + total / 4 + dice.throw(5);
        let (mut forwards, mut after) = (Vec::new(), String::new());
        let (mut backwards, mut before) = (Vec::new(), String::new());
        loop {
            let (ids, about) = page(&list, &format!("first: {size}{after}"));
            assert_eq!(about["totalCount"], json!(total), "{list}");
            assert_eq!(about["pageInfo"]["hasPreviousPage"], json!(!forwards.is_empty()), "{list}");
            forwards.extend(ids);
            after = format!(", after: {}", about["pageInfo"]["endCursor"]);
            if about["pageInfo"]["hasNextPage"] == json!(false) {
                break;
            }
        }
        loop {
            let (ids, about) = page(&list, &format!("last: {size}{before}"));
            assert_eq!(about["pageInfo"]["hasNextPage"], json!(!backwards.is_empty()), "{list}");
            backwards.splice(0..0, ids);
            before = format!(", before: {}", about["pageInfo"]["startCursor"]);
            if about["pageInfo"]["hasPreviousPage"] == json!(false) {
                break;
            }
        }
        assert_eq!(forwards, whole, "{list} by {size}");
        assert_eq!(backwards, whole, "{list} by {size}");
        assert_eq!(whole.iter().collect::<BTreeSet<_>>().len(), whole.len(), "{list}");
    }
}

#[test]
fn orders_order_and_the_other_way_round_is_the_other_way_round() {
    for list in LISTS {
        for by in ["NAME", "DATE", "DEGREE", "KIND", "ID"] {
            let part = |direction: &str| {
                format!(
                    "{direction}: {list}(first: 500, orderBy: {{by: {by}, direction: {direction}}}) {{ nodes {{ id degree kind start }} }}"
                )
            };
            let data = ask_real(&format!(
                "{{ {} {} plain: {list}(first: 500) {{ nodes {{ id }} }} }}",
                part("ASC"),
                part("DESC")
            ));
            let nodes = |name: &str| data[name]["nodes"].as_array().expect("nodes").clone();
            let ids = |name: &str| nodes(name).iter().map(|node| node["id"].to_string()).collect::<Vec<_>>();
            let sorted = |mut ids: Vec<String>| {
                ids.sort();
                ids
            };
            let (up, down) = (ids("ASC"), ids("DESC"));
            assert_eq!(sorted(up.clone()), sorted(ids("plain")), "{list} {by}");
            assert_eq!(sorted(down.clone()), sorted(ids("plain")), "{list} {by}");
            let holds = |pair: &[Value], descending: bool| {
                let [one, other] = pair else { return true };
                let (one, other) = if descending { (other, one) } else { (one, other) };
                match by {
                    "DEGREE" => one["degree"].as_u64() <= other["degree"].as_u64(),
                    "KIND" => one["kind"] == other["kind"],
                    "ID" => one["id"].as_str() < other["id"].as_str(),
                    // Those without a date come last, whichever way; vague dates come before those within them.
                    "DATE" if descending => one["start"].is_null() || !other["start"].is_null(),
                    "DATE" => other["start"].is_null() || one["start"].as_str() <= other["start"].as_str(),
                    _ => true,
                }
            };
            assert!(nodes("ASC").windows(2).all(|pair| holds(pair, false)), "{list} {by}: {up:?}");
            assert!(nodes("DESC").windows(2).all(|pair| holds(pair, true)), "{list} {by}: {down:?}");
            // Equal nodes keep their order by id, so that only ids and names turn round as a whole.
            if by == "ID" {
                assert_eq!(up, down.into_iter().rev().collect::<Vec<_>>(), "{list}");
            }
        }
    }
}

#[test]
fn groups_count_what_lists_hold() {
    let mut dice = Dice::new(4);
    for _ in 0..count("PACTGRAPH_FILTERS", 60) / 3 {
        let filter = filter(&mut dice, 2, false);
        let lists = LISTS.map(|list| format!("{list}(where: {filter}) {{ totalCount }}")).join(" ");
        let (one, other) =
            (pick(&mut dice, &["YEAR", "STATUS", "PARTY"]), pick(&mut dice, &["THEME", "INSTRUMENT", "KIND"]));
        let group = |name: &str, keys: &str| {
            format!(
                "{name}: groupBy(keys: [{keys}], where: {filter}) {{ count keys {{ value }} nodes(first: 1) {{ totalCount }} }}"
            )
        };
        let data = ask_real(&format!(
            "{{ {lists} {} {} {} {} }}",
            group("kinds", "KIND"),
            group("pairs", &format!("{one}, {other}")),
            group("swapped", &format!("{other}, {one}")),
            group("ones", one),
        ));
        let groups = |name: &str| {
            let groups = data[name].as_array().expect("groups").iter();
            let groups = groups.map(|group| {
                assert_eq!(group["count"], group["nodes"]["totalCount"], "{filter}");
                let keys = group["keys"].as_array().expect("keys").iter();
                let keys: Vec<_> = keys.map(|key| key["value"].as_str().expect("a value").to_owned()).collect();
                (keys, group["count"].as_u64().expect("a count"))
            });
            groups.collect::<BTreeMap<_, _>>()
        };
        let kinds = groups("kinds");
        for (list, kind) in LISTS.iter().zip(KINDS) {
            let count = kinds.get(&vec![kind.to_owned()]).copied().unwrap_or(0);
            assert_eq!(data[*list]["totalCount"], json!(count), "{list} {filter}");
        }
        let swapped = groups("swapped").into_iter().map(|(mut keys, count)| {
            keys.reverse();
            (keys, count)
        });
        let pairs = groups("pairs");
        assert_eq!(pairs, swapped.collect(), "{one} and {other}, {filter}");
        // Each node that counts under a value of one key counts there at most once for a value of another.
        let ones = groups("ones");
        for (keys, count) in &pairs {
            assert!(ones[&keys[..1]] >= *count, "{keys:?} {filter}");
        }
    }
}
