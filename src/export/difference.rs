//! The difference of two releases, for people, programs and release notes.

use std::io::{Result, Write};

use serde_json::{Value, json};

use crate::graph::{Changed, Changes, Difference, Edition, FieldChange, View, upper_snake};
use crate::model::Language;

/// A form of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DifferenceForm {
    /// Lines to read in a terminal.
    Text,
    /// One object.
    Json,
    /// For release notes.
    Markdown,
}

/// Writes what differs from `old` to `new`.
///
/// # Errors
/// Those of `out`.
pub fn write_difference(
    form: DifferenceForm,
    difference: &Difference,
    (old, new): (&View, &View),
    out: &mut dyn Write,
) -> Result<()> {
    let sorts = [
        Sort { title: "Nodes", key: "nodes", changes: &difference.nodes, label: node, old, new },
        Sort {
            title: "Relationships",
            key: "relationships",
            changes: &difference.relationships,
            label: sentence,
            old,
            new,
        },
        Sort { title: "Sources", key: "sources", changes: &difference.sources, label: source, old, new },
    ];
    match form {
        DifferenceForm::Text => text(difference, &sorts, out),
        DifferenceForm::Json => write_json(difference, &sorts, out),
        DifferenceForm::Markdown => markdown(difference, &sorts, out),
    }
}

/// The changes of one sort of things, and how one of them is called in a release.
struct Sort<'d> {
    title: &'static str,
    key: &'static str,
    changes: &'d Changes,
    label: fn(&View, &str) -> Option<String>,
    old: &'d View,
    new: &'d View,
}

impl Sort<'_> {
    fn added(&self) -> impl Iterator<Item = (&str, String)> {
        self.changes.added.iter().map(|id| (id.as_str(), (self.label)(self.new, id).unwrap_or_default()))
    }

    fn removed(&self) -> impl Iterator<Item = (&str, String)> {
        self.changes.removed.iter().map(|id| (id.as_str(), (self.label)(self.old, id).unwrap_or_default()))
    }

    /// The id that a removed one leads to now.
    fn replaced_by(&self, id: &str) -> Option<&str> {
        (self.key == "nodes").then(|| self.new.node(id)).flatten().map(|node| node.id())
    }

    fn changed(&self) -> impl Iterator<Item = (&Changed, String)> {
        self.changes.changed.iter().map(|changed| (changed, (self.label)(self.new, &changed.id).unwrap_or_default()))
    }

    fn counts(&self) -> [usize; 3] {
        [self.changes.added.len(), self.changes.removed.len(), self.changes.changed.len()]
    }
}

fn node(view: &View, id: &str) -> Option<String> {
    let node = view.node(id)?;
    Some(format!("{} ({})", node.name(Language::En), upper_snake(node.kind().name())))
}

fn sentence(view: &View, id: &str) -> Option<String> {
    view.relationship(id).map(|relationship| relationship.sentence(Language::En))
}

fn source(view: &View, id: &str) -> Option<String> {
    view.source(id).map(|source| source.data().title.to_string())
}

