//! The protocols of web sockets and event streams, message by message.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use pactgraph::graphql::Api;
use pactgraph::http::{Limits, State, Streams};
use pactgraph::live::Live;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message, WebSocket, client};

use super::world::graph;
use crate::server::{PATIENCE, TestServer, until};

pub(super) const CHANGES: &str = "subscription { releasePublished { before { id } after { id } } }";

/// A service within these limits, and what it serves.
fn service(streams: Streams) -> (std::sync::Arc<Live>, TestServer) {
    let live = Live::new(graph("r0"));
    let server = TestServer::with(State::within(Limits { streams, ..Limits::default() }, Api::default(), live.clone()));
    (live, server)
}

/// A client that says what it is told to.
pub(super) struct Socket(WebSocket<TcpStream>);

impl Socket {
    /// Opens a socket with this subprotocol, or none.
    fn open(server: &TestServer, subprotocol: &str) -> Result<Self, Box<Error>> {
        let mut request = server.url("/graphql").replace("http", "ws").into_client_request().expect("an address");
        if !subprotocol.is_empty() {
            let value = HeaderValue::from_str(subprotocol).expect("a header");
            request.headers_mut().insert("sec-websocket-protocol", value);
        }
        let stream = TcpStream::connect(server.address()).expect("the service listens");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time-out");
        match client(request, stream) {
            Ok((socket, _)) => Ok(Self(socket)),
            // The client wants one of its own to be chosen; the socket is open all the same.
            Err(tokio_tungstenite::tungstenite::HandshakeError::Failure(error)) => Err(Box::new(error)),
            Err(error) => panic!("no handshake: {error}"),
        }
    }

    /// A socket that may ask; none where there is no place for it, or it came too late.
    fn begun(server: &TestServer) -> Option<Self> {
        let mut socket = Self::open(server, "graphql-transport-ws").ok()?;
        socket.0.send(Message::text(json!({"type": "connection_init"}).to_string())).ok()?;
        loop {
            match socket.0.read().ok()? {
                Message::Text(text) => return text.contains("connection_ack").then_some(socket),
                Message::Close(_) => return None,
                Message::Ping(_) | Message::Pong(_) | Message::Binary(_) | Message::Frame(_) => (),
            }
        }
    }

    /// A socket that may ask.
    pub(super) fn ready(server: &TestServer) -> Self {
        let mut socket = Self::open(server, "graphql-transport-ws").expect("a socket");
        socket.say(&json!({"type": "connection_init"}));
        assert_eq!(socket.hear(), json!({"type": "connection_ack"}));
        socket
    }

    fn say(&mut self, message: &Value) {
        self.0.send(Message::text(message.to_string())).expect("a sent message");
    }

    pub(super) fn ask(&mut self, id: &str, query: &str) {
        self.say(&json!({"type": "subscribe", "id": id, "payload": {"query": query}}));
    }

    pub(super) fn hear(&mut self) -> Value {
        loop {
            let message = self.0.read().expect("a message");
            assert!(!message.is_close(), "closed: {message:?}");
            if let Message::Text(text) = message {
                return serde_json::from_str(&text).expect("JSON");
            }
        }
    }

    /// The code the service closes with; whatever comes before is passed over.
    fn code(&mut self) -> u16 {
        self.end().unwrap_or_else(|error| panic!("no code: {error}"))
    }

    fn end(&mut self) -> Result<u16, Box<Error>> {
        loop {
            if let Message::Close(frame) = self.0.read().map_err(Box::new)? {
                return Ok(frame.map_or(0, |frame| frame.code.into()));
            }
        }
    }
}

