//! Answers that are kept: tags, what is answered again, and how it is compressed.

use std::io::Read;
use std::time::Duration;

use pactgraph::graphql::Api;
use pactgraph::http::{Limits, State};
use pactgraph::live::Live;
use serde_json::{Value, json};

use crate::server::{Reply, SERVER, TestServer, example_graph};

const JSON: (&str, &str) = ("Content-Type", "application/json");

fn get(server: &TestServer, pairs: &[(&str, &str)], headers: &[(&str, &str)]) -> Reply {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    server.send("GET", &format!("/graphql?{query}"), headers, "")
}

fn post(server: &TestServer, body: &Value, headers: &[(&str, &str)]) -> Reply {
    server.send("POST", "/graphql", &[&[JSON], headers].concat(), &body.to_string())
}

#[test]
fn an_answer_is_executed_once_and_tagged_alike_by_get_and_post() {
    let server = TestServer::start();
    let query = "{ canada { id agreements(first: 3) { nodes { id name } } } }";
    let first = post(&server, &json!({ "query": query }), &[]);
    let again = post(&server, &json!({ "query": query }), &[]);
    let by_get = get(&server, &[("query", query)], &[("Accept", "application/graphql-response+json")]);
    assert_eq!(first.header("cache-status"), "pactgraph; fwd=uri-miss; stored");
    for reply in [&again, &by_get] {
        assert_eq!(reply.header("cache-status"), "pactgraph; hit");
        assert_eq!((&reply.body, reply.header("etag")), (&first.body, first.header("etag")));
        assert_eq!(reply.header("cache-control"), "public, no-cache");
    }
}

#[test]
fn whoever_has_an_answer_is_told_so_before_it_is_executed() {
    let query = "{ canada { id agreements(first: 7) { nodes { id } } } }";
    let tag = get(&SERVER, &[("query", query)], &[]).header("etag").to_owned();
    // A service that never saw the question knows the tag all the same.
    let fresh = TestServer::start();
    let known = get(&fresh, &[("query", query)], &[("If-None-Match", &tag)]);
    assert_eq!((known.status, known.body.as_str(), known.header("etag")), (304, "", tag.as_str()));
    assert_eq!(known.header("vary"), "Accept, Accept-Language, Accept-Encoding");
    assert_eq!((known.header("content-language"), known.header("cache-control")), ("en", "public, no-cache"));
    let after = get(&fresh, &[("query", query)], &[]);
    assert_eq!(after.header("cache-status"), "pactgraph; fwd=uri-miss; stored", "it was executed");
    // The standard knows 304 for reading methods only.
    let posted = post(&fresh, &json!({ "query": query }), &[("If-None-Match", &tag)]);
    assert_eq!((posted.status, posted.header("etag")), (200, tag.as_str()));
    // A star means any version there is; there is none of what cannot be answered.
    let nonsense = get(&fresh, &[("query", "{ nonsense }")], &[("If-None-Match", "*"), STRICT]);
    assert_eq!(nonsense.status, 400);
    assert_eq!(get(&fresh, &[("query", query)], &[("If-None-Match", "*")]).status, 304);
}

const STRICT: (&str, &str) = ("Accept", "application/graphql-response+json");

