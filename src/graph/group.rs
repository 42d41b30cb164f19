//! Counts for charts.

use std::collections::BTreeMap;

use super::{Direction, NodeFilter, NodeRef, QuestionError, SourceRef, View};
use crate::model::{AgreementStatus, Instrument, Language, NodeKind, RelationshipKind};

/// What nodes can be counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupKey {
    /// The kind of node.
    Kind,
    /// The form of an agreement.
    Instrument,
    /// The furthest stage an agreement has reached.
    Status,
    /// The year of the first dated life-cycle event.
    Year,
    /// Each party to an agreement; of a theme, each party to an agreement that covers it.
    Party,
    /// Each theme it covers.
    Theme,
    /// Each kind of relationship it stands in.
    RelationshipKind,
    /// Each source its fact sheet cites.
    Source,
}

/// Which groups come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GroupOrder {
    /// By value of the first key, then of the second: years by time, nodes and sources by id, the
    /// rest by name.
    #[default]
    Value,
    /// The largest first; of equal size by value.
    Count,
}

/// One value that nodes are counted under. Ordered by kind of key, then by the value: years by time,
/// nodes and sources by id, the rest by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Value {
    Kind(NodeKind),
    Instrument(Instrument),
    Status(AgreementStatus),
    Year(i16),
    Node(u32),
    RelationshipKind(RelationshipKind),
    Source(u32),
}

/// A value nodes are counted under, as a view shows it.
#[derive(Clone, Copy)]
pub struct GroupValue<'g> {
    /// What was counted by.
    pub key: GroupKey,
    value: Value,
    view: &'g View,
}

impl<'g> GroupValue<'g> {
    /// The value: an id, a year, or a name of the API such as `MEMORANDUM_OF_UNDERSTANDING`.
    pub fn text(self) -> String {
        match self.value {
            Value::Kind(kind) => upper_snake(kind.name()),
            Value::Instrument(instrument) => upper_snake(&format!("{instrument:?}")),
            Value::Status(status) => status.name().to_owned(),
            Value::Year(year) => year.to_string(),
            Value::RelationshipKind(kind) => kind.name().to_owned(),
            Value::Node(number) => NodeRef::new(self.view, number).id().to_owned(),
            Value::Source(number) => SourceRef::new(self.view, number).data().id.as_str().to_owned(),
        }
    }

    /// What to print beside a bar: the name of a node, the title of a source, else the value.
    pub fn label(self, language: Language) -> String {
        match self.value {
            Value::Node(number) => NodeRef::new(self.view, number).name(language).to_owned(),
            Value::Source(number) => SourceRef::new(self.view, number).data().title.to_string(),
            Value::Kind(_) | Value::Instrument(_) | Value::Status(_) | Value::Year(_) | Value::RelationshipKind(_) => {
                self.text()
            }
        }
    }

    /// The party or theme, where it is one.
    pub fn node(self) -> Option<NodeRef<'g>> {
        match self.value {
            Value::Node(number) => Some(NodeRef::new(self.view, number)),
            Value::Kind(_)
            | Value::Instrument(_)
            | Value::Status(_)
            | Value::Year(_)
            | Value::RelationshipKind(_)
            | Value::Source(_) => None,
        }
    }
}

/// Units of work to count a node under one combination of values.
const GROUPED: usize = 15;

/// The name of the API for a variant: `BuildsOn` is `BUILDS_ON`.
pub fn upper_snake(camel: &str) -> String {
    let mut out = String::with_capacity(camel.len() + 4);
    for (position, c) in camel.char_indices() {
        if position > 0 && c.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_uppercase());
    }
    out
}

/// The nodes that share one value of each key.
pub struct Group<'g> {
    /// The view they were counted in.
    pub view: &'g View,
    /// One value for each key, in the order of the keys.
    pub keys: Vec<GroupValue<'g>>,
    /// The nodes, by id.
    pub nodes: Vec<NodeRef<'g>>,
}