/// What a client does, and the code it is answered with.
type Case = (&'static str, fn(&mut Socket), u16);

#[test]
fn each_breach_of_the_protocol_has_its_code() {
    let (_live, server) = service(Streams { id_bytes: 16, message_bytes: 1_000, ..Streams::default() });
    let cases: [Case; 14] = [
        ("no JSON", |socket| socket.0.send(Message::text("hello")).expect("sent"), 4400),
        ("no object", |socket| socket.say(&json!([])), 4400),
        ("no type", |socket| socket.say(&json!({"id": "1"})), 4400),
        ("a type of ours", |socket| socket.say(&json!({"type": "connection_ack"})), 4400),
        ("a type of the protocol before", |socket| socket.say(&json!({"type": "start", "id": "1"})), 4400),
        ("bytes", |socket| socket.0.send(Message::binary(vec![1, 2])).expect("sent"), 4400),
        ("no question", |socket| socket.say(&json!({"type": "subscribe", "id": "1", "payload": {}})), 4400),
        ("a long id", |socket| socket.ask("12345678901234567", "{ a }"), 4400),
        ("a question before its time", |socket| socket.ask("1", "{ __typename }"), 4401),
        (
            "a second beginning",
            |socket| {
                socket.say(&json!({"type": "connection_init"}));
                socket.say(&json!({"type": "connection_init"}));
            },
            4429,
        ),
        (
            "an id that is taken",
            |socket| {
                socket.say(&json!({"type": "connection_init"}));
                socket.ask("1", CHANGES);
                socket.ask("1", "{ __typename }");
            },
            4409,
        ),
        ("a message too large", |socket| socket.ask("1", &" ".repeat(2_000)), 1009),
        (
            "no UTF-8",
            |socket| {
                // A text of one byte, 0xff, behind a mask of zeros.
                socket.0.get_mut().write_all(&[0x81, 0x81, 0, 0, 0, 0, 0xff]).expect("sent");
            },
            1007,
        ),
        ("no masks", |socket| socket.0.get_mut().write_all(&[0x81, 0x01, b'a']).expect("sent"), 1002),
    ];
    for (what, act, code) in cases {
        let mut socket = Socket::open(&server, "graphql-transport-ws").expect("a socket");
        act(&mut socket);
        assert_eq!(socket.end().map_err(|error| format!("{what}: {error}")), Ok(code), "{what}");
    }
    assert_eq!(server.send("GET", "/health", &[], "").status, 200);
}

#[test]
fn a_client_that_closes_is_answered_with_its_code() {
    let (_live, server) = service(Streams::default());
    let frame = |code: u16| CloseFrame { code: code.into(), reason: "".into() };
    let codes = [(1000, 1000), (1001, 1001), (3000, 3000), (4000, 4000), (4999, 4999), (1005, 1002)];
    for (sent, heard) in codes {
        for is_ready in [true, false] {
            let mut socket = match is_ready {
                true => Socket::ready(&server),
                false => Socket::open(&server, "graphql-transport-ws").expect("a socket"),
            };
            if is_ready {
                socket.ask("changes", CHANGES);
            }
            socket.0.close(Some(frame(sent))).expect("sent");
            assert_eq!(socket.end().map_err(|error| format!("{sent}: {error}")), Ok(heard), "{sent}");
            // After both have said so, the service ends the connection, and not by a reset.
            assert!(matches!(socket.0.read(), Err(Error::ConnectionClosed)), "{sent}");
        }
    }
    let mut socket = Socket::ready(&server);
    socket.0.close(None).expect("sent");
    assert_eq!(socket.end().map_err(|error| error.to_string()), Ok(0), "no code is answered with none");
}

#[test]
fn only_the_subprotocol_of_today_is_spoken() {
    let (_live, server) = service(Streams::default());
    let mut none = Socket::open(&server, "").expect("a socket");
    assert_eq!(none.code(), 4406);
    let key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13";
    let head = format!("GET /graphql HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n{key}");
    let mut legacy = TcpStream::connect(server.address()).expect("the service listens");
    legacy.write_all(format!("{head}\r\nSec-WebSocket-Protocol: graphql-ws\r\n\r\n").as_bytes()).expect("sent");
    legacy.set_read_timeout(Some(Duration::from_secs(60))).expect("a time-out");
    let mut reply = Vec::new();
    // A masked close frame without a code ends it on our side.
    while !reply.windows(2).any(|pair| pair == 4406_u16.to_be_bytes()) {
        let mut byte = [0];
        legacy.read_exact(&mut byte).expect("a close frame");
        reply.push(byte[0]);
    }
    let text = String::from_utf8_lossy(&reply).to_ascii_lowercase();
    assert!(text.starts_with("http/1.1 101") && !text.contains("sec-websocket-protocol"), "{text}");
    // Of several, ours is chosen.
    let mut several = Socket::open(&server, "graphql-ws, graphql-transport-ws").expect("a socket");
    several.say(&json!({"type": "connection_init"}));
    assert_eq!(several.hear()["type"], "connection_ack");
}

#[test]
fn whoever_does_not_begin_is_not_waited_for() {
    let init_time = Duration::from_millis(100);
    let (_live, server) = service(Streams { init_time, ..Streams::default() });
    let mut socket = Socket::open(&server, "graphql-transport-ws").expect("a socket");
    assert_eq!(socket.code(), 4408);
    // Once begun, there is no hurry. On a busy machine it may take some attempts to begin in time.
    let mut socket = until("a socket that begins in time", || Socket::begun(&server));
    std::thread::sleep(2 * init_time);
    socket.say(&json!({"type": "ping", "payload": {"a": 1}}));
    assert_eq!(socket.hear(), json!({"type": "pong", "payload": {"a": 1}}));
}

#[test]
fn questions_and_subscriptions_share_a_connection() {
    let (live, server) = service(Streams { operations: 2, ..Streams::default() });
    let mut socket = Socket::ready(&server);
    socket.ask("changes", CHANGES);
    socket.ask("one", "{ release { id } }");
    let answer = socket.hear();
    assert_eq!((&answer["type"], &answer["id"]), (&"next".into(), &"one".into()), "{answer}");
    assert_eq!(answer["payload"]["data"], json!({"release": {"id": "r0"}}));
    assert!(answer["payload"]["extensions"]["cost"]["limit"].is_number(), "{answer}");
    assert_eq!(socket.hear(), json!({"type": "complete", "id": "one"}));
    // What is refused is an error, and its id is free again.
    for query in ["{ nonsense }", "{", ""] {
        socket.ask("one", query);
        let refused = socket.hear();
        assert_eq!((&refused["type"], &refused["id"]), (&"error".into(), &"one".into()), "{refused}");
        assert!(refused["payload"][0]["extensions"]["code"].is_string(), "{refused}");
    }
    live.publish(graph("r1"));
    let change = socket.hear();
    let expected = json!({"before": {"id": "r0"}, "after": {"id": "r1"}});
    assert_eq!((&change["id"], &change["payload"]["data"]["releasePublished"]), (&"changes".into(), &expected));
    socket.ask("more", CHANGES);
    socket.ask("most", CHANGES);
    let refused = socket.hear();
    assert_eq!((&refused["id"], &refused["type"]), (&"most".into(), &"error".into()), "{refused}");
    assert_eq!(refused["payload"][0]["extensions"]["code"], "TOO_MANY_OPERATIONS");
    // Of what the client has completed nothing more is heard.
    socket.say(&json!({"type": "complete", "id": "changes"}));
    socket.say(&json!({"type": "complete", "id": "unknown"}));
    socket.say(&json!({"type": "ping"}));
    assert_eq!(socket.hear(), json!({"type": "pong"}));
    live.publish(graph("r2"));
    assert_eq!(socket.hear()["id"], "more");
    socket.ask("changes", "{ release { id } }");
    assert_eq!(socket.hear()["payload"]["data"]["release"]["id"], "r2");
}

#[test]
fn sockets_are_as_many_as_allowed_and_the_silent_make_room() {
    let (_live, server) = service(Streams { sockets: 1, ping_time: 10 * PATIENCE, ..Streams::default() });
    let only = Socket::ready(&server);
    let Err(refused) = Socket::open(&server, "graphql-transport-ws") else { panic!("a second socket was opened") };
    let Error::Http(refused) = *refused else { panic!("no refusal: {refused}") };
    assert_eq!((refused.status().as_u16(), refused.headers()["retry-after"].as_bytes()), (503, &b"10"[..]));
    drop(only);

    let streams = Streams { sockets: 1, ping_time: Duration::from_millis(200), ..Streams::default() };
    let (_live, server) = service(streams);
    let silent = until("a socket", || Socket::begun(&server));
    // It answers no ping, since nobody reads.
    until("a place", || Socket::begun(&server));
    drop(silent);
}

#[test]
fn whoever_does_not_read_is_dropped() {
    let streams = Streams { sockets: 1, send_time: Duration::from_millis(200), ..Streams::default() };
    let (_live, server) = service(streams);
    let mut slow = Socket::ready(&server);
    let fields: String = (0..200).map(|n| format!("a{n}: node(id: \"arcadia\") {{ id kind summary name }} ")).collect();
    // Many large answers, none of them read: the buffers of the system fill.
    let ask = json!({"type": "subscribe", "id": "x", "payload": {"query": format!("{{ {fields} }}")}}).to_string();
    let stream = slow.0.get_ref().try_clone().expect("the line");
    stream.set_write_timeout(Some(Duration::from_secs(60))).expect("a time-out");
    let mut asked = 0;
    while asked < 20_000 && slow.0.send(Message::text(ask.replace("\"x\"", &format!("\"{asked}\"")))).is_ok() {
        asked += 1;
    }
    assert!(asked < 20_000, "the service reads on for whoever does not");
    until("a place", || Socket::open(&server, "graphql-transport-ws").ok());
}

#[test]
fn a_service_that_ends_says_so() {
    let (_live, server) = service(Streams::default());
    let mut socket = Socket::ready(&server);
    socket.ask("changes", CHANGES);
    socket.ask("sign", "{ __typename }");
    assert_eq!(socket.hear()["id"], "sign");
    let mut events = Events::open(&server, CHANGES);
    let ended = std::thread::spawn(move || drop(server));
    assert_eq!(socket.code(), 1001);
    assert_eq!(events.next(), ("complete".to_owned(), String::new()));
    ended.join().expect("an end");
}

/// A stream of events, read as it comes.
pub(super) struct Events(BufReader<TcpStream>);

impl Events {
    pub(super) fn open(server: &TestServer, query: &str) -> Self {
        let mut stream = TcpStream::connect(server.address()).expect("the service listens");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time-out");
        let body = json!({ "query": query }).to_string();
        let head = "POST /graphql HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nContent-Type: application/json";
        write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).expect("a sent request");
        let mut events = Self(BufReader::new(stream));
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert_ne!(events.0.read_line(&mut head).expect("a line"), 0);
        }
        let head = head.to_ascii_lowercase();
        for expected in [
            "http/1.1 200",
            "content-type: text/event-stream; charset=utf-8",
            "x-accel-buffering: no",
            "cache-control: no-store, no-transform",
            "access-control-allow-origin: *",
        ] {
            assert!(head.contains(expected), "{expected}: {head}");
        }
        assert!(!head.contains("content-encoding"), "{head}");
        events
    }

    /// A line of the stream; those of the chunks it travels in are passed over.
    fn line(&mut self) -> String {
        let mut line = String::new();
        assert_ne!(self.0.read_line(&mut line).expect("a line"), 0, "the stream has ended");
        line.trim_end().to_owned()
    }

    /// The next event and its data.
    pub(super) fn next(&mut self) -> (String, String) {
        loop {
            if let Some(event) = self.line().strip_prefix("event: ") {
                let data = self.line();
                return (event.to_owned(), data.strip_prefix("data:").expect("data").trim_start().to_owned());
            }
        }
    }
}

