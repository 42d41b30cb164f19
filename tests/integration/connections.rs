//! How connections end: the answer arrives whatever the client sends or leaves out, and nobody holds a
//! connection by sending or reading slowly.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use pactgraph::graphql::{self, Api};
use pactgraph::http::{Limits, State};
use pactgraph::live::Live;

use crate::server::{SERVER, TestServer, example_graph};

fn serving(limits: Limits) -> TestServer {
    TestServer::with(State::within(limits, Api::default(), Live::new(example_graph())))
}

fn connect(server: &TestServer) -> TcpStream {
    let stream = TcpStream::connect(server.address()).expect("the service listens");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time-out");
    stream.set_write_timeout(Some(Duration::from_secs(60))).expect("a time-out");
    stream
}

/// Everything up to the end of the connection, which must be no reset.
fn rest(mut stream: TcpStream, what: &str) -> String {
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).unwrap_or_else(|error| panic!("{what}: {error}"));
    String::from_utf8(reply).expect("a text")
}

fn post(path: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("POST {path} HTTP/1.1\r\nHost: x\r\n{headers}Content-Length: {length}\r\n\r\n{body}")
}

const JSON: &str = "Content-Type: application/json\r\n";

/// A question that is answered apart from the others.
fn costly(number: usize) -> String {
    let field = "countries(first: 100) { nodes { agreements(first: 60) { nodes { name } } } }";
    serde_json::json!({ "query": format!("{{ a{number}: {field} b: {field} c: {field} }}") }).to_string()
}

