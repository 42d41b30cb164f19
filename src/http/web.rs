//! The pages inside the binary: the explorer, GraphiQL and what they load.

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State as StateOf};
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use include_dir::{Dir, include_dir};

use super::negotiate::{self, Encoding};
use super::preview::Preview;
use super::{State, form, message, problem};
use crate::graph::View;

static BUILT: Dir<'_> = include_dir!("$OUT_DIR/web");

const EXPLORER_POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; \
                               font-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; \
                               form-action 'self'";
/// GraphiQL's editor writes style elements.
const GRAPHIQL_POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; \
                               style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; \
                               connect-src 'self'; base-uri 'none'; form-action 'self'";

/// The explorer with the title of the view that is asked for, or where it was not built the way to the
/// page that says so.
pub(super) async fn home(StateOf(state): StateOf<State>, request: Request) -> Response {
    if let Some(refusal) = message::only_reads(&request) {
        return refusal;
    }
    let Some(built) = BUILT.get_file("index.html").and_then(|file| file.contents_utf8()) else {
        let headers = [(LOCATION, "/graphiql"), (CACHE_CONTROL, "no-cache")];
        return message::response(StatusCode::TEMPORARY_REDIRECT, headers, Body::empty());
    };
    let (query, asked) = (request.uri().query().unwrap_or_default(), request.headers());
    let page = Preview::of(query, negotiate::language(asked), &View::new(state.live.graph())).write(built);
    let headers = [
        (CONTENT_TYPE, media_type("index.html")),
        (CONTENT_SECURITY_POLICY, EXPLORER_POLICY),
        (CACHE_CONTROL, "no-cache"),
        (VARY, "Accept-Encoding, Accept-Language"),
    ];
    let tag = message::tag(page.as_bytes());
    message::tagged_by(message::response(StatusCode::OK, headers, page), tag, asked)
}

/// GraphiQL, or where it was not built a page that says how to get it.
pub(super) async fn graphiql(request: Request) -> Response {
    if let Some(refusal) = message::only_reads(&request) {
        return refusal;
    }
    let asked = request.headers();
    page("graphiql.html", GRAPHIQL_POLICY, asked).unwrap_or_else(|| form::not_built(negotiate::language(asked)))
}

fn page(path: &str, policy: &'static str, asked: &HeaderMap) -> Option<Response> {
    let mut response = file(path, asked)?;
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    Some(revalidated(path, response, asked))
}

/// The example questions of the page.
pub(super) async fn examples(request: Request) -> Response {
    if let Some(refusal) = message::only_reads(&request) {
        return refusal;
    }
    let asked = request.headers();
    file("examples.json", asked).map_or_else(missing, |found| revalidated("examples.json", found, asked))
}

/// A file the page loads. Its name changes with its content.
pub(super) async fn asset(path: Result<Path<String>, PathRejection>, request: Request) -> Response {
    if let Some(refusal) = message::only_reads(&request) {
        return refusal;
    }
    match file(&format!("assets/{}", problem::segment(path)), request.headers()) {
        Some(mut response) => {
            let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
            response.headers_mut().insert(CACHE_CONTROL, forever);
            response
        }
        None => missing(),
    }
}

fn missing() -> Response {
    message::refusal(StatusCode::NOT_FOUND, "NOT_FOUND", "There is no such file.")
}

fn revalidated(path: &str, mut response: Response, asked: &HeaderMap) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    let content = BUILT.get_file(path).map(|file| file.contents()).unwrap_or_default();
    message::tagged_by(response, message::tag(content), asked)
}

fn file(path: &str, asked: &HeaderMap) -> Option<Response> {
    let plain = BUILT.get_file(path)?;
    let encoded = negotiate::encodings(asked)
        .into_iter()
        .find_map(|encoding: Encoding| Some((BUILT.get_file(format!("{path}.{}", ending(encoding)))?, encoding)));
    let content = encoded.map_or(plain, |(file, _)| file).contents();
    let headers = [(CONTENT_TYPE, media_type(path)), (VARY, "Accept-Encoding")];
    let mut response = message::response(StatusCode::OK, headers, content);
    if let Some((_, encoding)) = encoded {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(encoding.header()));
    }
    Some(response)
}

fn ending(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Br => "br",
        Encoding::Zstd => "zst",
        Encoding::Gzip => "gz",
    }
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "wasm" => "application/wasm",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
