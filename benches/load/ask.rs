//! What is asked of the service, and how often.

use serde_json::{Value, json};
use ureq::Agent;

use crate::service::{MARKS, Service};

/// A sort of requests.
pub(crate) struct Class {
    pub(crate) name: &'static str,
    /// How many of all.
    pub(crate) share: usize,
    /// Asks for it; the number makes requests differ.
    pub(crate) ask: fn(&mut Client, usize) -> Result<(), Wrong>,
}

/// What can be wrong with an answer.
pub(crate) enum Wrong {
    /// It is not what was asked for.
    Failed(String),
    /// It is of two releases.
    Mixed,
}

const KEPT: &str = "query Kept { release { id } agreements(first: 20) { nodes { id name summary } } }";
const VARIED: &str = "query Varied($id: ID!, $n: Int!) { release { id } node(id: $id) { name summary \
                      relationships(first: $n) { totalCount nodes { kind to { id summary } } } } }";
const REACH: &str = "query Reach($id: ID!, $n: Int!) { release { id } reach(from: [$id], maxDepth: 3, first: $n) { \
                     totalCount edges { depth node { id summary } via { length } } } }";
const PATHS: &str = "query Paths($id: ID!, $n: Int!) { release { id } paths(from: $id, \
                     to: \"g7-critical-minerals-action-plan\", first: $n) { totalCount nodes { length sentence } } }";
const SEARCH: &str = "query Search($text: String!, $n: Int!) { release { id } search(text: $text, first: $n) { \
                      totalCount nodes { id name summary } } }";

const IDS: [&str; 7] = ["canada", "germany", "france", "japan", "g7", "quebec", "canada-eu-raw-materials-partnership"];
const TEXTS: [&str; 6] = ["lithium", "minéraux critiques", "Allemange", "battery", "G7", "raw materials partnership"];

/// Every sort.
pub(crate) const CLASSES: &[Class] = &[
    Class { name: "kept, by POST", share: 20, ask: |client, _| client.post(KEPT, json!({})) },
    Class { name: "kept, by GET", share: 20, ask: |client, _| client.get(false) },
    Class { name: "kept, by GET with its tag", share: 20, ask: |client, _| client.get(true) },
    Class {
        name: "other variables each time",
        share: 15,
        ask: |client, turn| client.post(VARIED, json!({"id": IDS[turn % 7], "n": 1 + turn % 499})),
    },
    Class {
        name: "closure",
        share: 5,
        ask: |client, turn| client.post(REACH, json!({"id": IDS[turn % 7], "n": 1 + turn % 199})),
    },
    Class {
        name: "paths",
        share: 5,
        ask: |client, turn| client.post(PATHS, json!({"id": IDS[turn % 4], "n": 1 + turn % 199})),
    },
    Class {
        name: "search",
        share: 5,
        ask: |client, turn| client.post(SEARCH, json!({"text": TEXTS[turn % 6], "n": 1 + turn % 99})),
    },
    Class { name: "all nodes as CSV", share: 1, ask: |client, _| client.file("/export/nodes.csv") },
    Class { name: "the graph as GraphML", share: 1, ask: |client, _| client.file("/export/graph.graphml") },
    Class { name: "wrong question", share: 5, ask: |client, _| client.wrong("{\"query\": \"{ nonsense }\"}", 400) },
    Class { name: "wrong body", share: 3, ask: |client, _| client.wrong("{\"query\": ", 400) },
];

/// Somebody who asks, on connections that are kept.
pub(crate) struct Client {
    agent: Agent,
    url: String,
    tag: String,
}

impl Client {
    pub(crate) fn new(service: &Service) -> Self {
        let agent = Agent::config_builder().http_status_as_error(false).build().into();
        Self { agent, url: format!("http://{}", service.address), tag: String::new() }
    }

    fn post(&mut self, query: &str, variables: Value) -> Result<(), Wrong> {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let (status, body) = self.send(&body)?;
        whole(status, &body)
    }

    fn get(&mut self, with_tag: bool) -> Result<(), Wrong> {
        let mut request = self.agent.get(format!("{}/graphql", self.url)).query("query", KEPT);
        if with_tag && !self.tag.is_empty() {
            request = request.header("If-None-Match", &self.tag);
        }
        let mut reply = request.call().map_err(failed)?;
        let tag = reply.headers().get("etag").and_then(|tag| tag.to_str().ok()).unwrap_or_default().to_owned();
        let (status, body) = (reply.status().as_u16(), reply.body_mut().read_to_string().map_err(failed)?);
        if with_tag && status == 304 && tag == self.tag {
            return Ok(());
        }
        self.tag = tag;
        whole(status, &body)
    }

    fn file(&mut self, path: &str) -> Result<(), Wrong> {
        let mut reply = self.agent.get(format!("{}{path}", self.url)).call().map_err(failed)?;
        let (status, body) = (reply.status().as_u16(), reply.body_mut().read_to_string().map_err(failed)?);
        whole(status, &body)
    }

    /// Asks what must be refused.
    fn wrong(&mut self, body: &str, expected: u16) -> Result<(), Wrong> {
        let (status, body) = self.send(body)?;
        let is_refused = status == expected && body.contains("\"code\"");
        if is_refused { Ok(()) } else { Err(Wrong::Failed(format!("{status}: {body:.300}"))) }
    }

    fn send(&mut self, body: &str) -> Result<(u16, String), Wrong> {
        let request = self.agent.post(format!("{}/graphql", self.url)).header("Content-Type", "application/json");
        let sent = request.header("Accept", "application/graphql-response+json").send(body);
        let mut reply = sent.map_err(failed)?;
        Ok((reply.status().as_u16(), reply.body_mut().read_to_string().map_err(failed)?))
    }
}

fn failed(error: ureq::Error) -> Wrong {
    Wrong::Failed(error.to_string())
}

/// An answer without errors, of one release.
fn whole(status: u16, body: &str) -> Result<(), Wrong> {
    match MARKS.map(|mark| body.contains(mark)) {
        [true, true] => Err(Wrong::Mixed),
        [false, false] => Err(Wrong::Failed(format!("{status}, without a release: {body:.300}"))),
        [..] if status != 200 || body.contains("\"errors\"") => Err(Wrong::Failed(format!("{status}: {body:.300}"))),
        [..] => Ok(()),
    }
}