#[test]
fn a_client_that_ends_its_side_gets_its_answer() {
    for number in 0..20 {
        let cases = [
            "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(),
            "GET /health/live HTTP/1.0\r\n\r\n".to_owned(),
            "GET /export/nodes.csv HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(),
            post("/graphql", JSON, &format!(r#"{{"query": "{{ a{number}: __typename }}"}}"#)),
            post("/graphql", JSON, &costly(number)),
        ];
        for request in cases {
            let mut stream = connect(&SERVER);
            stream.write_all(request.as_bytes()).expect("the service reads");
            stream.shutdown(Shutdown::Write).expect("half an end");
            let reply = rest(stream, &request);
            assert!(reply.contains(" 200 OK\r\n") && !reply.contains("\"errors\""), "{request}: {reply}");
        }
    }
}

/// The connections that are open, but for the one that asks.
fn connections(server: &TestServer) -> u64 {
    let metrics = server.metrics();
    let line = metrics.lines().find_map(|line| line.strip_prefix("pactgraph_connections "));
    line.and_then(|count| count.parse().ok()).expect("the gauge")
}

#[test]
fn a_client_that_leaves_gives_its_place_back_and_one_that_waits_keeps_it() {
    // No file is ever written, so that the request waits.
    let limits = |file_wait| Limits { files: 0, file_wait, ..Limits::default() };
    let request = b"GET /export/nodes.csv HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let server = serving(limits(Duration::from_secs(3600)));
    let mut streams: Vec<_> = (0..10).map(|_| connect(&server)).collect();
    for stream in &mut streams {
        stream.write_all(request).expect("the service reads");
    }
    while connections(&server) < 10 {
        thread::sleep(Duration::from_millis(10));
    }
    drop(streams);
    let began = Instant::now();
    while connections(&server) > 0 {
        assert!(began.elapsed() < Duration::from_secs(60), "clients that left are still waited for");
        thread::sleep(Duration::from_millis(10));
    }
    let server = serving(limits(Duration::from_secs(1)));
    let mut stream = connect(&server);
    stream.write_all(request).expect("the service reads");
    stream.shutdown(Shutdown::Write).expect("half an end");
    let reply = rest(stream, "a client that waits");
    assert!(reply.starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 "), "{reply}");
    // Nobody waits for the end of a stream of events.
    let mut events = connect(&server);
    let head = format!("{JSON}Accept: text/event-stream\r\n");
    let question = r#"{"query": "subscription { releasePublished { after { id } } }"}"#;
    events.write_all(post("/graphql", &head, question).as_bytes()).expect("the service reads");
    events.read_exact(&mut [0; 12]).expect("the begin of a stream");
    events.shutdown(Shutdown::Write).expect("half an end");
    let began = Instant::now();
    while connections(&server) > 0 {
        assert!(began.elapsed() < Duration::from_secs(10), "a stream outlives its client");
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_refusal_arrives_however_much_was_sent() {
    let mega = "a".repeat(1_000_000);
    let chunks = |size: usize| format!("{size:x}\r\n{}\r\n", &mega[..size]);
    let head = |method: &str, path: &str, more: &str| format!("{method} {path} HTTP/1.1\r\nHost: x\r\n{more}");
    let chunked = head("POST", "/graphql", &format!("{JSON}Transfer-Encoding: chunked\r\n\r\n"));
    let large = |method: &str, path: &str, more: &str, times: usize| {
        let head = head(method, path, &format!("{more}Content-Length: {}\r\n\r\n", times * mega.len()));
        format!("{head}{}", mega.repeat(times))
    };
    let text = "Content-Type: text/plain\r\n";
    let cases = [
        (413, large("POST", "/graphql", JSON, 1)),
        (413, large("POST", "/graphql", JSON, 10)),
        (413, format!("{chunked}{}0\r\n\r\n", chunks(50_000).repeat(20))),
        (415, large("POST", "/graphql", text, 1)),
        (405, large("PUT", "/graphql", "", 1)),
        (405, large("DELETE", "/health", "", 10)),
        (405, large("POST", "/export/nodes.csv", "", 1)),
        (405, large("POST", "/", "", 1)),
        (404, large("POST", "/nothing", "", 1)),
        (404, large("PUT", "/nothing", "", 10)),
        (400, format!("{chunked}xyz\r\n{mega}")),
        (400, format!("NONSENSE\r\n{mega}")),
        (400, head("POST", "/graphql", &format!("Host: y\r\nContent-Length: {}\r\n\r\n{mega}", mega.len()))),
        (414, head("GET", &format!("/graphql?query={}", &mega[..66_000]), "\r\n")),
        (414, head("GET", &format!("/graphql?query={}", mega.repeat(2)), "\r\n")),
        (431, head("GET", "/health", &format!("Cookie: {}\r\n\r\n", &mega[..100_000]))),
        (431, head("GET", "/health", &format!("Cookie: {mega}\r\n\r\n"))),
        (431, head("GET", "/health", &"X: y\r\n".repeat(101))),
    ];
    for (status, request) in &cases {
        for _ in 0..5 {
            let mut stream = connect(&SERVER);
            // All of it is sent before the answer is looked at, as many clients do.
            let sent = stream.write_all(request.as_bytes());
            assert!(sent.is_ok(), "{request:.60}: {sent:?}");
            let reply = rest(stream, &format!("{request:.60}"));
            assert!(reply.starts_with(&format!("HTTP/1.1 {status} ")), "{request:.60}: {reply:.200}");
            let (head, body) = reply.split_once("\r\n\r\n").expect("a head and a body");
            assert!(head.to_ascii_lowercase().contains("\r\nconnection: close"), "{request:.60}: {head}");
            serde_json::from_str::<serde_json::Value>(body).expect("a body in JSON");
        }
    }
}

#[test]
fn a_body_that_is_announced_too_large_is_not_asked_for() {
    let mut stream = connect(&SERVER);
    let head = "POST /graphql HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Type: application/json";
    write!(stream, "{head}\r\nContent-Length: 1000000\r\n\r\n").expect("the service reads");
    let mut reply = [0; 12];
    stream.read_exact(&mut reply).expect("an answer");
    assert_eq!(&reply, b"HTTP/1.1 413");
}

#[test]
fn what_is_dropped_of_a_refused_request_is_bounded() {
    let head = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json";
    let head = format!("{head}\r\nContent-Length: 1000000000000\r\n\r\n");
    let times = [("bytes", 64 * 1024, Duration::from_secs(600)), ("time", 1 << 40, Duration::from_millis(300))];
    for (what, discard_bytes, body_time) in times {
        let server = serving(Limits { discard_bytes, body_time, ..Limits::default() });
        let mut stream = connect(&server);
        stream.write_all(head.as_bytes()).expect("the service reads");
        let began = Instant::now();
        while stream.write_all(&[b' '; 1024]).is_ok() {
            assert!(began.elapsed() < Duration::from_secs(60), "{what}: a refused body is read for ever");
            thread::sleep(Duration::from_millis(1));
        }
    }
}

#[test]
fn bodies_that_are_cut_off_or_have_bad_chunks_are_no_large_ones() {
    let question = r#"{"query": "{ canada { id } }"}"#;
    let (length, json) = (question.len(), JSON);
    let chunked = format!("POST /graphql HTTP/1.1\r\nHost: x\r\n{json}Transfer-Encoding: chunked\r\n\r\n");
    let cases = [
        format!("{chunked}xyz\r\n{question}"),
        format!("{chunked}{length:x}\r\n{question}XX0\r\n\r\n"),
        format!("{chunked}{length:x}\r\n{question}\r\n"),
        format!("{chunked}fffffffffffffffff\r\n{question}"),
        format!("{chunked}-1\r\n{question}"),
        format!("POST /graphql HTTP/1.1\r\nHost: x\r\n{json}Content-Length: 100\r\n\r\n{question}"),
        "GET /health HTTP/1.1\r\nHos".to_owned(),
    ];
    for request in cases {
        let mut stream = connect(&SERVER);
        stream.write_all(request.as_bytes()).expect("the service reads");
        stream.shutdown(Shutdown::Write).expect("half an end");
        let reply = rest(stream, &request);
        assert!(reply.starts_with("HTTP/1.1 400 ") && reply.contains("BAD_REQUEST"), "{request}: {reply}");
    }
}

/// Bytes that the large answer has at least.
const LARGE: usize = 5_000_000;

/// A question with an answer of several megabytes, and a service that gives it.
fn large() -> (String, Api) {
    let limits = graphql::Limits {
        cost: u64::MAX,
        fields: u64::MAX,
        aliases: u64::MAX,
        document_bytes: 1 << 20,
        tokens: 100_000,
        time: Duration::from_secs(600),
        ..graphql::Limits::default()
    };
    let one = |n| format!("a{n}: __schema {{ types {{ name description fields {{ name description }} }} }} ");
    let query: String = (0..80).map(one).collect();
    let body = serde_json::json!({ "query": format!("{{ {query} }}") }).to_string();
    (post("/graphql", &format!("{JSON}Connection: close\r\n"), &body), Api::new(limits))
}

/// A client with a small window, which has asked this and read the first byte of its answer.
fn reader(server: &TestServer, request: &str) -> TcpStream {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).expect("a socket");
    socket.set_recv_buffer_size(4 * 1024).expect("a small window");
    socket.connect(&server.address().into()).expect("the service listens");
    let mut stream = TcpStream::from(socket);
    stream.set_read_timeout(Some(Duration::from_secs(300))).expect("a time-out");
    stream.write_all(request.as_bytes()).expect("the service reads");
    stream.read_exact(&mut [0]).expect("the begin of an answer");
    stream
}

/// Reads for a while at 40 kilobytes a second, and gives their number.
fn read_slowly(stream: &mut TcpStream, time: Duration) -> usize {
    let (began, mut part, mut read) = (Instant::now(), [0; 4096], 0);
    while began.elapsed() < time {
        match stream.read(&mut part) {
            Ok(0) => break,
            Ok(count) => read += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => panic!("{error} after {read} bytes"),
        }
        thread::sleep(Duration::from_millis(100));
    }
    read
}

/// What comes until the connection ends, in whichever way.
fn left(mut stream: TcpStream) -> usize {
    let mut left = Vec::new();
    let _ = stream.read_to_end(&mut left);
    left.len()
}

#[test]
fn a_slow_reader_is_served_to_the_end_and_one_that_reads_nothing_is_not() {
    let (request, api) = large();
    let limits = Limits { write_time: Duration::from_secs(4), body_bytes: 1 << 20, ..Limits::default() };
    let server = TestServer::with(State::within(limits, api, Live::new(example_graph())));
    let idle = reader(&server, &request);
    let mut slow = reader(&server, &request);
    let read = read_slowly(&mut slow, Duration::from_secs(7));
    let mut end = Vec::new();
    slow.read_to_end(&mut end).expect("a slow reader is served to the end");
    let read = read + end.len();
    assert!(read > LARGE, "{read} bytes are too few for this test");
    assert!(left(idle) < LARGE, "a client that reads nothing was waited for");
}

#[test]
fn no_answer_takes_longer_to_read_than_it_may() {
    let (request, api) = large();
    let limits = Limits { answer_time: Duration::from_secs(1), body_bytes: 1 << 20, ..Limits::default() };
    let server = TestServer::with(State::within(limits, api, Live::new(example_graph())));
    let mut slow = reader(&server, &request);
    let read = read_slowly(&mut slow, Duration::from_millis(500));
    thread::sleep(Duration::from_secs(2));
    assert!(read + left(slow) < LARGE, "an answer was waited for longer than it may take");
}
