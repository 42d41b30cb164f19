//! Traces, as a collector gets them.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{KeyValue, any_value};
use opentelemetry_proto::tonic::trace::v1::Span;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use prost::Message;

use crate::program::Program;
use crate::server::until;

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT: &str = "00f067aa0ba902b7";

/// The body of a request for traces, which is answered as taken.
fn taken(stream: TcpStream) -> Vec<u8> {
    let mut reader = BufReader::new(stream);
    let (mut length, mut line) = (0, String::new());
    while reader.read_line(&mut line).expect("a head") > 2 {
        let head = line.to_ascii_lowercase();
        assert!(!head.starts_with("post") || head.starts_with("post /v1/traces "), "{line}");
        if let Some(value) = head.strip_prefix("content-length:") {
            length = value.trim().parse().expect("a length");
        }
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    reader.get_mut().write_all(answer).expect("the service reads");
    body
}

/// A collector: its address, and the bodies it gets.
fn collector() -> (String, Receiver<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let (sender, bodies) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            if sender.send(taken(stream.expect("a connection"))).is_err() {
                return;
            }
        }
    });
    (address, bodies)
}

fn text(attributes: &[KeyValue], name: &str) -> Option<String> {
    let value = attributes.iter().find(|one| one.key == name)?.value.as_ref()?.value.as_ref()?;
    if let any_value::Value::StringValue(text) = value {
        return Some(text.clone());
    }
    let any_value::Value::IntValue(number) = value else { panic!("{name} is {value:?}") };
    Some(number.to_string())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn ask(program: &Program, headers: &[(&str, &str)], body: &str) -> String {
    let mut request = ureq::post(program.address("API")).header("Content-Type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send(body).expect("an answer").body_mut().read_to_string().expect("a text")
}

#[test]
fn a_collector_gets_one_span_for_each_request_without_its_variables() {
    let (address, bodies) = collector();
    let mut program = Program::serve(&["--otlp-endpoint", &address, "--grace-time", "0s"]);
    let secret =
        r#"{"query": "query Secrets($id: ID!) { node(id: $id) { name } }", "variables": {"id": "canada-secret"}}"#;
    let parent = format!("00-{TRACE}-{PARENT}-01");
    let answer = ask(&program, &[("traceparent", &parent)], secret);
    assert!(answer.contains("data"), "{answer}");
    ask(&program, &[], r#"{"query": "{ nonsense }"}"#);
    ask(&program, &[("accept", "text/event-stream")], r#"{"query": "query Streamed { canada { name } }"}"#);
    ureq::get(program.url("/health/live")).call().expect("an answer");
    program.signal("TERM");
    assert_eq!(program.wait().code(), Some(0), "{}", program.log());

    let body = bodies.recv_timeout(Duration::from_secs(60)).expect("what was left is sent at the end");
    assert!(!String::from_utf8_lossy(&body).contains("canada-secret"));
    let request = ExportTraceServiceRequest::decode(&*body).expect("a request for traces");
    let [of_resource] = &request.resource_spans[..] else { panic!("{request:?}") };
    let resource = &of_resource.resource.as_ref().expect("a resource").attributes;
    assert_eq!(text(resource, "service.name").as_deref(), Some("pactgraph"));
    assert_eq!(text(resource, "service.version").as_deref(), Some(env!("CARGO_PKG_VERSION")));
    let spans: Vec<&Span> = of_resource.scope_spans.iter().flat_map(|scope| &scope.spans).collect();
    // A question on a line that serves many ends by itself, and in no order with the request.
    let (questions, spans): (Vec<_>, Vec<_>) = spans.into_iter().partition(|span| span.name == "question");
    // Each ends once its answer is sent, which the next request does not wait for.
    let mut spans = spans;
    spans.sort_by_key(|span| span.start_time_unix_nano);
    let names: Vec<_> = spans.iter().map(|span| (&*span.name, span.kind())).collect();
    let (asked, looked) = (("POST /graphql", SpanKind::Server), ("GET /health/live", SpanKind::Server));
    assert_eq!(names, [asked, asked, asked, looked]);

    let of = |at: usize, name: &str| text(&spans[at].attributes, name);
    assert_eq!((hex(&spans[0].trace_id), hex(&spans[0].parent_span_id)), (TRACE.into(), PARENT.into()));
    assert!(spans[1].parent_span_id.is_empty() && spans[1].trace_id != spans[0].trace_id);
    let expected = [
        ("graphql.operation.name", "Secrets"),
        ("pactgraph.cache", "miss"),
        ("http.request.method", "POST"),
        ("http.route", "/graphql"),
        ("http.response.status_code", "200"),
    ];
    for (name, value) in expected {
        assert_eq!(of(0, name).as_deref(), Some(value), "{name}: {:?}", spans[0]);
    }
    assert!(of(0, "pactgraph.document.hash").is_some_and(|hash| hash.len() == 16), "{:?}", spans[0]);
    assert!(of(0, "pactgraph.cost").is_some_and(|cost| cost.parse::<u64>().is_ok_and(|cost| cost > 0)));
    assert_eq!(of(1, "error.type").as_deref(), Some("GRAPHQL_VALIDATION_FAILED"));
    let [streamed] = &questions[..] else { panic!("{questions:?}") };
    assert_eq!((&streamed.trace_id, &streamed.parent_span_id), (&spans[2].trace_id, &spans[2].span_id));
    assert_eq!(text(&streamed.attributes, "graphql.operation.name").as_deref(), Some("Streamed"));
}

#[test]
fn a_collector_that_is_away_harms_no_request_and_is_missed_once() {
    let nobody = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
    let args = ["--otlp-endpoint", &format!("http://{nobody}"), "--grace-time", "0s"];
    let mut program = Program::serve_with(&args, &[("OTEL_BSP_SCHEDULE_DELAY", "10")]);
    let question = r#"{"query": "{ canada { id } }"}"#;
    until("a line of the log", || {
        assert!(ask(&program, &[], question).contains("canada"));
        program.log().contains("traces cannot be sent").then_some(())
    });
    assert!(ask(&program, &[], question).contains("canada"));
    program.signal("TERM");
    assert_eq!(program.wait().code(), Some(0), "{}", program.log());
    assert_eq!(program.log().matches("traces cannot be sent").count(), 1, "{}", program.log());
}

#[test]
fn without_the_option_nothing_is_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let mut program = Program::serve_with(&["--grace-time", "0s"], &[("OTEL_EXPORTER_OTLP_ENDPOINT", &address)]);
    ask(&program, &[], r#"{"query": "{ canada { id } }"}"#);
    program.signal("TERM");
    assert_eq!(program.wait().code(), Some(0), "{}", program.log());
    listener.set_nonblocking(true).expect("a listener that does not block");
    assert_eq!(listener.accept().expect_err("nobody came").kind(), ErrorKind::WouldBlock);
}
