//! What nobody may take from the others: connections, time, the processor.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use pactgraph::graphql::{self, Api, Language, Question, RequestState};
use pactgraph::http::{Limits, State};
use pactgraph::live::Live;

use crate::queries::REAL;
use crate::server::{PATIENCE, TestServer, example_graph};

fn serving(limits: Limits) -> TestServer {
    TestServer::with(State::within(limits, Api::default(), Live::new(example_graph())))
}

/// A connection on which this much of a request was sent.
fn half_open(server: &TestServer, sent: &str) -> TcpStream {
    let mut stream = TcpStream::connect(server.address()).expect("the service listens");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time-out");
    stream.write_all(sent.as_bytes()).expect("the service reads");
    stream
}

#[test]
fn two_hundred_half_open_connections_change_nothing_for_others() {
    // Long enough that a whole head arrives in time on a busy machine too.
    let server = serving(Limits { head_time: Duration::from_secs(5), ..Limits::default() });
    let mut held: Vec<_> =
        (0..200).map(|_| half_open(&server, "POST /graphql HTTP/1.1\r\nHost: x\r\nX-Slow: ")).collect();
    for _ in 0..20 {
        assert_eq!(server.ask("{ canada { id } }")["data"]["canada"]["id"], "canada");
        assert_eq!(server.send("GET", "/health", &[], "").status, 200);
    }
    for stream in &mut held {
        let mut rest = String::new();
        stream.read_to_string(&mut rest).expect("a refusal, and the end");
        assert!(rest.starts_with("HTTP/1.1 408 ") && rest.contains("REQUEST_TIMEOUT"), "{rest}");
    }
}

#[test]
fn a_connection_that_says_nothing_is_closed_without_a_word() {
    let server = serving(Limits { head_time: Duration::from_millis(100), ..Limits::default() });
    let mut rest = Vec::new();
    half_open(&server, "").read_to_end(&mut rest).expect("the end");
    assert_eq!(String::from_utf8_lossy(&rest), "");
}

#[test]
fn a_body_that_never_ends_is_given_up() {
    let server = serving(Limits { body_time: Duration::from_millis(100), ..Limits::default() });
    let head = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
    let mut stream = half_open(&server, head);
    let mut reply = String::new();
    let _ = stream.read_to_string(&mut reply);
    assert!(reply.starts_with("HTTP/1.1 408") && reply.contains("REQUEST_TIMEOUT"), "{reply}");
}

#[test]
fn connections_beyond_the_limit_wait_for_a_place() {
    let server = serving(Limits { connections: 2, ..Limits::default() });
    let first = half_open(&server, "GET /health HTTP/1.1\r\n");
    let second = half_open(&server, "GET /health HTTP/1.1\r\n");
    let mut third = half_open(&server, "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    third.set_read_timeout(Some(Duration::from_millis(300))).expect("a time-out");
    let mut reply = [0; 12];
    assert!(third.read_exact(&mut reply).is_err(), "there was no place for a third connection");
    drop(first);
    third.set_read_timeout(Some(Duration::from_secs(60))).expect("a time-out");
    third.read_exact(&mut reply).expect("the third connection has the place of the first");
    assert_eq!(&reply, b"HTTP/1.1 200");
    drop(second);
}

/// A question that costs much, and no other like it, so that no kept answer can be given.
fn costly(number: usize) -> String {
    format!(
        "{{ q{number}: countries(first: 100) {{ nodes {{ name agreements(first: 50) {{ nodes {{ name }} }} }} }} }}"
    )
}

#[test]
fn health_is_answered_while_heavy_questions_run() {
    // How long these take depends on the machine.
    let api = Api::new(graphql::Limits { time: 10 * PATIENCE, ..graphql::Limits::default() });
    let server = TestServer::with(State::within(Limits::default(), api, Live::new(example_graph())));
    let (done, asked, answered) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        let clients: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    while !done.load(Ordering::Relaxed) {
                        let answer = server.ask(&costly(asked.fetch_add(1, Ordering::Relaxed)));
                        assert!(answer.get("errors").is_none(), "{answer}");
                        answered.fetch_add(1, Ordering::Relaxed);
                    }
                })
            })
            .collect();
        let mut while_running = 0;
        while while_running < 20 && !clients.iter().any(|client| client.is_finished()) {
            let is_running = asked.load(Ordering::Relaxed) > answered.load(Ordering::Relaxed);
            assert_eq!(server.send("GET", "/health", &[], "").status, 200);
            while_running += usize::from(is_running);
        }
        done.store(true, Ordering::Relaxed);
    });
}

