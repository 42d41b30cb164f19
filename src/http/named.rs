//! `/q/…`: named queries, each at an address that stays.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State as StateOf};
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_TYPE, LINK, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::ask::{Asked, ask};
use super::cache::{Kept, Key};
use super::export::{attachment, json_response, pairs, shortened};
use super::negotiate::{self, Encoding};
use super::problem::{self, Problem};
use super::repeat::Repeatable;
use super::stream::NoBody;
use super::{State, message, stream};
use crate::export::{self, Format, Selection};
use crate::graph::{Bounds, Graph, NamedQuery, View};
use crate::graphql::{Answer, Cell, Named, Parts, Stage, Variable, WrongValue};

/// The route of an answer, as metrics name it.
const ROUTE: &str = "/q/{file}";

/// A form in which an answer can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The answer as it is.
    Json,
    /// Its one list as a table.
    Csv,
    /// The part of the graph it speaks of.
    Graph(Format),
}

impl Form {
    /// Every form.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        [Self::Json, Self::Csv].into_iter().chain(Format::graphs().map(Self::Graph))
    }

    /// The ending of its addresses; the answer as it is has none.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Json => "",
            Self::Csv => "csv",
            Self::Graph(format) => format.name(),
        }
    }

    /// Its media type.
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::Csv => Format::Nodes.media_type(),
            Self::Graph(format) => format.media_type(),
        }
    }

    /// The forms of the answers to a query.
    pub(super) fn of(named: &Named) -> impl Iterator<Item = Self> {
        let (has_rows, has_parts) = (named.rows().is_ok(), named.has_parts());
        Self::all().filter(move |form| match form {
            Self::Json => true,
            Self::Csv => has_rows,
            Self::Graph(_) => has_parts,
        })
    }

    /// The address of a query's answers in this form.
    pub(super) fn address(self, name: &str) -> String {
        match self.ending() {
            "" => format!("/q/{name}"),
            ending => format!("/q/{name}.{ending}"),
        }
    }
}

/// The named queries there are.
pub(super) async fn list(StateOf(state): StateOf<State>, request: Request) -> Response {
    if let Some(response) = problem::only_reads(request.method()) {
        return response;
    }
    let graph = state.live.graph();
    let queries: Vec<_> = graph.queries().iter().filter_map(|query| described(&state, query)).collect();
    json_response(&json!({ "queries": queries }), request.headers())
}

fn described(state: &State, query: &NamedQuery) -> Option<Value> {
    let named = state.api.named(query).ok()?;
    let variable = |variable: &Variable| {
        json!({ "name": variable.name, "type": variable.of, "required": variable.required,
                "default": variable.default, "expected": variable.shape.says() })
    };
    let forms: Map<_, _> = Form::of(&named)
        .map(|form| {
            (if form == Form::Json { "json" } else { form.ending() }.to_owned(), form.address(&query.name).into())
        })
        .collect();
    Some(json!({
        "name": &*query.name, "url": Form::Json.address(&query.name), "title": query.title(),
        "description": query.description(), "variables": named.variables().iter().map(variable).collect::<Vec<_>>(),
        "formats": forms, "document": &*query.document,
    }))
}

/// The answer to a named query.
pub(super) async fn answer(
    StateOf(state): StateOf<State>,
    file: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    if let Some(response) = problem::only_reads(request.method()) {
        return response;
    }
    match respond(&state, &problem::segment(file), request).await {
        Ok(response) => response,
        Err(problem) => problem.response(),
    }
}

async fn respond(state: &State, file: &str, request: Request) -> Result<Response, Problem> {
    let (graph, today) = state.now();
    let epoch = graph.epoch(today);
    let (name, ending) = file.split_once('.').unwrap_or((file, ""));
    let query = graph.queries().iter().find(|query| &*query.name == name).ok_or_else(|| unknown(&graph, name))?;
    let named = state.api.named(query).map_err(|_| Problem::ours())?;
    let form = Form::all().find(|form| form.ending() == ending || *form == Form::Json && ending == "json");
    let form = form
        .filter(|form| Form::of(&named).any(|known| known == *form))
        .ok_or_else(|| formless(name, ending, &named))?;
    let given = pairs(&request);
    let given = given.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let values = named.values(given).map_err(|wrong| wrong_value(wrong, name))?;

    let asked = request.headers();
    let language = negotiate::language(asked);
    let question = match form {
        Form::Json | Form::Csv => named.question(&values),
        Form::Graph(_) => named.question_of_parts(&values).ok_or_else(Problem::ours)?,
    };
    let key = Key::new(&graph, epoch, &question, language);
    let tag = match form {
        Form::Json => key.tag(),
        Form::Csv | Form::Graph(_) => message::tag_of(&[key.tag().to_str().unwrap_or_default(), form.ending()]),
    };
    let file_name = format!("{name}.{}", form.ending());
    let response = if message::names(asked, &tag) {
        message::open(message::response(StatusCode::NOT_MODIFIED, [], Body::empty()))
    } else {
        let (asked_for, outcome) = ask(state, (graph.clone(), today), question, language, key).await;
        let kept = match asked_for {
            Asked::Whole { kept, .. } => kept,
            Asked::Faulty(answer) => return Err(faulty(answer).observed(outcome)),
            Asked::Overloaded => return Err(overloaded().observed(outcome)),
        };
        let mut response = match form {
            Form::Json => {
                let (mut response, encoding) = plain(&kept, asked);
                let graph = Arc::downgrade(&graph);
                response.extensions_mut().insert(Repeatable { graph, epoch, key, encoding, route: ROUTE });
                response
            }
            Form::Csv => attachment(form.media_type(), &file_name, table(&named, &read(&kept)?)?),
            Form::Graph(format) => {
                let (parts, time, graph) = (Parts::of(&read(&kept)?), named.time(&values), graph.clone());
                let written = stream::body::<()>(&state.files, &state.limits, move |begin| {
                    let view = View::today(graph, today, Bounds::unlimited()).at_time(time);
                    let selection = Selection::named(&view, &parts.nodes, &parts.relationships);
                    begin.write(|out| export::write(format, &selection, out));
                });
                let written = written.await.map_err(|no_body| match no_body {
                    NoBody::NoPlace => Problem::no_place(),
                    NoBody::Refused(()) | NoBody::Failed => Problem::ours(),
                });
                attachment(form.media_type(), &file_name, written?)
            }
        };
        response.extensions_mut().insert(outcome);
        response
    };
    let mut response = negotiated(response, &graph, language.tag());
    response.headers_mut().insert(CACHE_CONTROL, state.cache_control.clone());
    Ok(message::tagged_by(response, tag, asked))
}

