//! `/openapi.json`: an OpenAPI 3.1 description of named queries and exports, made of the queries
//! themselves, the schema, and the lists of formats and parameters.

use axum::extract::{Request, State as StateOf};
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::State;
use super::export::json_response;
use super::named::Form;
use super::problem;
use crate::export::{self, CitationFormat, Format, Parameter};
use crate::graph::{Graph, NamedQuery};
use crate::graphql::{Api, Named, Shape, Variable};

/// The dates of the graph: a year, perhaps a month, perhaps a day.
const DATE: &str = "^[1-9][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?$";

/// The description.
pub(super) async fn description(StateOf(state): StateOf<State>, request: Request) -> Response {
    if let Some(response) = problem::only_reads(request.method()) {
        return response;
    }
    json_response(&openapi(&state.api, &state.live.graph()), request.headers())
}

/// An OpenAPI 3.1 description of the named queries of `graph`, and of its exports.
pub fn openapi(api: &Api, graph: &Graph) -> Value {
    let mut paths = Map::new();
    let listed = json!({ "get": operation("listQueries", "queries", "Every named query", json!([]),
                                          json!({ "application/json": { "schema": { "type": "object" } } })) });
    paths.insert("/q".into(), listed);
    for query in graph.queries() {
        if let Ok(named) = api.named(query) {
            add_query(&mut paths, query, &named);
        }
    }
    add_exports(&mut paths);
    let license = &*graph.release().license;
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "pactgraph: named queries and exports",
            "summary": export::TITLE,
            "description": "Whatever can be had without writing GraphQL; the whole API is at `/graphql`.",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": license, "identifier": license },
        },
        "servers": [{ "url": "/" }],
        "tags": [
            { "name": "queries", "description": "Questions with a name" },
            { "name": "exports", "description": "The graph, or a part of it, as a file" },
        ],
        "paths": paths,
        "components": { "schemas": { "Problem": problem_schema() }, "responses": refusals(), "headers": {
            "ETag": { "description": "Send it back in `If-None-Match`", "schema": { "type": "string" } },
        } },
    })
}

fn add_query(paths: &mut Map<String, Value>, query: &NamedQuery, named: &Named) {
    let parameters: Vec<_> = named.variables().iter().map(variable).chain([language()]).collect();
    let answer = json!({
        "type": "object",
        "required": ["data"],
        "properties": { "data": { "type": "object", "description": "The answer of GraphQL" } },
    });
    let content = json!({ "application/json": { "schema": answer } });
    let mut plain = operation(&query.name, "queries", query.title(), Value::from(parameters.clone()), content);
    plain["description"] = query.description().into();
    plain["x-graphql-document"] = (&*query.document).into();
    paths.insert(Form::Json.address(&query.name), json!({ "get": plain }));

    let forms: Vec<_> = Form::of(named).filter(|form| *form != Form::Json).collect();
    if forms.is_empty() {
        return;
    }
    let content: Map<_, _> = forms.iter().map(|form| file(form.media_type())).collect();
    let endings: Vec<_> = forms.iter().map(|form| form.ending()).collect();
    let ending = json!({ "name": "ending", "in": "path", "required": true, "description": "The form of the answer",
                         "schema": { "type": "string", "enum": endings } });
    let parameters: Vec<_> = [ending].into_iter().chain(parameters).collect();
    let id = format!("{}-as-a-file", query.name);
    let mut other = operation(&id, "queries", query.title(), parameters.into(), content.into());
    other["description"] = "The same answer as a table, or as the part of the graph it speaks of.".into();
    paths.insert(format!("/q/{}.{{ending}}", query.name), json!({ "get": other }));
}

fn add_exports(paths: &mut Map<String, Value>) {
    let json_content = json!({ "application/json": { "schema": { "type": "object" } } });
    let list = operation("listExports", "exports", "Every file and parameter", json!([]), json_content.clone());
    paths.insert("/export".into(), json!({ "get": list }));
    let content: Map<_, _> = Format::ALL.into_iter().map(|format| file(format.media_type())).collect();
    let names: Vec<_> = Format::ALL.into_iter().map(Format::file_name).collect();
    let name = json!({ "name": "file", "in": "path", "required": true, "description": "The file",
                       "schema": { "type": "string", "enum": names } });
    let parameters: Vec<_> = [name].into_iter().chain(export::PARAMETERS.iter().map(parameter)).collect();
    let summary = "The graph, or a part of it, as a file";
    let file = operation("export", "exports", summary, parameters.into(), content.into());
    paths.insert("/export/{file}".into(), json!({ "get": file }));

    let formats: Vec<_> = CitationFormat::ALL.into_iter().map(CitationFormat::name).collect();
    let parameters = json!([
        { "name": "id", "in": "path", "required": true, "description": "The id of a node", "example": "ceta",
          "schema": { "type": "string" } },
        { "name": "format", "in": "query", "description": "Its sources, to be cited; where left out, what else there is",
          "schema": { "type": "string", "enum": formats } },
    ]);
    let mut content = json_content;
    for format in CitationFormat::ALL {
        content[essence(format.media_type())] = json!({ "schema": { "type": ["string", "array", "object"] } });
    }
    let node = operation("node", "exports", "A node, and the sources of its fact sheet", parameters, content);
    paths.insert("/nodes/{id}".into(), json!({ "get": node }));
}

