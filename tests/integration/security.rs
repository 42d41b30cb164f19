//! Headers that protect those who read, on every answer.

use pactgraph::graphql::Api;
use pactgraph::http::{Limits, State};
use pactgraph::live::Live;

use crate::server::{Reply, SERVER, TestServer, example_graph};

/// Every route, found and not, and whether pages of other origins may read it.
const ROUTES: [(&str, &str, bool); 35] = [
    ("GET", "/", false),
    ("GET", "/graphiql", false),
    ("GET", "/query", false),
    ("GET", "/query?query=%7Bnonsense", false),
    ("GET", "/query.css", false),
    ("GET", "/examples.json", false),
    ("GET", "/assets/nothing.js", true),
    ("GET", "/assets/%ff", true),
    ("POST", "/", true),
    ("GET", "/graphql?query=%7B__typename%7D", true),
    ("GET", "/graphql?query=%7Bnonsense%7D", true),
    ("GET", "/graphql", true),
    ("HEAD", "/graphql?query=%7B__typename%7D", true),
    ("OPTIONS", "/graphql", true),
    ("PUT", "/graphql", true),
    ("POST", "/graphql", true),
    ("GET", "/schema.graphql", true),
    ("GET", "/health", true),
    ("GET", "/health/live", true),
    ("GET", "/health/ready", true),
    ("GET", "/export", true),
    ("GET", "/export/graph.graphml", true),
    ("GET", "/export/graph.nothing", true),
    ("GET", "/nodes/canada", true),
    ("GET", "/nodes/canada?format=bibtex", true),
    ("GET", "/nodes/nobody", true),
    ("GET", "/q", true),
    ("GET", "/q/agreements-since", true),
    ("GET", "/q/agreements-since.csv", true),
    ("GET", "/q/nothing", true),
    ("POST", "/q", true),
    ("GET", "/openapi.json", true),
    ("GET", "/releases.atom", true),
    ("GET", "/export/nodes.csv", true),
    ("GET", "/nothing", true),
];

