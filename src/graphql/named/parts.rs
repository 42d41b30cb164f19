//! Answers as parts of the graph: the nodes and relationships an answer speaks of.

use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, Selection, SelectionSet};
use async_graphql::{Name, Pos, Positioned, Value, Variables};
use serde_json::Value as Json;

use super::fields::fields;
use crate::graph::{AsOf, Time};
use crate::graphql::document::offset;
use crate::graphql::type_map::TypeMap;
use crate::model::{Certainty, PartialDate};

/// The keys under which an answer tells ids of nodes and relationships.
const NODE: &str = "pactgraphNode";
const RELATIONSHIP: &str = "pactgraphRelationship";

/// The ids of the nodes and relationships an answer speaks of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    /// The nodes.
    pub nodes: Vec<String>,
    /// The relationships.
    pub relationships: Vec<String>,
}

impl Parts {
    /// Those of an answer to a [question of parts](super::Named::question_of_parts).
    pub fn of(data: &Json) -> Self {
        let mut parts = Self::default();
        parts.add(data);
        parts
    }

    fn add(&mut self, value: &Json) {
        match value {
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
            Json::Array(items) => items.iter().for_each(|item| self.add(item)),
            Json::Object(object) => {
                for (key, value) in object {
                    match (key.as_str(), value) {
                        (NODE, Json::String(id)) => self.nodes.push(id.clone()),
                        (RELATIONSHIP, Json::String(id)) => self.relationships.push(id.clone()),
                        (_, value) => self.add(value),
                    }
                }
            }
        }
    }
}

/// The document that also asks for the ids of every node and relationship it asks for, and of those
/// along every path; none where it asks for none.
pub(super) fn document(
    text: &str,
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    types: &TypeMap,
) -> Option<String> {
    let mut insertions = Vec::new();
    walk(&operation.selection_set, "Query", types, &mut insertions);
    for fragment in document.fragments.values() {
        let of = fragment.node.type_condition.node.on.node.as_str();
        walk(&fragment.node.selection_set, of, types, &mut insertions);
    }
    if insertions.is_empty() {
        return None;
    }
    insertions.sort_by_key(|(pos, _)| *pos);
    let mut out = text.to_owned();
    for (pos, insertion) in insertions.into_iter().rev() {
        // A selection set begins with its bracket.
        let at = offset(text, pos).filter(|&at| text[at..].starts_with('{'))?;
        out.insert_str(at + 1, &insertion);
    }
    Some(out)
}

fn walk(set: &Positioned<SelectionSet>, of: &str, types: &TypeMap, insertions: &mut Vec<(Pos, String)>) {
    if set.node.items.is_empty() {
        return;
    }
    let (node, relationship) = (format!(" {NODE}: id "), format!(" {RELATIONSHIP}: id "));
    match of {
        "Relationship" => insertions.push((set.pos, relationship)),
        "Path" => {
            let steps = format!(" pactgraphSteps: steps {{ from {{{node}}} relationship {{{relationship}}} }} ");
            insertions.push((set.pos, format!("{steps} pactgraphEnd: to {{{node}}} ")));
        }
        _ if types.is_node(of) => insertions.push((set.pos, node)),
        _ => {}
    }
    for item in &set.node.items {
        match &item.node {
            Selection::Field(field) => {
                let name = field.node.name.node.as_str();
                // What was not passed through, and whose lists may not be whole, is no part of the answer.
                let known = types
                    .composite(of)
                    .and_then(|of| of.fields.get(name))
                    .filter(|_| !["avoidedHubs", "caveats"].contains(&name));
                if let Some(known) = known {
                    walk(&field.node.selection_set, known.of(), types, insertions);
                }
            }
            Selection::InlineFragment(fragment) => {
                let condition = fragment.node.type_condition.as_ref();
                let of = condition.map_or(of, |condition| condition.node.on.node.as_str());
                walk(&fragment.node.selection_set, of, types, insertions);
            }
            // Its own selection set is walked once.
            Selection::FragmentSpread(_) => {}
        }
    }
}

/// The time at which every part is asked for; all dates where they are asked for at several, or as of a date
/// with what is undated.
pub(super) fn time(document: &ExecutableDocument, operation: &OperationDefinition, variables: &Variables) -> Time {
    let variable = |name: &Name| {
        let definition = operation.variable_definitions.iter().find(|known| known.node.name.node == *name)?;
        variables.get(name).or(definition.node.default_value.as_ref().map(|default| &default.node)).cloned()
    };
    let mut times = Vec::new();
    fields(document, &operation.selection_set.node, "Query", &mut |field, _| {
        let argument = |name: &str| {
            let value = field.get_argument(name)?.node.clone();
            value.into_const_with(|name| variable(&name).ok_or(())).ok()
        };
        match field.name.node.as_str() {
            "release" | "__typename" => {}
            "asOf" => {
                let date = argument("date").as_ref().and_then(word).and_then(|date| date.parse::<PartialDate>().ok());
                let is_certain = argument("certainty").as_ref().and_then(word) == Some("CERTAIN");
                let certainty = if is_certain { Certainty::Certain } else { Certainty::Possible };
                let lists_undated = argument("undated") == Some(Value::Boolean(true));
                let as_of = date.filter(|_| !lists_undated).map(|date| Time::AsOf(AsOf { date, certainty }));
                times.push(as_of.unwrap_or(Time::AllDates));
            }
            "allDates" => times.push(Time::AllDates),
            _ => times.push(Time::Today),
        }
    });
    times.dedup();
    match times[..] {
        [] => Time::Today,
        [time] => time,
        [..] => Time::AllDates,
    }
}

fn word(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Enum(name) => Some(name),
        Value::Null | Value::Number(_) | Value::Boolean(_) | Value::Binary(_) => None,
        Value::List(_) | Value::Object(_) => None,
    }
}