#[test]
fn a_tag_stands_for_everything_an_answer_depends_on() {
    let query = "query A($w: NodeFilter) { agreements(where: $w) { totalCount } } query B { canada { name } }";
    let tag = |variables: &str, operation: &str, language: &str| {
        let pairs = [("query", query), ("variables", variables), ("operationName", operation)];
        let reply = get(&SERVER, &pairs, &[("Accept-Language", language)]);
        assert_eq!((reply.status, reply.codes().len()), (200, 0), "{}", reply.body);
        reply.header("etag").to_owned()
    };
    let plain = tag(r#"{"w": {"nameContains": "a", "ids": ["canada"]}}"#, "A", "en");
    assert_eq!(
        tag(r#"{"w":{"ids":["canada"],"nameContains":"a"}}"#, "A", "de, en;q=0.3"),
        plain,
        "order and spaces say nothing"
    );
    assert_ne!(tag(r#"{"w": {"nameContains": "b", "ids": ["canada"]}}"#, "A", "en"), plain);
    assert_ne!(tag(r#"{"w": {"nameContains": "a", "ids": ["canada"]}}"#, "B", "en"), plain);
    assert_ne!(tag(r#"{"w": {"nameContains": "a", "ids": ["canada"]}}"#, "A", "fr"), plain);
    assert_ne!(tag("{}", "A", "en"), tag(r#"{"w": null}"#, "A", "en"));
}

#[test]
fn answers_with_errors_are_not_kept() {
    let query = json!({"query": "{ canada { id } agreements(first: -1) { totalCount } }"});
    for _ in 0..2 {
        let reply = post(&SERVER, &query, &[]);
        assert_eq!((reply.header("cache-status"), reply.header("etag")), ("", ""), "{}", reply.body);
        assert_eq!(reply.header("cache-control"), "no-store");
    }
}

#[test]
fn bodies_are_compressed_as_asked_for() {
    let query =
        "query%20All%20%7B%20agreements(first%3A%20500)%20%7B%20nodes%20%7B%20id%20name%20summary%20%7D%20%7D%20%7D";
    let paths = [format!("/graphql?query={query}"), "/schema.graphql".to_owned(), "/export/graph.graphml".to_owned()];
    for path in paths {
        let fetch = |accepted: &str| {
            let reply = ureq::get(SERVER.url(&path)).header("Accept-Encoding", accepted).call().expect("a reply");
            let header = |name: &str| reply.headers().get(name).map(|v| v.to_str().expect("text").to_owned());
            let (encoding, tag, vary) = (header("content-encoding"), header("etag"), header("vary"));
            let mut bytes = Vec::new();
            reply.into_body().into_reader().read_to_end(&mut bytes).expect("a body");
            assert!(vary.is_some_and(|vary| vary.to_ascii_lowercase().contains("accept-encoding")), "{path}");
            (encoding, tag, bytes)
        };
        let (none, tag, plain) = fetch("identity");
        assert_eq!(none, None, "{path}");
        for encoding in ["gzip", "br", "zstd"] {
            for round in 0..2 {
                let (used, same, bytes) = fetch(encoding);
                assert_eq!((used.as_deref(), &same), (Some(encoding), &tag), "{path} {round}");
                let mut decoded = Vec::new();
                match encoding {
                    "gzip" => flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut decoded),
                    "br" => brotli::Decompressor::new(&bytes[..], 4096).read_to_end(&mut decoded),
                    _ => zstd::stream::Decoder::new(&bytes[..]).and_then(|mut zstd| zstd.read_to_end(&mut decoded)),
                }
                .unwrap_or_else(|error| panic!("{path} {encoding}: {error}"));
                assert!(decoded == plain && bytes.len() * 2 < plain.len(), "{path} {encoding}: {} bytes", bytes.len());
            }
        }
    }
}

#[test]
fn a_cache_of_no_bytes_keeps_nothing() {
    let limits = Limits { cache_bytes: 0, max_age: Duration::from_secs(60), ..Limits::default() };
    let server = TestServer::with(State::within(limits, Api::default(), Live::new(example_graph())));
    for _ in 0..2 {
        let reply = get(&server, &[("query", "{ canada { id } }")], &[]);
        assert_eq!(reply.header("cache-control"), "public, max-age=60");
        assert!(!reply.header("cache-status").contains("hit"), "{reply:?}");
    }
}

/// A response without what may differ: when it was sent, and whether the answer was kept.
fn said(reply: &Reply) -> (u16, Vec<(String, String)>, String) {
    let mut headers = reply.headers.clone();
    headers.retain(|(name, _)| name != "date" && name != "cache-status");
    headers.sort();
    (reply.status, headers, reply.body.clone())
}

#[test]
fn a_request_sent_again_is_answered_as_it_was() {
    let document = "{ agreements(first: 20) { totalCount nodes { id name summary } } }";
    let body = json!({ "query": document }).to_string();
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("query", document).finish();
    let address = format!("/graphql?{query}");
    let named = "/q/agreements-newest-first?first=3";
    let (french, strict) = (("Accept-Language", "fr-CA, en;q=0.5"), STRICT);
    type Asked<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], &'a str);
    let requests: [Asked<'_>; 9] = [
        ("GET", &address, &[], ""),
        ("GET", &address, &[french], ""),
        ("GET", &address, &[strict], ""),
        ("GET", &address, &[("If-None-Match", "W/\"0\"")], ""),
        ("POST", "/graphql", &[JSON], &body),
        ("POST", "/graphql", &[JSON, french, strict], &body),
        ("POST", "/graphql", &[JSON, ("If-None-Match", "*")], &body),
        ("GET", named, &[], ""),
        ("GET", named, &[french], ""),
    ];
    for (method, path, headers, body) in requests {
        let server = TestServer::start();
        let first = server.send(method, path, headers, body);
        let again = server.send(method, path, headers, body);
        assert_eq!((first.status, said(&again)), (200, said(&first)), "{method} {path} {headers:?}");
        let tag = first.header("etag");
        let known = [headers, &[("If-None-Match", tag)]].concat();
        // One service knows the request, the other does not.
        let (short, whole) =
            (server.send(method, path, &known, body), TestServer::start().send(method, path, &known, body));
        assert_eq!(short.status, if method == "GET" { 304 } else { 200 });
        assert_eq!(said(&short), said(&whole), "{method} {path} {known:?}");
        let metrics = server.metrics();
        let route = if path == named { "/q/{file}" } else { "/graphql" };
        let count =
            |status| format!("pactgraph_requests_total{{route=\"{route}\",method=\"{method}\",status=\"{status}\"}}");
        let counted = |status| metrics.lines().find_map(|line| line.strip_prefix(&count(status))?.trim().parse().ok());
        assert_eq!(counted(200).unwrap_or(0) + counted(304).unwrap_or(0), 3, "{metrics}");
        assert!(metrics.contains("pactgraph_answers_total{source=\"hit\"}"), "{metrics}");
    }
}

#[test]
fn a_request_sent_again_is_asked_of_the_data_of_the_day() {
    let live = Live::new(example_graph());
    let server = TestServer::of(live.clone());
    let ask = || get(&server, &[("query", "{ release { digest } }")], &[]);
    let before = [ask(), ask(), ask()];
    assert!(before.iter().all(|reply| reply.body == before[0].body));
    live.publish(crate::queries::REAL.clone());
    let after = [ask(), ask(), ask()];
    assert!(after.iter().all(|reply| reply.body == after[0].body && reply.body != before[0].body));
    assert!(after[0].body.contains(crate::queries::REAL.digest()), "{}", after[0].body);
}
