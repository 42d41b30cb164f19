//! What a request costs the service over a real socket, as a ratio to a stated limit in the same run.
//!
//! `cargo bench --bench http` prints a table for `benches/README.md`. Costs are processor time of all
//! threads of a service, read from the kernel's accounts; ours and the limit are asked in turn, a few
//! hundred requests at a time, and the median of the ratios is shown with the spread of their middle
//! half, which tells how restless the machine was.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;

use async_graphql_axum::{GraphQLRequest, GraphQLResponse};
use axum::Router;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::routing::any;
use pactgraph::dataset::{Files, ValidDataset};
use pactgraph::graph::Graph;
use pactgraph::graphql::{Api, Language, RequestState};
use pactgraph::http::{self, Life, Limits, State};
use pactgraph::live::Live;

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Rounds of a comparison.
const ROUNDS: usize = 31;
/// Requests of each side in a round.
const REQUESTS: usize = 300;

const NODE: &str = r#"{ node(id: "germany") { id kind name url start } }"#;
const AGREEMENT: &str = r#"{ agreement(id: "canada-eu-raw-materials-partnership") {
  id name date status
  parties { totalCount nodes { id name } }
  themes { totalCount nodes { id name } }
} }"#;
const LIST: &str = "{ agreements(first: 50) { totalCount nodes { id name date status url summary } } }";

fn main() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("graph-data");
    let dataset = Files::from_dir(&dir).and_then(|files| ValidDataset::from_files(&files)).expect("valid data");
    let graph = Arc::new(Graph::new(dataset));

    let ours = Service::start(ours(&graph, Limits::default()));
    let uncached = Service::start(ours_uncached(&graph));
    let plain = Service::start(plain(&graph));

    println!("| request | limit | ratio | middle half |\n| --- | --- | --- | --- |");
    for (name, query) in [("a node", NODE), ("an agreement", AGREEMENT), ("a list of 50", LIST)] {
        let body = ours.fetch(&post(query, ""));
        let bytes = Bytes::from(body.body);
        let bare = Service::start(bare(bytes));
        compare(
            &format!("{name}, kept, by POST"),
            "bare axum, same bytes",
            (&ours, &post(query, "")),
            (&bare, &post(query, "")),
        );
        compare(
            &format!("{name}, kept, by GET"),
            "bare axum, same bytes",
            (&ours, &get(query, "")),
            (&bare, &get(query, "")),
        );
        let known = format!("If-None-Match: {}\r\n", body.tag);
        let empty = Service::start(not_modified());
        compare(&format!("{name}, 304"), "bare axum, 304", (&ours, &get(query, &known)), (&empty, &get(query, &known)));
        compare(
            &format!("{name}, executed"),
            "plain async-graphql",
            (&uncached, &post(query, "")),
            (&plain, &post(query, "")),
        );
    }
}

fn ours(graph: &Arc<Graph>, limits: Limits) -> Router {
    http::router(State::within(limits, Api::default(), Live::new(graph.clone())))
}

fn ours_uncached(graph: &Arc<Graph>) -> Router {
    ours(graph, Limits { cache_bytes: 0, ..Limits::default() })
}

/// The limit of kept answers: the same bytes, known beforehand.
fn bare(bytes: Bytes) -> Router {
    let answer = move |_: Bytes| {
        let bytes = bytes.clone();
        async move { ([(CONTENT_TYPE, "application/json; charset=utf-8")], bytes) }
    };
    Router::new().route("/graphql", any(answer))
}

fn not_modified() -> Router {
    Router::new().route("/graphql", any(async || axum::http::StatusCode::NOT_MODIFIED))
}

/// The limit of executed answers: the library's own handler around the same schema.
fn plain(graph: &Arc<Graph>) -> Router {
    let (schema, graph) = (pactgraph::graphql::schema(&Default::default()), graph.clone());
    let answer = async move |request: GraphQLRequest| {
        let request = request.into_inner().data(RequestState::new(graph.clone(), Language::En));
        GraphQLResponse::from(schema.execute(request).await)
    };
    Router::new().route("/graphql", any(answer))
}

