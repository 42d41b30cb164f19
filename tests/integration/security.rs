//! Headers that protect those who read, on every answer.

use pactgraph::graphql::Api;
use pactgraph::http::{Limits, State};
use pactgraph::live::Live;

use crate::server::{Reply, SERVER, TestServer, example_graph};

/// Every route, found and not, and whether pages of other origins may read it.
const ROUTES: [(&str, &str, bool); 34] = [
    ("GET", "/", false),
    ("GET", "/graphiql", false),
    ("GET", "/query", false),
    ("GET", "/query?query=%7Bnonsense", false),
    ("GET", "/query.css", false),
    ("GET", "/examples.json", false),
    ("GET", "/assets/nothing.js", true),
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
