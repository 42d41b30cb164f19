//! What is told of today, of all dates, and of a date. The clock is turned; nothing here reads the system's.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex};

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};
use pactgraph::dataset::{Files, Records, ValidDataset};
use pactgraph::export::{Format, Scope, write};
use pactgraph::graph::{AsOf, Bounds, Graph, Tense, View};
use pactgraph::graphql::{Api, Language, Question, RequestState};
use pactgraph::http::{Life, Limits, State};
use pactgraph::live::Live;
use pactgraph::model::{Certainty, Clock, EventKind, Nature, PartialDate, RelationshipKind, When};
use proptest::prelude::*;
use serde_json::Value;

use crate::queries::REAL;
use crate::server::{TestServer, example_graph};

static EXAMPLE: LazyLock<Arc<Graph>> = LazyLock::new(example_graph);
static API: LazyLock<Api> = LazyLock::new(Api::default);

fn date(text: &str) -> PartialDate {
    text.parse().expect("a date")
}

/// The records of the fixed world, to be changed.
fn records() -> Records {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/example-data");
    let dataset = Files::from_dir(&dir).and_then(|files| ValidDataset::from_files(&files));
    dataset.expect("the example data are valid").into_records()
}

fn graph_of(records: Records) -> Arc<Graph> {
    let dataset = ValidDataset::from_records(records, "0".repeat(64));
    Arc::new(Graph::new(dataset.unwrap_or_else(|faults| panic!("{}", faults.to_human(false)))))
}

/// What the service answers on a day, as bytes.
fn bytes_on(graph: &Arc<Graph>, today: &str, document: &str) -> Vec<u8> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let question = Question { document: document.into(), ..Question::default() };
    let state = RequestState::on(graph.clone(), date(today), Language::En);
    let answer = runtime.block_on(API.execute(question, state));
    assert!(answer.is_ok(), "{document}: {}", answer.into_lines());
    answer.into_json()
}

fn ask_on(graph: &Arc<Graph>, today: &str, document: &str) -> Value {
    let mut answer: Value = serde_json::from_slice(&bytes_on(graph, today, document)).expect("JSON");
    answer["data"].take()
}

fn ids(list: &Value) -> Vec<&str> {
    list["nodes"].as_array().expect("nodes").iter().map(|node| node["id"].as_str().expect("an id")).collect()
}

#[test]
fn the_contract_says_of_each_kind_whether_it_is_a_state_or_an_event() {
    let document = parse_schema(pactgraph::graphql::sdl()).expect("the SDL parses");
    let mut told = 0;
    for definition in document.definitions {
        let TypeSystemDefinition::Type(ty) = definition else { continue };
        let (TypeKind::Enum(values), "RelationshipKind") = (&ty.node.kind, ty.node.name.node.as_str()) else {
            continue;
        };
        for value in &values.values {
            let name = value.node.value.node.as_str();
            let kind = RelationshipKind::ALL.into_iter().find(|kind| kind.name() == name).expect("a kind");
            let says = value.node.description.as_ref().expect("a description").node.as_str();
            let nature = match kind.nature() {
                Nature::State => "A state",
                Nature::Event => "An event",
            };
            assert!(says.contains(nature), "{name}: {says}");
            told += 1;
        }
    }
    assert_eq!(told, RelationshipKind::ALL.len());
}

#[test]
fn states_that_ended_are_gone_today_and_events_stay() {
    let members = r#"members { totalCount nodes { id } }"#;
    let document = format!(
        r#"{{ organization(id: "european-union") {{ {members} degree(kinds: [MEMBER_OF], direction: IN) }}
             relationships(where: {{ kinds: [MEMBER_OF], to: {{ ids: ["european-union"] }} }}) {{ totalCount }}
             reach(from: ["european-union"], follow: [{{ kind: MEMBER_OF, direction: IN }}], maxDepth: 1) {{ totalCount }}
             allDates {{ organization(id: "european-union") {{ {members} }} }} }}"#
    );
    for (today, count) in [("2020-01-31", 4), ("2020-02-01", 3), ("2026-11-29", 3)] {
        let data = ask_on(&EXAMPLE, today, &document);
        let members = &data["organization"]["members"];
        assert_eq!(members["totalCount"], count, "{today}");
        assert_eq!(ids(members).contains(&"united-kingdom"), count == 4, "{today}");
        for other in
            [&data["organization"]["degree"], &data["relationships"]["totalCount"], &data["reach"]["totalCount"]]
        {
            assert_eq!(*other, count, "{today}");
        }
        assert_eq!(data["allDates"]["organization"]["members"]["totalCount"], 4);
    }
    let data = ask_on(
        &EXAMPLE,
        "2026-11-29",
        r#"{ country(id: "canada") { relationships(kinds: [HOSTS, LAUNCHED], first: 100) { nodes { id nature isCurrent sentence } } } }"#,
    );
    let events = data["country"]["relationships"]["nodes"].as_array().expect("relationships");
    assert!(events.iter().any(|one| one["nature"] == "EVENT"));
    for event in events.iter().filter(|one| one["nature"] == "EVENT") {
        assert_eq!(event["isCurrent"], true, "{event}");
    }
}

