//! Files for other tools: the same bytes each time, by the command and over HTTP.

use std::collections::BTreeSet;
use std::process::{Command, Output};

use pactgraph::export::Format;
use serde_json::Value;

use crate::server::{Reply, SERVER};

fn get(path: &str, headers: &[(&str, &str)]) -> Reply {
    SERVER.send("GET", path, headers, "")
}

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pactgraph"));
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/example-data");
    command.args(["--data", data, "export"]).args(arguments).output().expect("the program")
}

#[test]
fn every_file_travels_with_its_type_and_its_tag() {
    for format in Format::ALL {
        let path = format!("/export/{}", format.file_name());
        let reply = get(&path, &[]);
        assert_eq!((reply.status, reply.header("content-type")), (200, format.media_type()), "{path}");
        assert!(reply.header("content-disposition").starts_with("attachment; filename=\""), "{path}");
        assert_eq!(reply.header("access-control-allow-origin"), "*");
        assert!(reply.header("link").contains("rel=\"license\""));
        let tag = reply.header("etag").to_owned();
        let again = get(&path, &[("If-None-Match", &tag)]);
        assert_eq!((again.status, again.body.as_str(), again.header("etag")), (304, "", tag.as_str()), "{path}");
        let head = SERVER.send("HEAD", &path, &[], "");
        assert_eq!((head.status, head.header("content-length"), head.body.as_str()), (200, "", ""), "{path}");
        let part = get(&format!("{path}?around=ceta"), &[("If-None-Match", &tag)]);
        assert_eq!(part.status, 200, "another part is another file");
    }
}

/// The ids of the nodes and of the relationships of a part, sorted.
fn elements(parameters: &[(&str, &str)]) -> [BTreeSet<String>; 2] {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
    let url = SERVER.url(&format!("/export/graph.cyjs?{query}"));
    let file = ureq::get(&url).call().expect(&url).body_mut().read_to_string().expect("a text");
    let document: Value = serde_json::from_str(&file).expect("JSON");
    ["nodes", "edges"].map(|of| {
        let items = document["elements"][of].as_array().expect("a list");
        items.iter().map(|item| item["data"]["id"].as_str().expect("an id").to_owned()).collect()
    })
}

/// The ids at the end of a path through an answer, lists on the way taken whole.
fn ids(answer: &Value, path: &str) -> BTreeSet<String> {
    let mut values = vec![&answer["data"]];
    for key in path.split('.') {
        let next = values.into_iter().map(|value| &value[key]);
        values = next.flat_map(|value| value.as_array().map_or(vec![value], |items| items.iter().collect())).collect();
    }
    values.into_iter().map(|value| value.as_str().expect("an id").to_owned()).collect()
}

