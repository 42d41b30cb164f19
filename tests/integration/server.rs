//! A service on a port of its own, over the fixed world of `tests/example-data`.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use pactgraph::dataset::{Files, ValidDataset};
use pactgraph::graph::Graph;
use pactgraph::graphql::Api;
use pactgraph::http::{self, Life, Phase};
use pactgraph::live::Live;
use tokio::net::TcpListener;

/// The service all tests may ask; nothing they ask changes it.
pub(crate) static SERVER: LazyLock<TestServer> = LazyLock::new(TestServer::start);

/// How long a state is waited for: so long that only what never comes is a fault.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Asks until the answer is there.
pub(crate) fn until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(begun.elapsed() < PATIENCE, "never came: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// The graph of the fixed world.
pub(crate) fn example_graph() -> Arc<Graph> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/example-data");
    let dataset = Files::from_dir(&dir).and_then(|files| ValidDataset::from_files(&files));
    Arc::new(Graph::new(dataset.expect("the example data are valid")))
}

/// A running service; ends when dropped.
pub(crate) struct TestServer {
    address: SocketAddr,
    metrics: SocketAddr,
    life: Life,
    thread: Option<JoinHandle<()>>,
}

/// A response as it came over the line.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl TestServer {
    pub(crate) fn start() -> Self {
        Self::of(Live::new(example_graph()))
    }

    /// A service of whatever graph is live.
    pub(crate) fn of(live: Arc<Live>) -> Self {
        Self::with(http::State::new(Api::default(), live))
    }

    /// A service of this state.
    pub(crate) fn with(state: http::State) -> Self {
        let life = state.life().clone();
        let ((listener, address), (to_metrics, metrics)) = (listener(), listener());
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
            runtime.expect("a runtime").block_on(async {
                let listener = TcpListener::from_std(listener).expect("a listener");
                let to_metrics = TcpListener::from_std(to_metrics).expect("a listener");
                tokio::spawn(http::serve_metrics(to_metrics, state.clone()));
                http::serve(listener, state).await;
            });
        });
        Self { address, metrics, life, thread: Some(thread) }
    }

    /// The address it listens on.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// What its listener for metrics tells.
    pub(crate) fn metrics(&self) -> String {
        let mut reply = ureq::get(format!("http://{}/metrics", self.metrics)).call().expect("metrics");
        reply.body_mut().read_to_string().expect("a text")
    }

    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Sends a request as written and reads the response to its end.
    pub(crate) fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.address);
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        if !body.is_empty() {
            request += &format!("Content-Length: {}\r\n", body.len());
        }
        self.exchange(&format!("{request}\r\n{body}"))
    }

    /// Sends these bytes and reads the response to its end.
    pub(crate) fn exchange(&self, request: &str) -> Reply {
        exchange_with(self.address, request)
    }

    /// Reads a path of the listener for metrics.
    pub(crate) fn read_from_metrics(&self, path: &str) -> Reply {
        exchange_with(self.metrics, &format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
    }

    /// Asks by POST and reads the answer.
    pub(crate) fn ask(&self, query: &str) -> serde_json::Value {
        let body = serde_json::json!({ "query": query }).to_string();
        let reply = self.send("POST", "/graphql", &[("Content-Type", "application/json")], &body);
        serde_json::from_str(&reply.body).expect("an answer in JSON")
    }
}

fn exchange_with(address: SocketAddr, request: &str) -> Reply {
    let mut stream = TcpStream::connect(address).expect("the service listens");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time-out");
    // The service may answer, and close, before it has read a body it refuses.
    let _ = stream.write_all(request.as_bytes());
    let mut reply = Vec::new();
    let _ = stream.read_to_end(&mut reply);
    Reply::parse(&String::from_utf8(reply).expect("a response in UTF-8"))
}

fn listener() -> (std::net::TcpListener, SocketAddr) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.set_nonblocking(true).expect("a listener that does not block");
    let address = listener.local_addr().expect("an address");
    (listener, address)
}

impl Drop for TestServer {
    fn drop(&mut self) {
        self.life.go_on_to(Phase::Ending);
        if let Some(thread) = self.thread.take() {
            thread.join().expect("the service ends without a panic");
        }
    }
}

impl Reply {
    fn parse(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no response: {text:?}"));
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).expect("a status line");
        let headers = lines.filter_map(|line| line.split_once(": "));
        let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
        Self { status, headers, body: body.to_owned() }
    }

    /// The value of a header, or nothing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The body, which must be JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The codes of the errors.
    pub(crate) fn codes(&self) -> Vec<String> {
        let json = self.json();
        let errors = json["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|error| error["extensions"]["code"].as_str().unwrap_or("no code").to_owned()).collect()
    }
}