#[test]
fn the_european_union_has_27_members() {
    let data = ask_on(
        &REAL,
        "2026-11-29",
        r#"{ organization(id: "european-union") { members(first: 50) { totalCount nodes { id } } } allDates { organization(id: "european-union") { members(first: 50) { nodes { id } } } } }"#,
    );
    let members = &data["organization"]["members"];
    assert_eq!(members["totalCount"], 27);
    assert!(!ids(members).contains(&"united-kingdom"));
    assert!(ids(&data["allDates"]["organization"]["members"]).contains(&"united-kingdom"));
}

#[test]
fn a_state_whose_body_ended_holds_no_more_and_is_told_so() {
    let document = r#"{ node(id: "minerals-security-partnership") { id end relationships(kinds: [MEMBER_OF]) { totalCount } }
        search(text: "MSP") { nodes { id } }
        initiatives(where: { ids: ["minerals-security-partnership"] }) { totalCount }
        allDates { en: relationship(id: "canada.MEMBER_OF.minerals-security-partnership") { end isCurrent sentence fr: sentence(language: FR) } } }"#;
    let data = ask_on(&EXAMPLE, "2026-11-29", document);
    assert_eq!(data["node"]["end"], "2026-02-04", "a node is found whatever became of it");
    assert_eq!(data["node"]["relationships"]["totalCount"], 0);
    assert_eq!(ids(&data["search"])[0], "minerals-security-partnership");
    assert_eq!(data["initiatives"]["totalCount"], 1);
    let was = &data["allDates"]["en"];
    assert_eq!((&was["end"], &was["isCurrent"]), (&"2026-02-04".into(), &false.into()));
    assert_eq!(
        was["sentence"],
        "Canada was a member of the Minerals Security Partnership from June 2022 to 4 February 2026."
    );
    assert_eq!(
        was["fr"],
        "Le Canada a été membre du Partenariat pour la sécurité des minéraux de juin 2022 au 4 février 2026."
    );
    // The day before, it was one.
    let data = ask_on(&EXAMPLE, "2026-02-04", document);
    assert!(data["node"]["relationships"]["totalCount"].as_u64().is_some_and(|count| count > 0));
    let is = data["allDates"]["en"]["sentence"].as_str().expect("a sentence");
    assert!(is.starts_with("Canada is a member of"), "{is}");
}

#[test]
fn a_plan_does_not_hold_yet() {
    let mut records = records();
    let planned = records.statements.iter_mut().find(|one| {
        one.kind == RelationshipKind::PartyTo
            && one.from.as_str() == "canada"
            && one.to.as_str() == "canada-eu-raw-materials-partnership"
    });
    planned.expect("a statement").when = When::On(date("2027-01"));
    let graph = graph_of(records);
    let id = "canada.PARTY_TO.canada-eu-raw-materials-partnership";
    let document = format!(
        r#"{{ relationship(id: "{id}") {{ id }} allDates {{ relationship(id: "{id}") {{ isCurrent sentence fr: sentence(language: FR) }} }} }}"#
    );
    let data = ask_on(&graph, "2026-12-31", &document);
    assert_eq!(data["relationship"], Value::Null);
    let plan = &data["allDates"]["relationship"];
    assert_eq!(plan["isCurrent"], false);
    assert_eq!(
        plan["sentence"],
        "Canada is to be a party to the Canada–European Union Strategic Partnership on Raw Materials from January 2027."
    );
    assert_eq!(
        plan["fr"],
        "Le Canada doit être partie au Partenariat stratégique Canada-Union européenne sur les matières premières à partir de janvier 2027."
    );
    let data = ask_on(&graph, "2027-01-01", &document);
    assert_eq!(data["relationship"]["id"], id);
    let holds = data["allDates"]["relationship"]["sentence"].as_str().expect("a sentence");
    assert!(holds.starts_with("Canada is a party to") && holds.ends_with("(since January 2027)."), "{holds}");
}