#[test]
fn parts_are_those_the_api_gives() {
    let around = |given: &str, asked: &str| {
        let document = format!("{{ subgraph({asked}, limit: 2000) {{ nodes {{ id }} relationships {{ id }} }} }}");
        let answer = SERVER.ask(&document);
        let expected = [ids(&answer, "subgraph.nodes.id"), ids(&answer, "subgraph.relationships.id")];
        let parameters: Vec<_> = given.split('&').filter_map(|pair| pair.split_once('=')).collect();
        assert_eq!(elements(&parameters), expected, "{given}");
    };
    around("around=germany", r#"around: ["germany"]"#);
    around("around=germany,japan&depth=2", r#"around: ["germany", "japan"], depth: 2"#);
    around("around=g7&hubs=ALLOW&depth=2", r#"around: ["g7"], hubs: ALLOW, depth: 2"#);
    around("around=germany&follow=MEMBER_OF", r#"around: ["germany"], follow: [{ kind: MEMBER_OF }]"#);
    around(r#"around=germany&where={"kinds":["FORUM"]}"#, r#"around: ["germany"], where: { kinds: [FORUM] }"#);
    around("around=germany&kinds=FORUM", r#"around: ["germany"], where: { kinds: [FORUM] }"#);

    let eu = "canada-eu-raw-materials-partnership";
    let answer = SERVER.ask(
        r#"{ reach(from: ["canada-eu-raw-materials-partnership"], follow: [{ kind: BUILDS_ON, direction: IN }], maxDepth: 9) { nodes { id } } }"#,
    );
    let [nodes, edges] = elements(&[("reach", eu), ("follow", "BUILDS_ON:IN"), ("maxDepth", "9")]);
    let mut expected = ids(&answer, "reach.nodes.id");
    assert!(expected.len() >= 2 && expected.insert(eu.to_owned()));
    assert_eq!(nodes, expected);
    assert!(edges.len() >= 2 && edges.iter().all(|edge| edge.contains("BUILDS_ON")), "{edges:?}");

    let ends = [("from", "canada-japan-battery-supply-chains-moc"), ("to", "g7-critical-minerals-action-plan")];
    let (from, to) = (ends[0].1, ends[1].1);
    for (mode, avoid) in [("SHORTEST", "canada"), ("ALL_SHORTEST", "canada"), ("SIMPLE", "japan")] {
        let document = format!(
            r#"{{ paths(from: "{from}", to: "{to}", mode: {mode}, avoid: ["{avoid}"], maxLength: 4, first: 500) {{
                nodes {{ steps {{ relationship {{ id }} from {{ id }} to {{ id }} }} }} }} }}"#
        );
        let answer = SERVER.ask(&document);
        let options = [("mode", mode), ("avoid", avoid), ("max_length", "4"), ("first", "500")];
        let [nodes, edges] = elements(&[&ends[..], &options].concat());
        assert_eq!(edges, ids(&answer, "paths.nodes.steps.relationship.id"), "{mode}");
        let mut expected = ids(&answer, "paths.nodes.steps.from.id");
        expected.append(&mut ids(&answer, "paths.nodes.steps.to.id"));
        expected.extend([from.to_owned(), to.to_owned()]);
        assert_eq!(nodes, expected, "{mode}");
    }

    let filter = r#"{"status":["SIGNED","IN_EFFECT"],"date":{"from":"2022"},"related":[{"kind":"SIGNED","direction":"IN","node":{"ids":["germany"]}}]}"#;
    let answer = SERVER.ask(
        r#"{ agreements(where: { status: [SIGNED, IN_EFFECT], date: { from: "2022" }, related: [{ kind: SIGNED, direction: IN, node: { ids: ["germany"] } }] }) { nodes { id } } }"#,
    );
    let [nodes, _] = elements(&[("kinds", "AGREEMENT"), ("where", filter)]);
    assert!(!nodes.is_empty());
    assert_eq!(nodes, ids(&answer, "agreements.nodes.id"));

    let filter = r#"{"kinds":["SIGNED","MEMBER_OF"],"from":{"ids":["germany"]}}"#;
    let answer = SERVER.ask(
        r#"{ relationships(where: { kinds: [SIGNED, MEMBER_OF], from: { ids: ["germany"] } }) { nodes { id to { id } } } }"#,
    );
    let [nodes, edges] = elements(&[("relationships", filter)]);
    let mut expected = ids(&answer, "relationships.nodes.to.id");
    expected.insert("germany".to_owned());
    assert_eq!((nodes, edges), (expected, ids(&answer, "relationships.nodes.id")));

    let [nodes, _] = elements(&[("asOf", "2022"), ("kinds", "AGREEMENT")]);
    let answer = SERVER.ask(r#"{ asOf(date: "2022") { agreements(first: 500) { nodes { id } } } }"#);
    assert_eq!(nodes, ids(&answer, "asOf.agreements.nodes.id"));
}

#[test]
fn whole_files_say_which_data_they_are() {
    for format in Format::graphs().chain([Format::DataPackage]) {
        let first = run(&["--format", format.name()]);
        assert!(first.status.success() && first.stderr.is_empty(), "{}", format.name());
        assert_eq!(first.stdout, run(&["--format", format.name()]).stdout, "{} differs from run to run", format.name());
        let text = String::from_utf8(first.stdout).expect("UTF-8");
        let release = SERVER.ask("{ release { id digest license } }")["data"]["release"].clone();
        for member in ["id", "digest", "license"] {
            let said = release[member].as_str().expect("a text");
            assert!(text.contains(said), "{} does not say its {member}", format.name());
        }
    }
}

#[test]
fn refusals_name_what_was_expected() {
    let cases = [
        ("/export/graph.xls", 404, "graph.graphml"),
        ("/export/graph.csv", 404, "relationships.csv"),
        ("/export/%ff", 404, "graph.graphml"),
        ("/nodes/%ff", 404, "search"),
        ("/export/nodes.csv?around=canda", 400, "canada"),
        ("/export/nodes.csv?around=canada&depth=far", 400, "a whole number from 0 to 32"),
        ("/export/nodes.csv?as_of=soon", 400, "2022-12-31"),
        ("/export/nodes.csv?kinds=PLANET", 400, "AGREEMENT"),
        ("/export/nodes.csv?colour=red", 400, "around"),
        ("/export/nodes.csv?around=canada&reach=canada", 400, "give one of them"),
        ("/export/nodes.csv?reach=canda", 400, "canada"),
        ("/export/nodes.csv?from=canada", 400, "give `to` too"),
        ("/export/nodes.csv?from=canada&to=canada", 400, "from one node to another"),
        ("/export/nodes.csv?from=canada&to=germany&mode=LONGEST", 400, "ALL_SHORTEST"),
        ("/export/nodes.csv?reach=canada&follow=LOVES", 400, "BUILDS_ON"),
        ("/export/nodes.csv?where=%7B%22colour%22:1%7D", 400, "nameContains"),
        ("/export/nodes.csv?where=%7B%22ids%22:%5B%22canda%22%5D%7D", 400, "canada"),
        ("/nodes/canda", 404, "canada"),
        ("/nodes/canada?format=ris", 400, "bibtex"),
    ];
    for (path, status, expected) in cases {
        let reply = get(path, &[]);
        assert_eq!((reply.status, reply.header("content-type")), (status, "application/problem+json"), "{path}");
        let problem = reply.json();
        assert_eq!(problem["status"], status, "{path}");
        assert!(problem["type"].is_string() && problem["title"].is_string(), "{path}");
        assert!(reply.body.contains(expected), "{path}: {}", reply.body);
    }
    let post = SERVER.send("POST", "/export/nodes.csv", &[], "");
    assert_eq!((post.status, post.header("allow")), (405, "GET, HEAD, OPTIONS"));
    assert_eq!(SERVER.send("OPTIONS", "/export/nodes.csv", &[], "").status, 204);
}

#[test]
fn the_citation_file_names_the_release() {
    let read = |path: &str| std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).expect(path);
    let (citation, release) = (read("CITATION.cff"), read("graph-data/release.ron"));
    let said = |key: &str| {
        let line = citation.lines().find_map(|line| line.strip_prefix(&format!("{key}: ")));
        line.expect(key).trim_matches('"').to_owned()
    };
    for (ours, theirs) in [("version", "id"), ("date-released", "published"), ("license", "license")] {
        let member = format!("{theirs}: \"{}\"", said(ours));
        assert!(release.contains(&member), "{ours} is not that of release.ron: {release}");
    }
}

#[test]
fn a_node_is_cited() {
    let bibtex = get("/nodes/ceta?format=bibtex", &[]);
    assert!(bibtex.header("content-type").starts_with("application/x-bibtex"));
    assert!(bibtex.body.starts_with("@misc{") && bibtex.body.ends_with("}\n"), "{}", bibtex.body);
    assert!(get("/nodes/ceta?format=csl-json", &[]).json().as_array().is_some_and(|items| !items.is_empty()));
    assert!(get("/nodes/ceta", &[]).json()["citations"]["bibtex"].is_string());
}

#[test]
fn the_program_and_the_service_give_the_same_bytes() {
    let cases: [(&[&str], &str); 3] = [
        (
            &["--reach", "canada", "--depth", "2", "--follow", "SIGNED,BUILDS_ON:IN"],
            "reach=canada&maxDepth=2&follow=SIGNED&follow=BUILDS_ON:IN",
        ),
        (&["--from", "japan", "--to", "g7", "--mode", "simple"], "from=japan&to=g7&mode=SIMPLE"),
        (
            &["--where", "{\"nameContains\":\"allemagne\"}", "--as-of", "2025"],
            "where=%7B%22nameContains%22:%22allemagne%22%7D&as_of=2025",
        ),
    ];
    for (options, query) in cases {
        let output = run(&[&["--format", "nodes.csv"], options].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let url = SERVER.url(&format!("/export/nodes.csv?{query}"));
        let served = ureq::get(&url).call().expect(&url).body_mut().read_to_vec().expect("a body");
        assert_eq!(String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&served), "{query}");
        assert!(served.len() > 300, "{query} is empty");
    }
}

#[test]
fn the_program_refuses_with_a_way_out() {
    let cases: [(&[&str], &str); 10] = [
        (&["--format", "xls"], "graphml"),
        (&["--format", "csv"], "-o"),
        (&["--format", "dot", "--around", "canda"], "canada"),
        (&["--format", "dot", "--around", "canada", "--depth", "far"], "a whole number"),
        (&["--format", "dot", "--as-of", "soon"], "2022-12-31"),
        (&["--format", "dot", "--depth", "2"], "give `--around`, or `--reach` too"),
        (&["--format", "dot", "--reach", "canda"], "--reach: no node has the id"),
        (&["--format", "dot", "--from", "canada"], "give `--to` too"),
        (&["--format", "dot", "--where", "{\"ids\":[\"canda\"]}"], "--where: no node has the id"),
        (&["--format", "dot", "--from", "canada", "--to", "g7", "--max-length", "99"], "`--max-length` is \"99\""),
    ];
    for (arguments, expected) in cases {
        let output = run(arguments);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
}
