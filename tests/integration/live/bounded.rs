//! What holds for questions over web sockets and streams of events as for all others.

use futures_util::{FutureExt, StreamExt};
use pactgraph::graphql::{self, Api, Language, Question, RequestState};
use pactgraph::http::{Limits, State};
use pactgraph::live::Live;
use serde_json::{Value, json};

use super::socket::{CHANGES, Events, Socket};
use super::world::{graph, until};
use crate::server::TestServer;

fn service(limits: Limits, questions: graphql::Limits) -> TestServer {
    TestServer::with(State::within(limits, Api::new(questions), Live::new(graph("r0"))))
}

/// The value of a line of the metrics, or nothing.
fn value(server: &TestServer, line: &str) -> Option<u64> {
    server.metrics().lines().find_map(|found| found.strip_prefix(line)?.strip_prefix(' ')?.parse().ok())
}

#[test]
fn questions_beyond_the_limit_are_turned_away_over_sockets_and_events_too() {
    let server = service(Limits { questions: 0, ..Limits::default() }, graphql::Limits::default());
    let mut socket = Socket::ready(&server);
    socket.ask("one", "query Crowd { release { id } }");
    let refused = socket.hear();
    assert_eq!((&refused["type"], &refused["id"]), (&"error".into(), &"one".into()), "{refused}");
    assert_eq!(refused["payload"][0]["extensions"]["code"], "OVERLOADED", "{refused}");
    let mut events = Events::open(&server, "query Crowd { release { id } }");
    let (event, data) = events.next();
    let data: Value = serde_json::from_str(&data).expect("JSON");
    assert_eq!((&*event, &data["errors"][0]["extensions"]["code"]), ("next", &"OVERLOADED".into()), "{data}");
    assert_eq!(events.next().0, "complete");
    // To wait for changes takes no place.
    socket.ask("two", CHANGES);
    socket.ask("three", "{ nonsense }");
    assert_eq!(socket.hear()["payload"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED");
    assert_eq!(value(&server, "pactgraph_subscriptions"), Some(1));
    assert_eq!(value(&server, "pactgraph_shed_total"), Some(2));
    assert_eq!(value(&server, r#"pactgraph_errors_total{code="OVERLOADED"}"#), Some(2));
}

#[test]
fn questions_over_sockets_and_events_are_counted_like_all_others() {
    let server = service(Limits::default(), graphql::Limits::default());
    let mut socket = Socket::ready(&server);
    socket.ask("one", "query Once { release { id } }");
    assert_eq!(socket.hear()["payload"]["data"], json!({"release": {"id": "r0"}}));
    assert_eq!(socket.hear()["type"], "complete");
    socket.ask("two", "subscription Follow { releasePublished { after { id } } }");
    socket.ask("three", "{ nonsense }");
    assert_eq!(socket.hear()["type"], "error");
    let events = Events::open(&server, CHANGES);
    until("a second subscription", || (value(&server, "pactgraph_subscriptions") == Some(2)).then_some(()));
    let cases = [
        (r#"pactgraph_operations_total{operation="Once",result="ok"}"#, 1),
        (r#"pactgraph_operations_total{operation="Follow",result="ok"}"#, 1),
        (r#"pactgraph_operations_total{operation="(unnamed)",result="ok"}"#, 1),
        (r#"pactgraph_operations_total{operation="(unnamed)",result="GRAPHQL_VALIDATION_FAILED"}"#, 1),
        ("pactgraph_web_sockets", 1),
        ("pactgraph_event_streams", 1),
    ];
    for (line, expected) in cases {
        assert_eq!(value(&server, line), Some(expected), "{line}");
    }
    drop((socket, events));
    for gauge in ["pactgraph_web_sockets", "pactgraph_event_streams", "pactgraph_subscriptions"] {
        until(gauge, || (value(&server, gauge) == Some(0)).then_some(()));
    }
}

#[test]
fn a_subscription_may_cost_only_what_can_be_told_to_many_at_once() {
    let limits = graphql::Limits { subscription_cost: 10, ..graphql::Limits::default() };
    let server = service(Limits::default(), limits);
    let mut socket = Socket::ready(&server);
    socket.ask("one", "subscription { releasePublished { nodes { added(first: 100) } } }");
    let refused = socket.hear();
    let extensions = &refused["payload"][0]["extensions"];
    assert_eq!((&refused["type"], &extensions["code"]), (&"error".into(), &"QUERY_TOO_EXPENSIVE".into()), "{refused}");
    let (_, data) = Events::open(&server, "subscription { releasePublished { nodes { added(first: 100) } } }").next();
    assert!(data.contains("QUERY_TOO_EXPENSIVE"), "{data}");
    let mut socket = Socket::ready(&server);
    socket.ask("one", "subscription { releasePublished { nodes { addedCount } } }");
    socket.ask("two", "{ release { id digest published license loadedAt } sources(first: 5) { nodes { id } } }");
    assert_eq!(socket.hear()["id"], "two", "a question may cost more");
}

#[test]
fn whoever_falls_behind_is_told_so_and_has_to_subscribe_again() {
    let (api, live) = (Api::default(), Live::new(graph("r0")));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let question = Question { document: CHANGES.into(), ..Question::default() };
        let prepared = api.prepare(question).unwrap_or_else(|refusal| panic!("{refusal:?}"));
        let mut changes = api.stream(prepared, RequestState::following(live.clone(), Language::En));
        assert!(changes.next().now_or_never().is_none(), "nothing has happened");
        for number in 1..=20 {
            live.publish(graph(&format!("r{number}")));
        }
        let answer = changes.next().await.expect("an answer");
        assert_eq!((answer.executed(), answer.codes()), (true, vec!["TOO_SLOW"]));
        assert!(changes.next().await.is_none(), "that was the last");
    });
}

/// Fragments, a key in several places, what is skipped, and fields that fail.
#[test]
fn a_subscription_is_executed_as_the_specification_says() {
    let nodes = "nodes { addedCount removed(first: 1) }";
    let cases = [
        (
            format!(
                "subscription {{ ...A r: releasePublished {{ {nodes} }} }} fragment A on Subscription {{ r: releasePublished {{ before {{ id }} nodes {{ changedCount }} }} }}"
            ),
            r#"{"data":{"r":{"before":{"id":"r0"},"nodes":{"changedCount":1,"addedCount":0,"removed":[]}}}"#,
        ),
        (
            "subscription { releasePublished { __typename before { id @skip(if: true) } after { id } } }".into(),
            r#"{"data":{"releasePublished":{"__typename":"ReleaseChange","before":{},"after":{"id":"r1"}}}"#,
        ),
        (
            "subscription { releasePublished { after { id } nodes { added(first: -1) } } }".into(),
            r#"{"errors":[{"message":""#,
        ),
    ];
    for (document, expected) in cases {
        let (api, live) = (Api::default(), Live::new(graph("r0")));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let question = Question { document: document.as_str().into(), ..Question::default() };
            let prepared = api.prepare(question).unwrap_or_else(|refusal| panic!("{refusal:?}"));
            let mut changes = api.stream(prepared, RequestState::following(live.clone(), Language::En));
            assert!(changes.next().now_or_never().is_none(), "nothing has happened");
            // Each is told alone, whatever was written of the one before.
            for (release, told) in
                [("r1", expected.to_owned()), ("r2", expected.replace("r1", "r2").replace("r0", "r1"))]
            {
                live.publish(graph(release));
                let answer = changes.next().await.expect("an answer");
                let fails = !answer.is_ok();
                let json = String::from_utf8(answer.into_json()).expect("JSON");
                assert!(json.starts_with(&told), "{document}: {json}");
                assert_eq!(json.contains(r#""path":["releasePublished","nodes","added"]"#), fails, "{json}");
                assert_eq!(json.contains(r#""data":null"#), fails, "{json}");
            }
        });
    }
}
