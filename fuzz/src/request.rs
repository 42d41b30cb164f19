//! A request of any path, headers and body: whatever is wrong with it is the asker's fault, not ours.

use std::sync::LazyLock;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Request};
use pactgraph::graphql::Api;
use pactgraph::http::{Front, State};
use pactgraph::live::Live;

static FRONT: LazyLock<Front> =
    LazyLock::new(|| Front::new(State::new(Api::default(), Live::new(crate::world::GRAPH.clone()))));

/// The first line is method and path, then headers up to an empty line, then the body.
fn request(data: &[u8]) -> Option<Request<Body>> {
    let end = data.windows(2).position(|pair| pair == b"\n\n").unwrap_or(data.len());
    let head = std::str::from_utf8(&data[..end]).ok()?;
    let mut lines = head.lines();
    let (method, path) = lines.next()?.split_once(' ')?;
    let mut request = Request::builder().method(method).uri(path);
    for line in lines {
        let (name, value) = line.split_once(':')?;
        let name = HeaderName::try_from(name).ok()?;
        request = request.header(name, HeaderValue::try_from(value.trim()).ok()?);
    }
    request.body(Body::from(data.get(end + 2..).unwrap_or_default().to_vec())).ok()
}

pub fn run(data: &[u8]) {
    let Some(request) = request(data) else { return };
    crate::world::RUNTIME.block_on(async {
        let response = FRONT.answer(request).await;
        assert!(response.status().as_u16() != 500, "{}", response.status());
    });
}