fn values(node: NodeRef<'_>, key: GroupKey) -> Vec<Value> {
    match key {
        GroupKey::Kind => vec![Value::Kind(node.kind())],
        GroupKey::Instrument => node.agreement().map(|a| Value::Instrument(a.instrument)).into_iter().collect(),
        GroupKey::Status => node.agreement().map(|_| Value::Status(node.status(None))).into_iter().collect(),
        GroupKey::Year => node.life().start.map(|start| Value::Year(start.year())).into_iter().collect(),
        GroupKey::Party => parties(node).into_iter().map(Value::Node).collect(),
        GroupKey::Theme => {
            let themes = node.neighbors(&[RelationshipKind::Covers], Direction::Out);
            themes.into_iter().map(|theme| Value::Node(theme.number())).collect()
        }
        GroupKey::RelationshipKind => {
            let mut kinds: Vec<_> = node.steps(&[], Direction::Any).map(|s| Value::RelationshipKind(s.kind)).collect();
            kinds.dedup();
            kinds
        }
        GroupKey::Source => {
            let mut sources: Vec<_> = node.citations().map(|c| Value::Source(c.source().number())).collect();
            sources.sort_unstable();
            sources.dedup();
            sources
        }
    }
}

/// The parties to an agreement, or to the agreements that cover a theme; each once, by id.
fn parties(node: NodeRef<'_>) -> Vec<u32> {
    let signatories = |agreement: NodeRef<'_>| {
        let steps = agreement.steps(&[RelationshipKind::PartyTo, RelationshipKind::Signed], Direction::In);
        steps.map(|step| step.other).collect::<Vec<_>>()
    };
    let mut parties = match node.kind() {
        NodeKind::Theme => {
            let covered_by = node.neighbors(&[RelationshipKind::Covers], Direction::In);
            covered_by.into_iter().flat_map(signatories).collect()
        }
        NodeKind::Agreement
        | NodeKind::Country
        | NodeKind::Forum
        | NodeKind::IndigenousPeople
        | NodeKind::Initiative
        | NodeKind::Jurisdiction
        | NodeKind::Organization => signatories(node),
    };
    parties.sort_unstable();
    parties.dedup();
    parties
}

impl View {
    /// Counts the nodes that fit by one key or two. A node counts once under each of its values, and
    /// not at all where it has none; an empty group is not listed.
    ///
    /// # Errors
    /// No key, more than two, the same twice, or a filter that names an unknown id.
    pub fn group_by(
        &self,
        keys: &[GroupKey],
        filter: Option<&NodeFilter>,
        order: GroupOrder,
    ) -> Result<Vec<Group<'_>>, QuestionError> {
        match keys {
            [_] => {}
            [a, b] if a != b => {}
            _ => return Err(QuestionError::bad("keys", "give one key, or two different ones for a matrix")),
        }
        let mut groups: BTreeMap<Vec<Value>, Vec<NodeRef<'_>>> = BTreeMap::new();
        for node in self.fitting(filter)? {
            if !self.spend(GROUPED) {
                break;
            }
            let mut combinations = vec![Vec::new()];
            for key in keys {
                let values = values(node, *key);
                let extended = |c: &Vec<Value>, v: &Value| c.iter().chain([v]).copied().collect::<Vec<_>>();
                combinations = combinations.iter().flat_map(|c| values.iter().map(|v| extended(c, v))).collect();
            }
            self.spend(GROUPED * combinations.len());
            for combination in combinations {
                groups.entry(combination).or_default().push(node);
            }
        }
        let show = |(values, nodes): (Vec<Value>, _)| Group {
            view: self,
            keys: keys.iter().zip(values).map(|(key, value)| GroupValue { key: *key, value, view: self }).collect(),
            nodes,
        };
        let mut groups: Vec<_> = groups.into_iter().map(show).collect();
        if order == GroupOrder::Count {
            groups.sort_by_key(|group| std::cmp::Reverse(group.nodes.len()));
        }
        Ok(groups)
    }
}
