//! Several releases in one service: what changed, by every way of asking; cursors; former ids.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, LazyLock};

use pactgraph::dataset::{Files, Records, ValidDataset, write_pack};
use pactgraph::graph::{Graph, View};
use pactgraph::graphql::{Api, Language, Question, RequestState, Variables};
use pactgraph::model::{Localized, NodeId};
use serde_json::{Value, json};

use crate::server::TestServer;

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/example-data")
}

fn records() -> Records {
    let files = Files::from_path(&example()).expect("a folder of facts");
    ValidDataset::from_files(&files).expect("valid facts").into_records()
}

/// The release before: one agreement less, another name, an id that is gone since.
fn older() -> ValidDataset {
    let mut records = records();
    records.release.id = "2026-10-01".into();
    records.release.published = "2026-10-01".parse().expect("a date");
    let of = |id: &str| records.nodes.iter().position(|node| node.id.as_str() == id).expect("a node");
    let (g7, brazil) = (of("g7"), of("brazil"));
    let name = &mut records.nodes[g7].name.text;
    *name = Localized::new(name.en(), "Le G7");
    // Brazil stood under another id.
    let old: NodeId = "brasil".parse().expect("an id");
    for statement in &mut records.statements {
        for end in [&mut statement.from, &mut statement.to] {
            if end.as_str() == "brazil" {
                *end = old.clone();
            }
        }
    }
    records.nodes[brazil].id = old;
    let faults = |faults: pactgraph::dataset::Diagnostics| panic!("{}", faults.to_short());
    ValidDataset::from_records(records, "0a".repeat(32)).unwrap_or_else(faults)
}

/// The release that is served: Brazil answers to its former id.
fn newer() -> ValidDataset {
    let mut records = records();
    let brazil = records.nodes.iter_mut().find(|node| node.id.as_str() == "brazil").expect("a node");
    brazil.former_ids = Box::new(["brasil".parse().expect("an id")]);
    ValidDataset::from_records(records, "0b".repeat(32)).expect("valid facts")
}

static BOTH: LazyLock<Arc<Graph>> =
    LazyLock::new(|| Arc::new(Graph::new(newer()).beside([Arc::new(Graph::new(older()))])));

fn ask_of(graph: &Arc<Graph>, document: &str) -> Value {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let question = Question { document: document.into(), operation: None, variables: Variables::default() };
    let state = RequestState::new(graph.clone(), Language::En);
    serde_json::to_value(runtime.block_on(Api::default().execute(question, state))).expect("JSON")
}

fn ask(document: &str) -> Value {
    let answer = ask_of(&BOTH, document);
    assert!(answer.get("errors").is_none(), "{answer}");
    answer["data"].clone()
}

