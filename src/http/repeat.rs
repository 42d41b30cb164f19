//! Requests that were answered from the cache, by all of their bytes that an answer depends on. Whoever
//! sends the same again gets the same, without the question being read: neither JSON nor headers.

use std::sync::{Arc, Weak};
use std::time::Instant;

use axum::body::Body;
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderName,
    IF_NONE_MATCH,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::Response;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::cache::{Answers, CACHE_STATUS, HIT, Key};
use super::message;
use super::metrics::{Metrics, Tally};
use super::negotiate::Encoding;
use super::observe::{self, Outcome, Source};
use crate::graph::{Epoch, Graph, PartialDate};
use crate::live::Live;

/// The headers of a request that its answer depends on, besides `If-None-Match`.
const READ: [HeaderName; 5] = [ACCEPT, ACCEPT_LANGUAGE, ACCEPT_ENCODING, CONTENT_TYPE, CONTENT_ENCODING];

/// Headers of an answer that a 304 has not.
const OF_BODY: [HeaderName; 4] = [CONTENT_TYPE, CONTENT_ENCODING, CONTENT_LENGTH, CACHE_STATUS];

/// Bytes a request takes beside its own: the heads of its answers.
const OVERHEAD: u64 = 4 * 1024;

/// Everything in a request that its answer depends on.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sent(Vec<u8>);

impl Sent {
    /// The head of a request. No part can run into the next, since none holds a line's end or a zero.
    pub(super) fn new(method: &Method, uri: &Uri, headers: &HeaderMap) -> Self {
        let mut bytes = Vec::with_capacity(1024);
        bytes.extend_from_slice(method.as_str().as_bytes());
        bytes.push(b'\n');
        bytes.extend_from_slice(uri.path().as_bytes());
        bytes.push(b'?');
        bytes.extend_from_slice(uri.query().unwrap_or_default().as_bytes());
        for name in &READ {
            bytes.push(0);
            for value in headers.get_all(name) {
                bytes.push(b'\n');
                bytes.extend_from_slice(value.as_bytes());
            }
        }
        bytes.push(0);
        Self(bytes)
    }

    /// The same with a body.
    pub(super) fn with(mut self, body: &[u8]) -> Self {
        self.0.extend_from_slice(body);
        self
    }
}

/// Left with a response by its route: that it holds a kept answer and nothing else, and which.
#[derive(Clone)]
pub(super) struct Repeatable {
    /// The data that were asked.
    pub(super) graph: Weak<Graph>,
    /// The days on which the answer is this.
    pub(super) epoch: Epoch,
    /// The key of the answer.
    pub(super) key: Key,
    /// How the body is compressed.
    pub(super) encoding: Option<Encoding>,
    /// The route, as metrics name it.
    pub(super) route: &'static str,
}

/// Requests and what was answered, bounded by bytes. Clones share them.
#[derive(Clone)]
pub(super) struct Repeats {
    known: Option<Arc<Known>>,
}

type Known = Cache<Vec<u8>, Arc<Repeat>, Bytes>;

/// A request that is known: where its answer lies, and the heads that go with it.
pub(super) struct Repeat {
    answer: Repeatable,
    is_read: bool,
    tag: HeaderValue,
    head: HeaderMap,
    outcome: Outcome,
    tally: Arc<Tally>,
    head_of_known: HeaderMap,
    tally_of_known: Arc<Tally>,
}

#[derive(Clone)]
struct Bytes;

impl Weighter<Vec<u8>, Arc<Repeat>> for Bytes {
    fn weight(&self, sent: &Vec<u8>, _: &Arc<Repeat>) -> u64 {
        OVERHEAD + sent.len() as u64
    }
}

impl Repeats {
    /// Keeps requests of `bytes` bytes in all; none where that is not enough for a few.
    pub(super) fn new(bytes: u64) -> Self {
        let expected = usize::try_from(bytes / OVERHEAD).unwrap_or(usize::MAX).clamp(16, 1 << 20);
        let known = (bytes >= 16 * OVERHEAD).then(|| Arc::new(Cache::with_weighter(expected, bytes, Bytes)));
        Self { known }
    }

    /// Whether any are kept.
    pub(super) fn is_kept(&self) -> bool {
        self.known.is_some()
    }

