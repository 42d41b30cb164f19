//! The known attacks on GraphQL services, each against the program itself: refused or answered, at a
//! cost that is small and counted in processor time and memory, not by the clock.

use std::io::Write;
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use serde_json::json;

use crate::served::Program;

/// Processor time an attack may cost.
const SECONDS: f64 = 0.1;
/// Those that may cost ten times as much where the code is not optimized, which makes it some ten times
/// slower.
const SLOW_UNOPTIMIZED: [&str; 4] =
    ["the same list again and again", "unknown fields", "fields to be compared", "ten megabytes"];
/// Bytes by which the program may grow while it answers.
const GROWTH: u64 = 20 * 1024 * 1024;

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

/// Questions that would take years, for nothing but the end of the service ends them.
#[test]
fn it_ends_when_it_is_told_to_whatever_is_asked() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("graph-data");
    let most = "1000000000000";
    let options = [
        ["--work", most],
        ["--work-per-request", most],
        ["--request-work", most],
        ["--question-time", "1h"],
        ["--grace-time", "0s"],
        ["--drain-time", "100ms"],
    ];
    let mut program = Program::serving(Path::new(env!("CARGO_BIN_EXE_pactgraph")), &data, options.as_flattened());
    let endless = |number: usize| {
        let paths = r#"paths(from: "canada", to: "germany", mode: SIMPLE, hubs: ALLOW, maxLength: 32, first: 0)"#;
        let body = json!({ "query": format!("{{ q{number}: {paths} {{ totalCount }} }}") }).to_string();
        let mut stream = TcpStream::connect(program.address()).expect("the service listens");
        let head = format!(
            "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all([head, body].concat().as_bytes()).expect("the service reads");
        stream
    };
    let clients: Vec<_> = (0..3).map(endless).collect();
    let idle = program.spent();
    while program.spent() < idle + 0.2 {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(program.send(b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").contains("200 OK"));
    program.terminate();
    assert_eq!(program.ended(), Some(0));
    drop(clients);
}
