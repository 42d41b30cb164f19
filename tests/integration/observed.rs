//! What the service tells those who run it: metrics and logs.

use pactgraph::graphql::Api;
use pactgraph::http::{Limits, State};
use pactgraph::live::{Fault, Live};
use serde_json::Value;

use crate::program::Program;
use crate::server::{TestServer, example_graph};

/// The value of a line of the metrics, or nothing.
fn value(metrics: &str, line: &str) -> Option<f64> {
    metrics.lines().find_map(|found| found.strip_prefix(line)?.strip_prefix(' ')?.parse().ok())
}

#[test]
fn operations_are_counted_by_name_but_not_by_more_names_than_wanted() {
    let limits = Limits { metric_operations: 2, ..Limits::default() };
    let live = Live::new(example_graph());
    let state = State::within(limits, Api::default(), live.clone());
    let server = TestServer::with(state);
    for query in [
        "query First { canada { id } }",
        "query First { canada { id } }",
        "{ canada { id } }",
        "query Nonsense { nonsense }",
        "query Second { canada { name } }",
        "query Third { canada { name } }",
        "query Fourth { canada { name } }",
    ] {
        server.ask(query);
    }
    server.send("GET", "/query?query=query+First+%7B+canada+%7B+id+%7D+%7D", &[], "");
    server.send("PUT", "/graphql", &[], "");
    server.send("BREW", "/coffee", &[], "");
    live.refuse(vec![Fault::unreachable("nobody is there")]);
    let metrics = server.metrics();
    let cases = [
        (r#"pactgraph_operations_total{operation="First",result="ok"}"#, 3.0),
        (r#"pactgraph_operations_total{operation="Second",result="ok"}"#, 1.0),
        (r#"pactgraph_operations_total{operation="(unnamed)",result="ok"}"#, 1.0),
        (r#"pactgraph_operations_total{operation="(other)",result="ok"}"#, 2.0),
        (r#"pactgraph_operations_total{operation="(unnamed)",result="GRAPHQL_VALIDATION_FAILED"}"#, 1.0),
        (r#"pactgraph_operation_duration_seconds_count{operation="First"}"#, 3.0),
        (r#"pactgraph_operation_cost_count{operation="First"}"#, 3.0),
        (r#"pactgraph_errors_total{code="GRAPHQL_VALIDATION_FAILED"}"#, 1.0),
        (r#"pactgraph_errors_total{code="METHOD_NOT_ALLOWED"}"#, 1.0),
        (r#"pactgraph_requests_total{route="/graphql",method="POST",status="200"}"#, 7.0),
        (r#"pactgraph_requests_total{route="(none)",method="(other)",status="404"}"#, 1.0),
        (r#"pactgraph_nodes"#, example_graph().counts().nodes as f64),
        (r#"pactgraph_relationships"#, example_graph().counts().relationships as f64),
        (r#"pactgraph_refusals_total"#, 1.0),
        (r#"pactgraph_reloads_total"#, 0.0),
        (r#"pactgraph_degraded"#, 1.0),
        (r#"pactgraph_ready"#, 1.0),
    ];
    for (line, expected) in cases {
        assert_eq!(value(&metrics, line), Some(expected), "{line}\n{metrics}");
    }
    assert!(value(&metrics, "pactgraph_refused_timestamp_seconds").is_some_and(|time| time > 1e9), "{metrics}");
    let digest = format!("digest=\"{}\"", example_graph().digest());
    assert!(metrics.contains(&digest) && metrics.ends_with("# EOF\n"), "{metrics}");
}

#[test]
fn metrics_have_a_listener_of_their_own() {
    let program = Program::serve(&["--metrics-listen", "127.0.0.1:0"]);
    assert_eq!(ureq::get(program.url("/metrics")).call().err().map(|e| e.to_string()), Some("http status: 404".into()));
    let mut reply = ureq::get(program.address("Metrics")).call().expect("metrics");
    let media = reply.headers()["content-type"].to_str().expect("a text").to_owned();
    assert_eq!(media, "application/openmetrics-text; version=1.0.0; charset=utf-8");
    let text = reply.body_mut().read_to_string().expect("a text");
    assert!(text.contains("pactgraph_nodes ") && text.contains("pactgraph_connections"), "{text}");
    let graphql = program.address("Metrics").replace("/metrics", "/graphql?query=%7B__typename%7D");
    assert!(ureq::get(graphql).call().is_err(), "questions are not answered here");
    let ready = program.address("Metrics").replace("/metrics", "/health/ready");
    assert!(ureq::get(ready).call().is_ok(), "probes need not come through the listener of the API");
}

#[test]
fn each_request_is_one_event_of_one_span_without_its_variables() {
    let program = Program::serve(&["--log", "info", "--log-format", "json"]);
    let body =
        r#"{"query": "query Secrets($id: ID!) { node(id: $id) { name } }", "variables": {"id": "canada-secret"}}"#;
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let mut reply = ureq::post(program.address("API"))
        .header("Content-Type", "application/json")
        .header("traceparent", format!("00-{trace}-00f067aa0ba902b7-01"))
        .send(body)
        .expect("an answer");
    let answer = reply.body_mut().read_to_string().expect("a text");
    assert!(answer.contains("data"), "{answer}");
    let log = program.log();
    let events: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    let answered: Vec<_> = events.iter().filter(|event| event["message"] == "answered").collect();
    assert_eq!(answered.len(), 1, "{log}");
    let span = &answered[0]["span"];
    assert_eq!((&span["name"], &span["route"]), (&"request".into(), &"/graphql".into()), "{log}");
    assert_eq!(
        (&span["operation"], &span["status"], &span["trace_id"]),
        (&"Secrets".into(), &200.into(), &trace.into())
    );
    for field in ["document", "cost", "cache", "duration_ms", "method"] {
        assert!(!span[field].is_null(), "no {field}: {log}");
    }
    assert!(!log.contains("canada-secret"), "{log}");
}

/// The families of the metrics as the document for operators lists them.
fn listed(metrics: &str) -> String {
    let mut text = String::from("\n| Metric | Type | What it tells |\n| --- | --- | --- |\n");
    let mut says = "";
    for line in metrics.lines() {
        if let Some((_, help)) = line.strip_prefix("# HELP ").and_then(|rest| rest.split_once(' ')) {
            says = help.trim_end_matches('.');
        }
        if let Some((name, kind)) = line.strip_prefix("# TYPE ").and_then(|rest| rest.split_once(' ')) {
            let ending = match kind {
                "counter" => "_total",
                "info" => "_info",
                _ => "",
            };
            text += &format!("| `{name}{ending}` | {kind} | {says} |\n");
        }
    }
    text + "\n"
}

#[test]
fn the_document_for_operators_lists_every_metric() {
    let server = TestServer::with(State::new(Api::default(), Live::new(example_graph())));
    server.ask("query First { canada { id } }");
    server.ask("{ nonsense }");
    let found = listed(&server.metrics());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/operations.md");
    let text = std::fs::read_to_string(path).expect("the document");
    let (before, rest) = text.split_once("<!-- metrics -->\n").expect("the begin of the table");
    let (table, after) = rest.split_once("<!-- end -->").expect("the end of the table");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(path, format!("{before}<!-- metrics -->\n{found}<!-- end -->{after}")).expect("the document");
        return;
    }
    assert_eq!(table, found, "bless it: UPDATE_EXPECT=1 cargo test --test integration operators");
}