fn text(difference: &Difference, sorts: &[Sort<'_>], out: &mut dyn Write) -> Result<()> {
    let edition = |edition: &Edition| format!("{} ({})", edition.release.id, short(&edition.digest));
    writeln!(out, "{} to {}", edition(&difference.from), edition(&difference.to))?;
    for sort in sorts {
        let [added, removed, changed] = sort.counts();
        writeln!(out, "{}: {added} added, {removed} removed, {changed} changed", sort.title)?;
    }
    for sort in sorts.iter().filter(|sort| sort.changes.count() > 0) {
        writeln!(out, "\n{}", sort.title)?;
        for (id, label) in sort.added() {
            writeln!(out, "  + {id}  {label}")?;
        }
        for (id, label) in sort.removed() {
            let now = self::now(sort, id, |now| now.to_owned());
            writeln!(out, "  - {id}  {label}{now}")?;
        }
        for (changed, label) in sort.changed() {
            writeln!(out, "  ~ {}  {label}", changed.id)?;
            for FieldChange { field, before, after } in &changed.fields {
                writeln!(out, "      {field}: {} -> {}", quoted(before), quoted(after))?;
            }
        }
    }
    Ok(())
}

/// What a removed thing leads to now, in words.
fn now(sort: &Sort<'_>, id: &str, shown: impl Fn(&str) -> String) -> String {
    sort.replaced_by(id).map(|now| format!(", now {}", shown(now))).unwrap_or_default()
}

/// The first characters of a digest, which tell it from others well enough for people.
fn short(digest: &str) -> &str {
    digest.get(..8).unwrap_or(digest)
}

fn quoted(value: &Option<String>) -> String {
    value.as_ref().map_or_else(|| "nothing".to_owned(), |value| format!("{value:?}"))
}

fn write_json(difference: &Difference, sorts: &[Sort<'_>], out: &mut dyn Write) -> Result<()> {
    let mut object = serde_json::Map::new();
    object.insert("from".into(), edition(&difference.from));
    object.insert("to".into(), edition(&difference.to));
    for sort in sorts {
        let item = |(id, label): (&str, String)| json!({ "id": id, "label": label });
        let changed = sort.changed().map(|(changed, label)| {
            let fields = changed
                .fields
                .iter()
                .map(|field| json!({ "field": field.field, "before": field.before, "after": field.after }));
            json!({ "id": changed.id, "label": label, "fields": fields.collect::<Vec<_>>() })
        });
        let changes = json!({
            "added": sort.added().map(item).collect::<Vec<_>>(),
            "removed": sort.removed().map(|(id, label)| {
                let mut object = item((id, label));
                if let Some(now) = sort.replaced_by(id) {
                    object["replacedBy"] = now.into();
                }
                object
            }).collect::<Vec<_>>(),
            "changed": changed.collect::<Vec<_>>(),
        });
        object.insert(sort.key.into(), changes);
    }
    serde_json::to_writer_pretty(&mut *out, &object)?;
    writeln!(out)
}

fn edition(edition: &Edition) -> Value {
    json!({ "id": edition.release.id, "published": edition.release.published.to_string(), "digest": edition.digest })
}

fn markdown(difference: &Difference, sorts: &[Sort<'_>], out: &mut dyn Write) -> Result<()> {
    let (from, to) = (&difference.from.release.id, &difference.to.release.id);
    writeln!(out, "# Changes from {from} to {to}\n")?;
    writeln!(out, "| | Added | Removed | Changed |\n| --- | ---: | ---: | ---: |")?;
    for sort in sorts {
        let [added, removed, changed] = sort.counts();
        writeln!(out, "| {} | {added} | {removed} | {changed} |", sort.title)?;
    }
    for sort in sorts.iter().filter(|sort| sort.changes.count() > 0) {
        writeln!(out, "\n## {}", sort.title)?;
        let item = |(id, label): (&str, String)| format!("- {} (`{id}`)\n", escaped(&label));
        section("Added", sort.added().map(item).collect(), out)?;
        let removed = sort.removed().map(|(id, label)| {
            let now = now(sort, id, |now| format!("`{now}`"));
            format!("- {} (`{id}`){now}\n", escaped(&label))
        });
        section("Removed", removed.collect(), out)?;
        let changed = sort.changed().map(|(changed, label)| {
            let fields = changed.fields.iter().map(|FieldChange { field, before, after }| match (before, after) {
                (Some(before), Some(after)) => {
                    format!("  - {field}: {}, before: {}\n", escaped(after), escaped(before))
                }
                (None, Some(after)) => format!("  - {field}: {}\n", escaped(after)),
                (Some(before), None) => format!("  - {field}: removed, before: {}\n", escaped(before)),
                (None, None) => format!("  - {field}\n"),
            });
            item((&changed.id, label)) + &fields.collect::<String>()
        });
        section("Changed", changed.collect(), out)?;
    }
    write!(out, "\nDigest: `{}`, before: `{}`\n", difference.to.digest, difference.from.digest)
}

fn section(title: &str, items: Vec<String>, out: &mut dyn Write) -> Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    write!(out, "\n### {title}\n\n{}", items.concat())
}

/// The text with everything that Markdown takes for more than a character as the character it is.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if r"\`*_[]<>#|~".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
