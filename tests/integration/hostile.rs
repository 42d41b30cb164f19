//! The known attacks on GraphQL services, each against the program itself: refused or answered, at a
//! cost that is small and counted in processor time and memory, not by the clock.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::json;

/// Processor time an attack may cost.
const SECONDS: f64 = 0.1;
/// Those that may cost ten times as much where the code is not optimized, which makes it some ten times
/// slower.
const SLOW_UNOPTIMIZED: [&str; 3] = ["the same list again and again", "unknown fields", "fields to be compared"];
/// Bytes by which the program may grow while it answers.
const GROWTH: u64 = 20 * 1024 * 1024;

/// The program, serving the fixed world on a port of its own; ended when dropped.
struct Program {
    child: Child,
    address: SocketAddr,
}

impl Program {
    fn start() -> Self {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/example-data");
        let mut child = Command::new(env!("CARGO_BIN_EXE_pactgraph"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut said = BufReader::new(child.stdout.take().expect("what it says"));
        let mut line = String::new();
        let address = loop {
            line.clear();
            assert!(said.read_line(&mut line).expect("a line") > 0, "the program ended");
            if let Some((_, rest)) = line.split_once("http://") {
                break rest.split('/').next().and_then(|address| address.parse().ok()).expect("an address");
            }
        };
        // Whatever else it says is read, so that it never waits for a reader.
        std::thread::spawn(move || drop(std::io::copy(&mut said, &mut std::io::sink())));
        Self { child, address }
    }

    /// Sends these bytes and reads whatever comes back.
    fn send(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).expect("the service listens");
        stream.set_read_timeout(Some(Duration::from_secs(120))).expect("a time-out");
        // The service may answer, and close, before it has read what it refuses.
        let _ = stream.write_all(request);
        let mut reply = Vec::new();
        let _ = stream.read_to_end(&mut reply);
        String::from_utf8_lossy(&reply).into_owned()
    }

    fn post(&self, body: &[u8]) -> String {
        let head = format!(
            "POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Accept: application/graphql-response+json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        self.send(&[head.as_bytes(), body].concat())
    }

    /// Seconds of processor time of all its threads.
    fn spent(&self) -> f64 {
        let threads = fs::read_dir(format!("/proc/{}/task", self.child.id())).expect("the accounts of the program");
        let of_thread = |thread: fs::DirEntry| -> Option<f64> {
            let account = fs::read_to_string(thread.path().join("schedstat")).ok()?;
            account.split(' ').next()?.parse().ok()
        };
        threads.flatten().filter_map(of_thread).sum::<f64>() / 1e9
    }

    /// Bytes of memory: those in use now, or the most there ever were.
    fn memory(&self, which: &str) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("the program runs");
        let line = status.lines().find_map(|line| line.strip_prefix(which)).expect("a line of it");
        line.trim_matches([':', ' ', '\t', 'k', 'B']).parse::<u64>().expect("a number") * 1024
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Fragments of which each spreads the next one twice.
fn doubling(levels: usize) -> String {
    let chain = (0..levels).map(|i| format!(" fragment F{i} on Query {{ ...F{0} ...F{0} }}", i + 1));
    format!("{{ ...F0 }}{} fragment F{levels} on Query {{ __typename }}", chain.collect::<String>())
}

/// Every pair of fields must be compared, since all answer under one name.
fn overlapping(count: usize) -> String {
    let fields: String = (0..count).map(|_| "x: canada { y: name z: id ...F } ").collect();
    format!("{{ {fields} }} fragment F on Node {{ y: name z: id }}")
}

fn documents() -> Vec<(&'static str, String)> {
    let many = |count: usize, text: &str| text.repeat(count);
    let circle = (0..200).map(|i| format!(" fragment F{i} on Query {{ ...F{} }}", (i + 1) % 200)).collect::<String>();
    let types = "{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }";
    let inline = many(150, "... on Query { ");
    vec![
        ("aliases", format!("{{ {} }}", (0..900).map(|i| format!("a{i}: canada {{ id }} ")).collect::<String>())),
        ("the same field again and again", format!("{{ {} }}", many(3_900, "__typename "))),
        ("the same list again and again", format!("{{ {} }}", many(300, "agreements(first: 500) { nodes { id } } "))),
        ("unknown directives", format!("{{ __typename {} }}", many(1_500, "@x "))),
        ("known directives", format!("{{ __typename {} }}", many(600, "@skip(if: false) "))),
        ("chained fragments", doubling(30)),
        ("fragments in a circle", format!("{{ ...F0 }}{circle}")),
        ("a fragment of itself", "{ ...F } fragment F on Query { ...F }".into()),
        ("fields to be compared", overlapping(300)),
        ("circles of introspection", types.into()),
        ("deep selections", format!("{}__typename{}", many(60, "{ canada "), many(60, " }"))),
        ("deep inline fragments", format!("{{ {inline} __typename {} }}", many(150, "} "))),
        ("deep lists", format!("{{ node(id: {}1{}) {{ id }} }}", many(2_000, "["), many(2_000, "]"))),
        (
            "deep objects",
            format!("{{ agreements(where: {}1{}) {{ totalCount }} }}", many(1_250, "{not:"), many(1_250, "}")),
        ),
        ("nested pages", nested_pages()),
        (
            "wide filters",
            format!("{{ agreements(where: {{ or: [{}] }}) {{ totalCount }} }}", many(450, "{nameContains: \"a\"} ")),
        ),
        ("long texts", format!("{{ search(text: \"{}\") {{ totalCount }} }}", many(3_000, "é a "))),
        ("unknown fields", format!("{{ {} }}", (0..1_500).map(|i| format!("x{i} ")).collect::<String>())),
        ("nothing but brackets", many(8_000, "{")),
        ("a comment without end", format!("# {}", many(15_000, "x"))),
        ("control signs", format!("{{ canada {{ id }} }} {}", many(500, "\u{7f}\u{0}"))),
    ]
}

fn nested_pages() -> String {
    let page = "relationships(first: 500) { nodes { to { ";
    format!("{{ canada {{ {} id {} }} }}", page.repeat(5), " } } }".repeat(5))
}

fn bodies() -> Vec<(&'static str, Vec<u8>)> {
    let ask = |document: &str, variables: serde_json::Value| {
        json!({ "query": document, "variables": variables }).to_string().into_bytes()
    };
    let ids: Vec<_> = (0..6_000).map(|i| format!("x{i}")).collect();
    let deep = format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000));
    let nested = (0..100).fold(json!({ "nameContains": "a" }), |inner, _| json!({ "not": inner }));
    vec![
        ("huge lists", ask("query($i: [ID!]!) { nodes(ids: $i) { id } }", json!({ "i": ids }))),
        (
            "nested variables",
            ask("query($w: NodeFilter) { agreements(where: $w) { totalCount } }", json!({ "w": nested })),
        ),
        (
            "deep variables",
            format!("{{\"query\": \"{{ canada {{ id }} }}\", \"variables\": {{\"x\": {deep}}}}}").into_bytes(),
        ),
        ("huge variables", ask("{ canada { id } }", json!({ "x": "y".repeat(60_000) }))),
        ("bytes that are no text", b"{\"query\": \"{ canada { \xff\xfe } }\"}".to_vec()),
        (
            "ten megabytes",
            format!("{{\"query\": \"{{ canada {{ id }} }}\", \"x\": \"{}\"}}", "y".repeat(10_000_000)).into_bytes(),
        ),
        ("a batch", format!("[{}]", vec!["{\"query\": \"{ canada { id } }\"}"; 1_000].join(",")).into_bytes()),
        ("a number without end", format!("{{\"query\": {}}}", "9".repeat(60_000)).into_bytes()),
    ]
}

#[test]
fn known_attacks_cost_little_and_the_service_lives_on() {
    let program = Program::start();
    let sound = br#"{"query": "{ canada { id } }"}"#;
    // The first answer of each sort fills pools and tables.
    assert!(program.post(sound).contains(r#""id":"canada""#));
    program.post(br#"{"query": "{ nonsense }"}"#);
    let documents = documents();
    let of_documents =
        documents.iter().map(|(name, document)| (*name, json!({ "query": document }).to_string().into_bytes()));
    let mut dear = Vec::new();
    for (name, body) in of_documents.chain(bodies()) {
        let (spent, memory) = (program.spent(), program.memory("VmRSS"));
        let reply = program.post(&body);
        let (seconds, growth) = (program.spent() - spent, program.memory("VmHWM").saturating_sub(memory));
        let status = reply.split(' ').nth(1).unwrap_or("closed").to_owned();
        println!("{name}: {status}, {:.1} ms, {} kB", seconds * 1e3, growth / 1024);
        assert!(["200", "400", "413", "closed"].contains(&status.as_str()), "{name}: {reply:.300}");
        assert!(reply.len() < 300_000, "{name} is answered with {} bytes", reply.len());
        let is_slow = cfg!(debug_assertions) && SLOW_UNOPTIMIZED.contains(&name);
        if seconds > (if is_slow { 10.0 * SECONDS } else { SECONDS }) || growth > GROWTH {
            dear.push(format!("{name}: {:.0} ms, {} kB", seconds * 1e3, growth / 1024));
        }
        assert!(program.post(sound).contains(r#""id":"canada""#), "after {name} nothing is answered");
    }
    assert!(dear.is_empty(), "{dear:#?}");
}
