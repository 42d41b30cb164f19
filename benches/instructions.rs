//! What the hot paths cost in instructions, which do not depend on the mood of a machine.
//!
//! Each path is a function of its own and runs a hundred times; `scripts/instructions.sh` runs all under
//! callgrind and holds their counts against `benches/instructions.txt`. With the name of a path and a
//! number, that path alone runs so often, for a profiler.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderValue, Request, StatusCode};
use pactgraph::dataset::{Files, ValidDataset};
use pactgraph::graph::Graph;
use pactgraph::graphql::{Api, Language, Question, RequestState};
use pactgraph::http::{Front, Limits, State};
use pactgraph::live::Live;
use tokio::runtime::Runtime;

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const NODE: &str = r#"{ node(id: "germany") { id kind name url start } }"#;
const LIST: &str = "{ agreements(first: 50) { totalCount nodes { id name date status url summary } } }";
const SEARCH: &str = r#"{ search(text: "raw materials") { nodes { id } } }"#;
const REACH: &str = r#"{ node(id: "germany") { reach(maxDepth: 4) { complete nodes { id name } } } }"#;

struct World {
    runtime: Runtime,
    graph: Arc<Graph>,
    api: Api,
    kept: Front,
    fresh: Front,
    tag: HeaderValue,
}

impl World {
    fn new() -> Self {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/example-data");
        let dataset = Files::from_dir(&dir).and_then(|files| ValidDataset::from_files(&files)).expect("valid data");
        let graph = Arc::new(Graph::new(dataset));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let front = |limits| Front::new(State::within(limits, Api::default(), Live::new(graph.clone())));
        let (kept, fresh) = (front(Limits::default()), front(Limits { cache_bytes: 0, ..Limits::default() }));
        let tag = runtime.block_on(kept.answer(get(NODE))).headers()[ETAG].clone();
        Self { api: Api::default(), kept, fresh, tag, graph, runtime }
    }

    fn send(&self, front: &Front, request: Request<Body>, expected: StatusCode) {
        assert_eq!(self.runtime.block_on(front.answer(request)).status(), expected);
    }

    fn ask(&self, document: &str) {
        let question = Question { document: document.into(), ..Question::default() };
        let state = RequestState::new(self.graph.clone(), Language::En);
        let answer = self.runtime.block_on(self.api.execute(question, state));
        assert!(answer.is_ok() && black_box(answer.into_json()).len() > 50);
    }
}

fn get(document: &str) -> Request<Body> {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("query", document).finish();
    let request = Request::get(format!("/graphql?{query}")).header(ACCEPT_ENCODING, "br, gzip");
    request.body(Body::empty()).expect("a request")
}

fn post(document: &str) -> Request<Body> {
    let body = serde_json::json!({ "query": document }).to_string();
    let request = Request::post("/graphql").header(CONTENT_TYPE, "application/json");
    request.body(Body::from(body)).expect("a request")
}

#[inline(never)]
fn path_kept_by_get(world: &World) {
    world.send(&world.kept, get(NODE), StatusCode::OK);
}

#[inline(never)]
fn path_kept_by_post(world: &World) {
    world.send(&world.kept, post(NODE), StatusCode::OK);
}

#[inline(never)]
fn path_known(world: &World) {
    let mut request = get(NODE);
    request.headers_mut().insert(IF_NONE_MATCH, world.tag.clone());
    world.send(&world.kept, request, StatusCode::NOT_MODIFIED);
}

#[inline(never)]
fn path_not_kept(world: &World) {
    world.send(&world.fresh, post(NODE), StatusCode::OK);
}

#[inline(never)]
fn path_node(world: &World) {
    world.ask(NODE);
}

#[inline(never)]
fn path_list(world: &World) {
    world.ask(LIST);
}

#[inline(never)]
fn path_reach(world: &World) {
    world.ask(REACH);
}

#[inline(never)]
fn path_search(world: &World) {
    world.ask(SEARCH);
}

#[inline(never)]
fn path_refusal(world: &World) {
    let question = Question { document: "{ nonsense }".into(), ..Question::default() };
    let state = RequestState::new(world.graph.clone(), Language::En);
    assert!(!world.runtime.block_on(world.api.execute(question, state)).is_ok());
}

type Run = fn(&World);

const PATHS: [(&str, Run); 9] = [
    ("path_kept_by_get", path_kept_by_get),
    ("path_kept_by_post", path_kept_by_post),
    ("path_known", path_known),
    ("path_not_kept", path_not_kept),
    ("path_node", path_node),
    ("path_list", path_list),
    ("path_reach", path_reach),
    ("path_search", path_search),
    ("path_refusal", path_refusal),
];

/// How often each path runs for its count.
const TIMES: usize = 100;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let world = World::new();
    // What is made when it is first asked for is no part of any path.
    world.ask(SEARCH);
    for (name, run) in PATHS {
        let times = match &arguments[..] {
            [] => TIMES,
            [wanted, times] if wanted == name => times.parse().expect("a number"),
            _ => continue,
        };
        for _ in 0..times {
            run(&world);
        }
    }
}