fn operation(id: &str, tag: &str, summary: &str, parameters: Value, content: Value) -> Value {
    json!({
        "operationId": id, "tags": [tag], "summary": summary, "parameters": parameters,
        "responses": {
            "200": { "description": "The answer", "content": content,
                     "headers": { "ETag": { "$ref": "#/components/headers/ETag" } } },
            "304": { "description": "Whoever asks has it already" },
            "400": { "$ref": "#/components/responses/Refused" },
            "404": { "$ref": "#/components/responses/Missing" },
            "503": { "$ref": "#/components/responses/Late" },
        },
    })
}

fn file(media_type: &str) -> (String, Value) {
    let media_type = essence(media_type);
    let of = if media_type.ends_with("json") { "object" } else { "string" };
    (media_type.to_owned(), json!({ "schema": { "type": of } }))
}

/// A media type without its parameters.
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or(media_type)
}

fn language() -> Value {
    json!({ "name": "Accept-Language", "in": "header", "description": "English or French",
            "schema": { "type": "string" }, "example": "fr" })
}

fn variable(variable: &Variable) -> Value {
    let described = format!("{}. Type `{}`", variable.shape.says(), variable.of);
    let mut parameter =
        json!({ "name": variable.name, "in": "query", "required": variable.required, "description": described });
    let mut schema = schema(&variable.shape);
    if let Some(default) = &variable.default {
        schema["default"] = default.clone();
    }
    if holds_objects(&variable.shape) {
        parameter["content"] = json!({ "application/json": { "schema": schema } });
    } else {
        parameter["schema"] = schema;
    }
    parameter
}

fn schema(shape: &Shape) -> Value {
    match shape {
        Shape::Text | Shape::Id => json!({ "type": "string" }),
        Shape::Int => json!({ "type": "integer", "format": "int32" }),
        Shape::Float => json!({ "type": "number" }),
        Shape::Boolean => json!({ "type": "boolean" }),
        Shape::Date => json!({ "type": "string", "pattern": DATE }),
        Shape::Choice(words) => json!({ "type": "string", "enum": words }),
        Shape::Object(of) => json!({ "type": "object", "title": of }),
        Shape::List(item) => json!({ "type": "array", "items": schema(item) }),
    }
}

fn holds_objects(shape: &Shape) -> bool {
    match shape {
        Shape::Object(_) => true,
        Shape::List(item) => holds_objects(item) || matches!(**item, Shape::List(_)),
        Shape::Text | Shape::Id | Shape::Int | Shape::Float | Shape::Boolean | Shape::Date | Shape::Choice(_) => false,
    }
}

fn parameter(parameter: &Parameter) -> Value {
    let mut schema = json!({ "type": "string" });
    if !parameter.choices.is_empty() {
        schema["enum"] = parameter.choices.into();
    }
    if parameter.repeats {
        schema = json!({ "type": "array", "items": schema });
    }
    let example = if parameter.repeats { json!([parameter.example]) } else { parameter.example.into() };
    json!({ "name": parameter.name, "in": "query", "description": parameter.says, "schema": schema, "example": example })
}

fn refusals() -> Value {
    let refusal = |says: &str| {
        json!({ "description": says, "content": { "application/problem+json": {
            "schema": { "$ref": "#/components/schemas/Problem" } } } })
    };
    json!({
        "Refused": refusal("A parameter is missing or wrong; the problem names what was expected"),
        "Missing": refusal("There is no such thing; the problem names what there is"),
        "Late": refusal("The answer took too long"),
    })
}

fn problem_schema() -> Value {
    json!({
        "type": "object",
        "description": "Why a request is refused (RFC 9457)",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": { "type": "string", "format": "uri" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "parameter": { "type": "string", "description": "The parameter at fault" },
            "expected": { "description": "What would have been right", "type": "array", "items": { "type": "string" } },
            "nearest": { "description": "The names most like the one given", "type": "array", "items": { "type": "string" } },
            "errors": { "description": "The errors of GraphQL", "type": "array", "items": { "type": "object" } },
        },
    })
}
