//! What a request costs the service over a real socket, as a ratio to a stated limit in the same run.
//!
//! `cargo bench --bench http` prints a table for `benches/README.md`. Costs are processor time of all
//! threads of a service, read from the kernel's accounts; ours and the limit are asked in turn, a few
//! hundred requests at a time, and the median of the ratios is shown with the spread of their middle
//! half, which tells how restless the machine was.

mod world;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_graphql_axum::{GraphQLRequest, GraphQLResponse};
use axum::Router;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::routing::any;
use pactgraph::dataset::{Files, ValidDataset};
use pactgraph::graph::Graph;
use pactgraph::graphql::{self, Api, Language, RequestState};
use pactgraph::http::{self, State};
use pactgraph::live::Live;
use tokio::net::TcpListener;

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Rounds of a comparison.
const ROUNDS: usize = 31;
/// Processor time that a side of a round takes about, in seconds.
const SHARE: f64 = 0.03;

const NODE: &str = r#"{ node(id: "germany") { id kind name url start } }"#;
const AGREEMENT: &str = r#"{ agreement(id: "canada-eu-raw-materials-partnership") {
  id name date status
  parties { totalCount nodes { id name } }
  themes { totalCount nodes { id name } }
} }"#;
const LIST: &str = "{ agreements(first: 50) { totalCount nodes { id name date status url summary } } }";

/// 5,000 nodes of what can be reached.
const CLOSURE: &str = r#"{ node(id: "canada") { reach(maxDepth: 5, hubs: ALLOW, first: 5000) {
  totalCount complete nodes { id kind name summary start url }
} } }"#;
/// A picture of 1,000 nodes.
const NEIGHBORHOOD: &str = r#"{ subgraph(around: ["canada"], depth: 2, hubs: ALLOW, limit: 1000) {
  complete nodes { id kind name } relationships { id kind from { id } to { id } start }
} }"#;

fn main() {
    println!("| request | limit | ratio | middle half |\n| --- | --- | --- | --- |");
    let only: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let wanted = |part: &str| only.is_empty() || only.iter().any(|one| one == part);
    if wanted("real") {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("graph-data");
        let dataset = Files::from_dir(&dir).and_then(|files| ValidDataset::from_files(&files)).expect("valid data");
        let graph = Arc::new(Graph::new(dataset));
        let questions = [("a node", NODE), ("an agreement", AGREEMENT), ("a list of 50", LIST)];
        kept(&graph, &questions);
        executed(&graph, &questions);
    }
    if wanted("made-up") {
        let dataset = ValidDataset::from_records(world::world(10_000), "0".repeat(64)).expect("valid data");
        let graph = Arc::new(Graph::new(dataset));
        executed(&graph, &[("a closure of 5,000 nodes", CLOSURE), ("a picture of 1,000 nodes", NEIGHBORHOOD)]);
    }
}

/// Answers from the cache, and those that whoever asks has already.
fn kept(graph: &Arc<Graph>, questions: &[(&str, &str)]) {
    let data = graph.clone();
    let ours = Service::start(|listener| ours(listener, data, http::Limits::default()));
    for (name, query) in questions {
        let reply = ours.fetch(&post(query, ""));
        let bytes = Bytes::from(reply.body);
        let bare = Service::start(|listener| bare(listener, bytes));
        let limit = "bare axum, same bytes";
        compare(&format!("{name}, kept, by POST"), limit, (&ours, &post(query, "")), (&bare, &post(query, "")));
        compare(&format!("{name}, kept, by GET"), limit, (&ours, &get(query, "")), (&bare, &get(query, "")));
        let known = format!("If-None-Match: {}\r\n", reply.tag);
        let empty = Service::start(not_modified);
        let known = get(query, &known);
        compare(&format!("{name}, 304"), "bare axum, 304", (&ours, &known), (&empty, &known));
    }
}

/// Answers worked out each time.
fn executed(graph: &Arc<Graph>, questions: &[(&str, &str)]) {
    let uncached = http::Limits { cache_bytes: 0, ..http::Limits::default() };
    let (data, same) = (graph.clone(), graph.clone());
    let ours = Service::start(|listener| ours(listener, data, uncached));
    let plain = Service::start(|listener| plain(listener, same));
    for (name, query) in questions {
        let question = post(query, "");
        let reply = ours.fetch(&question);
        assert!(!reply.body.starts_with(b"{\"errors"), "{}", String::from_utf8_lossy(&reply.body));
        if let Some(nodes) = name.strip_suffix(" nodes").and_then(|name| name.rsplit(' ').next()) {
            let shown = reply.body.windows(7).filter(|key| key == b"\"kind\":").count();
            let said: usize = nodes.replace(',', "").parse().expect("a number");
            assert!(shown >= said, "{name}: {shown}");
        }
        compare(&format!("{name}, executed"), "plain async-graphql", (&ours, &question), (&plain, &question));
    }
}

