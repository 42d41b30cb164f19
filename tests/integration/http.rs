//! How answers travel: statuses, headers, refusals, and documents that mean harm.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::server::{Reply, SERVER, TestServer};

const JSON: (&str, &str) = ("Content-Type", "application/json");
/// Headers, body, status, code.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a str, u16, &'a str);

const STRICT: (&str, &str) = ("Accept", "application/graphql-response+json");

fn post(body: &Value) -> Reply {
    SERVER.send("POST", "/graphql", &[JSON, STRICT], &body.to_string())
}

fn get(path: &str) -> Reply {
    SERVER.send("GET", path, &[], "")
}

fn encoded(pairs: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("/graphql?{query}")
}

#[test]
fn statuses_and_codes_of_bodies() {
    let question = r#"{"query": "{ __typename }"}"#;
    let large = format!(r#"{{"query": "{{ __typename }}", "x": "{}"}}"#, " ".repeat(64 * 1024));
    let cases: [Case<'_>; 26] = [
        (&[JSON], question, 200, ""),
        (&[("Content-Type", "application/json; charset=UTF-8")], question, 200, ""),
        (&[("Content-Type", "application/json; charset=latin1")], question, 415, "UNSUPPORTED_MEDIA_TYPE"),
        (&[("Content-Type", "text/plain")], question, 415, "UNSUPPORTED_MEDIA_TYPE"),
        (&[("Content-Type", "application/x-www-form-urlencoded")], "query=a", 415, "UNSUPPORTED_MEDIA_TYPE"),
        (&[("Content-Type", "multipart/form-data; boundary=x")], "--x--", 415, "UNSUPPORTED_MEDIA_TYPE"),
        (&[("Content-Type", "application/jsonx")], question, 415, "UNSUPPORTED_MEDIA_TYPE"),
        (&[JSON, ("Content-Encoding", "gzip")], question, 415, "UNSUPPORTED_MEDIA_TYPE"),
        (&[], question, 415, "UNSUPPORTED_MEDIA_TYPE"),
        (&[JSON, ("Accept", "text/html")], question, 406, "NOT_ACCEPTABLE"),
        (&[JSON], &large, 413, "PAYLOAD_TOO_LARGE"),
        (&[JSON], "", 400, "BAD_REQUEST"),
        (&[JSON], "{ not json", 400, "BAD_REQUEST"),
        (&[JSON], "7", 400, "BAD_REQUEST"),
        (&[JSON], "{}", 400, "BAD_REQUEST"),
        (&[JSON], r#"[{"query": "{ __typename }"}]"#, 400, "BAD_REQUEST"),
        (&[JSON], r#"{"query": ""}"#, 400, "BAD_REQUEST"),
        (&[JSON], r#"{"query": 7}"#, 400, "BAD_REQUEST"),
        (&[JSON], r#"{"query": "{ __typename }", "variables": "{}"}"#, 400, "BAD_REQUEST"),
        (&[JSON], r#"{"query": "{ __typename }", "operationName": []}"#, 400, "BAD_REQUEST"),
        (&[JSON], r#"{"query": "{ __typename }", "extensions": 1}"#, 400, "BAD_REQUEST"),
        (&[JSON], r#"{"extensions": {"persistedQuery": {}}}"#, 400, "PERSISTED_QUERY_NOT_SUPPORTED"),
        (&[JSON], r#"{"query": "{ __typename }", "variables": null, "operationName": null}"#, 200, ""),
        (&[JSON], r#"{"query": "{ __typename }", "operationName": ""}"#, 200, ""),
        (&[JSON], r#"{"query": "{"}"#, 200, "GRAPHQL_PARSE_FAILED"),
        (&[JSON, STRICT], r#"{"query": "{"}"#, 400, "GRAPHQL_PARSE_FAILED"),
    ];
    for (headers, body, status, code) in cases {
        let reply = SERVER.send("POST", "/graphql", headers, body);
        assert_eq!(reply.status, status, "{headers:?} {body:.80}: {}", reply.body);
        assert_eq!(reply.codes().join(" "), code, "{headers:?} {body:.80}");
        assert_eq!(reply.json().get("data").is_some(), code.is_empty(), "{}", reply.body);
        assert_eq!(reply.header("access-control-allow-origin"), "*");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert_eq!(reply.header("vary"), "Accept, Accept-Language, Accept-Encoding");
    }
}

#[test]
fn a_body_without_a_length_is_bounded_too() {
    let chunk = format!("4000\r\n{}\r\n", " ".repeat(0x4000)).repeat(5);
    let head = "POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json";
    let reply = SERVER.exchange(&format!("{head}\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}0\r\n\r\n"));
    assert_eq!((reply.status, reply.codes()), (413, vec!["PAYLOAD_TOO_LARGE".to_owned()]));
}

#[test]
fn refusals_say_what_was_expected() {
    let cases = [
        ("[]", "Several questions at once are not answered; send one for each request."),
        ("{\"a\":", "The body is no JSON: line 1, column 5."),
        ("{\"query\": 7}", "\"query\" must be a text, not a number."),
        ("{\"query\": \"{a}\", \"variables\": []}", "\"variables\" must be an object, not a list."),
        ("{}", "There is no question: give a GraphQL document as \"query\"."),
    ];
    for (body, expected) in cases {
        let reply = SERVER.send("POST", "/graphql", &[JSON], body);
        assert_eq!(reply.json()["errors"][0]["message"], expected);
    }
}

#[test]
fn questions_that_do_not_fit_have_codes_and_no_data() {
    let cases = [
        (json!({"query": "{ canada { name }"}), "GRAPHQL_PARSE_FAILED"),
        (json!({"query": "{ canada(x: \"a) { name } }"}), "GRAPHQL_PARSE_FAILED"),
        (json!({"query": "type A { a: Int }"}), "GRAPHQL_VALIDATION_FAILED"),
        (json!({"query": "{ canada { nonsense } }"}), "GRAPHQL_VALIDATION_FAILED"),
        (json!({"query": "{ canada }"}), "GRAPHQL_VALIDATION_FAILED"),
        (json!({"query": "{ ...A } fragment A on Query { ...A }"}), "GRAPHQL_VALIDATION_FAILED"),
        (json!({"query": "{ ...Missing }"}), "GRAPHQL_VALIDATION_FAILED"),
        (json!({"query": "mutation { a }"}), "GRAPHQL_VALIDATION_FAILED"),
        (json!({"query": "subscription { a }"}), "GRAPHQL_VALIDATION_FAILED"),
        (json!({"query": "query A { canada { id } } query B { canada { id } }"}), "OPERATION_RESOLUTION_FAILURE"),
        (json!({"query": "query A { canada { id } }", "operationName": "B"}), "OPERATION_RESOLUTION_FAILURE"),
        (json!({"query": "{ canada { id } }", "operationName": "B"}), "OPERATION_RESOLUTION_FAILURE"),
        (json!({"query": "query($id: ID!) { node(id: $id) { id } }"}), "BAD_USER_INPUT"),
        (json!({"query": "query($id: ID!) { node(id: $id) { id } }", "variables": {"id": null}}), "BAD_USER_INPUT"),
        (json!({"query": "query($id: ID!) { node(id: $id) { id } }", "variables": {"id": [7]}}), "BAD_USER_INPUT"),
    ];
    for (body, code) in cases {
        let reply = post(&body);
        assert_eq!((reply.status, reply.codes().join(" ").as_str()), (400, code), "{body}: {}", reply.body);
        assert!(reply.json().get("data").is_none(), "{body}: {}", reply.body);
        let lenient = SERVER.send("POST", "/graphql", &[JSON], &body.to_string());
        assert_eq!((lenient.status, lenient.json()), (200, reply.json()), "{body}");
        assert_eq!(lenient.header("cache-control"), "no-store");
    }
}

#[test]
fn a_syntax_error_is_one_sentence_with_its_place() {
    let error = &post(&json!({"query": "{\n  canada { name }}}"})).json()["errors"][0];
    let message = error["message"].as_str().expect("a message");
    assert!(message.starts_with("Syntax error at line 2, column 19: unexpected \"}\""), "{message}");
    assert!(!message.contains('\n') && message.ends_with('.'), "{message}");
    assert_eq!(error["locations"][0], json!({"line": 2, "column": 19}));
}

#[test]
fn arguments_that_cannot_be_used_are_named_beside_the_data() {
    let reply = post(&json!({"query": "{ canada { id } agreements(first: -1) { totalCount } }"}));
    assert_eq!((reply.status, reply.codes().join(" ").as_str()), (200, "BAD_USER_INPUT"), "{}", reply.body);
    assert!(reply.json()["errors"][0]["path"].is_array(), "{}", reply.body);
}

#[test]
fn at_most_twenty_faults_are_listed() {
    let fields: String = (0..200).map(|i| format!("nonsense{i} ")).collect();
    let reply = post(&json!({"query": format!("{{ {fields} }}")}));
    let codes = reply.codes();
    assert_eq!((codes.len(), reply.status), (21, 400));
    assert!(codes.iter().all(|code| code == "GRAPHQL_VALIDATION_FAILED"), "{codes:?}");
    assert!(reply.json()["errors"][20]["message"].as_str().is_some_and(|text| text.starts_with("81 more")));
}

/// Fragments of which each spreads the next one twice: two to the power of `levels` fields.
fn doubling(levels: usize) -> String {
    let chain = (0..levels).map(|i| format!(" fragment F{i} on Query {{ ...F{0} ...F{0} }}", i + 1));
    format!("{{ ...F0 }}{} fragment F{levels} on Query {{ __typename }}", chain.collect::<String>())
}

#[test]
fn documents_that_mean_harm_are_refused_and_the_service_lives_on() {
    let (large, expensive) = ("QUERY_TOO_LARGE", "QUERY_TOO_EXPENSIVE");
    let pages = "agreements(first: 500) { nodes { parties(first: 500) { nodes { ";
    let unused = format!("{{ __typename }}{}", &doubling(30)[10..]);
    let cases = [
        (doubling(30), expensive),
        (unused, "GRAPHQL_VALIDATION_FAILED"),
        (format!("query A {{ __typename }} query B {}", doubling(30)), expensive),
        (format!("{{ node(id: {}1", "{x:".repeat(1_250)), large),
        (format!("{{ node(id: {}1{}) {{ id }} }}", "[".repeat(2_400), "]".repeat(2_400)), large),
        (format!("{{ node(id: {}1{}) {{ id }} }}", "[".repeat(60), "]".repeat(60)), "GRAPHQL_VALIDATION_FAILED"),
        ("{".repeat(5_000), "GRAPHQL_PARSE_FAILED"),
        ("{a".repeat(5_000), large),
        ("__typename ".repeat(5_000), large),
        (format!("{{ {} }}", "a:__typename,".repeat(1_100)), expensive),
        (format!("{{ {} }}", "a:__typename ".repeat(600)), expensive),
        (format!("{{ __typename {} }}", "@x ".repeat(1_500)), "GRAPHQL_VALIDATION_FAILED"),
        (format!("{{ {pages} relationships(first: 500) {{ nodes {{ id }} }} }} }} }} }} }}"), expensive),
        (format!("{{ node(id: \"x\") {{ ... on Country {{ {pages} id name }} }} }} }} }} }} }}"), expensive),
        (format!("# {}", "x".repeat(17_000)), large),
        (
            "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }"
                .into(),
            "GRAPHQL_VALIDATION_FAILED",
        ),
    ];
    for (document, code) in cases {
        let operation = document.starts_with("query A").then_some("A");
        let reply = post(&json!({ "query": document, "operationName": operation }));
        assert_eq!(reply.status, 400, "{document:.60}: {:.300}", reply.body);
        assert!(reply.codes()[0].starts_with(code), "{document:.60}: {:.300}", reply.body);
        assert!(reply.body.len() < 10_000, "{document:.60} is answered with {} bytes", reply.body.len());
        assert_eq!(get("/health").status, 200);
    }
}

#[test]
fn a_refusal_for_its_cost_says_the_numbers() {
    let query = "{ agreements(first: 500) { nodes { relationships(first: 500) { nodes { id sentence } } } } }";
    let error = &post(&json!({ "query": query })).json()["errors"][0];
    assert_eq!(error["extensions"]["limit"], 250_000, "{error}");
    assert!(error["extensions"]["cost"].as_u64().is_some_and(|cost| cost > 250_000), "{error}");
}

#[test]
fn tools_may_read_the_schema_and_large_answers_are_given() {
    let introspection = include_str!("../introspection.graphql");
    let answer = SERVER.ask(introspection);
    assert!(answer.get("errors").is_none(), "{}", answer["errors"]);
    assert_eq!(answer["data"]["__schema"]["queryType"]["name"], "Query");
    let parties = "{ agreements(first: 500) { totalCount nodes { name parties(first: 20) { nodes { name } } } } }";
    let answer = SERVER.ask(parties);
    assert!(answer.get("errors").is_none(), "{}", answer["errors"]);
    let (count, nodes) = (&answer["data"]["agreements"]["totalCount"], &answer["data"]["agreements"]["nodes"]);
    assert_eq!(count.as_u64(), nodes.as_array().map(|nodes| nodes.len() as u64));
}

#[test]
fn questions_by_get() {
    let two = "query A { canada { id } } query B { canada { name } }";
    let one = "query Q($id: ID!) { node(id: $id) { id } }";
    let cases = [
        (vec![("query", "{ canada { id } }")], 200, json!({"canada": {"id": "canada"}})),
        (vec![("query", two), ("operationName", "B")], 200, json!({"canada": {"name": "Canada"}})),
        (vec![("query", two)], 400, Value::Null),
        (vec![("query", one), ("variables", "{\"id\": \"canada\"}")], 200, json!({"node": {"id": "canada"}})),
        (vec![("query", "{ canada { id } }"), ("variables", "")], 200, json!({"canada": {"id": "canada"}})),
        (vec![("query", "{ canada { id } }"), ("operationName", "")], 200, json!({"canada": {"id": "canada"}})),
        (vec![("query", one), ("variables", "{")], 400, Value::Null),
        (vec![("query", one), ("variables", "[1]")], 400, Value::Null),
        (vec![("query", one), ("query", one)], 400, Value::Null),
        (vec![("query", "mutation { __typename }")], 400, Value::Null),
        (vec![("query", "")], 400, Value::Null),
        (vec![], 400, Value::Null),
    ];
    for (pairs, status, data) in cases {
        let reply = SERVER.send("GET", &encoded(&pairs), &[STRICT], "");
        assert_eq!(reply.status, status, "{pairs:?}: {}", reply.body);
        assert_eq!(reply.json()["data"], data, "{pairs:?}");
        let head = SERVER.send("HEAD", &encoded(&pairs), &[STRICT], "");
        assert_eq!((head.status, head.body.as_str()), (status, ""), "{pairs:?}");
        assert_eq!(head.header("content-length"), reply.body.len().to_string(), "{pairs:?}");
        assert_eq!(head.header("etag"), reply.header("etag"), "{pairs:?}");
    }
}

#[test]
fn what_is_known_is_not_sent_again() {
    let path = encoded(&[("query", "{ canada { id } }")]);
    for path in [path.as_str(), "/schema.graphql", "/query.css"] {
        let first = get(path);
        let tag = first.header("etag").to_owned();
        assert!(tag.len() > 10 && first.status == 200, "{path}: {first:?}");
        let again = SERVER.send("GET", path, &[("If-None-Match", &format!("\"x\", {tag}"))], "");
        assert_eq!((again.status, again.body.as_str(), again.header("etag")), (304, "", tag.as_str()), "{path}");
        assert_eq!(SERVER.send("GET", path, &[("If-None-Match", "\"x\"")], "").status, 200, "{path}");
    }
}

#[test]
fn the_language_is_negotiated() {
    let body = json!({"query": "{ countries(first: 50) { nodes { name } } }"}).to_string();
    let names = |language: &str| {
        let reply = SERVER.send("POST", "/graphql", &[JSON, ("Accept-Language", language)], &body);
        (reply.header("content-language").to_owned(), reply.body)
    };
    let (english, french) = (names("en"), names("fr-CA, en;q=0.5"));
    assert_eq!((english.0.as_str(), french.0.as_str()), ("en", "fr"));
    assert_ne!(english.1, french.1);
    assert_eq!(names("de"), english);
    assert_eq!(names("fr;q=0.1, en"), english);
}

#[test]
fn media_types_are_negotiated() {
    let cases = [
        ("application/graphql-response+json", "application/graphql-response+json; charset=utf-8"),
        (
            "application/graphql-response+json, application/json;q=0.9",
            "application/graphql-response+json; charset=utf-8",
        ),
        ("application/json, */*;q=0.5", "application/json; charset=utf-8"),
        ("*/*", "application/json; charset=utf-8"),
        ("text/html, */*;q=0.1", "application/json; charset=utf-8"),
    ];
    for (accept, expected) in cases {
        let reply = SERVER.send("GET", &encoded(&[("query", "{ __typename }")]), &[("Accept", accept)], "");
        assert_eq!((reply.status, reply.header("content-type")), (200, expected), "{accept}");
    }
}

#[test]
fn methods_and_paths() {
    let reads = "GET, HEAD";
    let has_pages = Path::new(concat!(env!("OUT_DIR"), "/web/index.html")).is_file();
    let cases = [
        ("PUT", "/graphql", 405, "GET, HEAD, POST, OPTIONS"),
        ("DELETE", "/graphql", 405, "GET, HEAD, POST, OPTIONS"),
        ("POST", "/health", 405, reads),
        ("POST", "/schema.graphql", 405, reads),
        ("POST", "/", 405, reads),
        ("POST", "/graphiql", 405, reads),
        ("POST", "/query", 405, reads),
        ("GET", "/nothing", 404, ""),
        ("GET", "/assets/nothing.js", 404, ""),
        ("GET", "/assets/%ff", 404, ""),
        ("GET", "/assets/../../Cargo.toml", 404, ""),
        ("GET", "/assets/%2e%2e/graphiql.html", 404, ""),
        ("GET", "/health", 200, ""),
        ("GET", "/schema.graphql", 200, ""),
        ("GET", "/query", 200, ""),
        ("GET", "/graphiql", 200, ""),
        ("HEAD", "/graphiql", 200, ""),
        ("GET", "/", if has_pages { 200 } else { 307 }, ""),
    ];
    for (method, path, status, allow) in cases {
        let reply = SERVER.send(method, path, &[], "");
        assert_eq!((reply.status, reply.header("allow")), (status, allow), "{method} {path}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{method} {path}");
        if status >= 400 {
            assert_eq!(reply.codes().len(), 1, "{method} {path}: {}", reply.body);
        }
    }
    if has_pages {
        let policy = get("/").header("content-security-policy").to_owned();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    } else {
        assert_eq!(get("/").header("location"), "/graphiql");
    }
    assert_eq!(get("/schema.graphql").body, pactgraph::graphql::sdl());
    assert_eq!(get("/health").json()["status"], "ok");
}

#[test]
fn pages_of_other_origins_may_ask() {
    let headers = [("Origin", "https://example.org"), ("Access-Control-Request-Method", "POST")];
    let reply = SERVER.send("OPTIONS", "/graphql", &headers, "");
    assert_eq!((reply.status, reply.header("access-control-allow-origin")), (204, "*"));
    assert_eq!(reply.header("access-control-allow-headers"), "content-type, accept, accept-language");
    assert!(reply.header("access-control-allow-methods").contains("POST"));
    let reply = get(&encoded(&[("query", "{ __typename }")]));
    assert_eq!(
        reply.header("access-control-expose-headers"),
        "ETag, Content-Disposition, Content-Language, Link, Cache-Status, Retry-After"
    );
    assert_eq!(reply.header("access-control-allow-credentials"), "");
}

#[test]
fn the_page_without_scripts_asks_and_shows() {
    let path = |pairs: &[(&str, &str)]| encoded(pairs).replace("/graphql?", "/query?");
    let empty = get("/query");
    assert!(empty.body.contains("<html lang=\"en\">") && !empty.body.contains("<pre"), "{}", empty.body);
    assert!(empty.header("content-security-policy").starts_with("default-src 'none'; style-src 'self'"));
    let answered = get(&path(&[("query", "{ canada { id } }"), ("variables", ""), ("operationName", "")]));
    assert!(answered.body.contains("&quot;id&quot;: &quot;canada&quot;"), "{}", answered.body);
    let hostile = get(&path(&[("query", "{ a } </textarea><script>alert(1)</script>"), ("variables", "<b>")]));
    assert!(!hostile.body.contains("<script") && !hostile.body.contains("<b>"), "{}", hostile.body);
    assert!(hostile.body.contains("The answer holds errors"), "{}", hostile.body);
    let french = SERVER.send("GET", "/query", &[("Accept-Language", "fr")], "");
    assert!(french.body.contains("<html lang=\"fr\">") && french.body.contains("Exécuter"), "{}", french.body);
    for id in ["query", "variables", "operation"] {
        assert!(empty.body.contains(&format!("<label for=\"{id}\">")), "{id} has no label");
        assert!(empty.body.contains(&format!("id=\"{id}\"")), "{id} has no field");
    }
}

#[test]
fn a_service_ends_when_told_to() {
    let server = TestServer::start();
    assert_eq!(server.ask("{ __typename }")["data"], json!({"__typename": "Query"}));
    let url = server.url("/health");
    drop(server);
    assert!(ureq::get(&url).call().is_err());
}

#[test]
fn graphql_over_http_is_kept() {
    let npm = |args: &[&str], dir: &Path| Command::new("npm").args(args).current_dir(dir).output();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/audits");
    let dir = tempfile::tempdir().expect("a folder");
    for file in ["package.json", "package-lock.json", ".npmrc", "run.mjs"] {
        std::fs::copy(source.join(file), dir.path().join(file)).expect("a file of the audits");
    }
    let installed = match npm(&["ci", "--ignore-scripts", "--prefer-offline"], dir.path()) {
        Ok(output) => output,
        Err(_) if std::env::var_os("CI").is_none() => {
            eprintln!("skipped: the audits need Node and npm");
            return;
        }
        Err(error) => panic!("the audits need Node and npm: {error}"),
    };
    assert!(installed.status.success(), "{}", String::from_utf8_lossy(&installed.stderr));
    let run = Command::new("node").arg("run.mjs").arg(SERVER.url("/graphql")).current_dir(dir.path()).output();
    let run = run.expect("node runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
}