#[test]
fn answers_come_as_events_too() {
    let streams = Streams { event_streams: 1, ping_time: Duration::from_millis(20), ..Streams::default() };
    let (live, server) = service(streams);
    let mut events = Events::open(&server, CHANGES);
    for _ in 0..3 {
        while events.line() != ":" {}
    }
    live.publish(graph("r1"));
    let (event, data) = events.next();
    let data: Value = serde_json::from_str(&data).expect("JSON");
    assert_eq!((event.as_str(), &data["data"]["releasePublished"]["after"]["id"]), ("next", &"r1".into()));

    let accept = ("Accept", "text/event-stream");
    let refused = server.send("GET", "/graphql?query=%7B__typename%7D", &[accept], "");
    assert_eq!((refused.status, refused.codes()), (503, vec!["TOO_MANY_STREAMS".to_owned()]));
    assert_eq!(refused.header("retry-after"), "10");
    drop(events);
    let get = |query: &str| {
        until("a place", || {
            let reply = server.send("GET", &format!("/graphql?query={query}"), &[accept], "");
            (reply.status != 503).then_some(reply)
        })
    };
    let answered = get("%7B__typename%7D");
    assert_eq!(answered.status, 200);
    assert!(answered.body.contains("event: next\ndata: {\"data\":{\"__typename\":\"Query\"}"), "{}", answered.body);
    assert!(answered.body.contains("event: complete\ndata:\n\n"), "{}", answered.body);
    let invalid = get("%7Bnonsense%7D");
    assert_eq!(invalid.status, 200);
    assert!(invalid.body.contains("event: next\ndata: {\"errors\":"), "{}", invalid.body);
    assert!(invalid.body.contains("GRAPHQL_VALIDATION_FAILED") && invalid.body.contains("event: complete"));
    // What is no question at all is refused as ever.
    assert_eq!(get("").status, 400);
    assert_eq!(server.send("DELETE", "/graphql", &[accept], "").status, 405);
}