/// The answer as it is, and how it is compressed.
fn plain(kept: &Kept, asked: &HeaderMap) -> (Response, Option<Encoding>) {
    let (body, encoding) = kept.body(&negotiate::encodings(asked));
    let mut response = message::response(StatusCode::OK, [(CONTENT_TYPE, Form::Json.media_type())], body);
    if let Some(encoding) = encoding {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(encoding.header()));
    }
    (message::open(response), encoding)
}

/// The answer, to be made into something else.
fn read(kept: &Kept) -> Result<Value, Problem> {
    serde_json::from_slice(&kept.body(&[]).0).map_err(|_| Problem::ours())
}

/// What all responses to queries tell: in which language they are, and on which terms.
fn negotiated(mut response: Response, graph: &Graph, language: &'static str) -> Response {
    let headers = response.headers_mut();
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language));
    headers.insert(VARY, HeaderValue::from_static("Accept-Language, Accept-Encoding"));
    let license = format!("<{}>; rel=\"license\"", export::About::address_of(&graph.release().license));
    if let Ok(link) = HeaderValue::from_str(&license) {
        headers.insert(LINK, link);
    }
    response
}

/// Why there is no answer: what stays at an address is never half of one.
fn faulty(answer: Answer) -> Problem {
    match answer.stage() {
        Stage::Executed | Stage::Refused => {
            let errors = serde_json::from_slice::<Value>(&answer.into_json()).unwrap_or_default()["errors"].take();
            let detail = errors[0]["message"].as_str().unwrap_or("No answer is without errors.").to_owned();
            let title = "The query cannot be answered with these values";
            Problem::bad("unanswerable", title, detail).with("errors", errors)
        }
        Stage::Failed => Problem::ours(),
        Stage::Overloaded => overloaded(),
        Stage::TimedOut => {
            let problem = Problem::bad("timeout", "The answer took too long", "Ask for less at once, or try again.");
            problem.status(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

fn overloaded() -> Problem {
    let problem = Problem::bad("overloaded", "Too many questions are being answered", "Ask again in a moment.");
    problem.status(StatusCode::SERVICE_UNAVAILABLE)
}

fn table(named: &Named, answer: &Value) -> Result<Vec<u8>, Problem> {
    let rows = named.rows().map_err(|_| Problem::ours())?;
    let cells = rows.of(&answer["data"]).map(|row| {
        let cell = |cell: Cell| if cell.is_plain { cell.text } else { export::safe_cell(&cell.text).into_owned() };
        row.into_iter().map(cell)
    });
    let mut table = Vec::new();
    export::write_table(rows.columns(), cells, &mut table).map_err(|_| Problem::ours())?;
    Ok(table)
}

fn unknown(graph: &Graph, name: &str) -> Problem {
    let nearest = graph.nearest_queries(name);
    let hint = match nearest.first() {
        Some(name) => format!("Did you mean {name:?}? All are listed at /q."),
        None => "All are listed at /q.".to_owned(),
    };
    let detail = format!("No query is named {:?}. {hint}", shortened(name));
    Problem::not_found("unknown-query", "There is no such query", detail).with("nearest", nearest)
}

/// The refusal of a form that a query's answers do not have.
fn formless(name: &str, ending: &str, named: &Named) -> Problem {
    let forms: Vec<_> = Form::of(named).map(|form| form.address(name)).collect();
    let reason = match (ending, named.rows()) {
        ("csv", Err([])) => "Its answer holds no list that could be a table.".to_owned(),
        ("csv", Err(lists)) => {
            format!("A table is made of one list, and its answer holds {}: {}.", lists.len(), lists.join(", "))
        }
        _ if Form::all().any(|form| form.ending() == ending) => "Its answer speaks of no nodes.".to_owned(),
        _ => format!("Nothing is written as {:?}.", shortened(ending)),
    };
    let detail = format!("{reason} Its answer is at {}.", forms.join(", "));
    Problem::not_found("unknown-format", "The answer has no such form", detail).with("expected", forms)
}

fn wrong_value(wrong: WrongValue, name: &str) -> Problem {
    let WrongValue { name: variable, code, message, expected } = wrong;
    let hint = if variable == "format" {
        format!(" A form is asked for by its ending: /q/{name}.csv.")
    } else {
        String::new()
    };
    let title = "A variable of the query is missing or wrong";
    let problem = Problem::bad(code, title, format!("{message}{hint}"));
    problem.with("parameter", shortened(&variable)).with("expected", expected)
}