/// The program as it serves, but for pages as large as the largest question wants.
async fn ours(listener: TcpListener, graph: Arc<Graph>, limits: http::Limits) {
    let state = State::within(limits, Api::new(LIMITS()), Live::new(graph));
    http::serve(listener, state).await;
}

const LIMITS: fn() -> graphql::Limits = || graphql::Limits { page: 5_000, ..graphql::Limits::default() };

/// The limit of kept answers: the same bytes, known beforehand.
async fn bare(listener: TcpListener, bytes: Bytes) {
    let answer = move |_: Bytes| {
        let bytes = bytes.clone();
        async move { ([(CONTENT_TYPE, "application/json; charset=utf-8")], bytes) }
    };
    axum::serve(listener, Router::new().route("/graphql", any(answer))).await.expect("a service");
}

async fn not_modified(listener: TcpListener) {
    let router = Router::new().route("/graphql", any(async || axum::http::StatusCode::NOT_MODIFIED));
    axum::serve(listener, router).await.expect("a service");
}

/// The limit of executed answers: the library's own handler around the same schema.
async fn plain(listener: TcpListener, graph: Arc<Graph>) {
    let schema = graphql::schema(&LIMITS());
    let answer = async move |request: GraphQLRequest| {
        let state = RequestState::new(graph.clone(), Language::En);
        GraphQLResponse::from(schema.execute(request.into_inner().data(state)).await)
    };
    axum::serve(listener, Router::new().route("/graphql", any(answer))).await.expect("a service");
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
    let times = |connection: &mut Connection<'_>, asked| {
        connection.cost(asked, 5);
        (SHARE / connection.cost(asked, 20)).clamp(3.0, 1_000.0) as usize
    };
    let (ours, theirs) = (times(&mut us, asked), times(&mut them, of_them));
    let mut ratios = Vec::with_capacity(ROUNDS);
    let mut micros = Vec::with_capacity(ROUNDS);
    for round in 0..=ROUNDS {
        let cost = us.cost(asked, ours);
        let base = them.cost(of_them, theirs);
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
    threads: Arc<Mutex<Vec<PathBuf>>>,
}

impl Service {
    fn start<F: Future<Output = ()>>(serve: impl FnOnce(TcpListener) -> F + Send + 'static) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.set_nonblocking(true).expect("a listener that does not block");
        let address = listener.local_addr().expect("an address");
        let threads = Arc::<Mutex<Vec<PathBuf>>>::default();
        let known = threads.clone();
        let begins = move || {
            let own = std::fs::read_link("/proc/thread-self").expect("Linux's accounts");
            known.lock().expect("no thread panics").push(Path::new("/proc").join(own).join("schedstat"));
        };
        std::thread::spawn(move || {
            begins();
            // Heavy questions are answered on threads of their own, which must not end with their accounts.
            let mut runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = runtime.enable_all().on_thread_start(begins).thread_keep_alive(Duration::from_secs(3600));
            runtime.build().expect("a runtime").block_on(async {
                serve(TcpListener::from_std(listener).expect("a listener")).await;
            });
        });
        Self { address, threads }
    }

    /// Seconds of processor time so far, of all its threads.
    fn spent(&self) -> f64 {
        let threads = self.threads.lock().expect("no thread panics");
        let of = |thread: &PathBuf| {
            let account = std::fs::read_to_string(thread).expect("the account of a thread");
            account.split(' ').next().and_then(|nanos| nanos.parse::<f64>().ok()).expect("a number")
        };
        threads.iter().map(of).sum::<f64>() / 1e9
    }

    fn connect(&self) -> Connection<'_> {
        let stream = TcpStream::connect(self.address).expect("the service listens");
        stream.set_nodelay(true).expect("a socket");
        Connection { service: self, stream, buffer: vec![0; 1 << 23] }
    }

    fn fetch(&self, request: &[u8]) -> Reply {
        self.connect().ask(request)
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
    fn cost(&mut self, request: &[u8], times: usize) -> f64 {
        let before = self.service.spent();
        for _ in 0..times {
            self.ask(request);
        }
        (self.service.spent() - before) / times as f64
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