    /// What is known of a request.
    pub(super) fn get(&self, sent: &Sent) -> Option<Arc<Repeat>> {
        self.known.as_ref()?.get(&sent.0)
    }

    /// Keeps how a request was answered.
    pub(super) fn keep(&self, sent: Sent, answer: Repeatable, method: &Method, response: &Response, counts: &Metrics) {
        let (Some(known), Some(tag)) = (&self.known, response.headers().get(ETAG)) else { return };
        if response.status() != StatusCode::OK {
            return;
        }
        let outcome = response.extensions().get::<Outcome>().cloned().unwrap_or_default();
        let outcome = Outcome { source: Source::Hit, ..outcome };
        let tally = |status, outcome| counts.tally(answer.route.into(), observe::known(method), status, outcome);
        let (tally, tally_of_known) = (tally(StatusCode::OK, Some(&outcome)), tally(StatusCode::NOT_MODIFIED, None));
        let tag = tag.clone();
        let mut head = response.headers().clone();
        let mut head_of_known = head.clone();
        if head.contains_key(CACHE_STATUS) {
            head.insert(CACHE_STATUS, HeaderValue::from_static(HIT));
        }
        for name in &OF_BODY {
            head_of_known.remove(name);
        }
        let is_read = method == Method::GET;
        let repeat = Repeat { answer, is_read, tag, head, outcome, tally, head_of_known, tally_of_known };
        known.insert(sent.0, Arc::new(repeat));
    }
}

impl Repeat {
    /// The answer to the same request, sent again with these headers; nothing where other data are live,
    /// another epoch has begun, where the answer is no longer kept, or where `If-None-Match` means any version.
    pub(super) fn response(
        &self,
        live: &Live,
        today: PartialDate,
        answers: &Answers,
        headers: &HeaderMap,
        began: Instant,
    ) -> Option<Response> {
        if !live.serves(&self.answer.graph) || !self.answer.epoch.contains(today) {
            return None;
        }
        let mut response = Response::new(Body::empty());
        let is_known = self.is_read && headers.contains_key(IF_NONE_MATCH) && message::is_known(&self.tag, headers);
        if is_known {
            if !message::names(headers, &self.tag) {
                return None;
            }
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            *response.headers_mut() = self.head_of_known.clone();
            self.tally_of_known.count(None, began.elapsed());
            return Some(response);
        }
        *response.body_mut() = Body::from(answers.get(&self.answer.key)?.body_in(self.answer.encoding)?);
        *response.headers_mut() = self.head.clone();
        self.tally.count(Some(&self.outcome), began.elapsed());
        Some(response)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_that_differ_in_anything_read_are_not_the_same() {
        let sent = |method: &Method, uri: &str, headers: &[(HeaderName, &'static str)], body: &str| {
            let uri = uri.parse().expect("an address");
            let mut map = HeaderMap::new();
            for (name, value) in headers {
                map.append(name.clone(), HeaderValue::from_static(value));
            }
            Sent::new(method, &uri, &map).with(body.as_bytes())
        };
        let (get, post) = (Method::GET, Method::POST);
        let different = [
            sent(&get, "/graphql?a", &[], ""),
            sent(&get, "/graphql?b", &[], ""),
            sent(&get, "/q/a", &[], ""),
            sent(&post, "/graphql", &[], "a"),
            sent(&post, "/graphql", &[], ""),
            sent(&post, "/graphql", &[(ACCEPT, "a")], ""),
            sent(&post, "/graphql", &[(ACCEPT, "a, b")], ""),
            sent(&post, "/graphql", &[(ACCEPT, "a"), (ACCEPT, "b")], ""),
            sent(&post, "/graphql", &[(ACCEPT_LANGUAGE, "a")], ""),
            sent(&post, "/graphql", &[(ACCEPT_ENCODING, "a")], ""),
            sent(&post, "/graphql", &[(CONTENT_TYPE, "a")], ""),
            sent(&post, "/graphql", &[(CONTENT_ENCODING, "a")], ""),
        ];
        for (i, one) in different.iter().enumerate() {
            assert!(different[..i].iter().all(|other| other != one), "{i}");
        }
        let same = sent(&get, "/graphql?a", &[(IF_NONE_MATCH, "x"), (HeaderName::from_static("user-agent"), "y")], "");
        assert_eq!(same, different[0]);
    }
}
