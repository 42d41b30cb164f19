//! The description of the tables: a Frictionless data package.

use std::io::{Result, Write};

use serde_json::{Value, json};

use super::field::{Field, NODE, RELATIONSHIP, SOURCE, Type};
use super::{About, Format, Selection};

/// The dates of the graph: a year, perhaps a month, perhaps a day.
const DATE: &str = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$";

/// Describes the tables, which lie at their names with `suffix` behind them.
pub(super) fn write(selection: &Selection<'_>, suffix: &str, out: &mut dyn Write) -> Result<()> {
    let about = About::new(selection);
    let id = |says: &str| {
        json!({ "name": "id", "type": "string", "description": says,
                                  "constraints": { "required": true, "unique": true } })
    };
    let end = |name: &str, says: &str| {
        json!({ "name": name, "type": "string", "description": says,
                                               "constraints": { "required": true } })
    };
    let key = |field: &str| json!({ "fields": field, "reference": { "resource": "nodes", "fields": "id" } });

    let nodes = [vec![id("Its readable id")], fields(NODE)].concat();
    let ends =
        vec![id("Subject, kind and object"), end("from", "The id of the subject"), end("to", "The id of the object")];
    let relationships = [ends, fields(RELATIONSHIP)].concat();
    let sources = [vec![id("Its readable id")], fields(SOURCE)].concat();
    let package = json!({
        "profile": "tabular-data-package",
        "name": "pactgraph",
        "title": About::TITLE,
        "description": format!("{}. Dates are as precise as their sources. A cell that a spreadsheet would take \
                                for a formula has an apostrophe before it.", about.sentence()),
        "version": &*about.release.id,
        "created": format!("{}T00:00:00Z", about.release.published.first_day()),
        "digest": format!("blake3:{}", about.digest),
        "licenses": [{ "name": &*about.release.license, "path": about.license_url() }],
        "asOf": about.as_of.map(|as_of| as_of.date.to_string()),
        "holdsSince": about.today_since.map(|since| since.to_string()),
        "resources": [
            resource(Format::Nodes, suffix, &nodes, json!([])),
            resource(Format::Relationships, suffix, &relationships, json!([key("from"), key("to")])),
            resource(Format::Sources, suffix, &sources, json!([])),
        ],
    });
    serde_json::to_writer_pretty(&mut *out, &package)?;
    out.write_all(b"\n")
}

fn resource(table: Format, suffix: &str, fields: &[Value], foreign_keys: Value) -> Value {
    let name = table.name();
    let mut schema = json!({ "fields": fields, "primaryKey": "id", "missingValues": [""] });
    if foreign_keys.as_array().is_some_and(|keys| !keys.is_empty()) {
        schema["foreignKeys"] = foreign_keys;
    }
    json!({
        "name": name.trim_end_matches(".csv"),
        "path": format!("{name}{suffix}"),
        "description": table.says(),
        "profile": "tabular-data-resource",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "schema": schema,
    })
}

fn fields<F>(fields: &[Field<F>]) -> Vec<Value> {
    let described = fields.iter().map(|field| {
        let (of, more) = match field.of {
            Type::Text => ("string", None),
            Type::Boolean => ("boolean", None),
            Type::Date => ("string", Some(json!({ "pattern": DATE }))),
        };
        let mut described = json!({ "name": field.name, "type": of, "description": field.says });
        if let Some(constraints) = more {
            described["constraints"] = constraints;
        }
        described
    });
    described.collect()
}
