//! Headers that protect those who read, on every answer.

use pactgraph::graphql::Api;
use pactgraph::http::{Limits, State};
use pactgraph::live::Live;

use crate::server::{Reply, SERVER, TestServer, example_graph};

/// Every route, found and not, and whether pages of other origins may read it.
const ROUTES: [(&str, &str, bool); 26] = [
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
    ("GET", "/nothing", true),
];

fn is_page(reply: &Reply) -> bool {
    reply.header("content-type").starts_with("text/html")
}

#[test]
fn every_answer_has_the_headers_of_security() {
    for (method, path, is_open) in ROUTES {
        let reply = SERVER.send(method, path, &[], "");
        let says = format!("{method} {path}: {} {:?}", reply.status, reply.headers);
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{says}");
        assert_eq!(reply.header("referrer-policy"), "no-referrer", "{says}");
        assert_eq!(reply.header("x-frame-options"), "DENY", "{says}");
        assert_eq!(reply.header("cross-origin-opener-policy"), "same-origin", "{says}");
        let policy = reply.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; "), "{says}");
        assert!(policy.contains("base-uri 'none'") && policy.ends_with("; frame-ancestors 'none'"), "{says}");
        assert!(is_page(&reply) || !policy.contains("script-src"), "{says}");
        assert!(!policy.contains("unsafe") || path == "/graphiql", "{says}");
        assert!(!policy.contains("unsafe-eval") && !policy.contains("script-src 'self' 'unsafe"), "{says}");
        let open = reply.header("access-control-allow-origin") == "*";
        // Without the pages of the build, their parts are missing, which is told as data are.
        if path != "/examples.json" {
            assert_eq!(open, is_open, "{says}");
        }
        let readers = if open { "cross-origin" } else { "same-origin" };
        assert_eq!(reply.header("cross-origin-resource-policy"), readers, "{says}");
        assert_eq!(reply.header("set-cookie"), "", "{says}");
        assert_eq!(reply.header("server"), "", "{says}");
    }
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
