//! Named queries: each at an address that stays, in the forms its answer has.

use std::process::Command;

use serde_json::{Value, json};

use crate::server::{Reply, SERVER};

fn get(path: &str) -> Reply {
    SERVER.send("GET", path, &[], "")
}

/// An address whose parameters are encoded.
fn with(path: &str, parameters: &[(&str, &str)]) -> String {
    format!("{path}?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish())
}

fn listed() -> Vec<Value> {
    get("/q").json()["queries"].as_array().expect("a list").clone()
}

#[test]
fn every_query_is_listed_and_answers_in_every_form_it_lists() {
    let queries = listed();
    let names: Vec<_> = queries.iter().map(|query| query["name"].as_str().expect("a name")).collect();
    assert!(names.is_sorted() && names.len() >= 15, "{names:?}");
    for name in ["what-builds-on-the-eu-partnership", "the-part-around", "agreements-since"] {
        assert!(names.contains(&name), "{name}: those of the folder and those of the program");
    }
    for query in queries {
        let given = |variable: &&Value| variable["required"] == true;
        let required: Vec<_> = query["variables"].as_array().expect("variables").iter().filter(given).collect();
        let values = required.iter().map(|variable| match variable["type"].as_str() {
            Some("PartialDate!") => (variable["name"].as_str().expect("a name"), "2020"),
            _ => (variable["name"].as_str().expect("a name"), "canada"),
        });
        let values: Vec<_> = values.collect();
        for (form, address) in query["formats"].as_object().expect("forms") {
            let address = with(address.as_str().expect("an address"), &values);
            let reply = get(&address);
            assert_eq!(reply.status, 200, "{address}: {}", reply.body);
            assert!(!reply.body.is_empty() && reply.header("link").contains("license"), "{address}");
            let is_file = !reply.header("content-disposition").is_empty();
            assert_eq!(is_file, form != "json", "{address}");
            assert_eq!(
                (reply.header("content-language"), reply.header("vary")),
                ("en", "Accept-Language, Accept-Encoding"),
                "{address}"
            );
        }
        assert!(query["title"].as_str().is_some_and(|title| !title.is_empty()));
    }
}

#[test]
fn what_is_known_is_not_sent_again() {
    let path = "/q/what-builds-on-the-eu-partnership";
    let tag = |path: &str, language: &str| {
        let reply = SERVER.send("GET", path, &[("Accept-Language", language)], "");
        assert_eq!(reply.header("content-language"), language);
        assert!(reply.header("cache-control").contains("public"));
        reply.header("etag").to_owned()
    };
    let tags = [
        tag(path, "en"),
        tag(path, "fr"),
        tag(&format!("{path}?id=ceta"), "en"),
        tag(&format!("{path}.csv"), "en"),
        tag(&format!("{path}.ttl"), "en"),
        tag("/q/if-the-eu-partnership-ended", "en"),
    ];
    for (position, tag) in tags.iter().enumerate() {
        assert!(tag.len() > 10 && !tags[..position].contains(tag), "{position} has the tag of another answer");
    }
    // Values that are those of the query anyway change nothing.
    assert_eq!(tag(&format!("{path}?id=canada-eu-raw-materials-partnership"), "en"), tags[0]);
    for (path, tag) in [(path, &tags[0]), (&format!("{path}.csv"), &tags[3]), (&format!("{path}.ttl"), &tags[4])] {
        let again = SERVER.send("GET", path, &[("If-None-Match", tag)], "");
        assert_eq!((again.status, again.body.as_str(), again.header("etag")), (304, "", tag.as_str()), "{path}");
        assert_eq!(
            (again.header("content-language"), again.header("vary")),
            ("en", "Accept-Language, Accept-Encoding"),
            "{path}"
        );
        let french = SERVER.send("GET", path, &[("If-None-Match", tag), ("Accept-Language", "fr")], "");
        assert_eq!(french.status, 200, "{path}");
        let head = SERVER.send("HEAD", path, &[], "");
        assert_eq!((head.status, head.body.as_str(), head.header("etag")), (200, "", tag.as_str()), "{path}");
    }
}

#[test]
fn values_are_read_by_their_types() {
    let around = "/q/the-part-around";
    let count = |parameters: &[(&str, &str)]| {
        let reply = get(&with(around, parameters));
        assert_eq!(reply.status, 200, "{parameters:?}: {}", reply.body);
        reply.json()["data"]["subgraph"]["nodes"].as_array().expect("nodes").len()
    };
    let one = count(&[("around", "germany")]);
    let two = count(&[("around", "germany"), ("around", "france")]);
    assert!(two > one);
    assert_eq!(count(&[("around", r#"["germany", "france"]"#)]), two);
    assert!(count(&[("around", "germany"), ("depth", "2")]) > one);
    assert!(count(&[("around", "germany"), ("depth", "2"), ("hubs", "ALLOW")]) > one);
    let follow = r#"{"kind": "MEMBER_OF"}"#;
    let members = count(&[("around", "germany"), ("follow", follow)]);
    assert!(members < one && members > 1);
    assert_eq!(count(&[("around", "germany"), ("follow", &format!("[{follow}]"))]), members);
    assert!(count(&[("around", "germany"), ("where", r#"{"kinds": ["FORUM"]}"#)]) < one);
    let since = |parameters: &[(&str, &str)]| get(&with("/q/agreements-since", parameters)).json()["data"].clone();
    let all = since(&[("date", "2023"), ("certain", "false")]);
    assert!(all["agreements"]["totalCount"].is_u64());
    assert!(since(&[("date", "2023"), ("certain", "true")])["agreements"].get("totalCount").is_none());
    let none = since(&[("date", "2023-01-01"), ("instrument", "TRADE_AGREEMENT")]);
    assert!(none["agreements"]["totalCount"].as_u64() < all["agreements"]["totalCount"].as_u64());
}

#[test]
fn refusals_name_what_was_expected() {
    let cases = [
        ("/q/what-builds-on", 404, "unknown-query", "what-builds-on-the-eu-partnership"),
        ("/q/%ff", 404, "unknown-query", "/q"),
        ("/q/nothing-like-it", 404, "unknown-query", "/q"),
        ("/q/meet-canada.csv", 404, "unknown-format", "provinces.nodes"),
        ("/q/meet-canada.xls", 404, "unknown-format", "/q/meet-canada.graphml"),
        ("/q/the-part-around", 400, "missing-variable", "[ID!]!"),
        ("/q/agreements-since", 400, "missing-variable", "2022-12-31"),
        ("/q/agreements-since?date=soon", 400, "bad-variable", "2022-12-31"),
        ("/q/agreements-since?date=2023&date=2024", 400, "bad-variable", "more than once"),
        ("/q/agreements-since?date=2023&certain=perhaps", 400, "bad-variable", "true or false"),
        ("/q/agreements-since?date=2023&instrument=TREATY", 400, "bad-variable", "TRADE_AGREEMENT"),
        ("/q/agreements-since?date=2023&colour=red", 400, "unknown-variable", "certain"),
        ("/q/the-part-around?around=canada&depth=far", 400, "bad-variable", "a whole number"),
        ("/q/the-part-around?around=canada&depth=3000000000", 400, "bad-variable", "a whole number"),
        ("/q/the-part-around?around=[1]", 400, "bad-variable", "a JSON list"),
        ("/q/the-part-around?around=canada&where=canada", 400, "bad-variable", "NodeFilter"),
        ("/q/the-part-around?around=canada&where=%7B%22colour%22:1%7D", 400, "unanswerable", "colour"),
        ("/q/the-part-around?around=canda", 400, "unanswerable", "canada"),
        ("/q/meet-canada?id=canada", 400, "unknown-variable", "no variables"),
        (
            "/q/what-builds-on-the-eu-partnership?format=csv",
            400,
            "unknown-variable",
            "/q/what-builds-on-the-eu-partnership.csv",
        ),
    ];
    for (path, status, code, expected) in cases {
        let reply = get(path);
        assert_eq!((reply.status, reply.header("content-type")), (status, "application/problem+json"), "{path}");
        let problem = reply.json();
        assert_eq!(problem["type"], format!("urn:pactgraph:problem:{code}"), "{path}: {problem}");
        assert_eq!(problem["status"], status, "{path}");
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains(expected)), "{path}: {problem}");
        assert_eq!(reply.header("cache-control"), "no-store");
    }
    assert_eq!(SERVER.send("POST", "/q/meet-canada", &[], "").status, 405);
    assert_eq!(SERVER.send("OPTIONS", "/q/meet-canada", &[], "").status, 204);
}

#[test]
fn a_list_is_a_table_with_a_column_for_each_value() {
    let reply = get("/q/agreements-since.csv?date=2023");
    let mut lines = reply.body.lines();
    assert_eq!(lines.next(), Some("id,name,start,parties.nodes.id,parties.nodes.code,degree,hub"));
    let count = get("/q/agreements-since?date=2023").json()["data"]["agreements"]["totalCount"].as_u64();
    assert_eq!(Some(lines.count() as u64), count);
    let line = reply.body.lines().find(|line| line.starts_with("canada-germany-critical-minerals-jdoi,"));
    assert!(
        line.is_some_and(|line| line.contains("canada | germany | natural-resources-canada,CA | DE | ,")),
        "{line:?}"
    );
    let empty = get("/q/agreements-since.csv?date=2999");
    assert_eq!(empty.body, "id,name,start,parties.nodes.id,parties.nodes.code,degree,hub\r\n");
}

#[test]
fn a_graph_file_holds_what_the_answer_speaks_of() {
    let elements = |path: &str| {
        let file = ureq::get(SERVER.url(path)).call().expect("a file").body_mut().read_to_string().expect("a text");
        let document: Value = serde_json::from_str(&file).expect("JSON");
        let ids = |what: &str, key: &str| -> Vec<String> {
            let items = document["elements"][what].as_array().expect("a list");
            items.iter().map(|item| item["data"][key].as_str().expect("a text").to_owned()).collect()
        };
        (ids("nodes", "id"), ids("edges", "id"))
    };
    // The relationships of the paths, and no others among the same nodes; no hubs that were avoided.
    let (nodes, edges) = elements("/q/japan-to-the-g7-plan-without-canada.cyjs");
    let answer = get("/q/japan-to-the-g7-plan-without-canada").json()["data"]["paths"]["nodes"].clone();
    let lengths: u64 = answer.as_array().expect("paths").iter().filter_map(|path| path["length"].as_u64()).sum();
    assert!(!nodes.contains(&"canada".to_owned()) && edges.len() as u64 <= lengths, "{nodes:?}");
    let (nodes, edges) = elements("/q/what-germanys-declaration-rests-on.cyjs");
    assert!(nodes.contains(&"canada-germany-critical-minerals-jdoi".to_owned()), "{nodes:?}");
    assert!(!edges.is_empty() && edges.iter().all(|edge| edge.contains("BUILDS_ON")), "{edges:?}");
    // The part asked for, exactly.
    let part = get("/q/the-part-around?around=greenland").json()["data"]["subgraph"].clone();
    let (nodes, edges) = elements("/q/the-part-around.cyjs?around=greenland");
    let mut ids: Vec<_> = part["relationships"].as_array().expect("a list").iter().map(|r| r["id"].clone()).collect();
    ids.sort_by_key(Value::to_string);
    let mut found = edges.clone();
    found.sort();
    assert_eq!(json!(found), Value::from(ids));
    assert_eq!(nodes.len(), part["nodes"].as_array().expect("a list").len());
    // A list of nodes brings the relationships among them, as of the date the question is about.
    let (nodes, edges) = elements("/q/as-of-2022.cyjs");
    assert!(nodes.contains(&"ceta".to_owned()) && !nodes.contains(&"canada".to_owned()));
    assert!(!edges.iter().any(|edge| edge.contains("germany")), "{edges:?}");
}

#[test]
fn the_description_holds_every_query() {
    let served = get("/openapi.json");
    let description = served.json();
    assert_eq!(description["openapi"], "3.1.0");
    for query in listed() {
        let path = query["url"].as_str().expect("an address");
        let operation = &description["paths"][path]["get"];
        assert_eq!(operation["summary"], query["title"], "{path}");
        let parameters = operation["parameters"].as_array().expect("parameters");
        for variable in query["variables"].as_array().expect("variables") {
            let parameter = parameters.iter().find(|parameter| parameter["name"] == variable["name"]);
            assert_eq!(parameter.expect("the parameter")["required"], variable["required"], "{path}");
        }
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_pactgraph"));
    command.args(["openapi", "--data", "tests/example-data"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    let printed = command.output().expect("the program").stdout;
    assert_eq!(serde_json::from_slice::<Value>(&printed).expect("JSON"), description);
}

#[test]
fn the_program_says_how_many_queries_it_checked() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pactgraph"));
    let output = command.args(["check", "tests/example-data"]).current_dir(env!("CARGO_MANIFEST_DIR")).output();
    let said = String::from_utf8(output.expect("the program").stdout).expect("UTF-8");
    assert!(said.contains(", 2 queries, no faults"), "{said}");
}