fn post(query: &str, headers: &str) -> Vec<u8> {
    let body = serde_json::json!({ "query": query }).to_string();
    let length = body.len();
    format!(
        "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAccept: application/json\r\n{headers}\
         Content-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

fn get(query: &str, headers: &str) -> Vec<u8> {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("query", query).finish();
    format!("GET /graphql?{query} HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n{headers}\r\n").into_bytes()
}

/// Asks both in turn and prints the median of the ratios of their costs.
fn compare(name: &str, limit: &str, (ours, asked): (&Service, &[u8]), (theirs, of_them): (&Service, &[u8])) {
    let (mut us, mut them) = (ours.connect(), theirs.connect());
    let mut ratios = Vec::with_capacity(ROUNDS);
    let mut micros = Vec::with_capacity(ROUNDS);
    for round in 0..=ROUNDS {
        let cost = us.cost(asked);
        let base = them.cost(of_them);
        // The first round fills caches and pools.
        if round > 0 {
            ratios.push(cost / base);
            micros.push(cost * 1e6);
        }
    }
    ratios.sort_by(f64::total_cmp);
    micros.sort_by(f64::total_cmp);
    let (low, middle, high) = (ratios[ROUNDS / 4], ratios[ROUNDS / 2], ratios[ROUNDS * 3 / 4]);
    println!("| {name} ({:.1} µs) | {limit} | {middle:.2} | {low:.2}–{high:.2} |", micros[ROUNDS / 2]);
}

/// A service on threads of its own.
struct Service {
    address: SocketAddr,
    thread: String,
}

impl Service {
    fn start(router: Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.set_nonblocking(true).expect("a listener that does not block");
        let address = listener.local_addr().expect("an address");
        let (said, thread) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let own = std::fs::read_link("/proc/thread-self").expect("Linux's accounts");
            said.send(format!("/proc/{}/schedstat", own.display())).expect("a listener");
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
                http::serve_router(listener, router, Life::default(), Limits::default()).await;
            });
        });
        Self { address, thread: thread.recv().expect("a thread") }
    }

    fn connect(&self) -> Connection<'_> {
        let stream = TcpStream::connect(self.address).expect("the service listens");
        stream.set_nodelay(true).expect("a socket");
        Connection { service: self, stream, buffer: vec![0; 1 << 20] }
    }

    fn fetch(&self, request: &[u8]) -> Reply {
        self.connect().ask(request)
    }

    /// Seconds of processor time so far.
    fn spent(&self) -> f64 {
        let account = std::fs::read_to_string(&self.thread).expect("the account of a thread");
        let nanos: f64 = account.split(' ').next().and_then(|first| first.parse().ok()).expect("a number");
        nanos / 1e9
    }
}

struct Connection<'s> {
    service: &'s Service,
    stream: TcpStream,
    buffer: Vec<u8>,
}

struct Reply {
    body: Vec<u8>,
    tag: String,
}

impl Connection<'_> {
    /// Seconds of processor time a request costs.
    fn cost(&mut self, request: &[u8]) -> f64 {
        let before = self.service.spent();
        for _ in 0..REQUESTS {
            self.ask(request);
        }
        (self.service.spent() - before) / REQUESTS as f64
    }

    fn ask(&mut self, request: &[u8]) -> Reply {
        self.stream.write_all(request).expect("a request");
        let mut filled = 0;
        loop {
            let read = self.stream.read(&mut self.buffer[filled..]).expect("a reply");
            assert!(read > 0, "the connection ended");
            filled += read;
            let Some(head) = self.buffer[..filled].windows(4).position(|end| end == b"\r\n\r\n") else { continue };
            let text = String::from_utf8_lossy(&self.buffer[..head]).to_ascii_lowercase();
            assert!(text.starts_with("http/1.1 200") || text.starts_with("http/1.1 304"), "{text}");
            let header = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim();
            let length: usize = header("content-length:").parse().unwrap_or(0);
            if filled >= head + 4 + length {
                let tag = header("etag:").replace("w/", "W/");
                return Reply { body: self.buffer[head + 4..head + 4 + length].to_vec(), tag };
            }
        }
    }
}
