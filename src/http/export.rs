//! `/export/…` and `/nodes/{id}`: the graph, parts of it and the sources of a node as files.

use std::borrow::Cow;

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State as StateOf};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, LINK};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use super::problem::{self, Problem};
use super::stream::NoBody;
use super::{State, message, stream};
use crate::export::{self, CitationFormat, Format, Scope};
use crate::graph::{CancelOnDrop, QuestionError, Stop, upper_snake};
use crate::graphql::Language;

/// The files there are.
pub(super) async fn list(request: Request) -> Response {
    if let Some(response) = problem::only_reads(request.method()) {
        return response;
    }
    let files = Format::ALL.map(|format| {
        json!({ "url": format!("/export/{}", format.file_name()), "format": format.name(),
                "mediaType": format.media_type(), "description": format.says() })
    });
    let parameters: Vec<_> = (export::PARAMETERS.iter())
        .map(|p| {
            json!({ "name": p.name, "description": p.says, "example": p.example, "choices": p.choices,
                    "repeats": p.repeats, "with": p.with })
        })
        .collect();
    json_response(&json!({ "files": files, "parameters": parameters }), request.headers())
}

/// One file.
pub(super) async fn file(
    StateOf(state): StateOf<State>,
    name: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    if let Some(response) = problem::only_reads(request.method()) {
        return response;
    }
    let name = problem::segment(name);
    let Some(format) = format_of(&name) else {
        let detail =
            format!("There is no file {:?} here. The files are {}.", shortened(&name), file_names().join(", "));
        return Problem::not_found("unknown-format", "There is no such format", detail)
            .with("expected", file_names())
            .response();
    };
    let scope = match Scope::from_parameters(pairs(&request)) {
        Ok(scope) => scope,
        Err(wrong) => return wrong_parameter(&wrong).response(),
    };
    send(&state, format, scope, request).await
}

fn format_of(name: &str) -> Option<Format> {
    match name.strip_prefix("graph.") {
        Some(ending) => Format::named(ending).filter(|format| format.is_graph()),
        None => Format::named(name).filter(|format| format.name() == name && !format.is_graph()),
    }
}

fn file_names() -> Vec<String> {
    Format::ALL.into_iter().map(Format::file_name).collect()
}

async fn send(state: &State, format: Format, scope: Scope, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let asked = &parts.headers;
    let (graph, today) = state.now();
    let release = graph.release().clone();
    let since = graph.epoch(today).since.to_string();
    let version = env!("CARGO_PKG_VERSION");
    let tag = message::tag_of(&[graph.digest(), &since, version, format.name(), &format!("{scope:?}")]);
    let is_known = message::is_known(&tag, asked);
    let suffix = parts.uri.query().filter(|query| !query.is_empty()).map(|query| format!("?{query}"));
    let cancel = state.life.work().child();
    let view = state.view((graph, today), cancel.clone());
    // Where the client leaves before the file is begun, this future is dropped, and the work ends.
    let _cancelled = CancelOnDrop(cancel);
    let body = stream::body::<Refused>(&state.files, &state.limits, move |begin| {
        let view = scope.view(view);
        let selection = scope.select(&view);
        // What was found is written whole; where the search for it was stopped, nothing is.
        if let Err(stop) = view.budget().lift() {
            return begin.refuse(Refused::Stopped(stop));
        }
        match selection {
            Err(error) => begin.refuse(Refused::Question(error)),
            Ok(_) if is_known => begin.write(|_| Ok(())),
            Ok(selection) if format == Format::DataPackage => {
                begin.write(|out| export::write_package(&selection, suffix.as_deref().unwrap_or_default(), out));
            }
            Ok(selection) => begin.write(|out| export::write(format, &selection, out)),
        }
    });
    match body.await {
        Ok(body) => {
            let name = match format.is_graph() {
                true => format!("pactgraph-{}.{}", release.id, format.name()),
                false => format.name().into(),
            };
            let response = attachment(format.media_type(), &name, body);
            message::tagged_by(licensed(response, &release.license, format), tag, asked)
        }
        Err(NoBody::Refused(Refused::Question(error))) => unknown(&error).response(),
        Err(NoBody::Refused(Refused::Stopped(stop))) => Problem::stopped(stop).response(),
        Err(NoBody::NoPlace) => Problem::no_place().response(),
        Err(NoBody::Failed) => Problem::ours().response(),
    }
}

/// Why a file is not written.
enum Refused {
    /// It cannot be as it is asked for.
    Question(QuestionError),
    /// To find what it holds took too much.
    Stopped(Stop),
}