#[test]
fn today_lists_just_what_holds_or_has_happened() {
    for graph in [&*EXAMPLE, &*REAL] {
        for today in ["1990-06-01", "2020-02-01", "2024-03-01", "2026-11-29", "2040-01-01"] {
            let now = View::today(graph.clone(), date(today), Bounds::default());
            let all = now.all_dates();
            assert_eq!(now.nodes().count(), graph.counts().nodes, "every node is found");
            assert_eq!(all.relationships().count(), graph.counts().relationships);
            for relationship in all.relationships() {
                assert_eq!(
                    now.shows_relationship(relationship.number()),
                    relationship.is_current(),
                    "{} on {today}",
                    relationship.id()
                );
            }
            for relationship in now.relationships() {
                let expected = if relationship.nature() == Nature::Event { Tense::Past } else { Tense::Present };
                assert_eq!(relationship.tense(), expected, "{} on {today}", relationship.id());
            }
        }
    }
}

/// Everything that can depend on the day, in one question.
const TELLING: &str = r#"{
    relationships(first: 500) { totalCount nodes { id end isCurrent sentence fr: sentence(language: FR) } }
    agreements(first: 100) { nodes { id status end degree facts { property value } } }
    timeline(first: 500) { totalCount }
    groupBy(keys: [RELATIONSHIP_KIND]) { count }
    reach(from: ["canada"], hubs: ALLOW) { totalCount nodes { id } }
    allDates { relationships(first: 500) { nodes { id sentence } } }
}"#;

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Between two days nothing is answered otherwise unless something begins or ends, and then it is.
    #[test]
    fn answers_depend_on_the_day_only_through_what_begins_and_ends(
        (year, month, day) in (1990i16..2032, 1u8..13, 1u8..29),
        later in prop_oneof![1i64..40, 40i64..4000],
    ) {
        let first = PartialDate::new(year, Some(month), Some(day)).expect("a date");
        let then = first.first_day().checked_add(jiff::SignedDuration::from_hours(24 * later)).expect("a day");
        let days = [first, PartialDate::of_day(then)];
        let epochs = days.map(|day| EXAMPLE.epoch(day));
        prop_assert!(epochs[0].contains(days[0]) && epochs[1].contains(days[1]));
        let is_same = epochs[0] == epochs[1];
        prop_assert_eq!(epochs[0].contains(days[1]), is_same);
        let clock = Arc::new(Mutex::new(days[0]));
        let service = served(clock.clone());
        let paths = ["/graphql?query=".to_owned() + &form_urlencoded::byte_serialize(TELLING.as_bytes()).collect::<String>(),
            "/export/graph.graphml?around=canada".to_owned(), "/q/agreements-newest-first".to_owned()];
        let answers = days.map(|day| {
            *clock.lock().expect("a clock") = day;
            paths.clone().map(|path| service.send("GET", &path, &[], ""))
        });
        for (path, (before, after)) in paths.iter().zip(answers[0].iter().zip(&answers[1])) {
            prop_assert_eq!((before.status, after.status), (200, 200), "{}", path);
            let tags = (before.header("etag"), after.header("etag"));
            prop_assert_eq!(tags.0 == tags.1, is_same, "{} {:?}", path, tags);
            if is_same {
                prop_assert_eq!(&before.body, &after.body);
            }
        }
        // The day before an epoch begins, something was told otherwise: of relationships, or of a life.
        let telling = |day: PartialDate| bytes_on(&EXAMPLE, &day.to_string(), TELLING);
        prop_assert_eq!(telling(days[0]), telling(epochs[0].since), "an epoch is told as its first day");
    }
}

/// A service of the fixed world whose clock is turned by hand.
fn served(clock: Arc<Mutex<PartialDate>>) -> TestServer {
    let clock = Clock::new(move || *clock.lock().expect("a clock"));
    let live = Live::new(EXAMPLE.clone());
    TestServer::with(State::living(Life::default(), clock, Limits::default(), Api::default(), live))
}