#[test]
fn each_release_has_its_own_graph() {
    let data = ask(r#"{ now: release { id digest }
             releases { id counts { nodes } }
             before: release(id: "2026-10-01") { id digest graph { forum(id: "g7") { name(language: FR) } country(id: "brasil") { id } } }
             byDigest: release(id: "0a0a0a0a") { id }
             forum(id: "g7") { name(language: FR) } }"#);
    assert_eq!(data["now"], json!({ "id": "2026-11-23", "digest": "0b".repeat(32) }));
    let ids: Vec<_> = data["releases"].as_array().expect("releases").iter().map(|release| &release["id"]).collect();
    assert_eq!(ids, ["2026-11-23", "2026-10-01"]);
    assert_eq!(data["before"]["digest"], "0a".repeat(32));
    assert_eq!(data["before"]["graph"]["forum"]["name"], "Le G7");
    assert_eq!(data["before"]["graph"]["country"]["id"], "brasil");
    assert_eq!((&data["byDigest"]["id"], &data["forum"]["name"]), (&json!("2026-10-01"), &json!("Groupe des Sept")));

    let unknown = ask_of(&BOTH, r#"{ release(id: "1999") { id } }"#);
    let message = unknown["errors"][0]["message"].as_str().expect("a message");
    assert!(message.contains("1999") && message.contains("2026-10-01") && message.contains("2026-11-23"), "{message}");
    assert_eq!(unknown["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

#[test]
fn what_changed_since_a_release() {
    let set = "{ addedCount removedCount changedCount added removed changed { id fields { field before after } } }";
    let data = ask(&format!(
        r#"{{ changes(since: "2026-10-01") {{ from {{ id }} to {{ id }} nodes {set} relationships {set} sources {set} }} }}"#
    ));
    let changes = &data["changes"];
    assert_eq!((&changes["from"]["id"], &changes["to"]["id"]), (&json!("2026-10-01"), &json!("2026-11-23")));
    assert_eq!((&changes["nodes"]["added"], &changes["nodes"]["removed"]), (&json!(["brazil"]), &json!(["brasil"])));
    let renamed =
        json!([{ "id": "g7", "fields": [{ "field": "nameFr", "before": "Le G7", "after": "Groupe des Sept" }] }]);
    assert_eq!(changes["nodes"]["changed"], renamed);
    assert!(changes["relationships"]["addedCount"].as_u64() > Some(0));
    assert_eq!(changes["relationships"]["addedCount"], changes["relationships"]["removedCount"]);
    assert_eq!(changes["sources"]["changedCount"], 0);

    let none = ask(r#"{ changes(since: "2026-11-23") { nodes { addedCount removedCount changedCount } } }"#);
    assert_eq!(none["changes"]["nodes"], json!({ "addedCount": 0, "removedCount": 0, "changedCount": 0 }));
    let page = ask(r#"{ changes(since: "2026-10-01") { relationships { added(first: 1) rest: added(first: 500) } } }"#);
    let (first, all) = (&page["changes"]["relationships"]["added"], &page["changes"]["relationships"]["rest"]);
    let next = ask(&format!(
        r#"{{ changes(since: "2026-10-01") {{ relationships {{ added(first: 500, after: {}) }} }} }}"#,
        first[0]
    ));
    let next = next["changes"]["relationships"]["added"].as_array().expect("ids").clone();
    assert_eq!([first.as_array().expect("ids").clone(), next].concat(), *all.as_array().expect("ids"));
    for (arguments, wrong) in [("first: 100000", "first"), ("after: \"nobody\"", "after")] {
        let refused =
            ask_of(&BOTH, &format!(r#"{{ changes(since: "2026-10-01") {{ nodes {{ added({arguments}) }} }} }}"#));
        assert_eq!(refused["errors"][0]["extensions"]["argument"], wrong, "{refused}");
    }
}

#[test]
fn a_former_id_leads_to_what_replaced_it() {
    let data = ask(r#"{ node(id: "brasil") { id formerIds } country(id: "brasil") { id }
             nodes(ids: ["brasil", "g7"]) { id formerIds }
             pathExists(from: "brasil", to: "canada")
             same: pathExists(from: "brazil", to: "canada") }"#);
    assert_eq!(data["node"], json!({ "id": "brazil", "formerIds": ["brasil"] }));
    assert_eq!(data["country"]["id"], "brazil");
    assert_eq!(data["nodes"][1], json!({ "id": "g7", "formerIds": [] }));
    assert_eq!(data["pathExists"], data["same"]);
    let view = View::new(BOTH.clone());
    let now = view.relationships().map(|r| r.id()).find(|id| id.starts_with("brazil.")).expect("a relationship");
    let before = now.replace("brazil.", "brasil.");
    assert_eq!(view.relationship(&before).expect("the same relationship").id(), now);
    assert!(view.relationship("brasil.SIGNED.nowhere").is_none() && view.relationship("brasil").is_none());
}

#[test]
fn a_cursor_of_another_release_is_refused() {
    let pages = |graph: &Arc<Graph>, after: &str| {
        ask_of(graph, &format!("{{ sources(first: 2{after}) {{ nodes {{ id }} pageInfo {{ endCursor }} }} }}"))
    };
    let old = Arc::new(Graph::new(older()));
    let cursor = pages(&old, "")["data"]["sources"]["pageInfo"]["endCursor"].clone();
    let after = format!(", after: {cursor}");
    assert!(pages(&old, &after).get("errors").is_none(), "it goes on in its own release");
    let refused = &pages(&BOTH, &after)["errors"][0];
    assert_eq!(refused["extensions"]["code"], "RELEASE_CHANGED");
    let message = refused["message"].as_str().expect("a message");
    assert!(
        message.contains("0a0a0a0a") && message.contains("0b0b0b0b") && message.contains("2026-11-23"),
        "{message}"
    );
    // Within that release it still holds.
    let held =
        format!(r#"{{ release(id: "2026-10-01") {{ graph {{ sources(first: 2{after}) {{ nodes {{ id }} }} }} }} }}"#);
    assert!(ask_of(&BOTH, &held).get("errors").is_none());
    for wrong in ["nonsense", "0b0b0b0b.nonsense", ".", ""] {
        let refused = pages(&BOTH, &format!(", after: {wrong:?}"));
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{wrong}");
    }
}

fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pactgraph"));
    command.current_dir(folder).args(args).env_remove("PACTGRAPH_DATA").output().expect("the program runs")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// A folder with both releases as packs.
fn packs() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for (name, dataset) in [("old.pack", older()), ("new.pack", newer())] {
        write_pack(&dataset, fs::File::create(dir.path().join(name)).expect("a file")).expect("a pack");
    }
    dir
}

#[test]
fn the_command_tells_the_difference_in_three_forms() {
    let dir = packs();
    let said = run(dir.path(), &["diff", "old.pack", "new.pack"]);
    assert!(said.status.success(), "{}", text(&said.stderr));
    let lines: Vec<&str> = text(&said.stdout).lines().collect();
    // A pack bears the digest of its facts.
    let digest = |name: &str| {
        let files = Files::from_path(&dir.path().join(name)).expect("a pack");
        files.pack().expect("a pack").about().digest.clone()
    };
    let (old, new) = (digest("old.pack"), digest("new.pack"));
    assert_eq!(lines[0], format!("2026-10-01 ({}) to 2026-11-23 ({})", &old[..8], &new[..8]));
    assert_eq!(lines[1], "Nodes: 1 added, 1 removed, 1 changed");
    assert!(
        lines.contains(&"  + brazil  Brazil (COUNTRY)") && lines.contains(&"  - brasil  Brazil (COUNTRY), now brazil")
    );
    assert!(lines.contains(&r#"      nameFr: "Le G7" -> "Groupe des Sept""#), "{lines:#?}");

    let said = run(dir.path(), &["diff", "old.pack", "new.pack", "--format", "json"]);
    let object: Value = serde_json::from_slice(&said.stdout).expect("JSON");
    assert_eq!(object["from"], json!({ "id": "2026-10-01", "published": "2026-10-01", "digest": old }));
    assert_eq!(object["nodes"]["added"], json!([{ "id": "brazil", "label": "Brazil (COUNTRY)" }]));
    assert_eq!(
        object["nodes"]["removed"],
        json!([{ "id": "brasil", "label": "Brazil (COUNTRY)", "replacedBy": "brazil" }])
    );
    assert_eq!(object["nodes"]["changed"][0]["fields"][0]["field"], "nameFr");

    let said = run(dir.path(), &["diff", "old.pack", "new.pack", "--format", "markdown", "-o", "notes.md"]);
    assert!(said.status.success() && said.stdout.is_empty());
    let notes = fs::read_to_string(dir.path().join("notes.md")).expect("the notes");
    assert!(notes.starts_with("# Changes from 2026-10-01 to 2026-11-23\n") && notes.contains("| Nodes | 1 | 1 | 1 |"));
    assert!(notes.contains("- Brazil (COUNTRY) (`brasil`), now `brazil`\n"), "{notes}");
    assert!(notes.contains("  - nameFr: Groupe des Sept, before: Le G7\n"), "{notes}");

    let same = run(dir.path(), &["diff", "new.pack", "new.pack"]);
    assert!(same.status.success() && text(&same.stdout).ends_with("Sources: 0 added, 0 removed, 0 changed\n"));
    let folder = example();
    let folder = run(dir.path(), &["diff", folder.to_str().expect("a path"), "new.pack"]);
    assert!(text(&folder.stdout).contains(r#"formerIds: nothing -> "brasil""#), "{}", text(&folder.stdout));
    for args in [&["diff", "old.pack"][..], &["diff", "old.pack", "nowhere.pack"]] {
        assert_eq!(run(dir.path(), args).status.code(), Some(2), "{args:?}");
    }
}

#[test]
fn the_service_holds_the_releases_of_a_folder() {
    let dir = packs();
    let releases = dir.path().join("releases");
    fs::create_dir(&releases).expect("a folder");
    fs::rename(dir.path().join("old.pack"), releases.join("old.pack")).expect("a moved pack");
    fs::write(releases.join("notes.txt"), "not a pack").expect("a file");
    let question = r#"{ releases { id } changes(since: "2026-10-01") { nodes { added } } }"#;
    let args = ["query", "--data", "new.pack", "--releases", "releases", question];
    let asked = run(dir.path(), &args);
    let answer: Value = serde_json::from_slice(&asked.stdout).expect("JSON");
    assert_eq!(answer["data"]["releases"], json!([{ "id": "2026-11-23" }, { "id": "2026-10-01" }]));
    assert_eq!(answer["data"]["changes"]["nodes"]["added"], json!(["brazil"]));
    fs::write(releases.join("broken.pack"), "nothing good").expect("a file");
    let refused = run(dir.path(), &args);
    assert!(refused.status.code() == Some(1) && text(&refused.stderr).contains("broken.pack"));
    let none = run(dir.path(), &["query", "--data", "new.pack", "--releases", "nowhere", question]);
    assert_eq!(none.status.code(), Some(2));
}

#[test]
#[expect(clippy::wildcard_enum_match_arm, reason = "only elements are counted")]
fn the_feed_has_an_entry_for_each_release() {
    let server = TestServer::start();
    let mut response = ureq::get(server.url("/releases.atom")).call().expect("the feed");
    assert_eq!(response.headers()["content-type"], "application/atom+xml; charset=utf-8");
    let tag = response.headers()["etag"].clone();
    let feed = response.body_mut().read_to_string().expect("text");
    assert!(
        feed.contains("<title>Release 2026-11-23</title>") && feed.contains("<updated>2026-11-23T00:00:00Z</updated>")
    );
    let again = ureq::get(server.url("/releases.atom")).header("If-None-Match", tag).call().expect("an answer");
    assert_eq!(again.status(), 304);

    let mut feed = Vec::new();
    pactgraph::export::write_feed(&BOTH.history(), &mut feed).expect("a feed");
    let feed = text(&feed);
    let at = |part: &str| feed.find(part).unwrap_or_else(|| panic!("{part} is not in {feed}"));
    assert!(at("<title>Release 2026-11-23</title>") < at("<title>Release 2026-10-01</title>"), "the newest first");
    at(&format!("<id>urn:pactgraph:release:{}</id>", "0a".repeat(32)));
    at("+ brazil  Brazil (COUNTRY)");
    let mut reader = quick_xml::Reader::from_str(feed);
    let (mut entries, mut depth) = (0, 0);
    loop {
        match reader.read_event().expect("well-formed XML") {
            quick_xml::events::Event::Start(start) => {
                depth += 1;
                entries += usize::from(start.name().as_ref() == "entry");
            }
            quick_xml::events::Event::End(_) => depth -= 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!((entries, depth), (2, 0));
}