/// A file to keep.
pub(super) fn attachment(media_type: &'static str, name: &str, body: impl Into<Body>) -> Response {
    let headers = [(CONTENT_TYPE, media_type), (CACHE_CONTROL, "public, no-cache")];
    let mut response = message::response(StatusCode::OK, headers, body);
    // Names of files are made of ids, which are slugs.
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(CONTENT_DISPOSITION, disposition);
    }
    message::open(response)
}

/// Tables have no place for their licence and description: both are linked to.
fn licensed(mut response: Response, license: &str, format: Format) -> Response {
    let license = format!("<{}>; rel=\"license\"", export::About::address_of(license));
    let described = if format.is_graph() { "" } else { ", </export/datapackage.json>; rel=\"describedby\"" };
    if let Ok(link) = HeaderValue::from_str(&format!("{license}{described}")) {
        response.headers_mut().insert(LINK, link);
    }
    response
}

/// A node: where more of it is to be had, or its sources in a format of citations.
pub(super) async fn node(
    StateOf(state): StateOf<State>,
    id: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    if let Some(response) = problem::only_reads(request.method()) {
        return response;
    }
    let id = problem::segment(id);
    let (graph, today) = state.now();
    let view = state.view((graph.clone(), today), state.life.work().clone());
    let node = match view.require("id", &id) {
        Ok(node) => node,
        Err(error) => return unknown(&error).status(StatusCode::NOT_FOUND).response(),
    };
    let names: Vec<_> = CitationFormat::ALL.into_iter().map(CitationFormat::name).collect();
    let mut format = None;
    for (name, value) in pairs(&request) {
        let found = CitationFormat::named(&value);
        if name != "format" || found.is_none() || format.is_some() {
            let detail = format!("Give `format` once, as one of {}; or leave it out.", names.join(", "));
            let problem = Problem::bad("unknown-format", "There is no such format", detail);
            return problem.with("parameter", shortened(&name)).with("expected", names).response();
        }
        format = found;
    }
    match format {
        Some(format) => {
            let text = export::citations(node, format);
            let tag = message::tag(text.as_bytes());
            let name = format!("{}.{}", node.id(), format.ending());
            message::tagged_by(attachment(format.media_type(), &name, text), tag, request.headers())
        }
        None => {
            let (name, kind) = (|language| node.name(language), upper_snake(node.kind().name()));
            let citations: serde_json::Map<_, _> =
                names.iter().map(|f| ((*f).to_owned(), Value::from(format!("/nodes/{id}?format={f}")))).collect();
            let files: serde_json::Map<_, _> = Format::graphs()
                .map(|f| (f.name().to_owned(), Value::from(format!("/export/{}?around={id}", f.file_name()))))
                .collect();
            let body = json!({
                "id": node.id(), "kind": kind, "name": { "en": name(Language::En), "fr": name(Language::Fr) },
                "release": &*graph.release().id, "digest": graph.digest(),
                "license": &*graph.release().license, "citations": citations, "export": files,
            });
            json_response(&body, request.headers())
        }
    }
}

/// JSON with a tag.
pub(super) fn json_response(body: &Value, asked: &HeaderMap) -> Response {
    let text = format!("{body:#}\n");
    let headers = [(CONTENT_TYPE, "application/json; charset=utf-8"), (CACHE_CONTROL, "public, no-cache")];
    let tag = message::tag(text.as_bytes());
    message::open(message::tagged_by(message::response(StatusCode::OK, headers, text), tag, asked))
}

/// The parameters of a request, in their order.
pub(super) fn pairs(request: &Request) -> Vec<(String, String)> {
    let query = request.uri().query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes()).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

/// A question that cannot be answered.
pub(super) fn unknown(error: &QuestionError) -> Problem {
    let problem = match error {
        QuestionError::UnknownNode { nearest, .. } => {
            let nearest: Vec<_> = nearest.iter().map(|id| id.as_str()).collect();
            Problem::bad("unknown-node", "There is no such node", error.to_string()).with("nearest", nearest)
        }
        QuestionError::BadArgument { .. } | QuestionError::OtherRelease { .. } => {
            Problem::bad("bad-parameter", "A parameter cannot be used", error.to_string())
        }
    };
    problem.with("parameter", error.argument())
}

fn wrong_parameter(wrong: &export::WrongParameter) -> Problem {
    let expected: Vec<_> = export::PARAMETERS.iter().map(|parameter| parameter.name).collect();
    let is_unknown = !expected.contains(&wrong.name.as_str());
    let problem = Problem::bad("bad-parameter", "A parameter cannot be used", &*wrong.message);
    let problem = problem.with("parameter", shortened(&wrong.name));
    if is_unknown { problem.with("expected", expected) } else { problem }
}

/// A text of whoever asks, no longer than an answer should repeat.
pub(super) fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(400) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}