#[test]
fn what_is_kept_is_told_until_the_truth_changes() {
    let clock = Arc::new(Mutex::new(date("2026-02-03")));
    let service = served(clock.clone());
    let path = "/graphql?query=%7Borganization(id:%22european-union%22)%7Bdegree(kinds:%5BMEMBER_OF%5D)%7D%7D";
    let ask = |day: &str, tag: &str| {
        *clock.lock().expect("a clock") = date(day);
        let headers = [("If-None-Match", tag)];
        service.send("GET", path, if tag.is_empty() { &[] } else { &headers }, "")
    };
    let first = ask("2020-01-30", "");
    let again = ask("2020-01-31", "");
    assert_eq!((&first.body, first.header("etag")), (&again.body, again.header("etag")));
    assert!(again.header("cache-status").contains("hit"), "{again:?}");
    assert_eq!(ask("2020-01-31", first.header("etag")).status, 304);
    // The United Kingdom was a member until that day.
    let after = ask("2020-02-01", first.header("etag"));
    assert_eq!(after.status, 200);
    assert_ne!(after.body, first.body);
    // Turned back, it is told as before.
    assert_eq!(ask("2020-01-30", "").body, first.body);
}

#[test]
fn a_year_or_a_month_means_its_end() {
    let fields = "relationships(first: 500) { nodes { id start end sentence } } agreements(first: 500) { nodes { id status events { kind date } } }";
    for (vague, exact) in [("2022", "2022-12-31"), ("2024-02", "2024-02-29"), ("2026-02", "2026-02-28")] {
        for certainty in ["POSSIBLE", "CERTAIN"] {
            let [vague, exact] = [vague, exact].map(|date| {
                ask_on(
                    &EXAMPLE,
                    "2026-11-29",
                    &format!(r#"{{ asOf(date: "{date}", certainty: {certainty}) {{ {fields} }} }}"#),
                )
            });
            assert_eq!(vague, exact);
        }
    }
}

/// Of every year, in both certainties: nothing is told that began, happened or was decided later.
#[test]
fn as_of_a_year_nothing_later_is_told() {
    for graph in [&*EXAMPLE, &*REAL] {
        let all = View::new(graph.clone());
        for year in 1945i16..=2027 {
            let asked = PartialDate::new(year, None, None).expect("a year");
            let not_later = |date: PartialDate| date.first_day() <= asked.last_day();
            for certainty in [Certainty::Possible, Certainty::Certain] {
                for view in [AsOf { date: asked, certainty }].map(|as_of| all.as_of(as_of)) {
                    for node in view.nodes() {
                        let life = node.life();
                        assert!(life.start.into_iter().chain(life.end).all(not_later), "{} {year}", node.id());
                        assert!(node.known_from().is_none_or(not_later), "{} {year}", node.id());
                        for event in node.events() {
                            assert!(event.date.is_none_or(not_later), "{} {:?} {year}", node.id(), event.kind);
                        }
                        for fact in node.facts() {
                            let value = fact.value.get(pactgraph::model::Language::En).to_owned();
                            let told = value.split_whitespace().filter_map(|word| word.parse::<PartialDate>().ok());
                            let is_dated = matches!(fact.property, "date" | "event" | "standing");
                            assert!(!is_dated || told.into_iter().all(not_later), "{} {value} {year}", node.id());
                        }
                    }
                    for relationship in view.relationships() {
                        let interval = relationship.interval();
                        let known = relationship.known_from();
                        let dates = interval.start.into_iter().chain(interval.end).chain(known);
                        assert!(dates.into_iter().all(not_later), "{} {year}", relationship.id());
                        assert!(relationship.is_current(), "{} {year}", relationship.id());
                    }
                    let timeline = view.timeline(None, Default::default()).expect("a timeline");
                    assert!(timeline.events.iter().all(|(_, event)| event.date.is_some_and(not_later)), "{year}");
                }
            }
        }
    }
}

#[test]
fn as_of_1900_there_is_no_agreement_and_what_is_undated_is_counted_apart() {
    let data = ask_on(
        &REAL,
        "2026-11-29",
        r#"{ asOf(date: "1900") { agreements { totalCount } initiatives { totalCount } undated { nodes relationships } } undated { nodes } }"#,
    );
    assert_eq!(data["asOf"]["agreements"]["totalCount"], 0);
    assert_eq!(data["asOf"]["initiatives"]["totalCount"], 0);
    assert_eq!(data["undated"]["nodes"], 0, "today all is known");
    let asked = ask_on(
        &REAL,
        "2026-11-29",
        r#"{ asOf(date: "1900", undated: true) { undated { nodes } agreements { totalCount } initiatives { totalCount } forums { totalCount } } }"#,
    );
    let counts = ["agreements", "initiatives", "forums"]
        .map(|kind| asked["asOf"][kind]["totalCount"].as_u64().expect("a count"));
    assert_eq!(data["asOf"]["undated"]["nodes"], counts.iter().sum::<u64>(), "all of them can be asked for");
}

/// With only a report that it is in effect, the start is unknown: it is known from its earliest source on.
#[test]
fn what_confirms_is_no_beginning() {
    let id = "canada-germany-energy-partnership";
    let document = |date: &str, rest: &str| {
        format!(
            r#"{{ asOf(date: "{date}"{rest}) {{ agreement(id: "{id}") {{ id start knownFrom status }} undated {{ nodes }} }} }}"#
        )
    };
    let data =
        ask_on(&EXAMPLE, "2026-11-29", &format!(r#"{{ agreement(id: "{id}") {{ start knownFrom date status }} }}"#));
    assert_eq!(data["agreement"]["start"], Value::Null);
    assert_eq!(data["agreement"]["knownFrom"], "2025-08-26", "the earliest source is of that day");
    assert_eq!(data["agreement"]["status"], "IN_EFFECT");
    let before = ask_on(&EXAMPLE, "2026-11-29", &document("2023-12-31", ""));
    assert_eq!(before["asOf"]["agreement"], Value::Null);
    assert!(before["asOf"]["undated"]["nodes"].as_u64().is_some_and(|count| count > 0));
    let possible = ask_on(&EXAMPLE, "2026-11-29", &document("2023-12-31", ", undated: true"));
    assert_eq!(possible["asOf"]["agreement"]["id"], id);
    let after = ask_on(&EXAMPLE, "2026-11-29", &document("2025-08", ", certainty: CERTAIN"));
    assert_eq!(after["asOf"]["agreement"]["id"], id);
    // Once the signing is known, it is there from that day on.
    let mut records = records();
    let node = records.nodes.iter_mut().find(|node| node.id.as_str() == id).expect("a node");
    let mut signed = node.events[0].clone();
    (signed.kind, signed.date) = (EventKind::Signed, Some(date("2021-03-16")));
    let mut events: Vec<_> = node.events.to_vec();
    events.push(signed);
    node.events = events.into();
    let graph = graph_of(records);
    let known = ask_on(&graph, "2026-11-29", &document("2023-12-31", ""));
    assert_eq!(known["asOf"]["agreement"]["start"], "2021-03-16");
    assert_eq!(known["asOf"]["agreement"]["status"], "SIGNED", "that it is in effect was said later");
    let before = ask_on(&graph, "2026-11-29", &document("2020", ", undated: true"));
    assert_eq!(before["asOf"]["agreement"], Value::Null, "never before it began");
}

/// An undated statement is known from the publication of its earliest source, and never holds before its ends
/// are there.
#[test]
fn an_undated_statement_is_known_from_its_earliest_source() {
    for graph in [&*EXAMPLE, &*REAL] {
        let all = View::new(graph.clone());
        let mut undated = BTreeSet::new();
        for relationship in all.relationships().filter(|one| one.data().interval().start.is_none()) {
            let known = relationship.known_from().expect("what has no start is known from some day on");
            let published = relationship.citations().filter_map(|citation| citation.source().data().published);
            let published: Vec<_> = published.collect();
            assert!(published.iter().all(|source| known.last_day() <= source.last_day()), "{}", relationship.id());
            let end = relationship.data().interval().end;
            assert!(
                published.contains(&known) || end == Some(known) || known == graph.release().published,
                "{}",
                relationship.id()
            );
            undated.insert(relationship.number());
        }
        assert!(!undated.is_empty());
        for year in [1990, 2015, 2021, 2022, 2024, 2025] {
            let asked = PartialDate::new(year, None, None).expect("a year");
            let as_of = AsOf { date: asked, certainty: Certainty::Possible };
            let (listed, possible) = (all.as_of(as_of), all.as_of_with_undated(as_of));
            let left_out: Vec<_> =
                possible.relationships().filter(|one| !listed.shows_relationship(one.number())).collect();
            assert!(left_out.iter().all(|one| {
                let ends = [one.from(), one.to()];
                undated.contains(&one.number()) || ends.iter().any(|end| !listed.shows_node(end.number()))
            }));
            let between =
                left_out.iter().filter(|one| [one.from(), one.to()].iter().all(|end| listed.shows_node(end.number())));
            assert_eq!(listed.undated().relationships, between.count(), "{year}");
            let nodes = possible.nodes().filter(|node| !listed.shows_node(node.number())).count();
            assert_eq!(listed.undated().nodes, nodes, "{year}");
            for one in possible.relationships() {
                assert!([one.from(), one.to()].iter().all(|end| possible.shows_node(end.number())), "{}", one.id());
            }
        }
    }
}

#[test]
fn facts_standing_and_disputes_of_a_later_date_are_gone() {
    let id = "canada-eu-raw-materials-partnership";
    let fields = "standing events { kind date } facts { property value status }";
    let data = ask_on(
        &EXAMPLE,
        "2026-11-29",
        &format!(
            r#"{{ agreement(id: "{id}") {{ {fields} }} asOf(date: "2022") {{ agreement(id: "{id}") {{ {fields} }} }} }}"#
        ),
    );
    let (now, then) = (&data["agreement"], &data["asOf"]["agreement"]);
    assert!(now["standing"].is_string() && then["standing"].is_null(), "{then}");
    assert_eq!(now["events"].as_array().map(Vec::len), Some(3));
    assert!(then.to_string().contains("2021-06") && !then.to_string().contains("2026"), "{then}");
    // One of the three sources of the dispute is of 2026, two of 2023 and 2024.
    let counts = |date: &str| {
        let asked = format!(
            r#"{{ asOf(date: "{date}") {{ node(id: "minerals-security-partnership") {{ facts {{ property value status }} }} }} }}"#
        );
        let data = ask_on(&EXAMPLE, "2026-11-29", &asked);
        let facts = data["asOf"]["node"]["facts"].as_array().expect("facts").clone();
        let counts = facts.iter().filter(|fact| fact["property"] == "memberCount");
        counts.map(|fact| (fact["value"].to_string(), fact["status"].to_string())).collect::<Vec<_>>()
    };
    assert_eq!(counts("2022"), []);
    let two = counts("2024-12-31");
    assert!(two.len() == 2 && two.iter().all(|(value, status)| value == "\"14\"" && status == "\"STATED\""), "{two:?}");
    let three = counts("2026-11");
    assert!(three.len() == 3 && three.iter().all(|(_, status)| status == "\"DISPUTED\""), "{three:?}");
}

#[test]
fn a_part_is_of_today_and_the_whole_holds_everything() {
    let file = |graph: &Arc<Graph>, parameters: &[(&str, &str)], today: &str| {
        let scope = Scope::from_parameters(parameters.iter().copied()).expect("a scope");
        let view = scope.view(View::today(graph.clone(), date(today), Bounds::unlimited()));
        let mut out = Vec::new();
        write(Format::Relationships, &scope.select(&view).expect("a part"), &mut out).expect("a file");
        String::from_utf8(out).expect("UTF-8")
    };
    let former = "united-kingdom.MEMBER_OF.european-union";
    let around = ("around", "european-union");
    let holds = |parameters: &[(&str, &str)], today: &str| file(&EXAMPLE, parameters, today).contains(former);
    assert!(holds(&[], "2026-11-29"), "the whole");
    assert!(!holds(&[around], "2026-11-29"));
    assert!(holds(&[around], "2019-11-29"));
    assert!(holds(&[around, ("allDates", "true")], "2026-11-29"));
    assert!(holds(&[around, ("asOf", "2019")], "2026-11-29"));
    assert!(!holds(&[("relationships", "MEMBER_OF")], "2026-11-29"));
    let both = Scope::from_parameters([("asOf", "2019"), ("allDates", "true")]).expect_err("one of them");
    assert!(both.to_string().contains("give one of them"), "{both}");
}