/// The routes of a source, as it gives them to the router.
fn routes(source: &str) -> Vec<&str> {
    source.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// Whether a path is one of a route.
fn is_of(path: &str, route: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    match route.split_once('{') {
        None => path == route,
        Some((before, _)) => path.len() > before.len() && path.starts_with(before),
    }
}

fn is_page(reply: &Reply) -> bool {
    reply.header("content-type").starts_with("text/html")
}

#[test]
fn every_answer_has_the_headers_of_security() {
    for (method, path, is_open) in ROUTES {
        check(&format!("{method} {path}"), &SERVER.send(method, path, &[], ""), is_open);
    }
    for route in routes(include_str!("../../src/http/mod.rs")) {
        assert!(ROUTES.iter().any(|(_, path, _)| is_of(path, route)), "no request here is for {route}");
    }
    let events = [("Accept", "text/event-stream")];
    check("events", &SERVER.send("GET", "/graphql?query=%7B__typename%7D", &events, ""), true);
    for route in routes(include_str!("../../src/http/metrics.rs")) {
        let reply = SERVER.read_from_metrics(route);
        check(&format!("{route} beside metrics"), &reply, route != "/metrics");
    }
}

fn check(what: &str, reply: &Reply, is_open: bool) {
    let says = format!("{what}: {} {:?}", reply.status, reply.headers);
    assert_eq!(reply.header("x-content-type-options"), "nosniff", "{says}");
    assert_eq!(reply.header("referrer-policy"), "no-referrer", "{says}");
    assert_eq!(reply.header("x-frame-options"), "DENY", "{says}");
    assert_eq!(reply.header("cross-origin-opener-policy"), "same-origin", "{says}");
    let policy = reply.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; "), "{says}");
    assert!(policy.contains("base-uri 'none'") && policy.ends_with("; frame-ancestors 'none'"), "{says}");
    assert!(is_page(reply) || !policy.contains("script-src"), "{says}");
    assert!(!policy.contains("unsafe") || what == "GET /graphiql", "{says}");
    assert!(!policy.contains("unsafe-eval") && !policy.contains("script-src 'self' 'unsafe"), "{says}");
    let open = reply.header("access-control-allow-origin") == "*";
    // Without the pages of the build, their parts are missing, which is told as data are.
    if what != "GET /examples.json" {
        assert_eq!(open, is_open, "{says}");
    }
    let readers = if open { "cross-origin" } else { "same-origin" };
    assert_eq!(reply.header("cross-origin-resource-policy"), readers, "{says}");
    assert_eq!(reply.header("set-cookie"), "", "{says}");
    assert_eq!(reply.header("server"), "", "{says}");
}

#[test]
fn pages_are_embedded_only_where_that_is_allowed() {
    let cases = [("'self'", "SAMEORIGIN"), ("https://a.example https://*.b.example", "")];
    for (ancestors, frames) in cases {
        let limits = Limits { frame_ancestors: ancestors.into(), ..Limits::default() };
        let state = State::within(limits, Api::default(), Live::new(example_graph()));
        let server = TestServer::with(state);
        for path in ["/query", "/graphiql", "/health"] {
            let reply = server.send("GET", path, &[], "");
            let policy = reply.header("content-security-policy");
            assert!(policy.ends_with(&format!("; frame-ancestors {ancestors}")), "{path}: {policy}");
            assert_eq!(reply.header("x-frame-options"), frames, "{path}");
        }
    }
}

#[test]
fn what_is_no_request_is_refused_in_our_words() {
    let long = "a".repeat(70_000);
    let (host, end) = ("Host: x\r\n", "\r\n");
    let cases = [
        (400, "BAD_REQUEST", "GET / HTTP/1.1\r\n\r\n".to_owned()),
        (400, "BAD_REQUEST", format!("GET / HTTP/1.1\r\n{host}{host}{end}")),
        (400, "BAD_REQUEST", format!("GET / HTTP/1.1\r\nHost: a b\r\n{end}")),
        (400, "BAD_REQUEST", format!("NONSENSE\r\n{host}{end}")),
        (400, "BAD_REQUEST", format!("GET / HTTP/7.1\r\n{host}{end}")),
        (400, "BAD_REQUEST", format!("G@T / HTTP/1.1\r\n{host}{end}")),
        (400, "BAD_REQUEST", format!("GET / HTTP/1.1\r\n{host}no header\r\n{end}")),
        (400, "BAD_REQUEST", format!("POST /graphql HTTP/1.1\r\n{host}Content-Length: many\r\n{end}")),
        (400, "BAD_REQUEST", format!("POST /graphql HTTP/1.1\r\n{host}Content-Length: -1\r\n{end}")),
        (400, "BAD_REQUEST", format!("POST /graphql HTTP/1.1\r\n{host}Content-Length: {}\r\n{end}", u64::MAX)),
        (400, "BAD_REQUEST", format!("POST /graphql HTTP/1.1\r\n{host}Content-Length: {}0\r\n{end}", u64::MAX)),
        (
            400,
            "BAD_REQUEST",
            format!("POST /graphql HTTP/1.1\r\n{host}Content-Length: 1\r\nContent-Length: 2\r\n{end}"),
        ),
        (400, "BAD_REQUEST", format!("POST /graphql HTTP/1.1\r\n{host}Transfer-Encoding: none\r\n{end}")),
        (400, "BAD_REQUEST", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned()),
        (414, "URI_TOO_LONG", format!("GET /{long} HTTP/1.1\r\n{host}{end}")),
        (431, "HEAD_TOO_LARGE", format!("GET / HTTP/1.1\r\n{host}X: {long}\r\n{end}")),
        (431, "HEAD_TOO_LARGE", format!("GET / HTTP/1.1\r\n{host}{}{end}", "X: y\r\n".repeat(100))),
    ];
    for (status, code, request) in cases {
        let reply = SERVER.exchange(&request);
        assert_eq!((reply.status, reply.codes()), (status, vec![code.to_owned()]), "{request:.80}");
        check(&format!("{request:.80}"), &reply, true);
    }
    // The same behind another request, with which it came.
    let good = format!("GET /health/live HTTP/1.1\r\n{host}{end}");
    let both = SERVER.exchange(&format!("{good}NONSENSE\r\n{end}"));
    let second = both.body.split_once("HTTP/1.1 400 ").map_or("", |(_, second)| second);
    assert!(second.contains("\r\nx-content-type-options: nosniff\r\n"), "{both:?}");
    assert!(both.status == 200 && second.contains("\"code\":\"BAD_REQUEST\""), "{both:?}");
}

#[test]
fn heads_have_as_many_bytes_as_the_option_says() {
    for head_bytes in [8 * 1024, 64 * 1024, 100_000] {
        let limits = Limits { head_bytes, ..Limits::default() };
        let server = TestServer::with(State::within(limits, Api::default(), Live::new(example_graph())));
        let head = |bytes: usize| {
            let begin = "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: ";
            format!("{begin}{}\r\n\r\n", "y".repeat(bytes - begin.len() - 4))
        };
        let statuses = [head_bytes - 1, head_bytes, head_bytes + 1, head_bytes + 30_000]
            .map(|bytes| server.exchange(&head(bytes)).status);
        assert_eq!(statuses, [200, 200, 431, 431], "{head_bytes}");
    }
}

#[test]
fn hosts_and_origins_that_are_not_allowed_are_refused_everywhere() {
    let (hosts, origins) = ("good.example localhost:7", "https://page.example");
    let limits =
        Limits { allowed_hosts: Some(hosts.into()), allowed_origins: Some(origins.into()), ..Limits::default() };
    let server = TestServer::with(State::within(limits, Api::default(), Live::new(example_graph())));
    let ask = |path: &str, host: &str, more: &str| {
        let head = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
        server.exchange(&format!("{head}{more}\r\n"))
    };
    let socket = "Upgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Version: 13\r\n\
                  Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    let events = "Accept: text/event-stream\r\n";
    let question = "/graphql?query=%7B__typename%7D";
    let routes = [(question, ""), ("/graphql", socket), (question, events), ("/export/nodes.csv", ""), ("/", "")];
    for (path, more) in routes {
        for (host, status) in [("evil.example", 421), ("localhost", 421), ("localhost:8", 421)] {
            let reply = ask(path, host, more);
            assert_eq!((reply.status, reply.codes()), (status, vec!["HOST_NOT_ALLOWED".into()]), "{path} {host}");
            check("a host", &reply, false);
        }
        for origin in ["http://evil.example", "http://page.example", "null", "https://page.example.evil.example"] {
            let reply = ask(path, "good.example", &format!("{more}Origin: {origin}\r\n"));
            assert_eq!((reply.status, reply.codes()), (403, vec!["ORIGIN_NOT_ALLOWED".into()]), "{path} {origin}");
            check("an origin", &reply, false);
        }
    }
    // Asked twice, the second answer comes from the cache.
    for _ in 0..2 {
        let own = ask(question, "good.example:99", "Origin: https://good.example:99\r\n");
        assert_eq!((own.status, own.header("access-control-allow-origin")), (200, "https://good.example:99"));
        let other = ask(question, "localhost:7", "Origin: https://page.example\r\n");
        assert_eq!((other.status, other.header("access-control-allow-origin")), (200, "https://page.example"));
        assert_eq!(other.header("cross-origin-resource-policy"), "cross-origin");
        assert!(other.headers.contains(&("vary".into(), "Origin".into())), "{other:?}");
        let none = ask(question, "localhost:7", "");
        assert_eq!((none.status, none.header("access-control-allow-origin")), (200, ""));
        check("no origin", &none, false);
    }
    let preflight = "OPTIONS /graphql HTTP/1.1\r\nHost: good.example\r\nConnection: close\r\n";
    for (origin, status, allowed) in [("https://page.example", 204, "https://page.example"), ("http://b", 403, "")] {
        let reply = server.exchange(&format!("{preflight}Origin: {origin}\r\n\r\n"));
        assert_eq!((reply.status, reply.header("access-control-allow-origin")), (status, allowed), "{origin}");
    }
    // Without the options all may ask, as the data are public.
    let open = SERVER.send("GET", question, &[("Origin", "http://evil.example")], "");
    assert_eq!((open.status, open.header("access-control-allow-origin")), (200, "*"));
}