/// Far more than can be answered in a millisecond, and the limits under which it may be asked.
fn endless() -> (String, graphql::Limits) {
    let one = |n| format!("q{n}: countries(first: 100) {{ nodes {{ agreements(first: 50) {{ nodes {{ name }} }} }} }}");
    let document = format!("{{ {} }}", (0..150).map(one).collect::<Vec<_>>().join(" "));
    let time = Duration::from_millis(1);
    (document, graphql::Limits { time, cost: u64::MAX, ..graphql::Limits::default() })
}

#[test]
fn a_question_that_takes_too_long_is_given_up() {
    let (document, limits) = endless();
    let state = State::within(Limits::default(), Api::new(limits), Live::new(example_graph()));
    let server = TestServer::with(state);
    let body = serde_json::json!({ "query": document }).to_string();
    let reply = server.send("POST", "/graphql", &[("Content-Type", "application/json")], &body);
    assert_eq!((reply.status, reply.codes()), (503, vec!["REQUEST_TIMEOUT".to_owned()]), "{}", reply.body);
    assert_eq!((reply.header("cache-control"), reply.header("etag")), ("no-store", ""));
    assert!(reply.body.contains("longer than 1ms"), "{}", reply.body);
}

/// Runs a question that would take years, since nothing but its time, or that nobody waits for it any more,
/// ends it; and waits until it has given its place back.
fn place_comes_back(time: Duration, waits: Duration) -> Option<Vec<String>> {
    let limits = graphql::Limits {
        time,
        work: u64::MAX,
        work_per_request: u64::MAX,
        request_work: u64::MAX,
        ..graphql::Limits::default()
    };
    let document = r#"{ paths(from: "canada", to: "germany", mode: SIMPLE, hubs: ALLOW, maxLength: 32, first: 0) { totalCount } }"#;
    let (api, place) = (Api::new(limits), std::sync::Arc::new(()));
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let answer = runtime.block_on(async {
        let prepared = api
            .prepare(Question { document: document.into(), ..Question::default() })
            .expect("a question that may be run");
        let answer = api.run(prepared, RequestState::new(REAL.clone(), Language::En).holding(place.clone()));
        tokio::time::timeout(waits, answer.into_future()).await.ok()
    });
    let deadline = std::time::Instant::now() + Duration::from_secs(60);
    while std::sync::Arc::strong_count(&place) > 1 {
        assert!(std::time::Instant::now() < deadline, "it is still worked on");
        thread::sleep(Duration::from_millis(1));
    }
    answer.map(|answer| answer.codes().into_iter().map(str::to_owned).collect())
}

#[test]
fn work_ends_with_its_time_and_when_nobody_waits_for_it() {
    let (short, long) = (Duration::from_millis(20), Duration::from_secs(3600));
    assert_eq!(place_comes_back(short, long), Some(vec!["REQUEST_TIMEOUT".to_owned()]));
    assert_eq!(place_comes_back(long, short), None);
}

#[test]
fn questions_beyond_the_limit_are_turned_away_and_nobody_keeps_that() {
    let server = serving(Limits { questions: 0, ..Limits::default() });
    let question = "/graphql?query=%7B__typename%7D";
    for accept in ["application/json", "application/graphql-response+json"] {
        let reply = server.send("GET", question, &[("Accept", accept)], "");
        assert_eq!((reply.status, reply.codes()), (503, vec!["OVERLOADED".to_owned()]), "{}", reply.body);
        assert_eq!((reply.header("retry-after"), reply.header("cache-control")), ("1", "no-store"));
        assert_eq!((reply.header("etag"), reply.header("content-type").split(';').next()), ("", Some(accept)));
    }
    let page = server.send("GET", "/query?query=%7B__typename%7D", &[], "");
    assert!(page.body.contains("OVERLOADED"), "{}", page.body);
    assert_eq!(server.send("GET", "/health", &[], "").status, 200);
    assert_eq!(server.send("GET", "/export/nodes.csv", &[], "").status, 200);
    // What is refused before it runs is refused as ever.
    assert_eq!(server.send("GET", "/graphql?query=%7B", &[], "").codes(), ["GRAPHQL_PARSE_FAILED"]);
}

#[test]
fn a_file_without_a_place_is_refused_in_time() {
    let server = serving(Limits { files: 0, file_wait: Duration::from_millis(50), ..Limits::default() });
    for path in ["/export/nodes.csv", "/export/graph.graphml", "/q/agreements-since.graphml?date=2020-01-01"] {
        let reply = server.send("GET", path, &[], "");
        assert_eq!((reply.status, reply.header("retry-after")), (503, "1"), "{path}: {}", reply.body);
        assert_eq!(reply.json()["type"], "urn:pactgraph:problem:overloaded", "{path}");
    }
}
