//! Documents made by chance that fit the schema: fragments within fragments, keys in several places, variables
//! given, by default, null and missing, `@skip` and `@include`, and fields that fail.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, FieldDefinition, Type, TypeKind, TypeSystemDefinition};

use crate::documents::Dice;

/// The schema, as far as one has to know it to write documents.
pub(crate) struct Schema {
    /// The fields of objects and interfaces.
    pub(crate) fields: BTreeMap<String, Vec<FieldDefinition>>,
    /// The objects that a value of a type can be.
    pub(crate) possible: BTreeMap<String, BTreeSet<String>>,
    enums: BTreeMap<String, Vec<String>>,
}

impl Schema {
    pub(crate) fn new() -> Self {
        let document = parse_schema(pactgraph::graphql::sdl()).expect("the SDL parses");
        let (mut fields, mut possible, mut enums) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let plain =
            |all: Vec<async_graphql::Positioned<FieldDefinition>>| all.into_iter().map(|one| one.node).collect();
        for definition in document.definitions {
            let TypeSystemDefinition::Type(ty) = definition else { continue };
            let name = ty.node.name.node.to_string();
            match ty.node.kind {
                TypeKind::Object(object) => {
                    for of in object.implements.iter().map(|of| of.node.to_string()).chain([name.clone()]) {
                        possible.entry(of).or_insert_with(BTreeSet::new).insert(name.clone());
                    }
                    fields.insert(name, plain(object.fields));
                }
                TypeKind::Interface(interface) => drop(fields.insert(name, plain(interface.fields))),
                TypeKind::Enum(values) => {
                    enums.insert(name, values.values.iter().map(|value| value.node.value.node.to_string()).collect());
                }
                TypeKind::Scalar | TypeKind::Union(_) | TypeKind::InputObject(_) => {}
            }
        }
        Self { fields, possible, enums }
    }

    fn is_composite(&self, ty: &Type) -> bool {
        self.fields.contains_key(base(ty))
    }

    fn overlap(&self, one: &str, other: &str) -> bool {
        !self.possible[one].is_disjoint(&self.possible[other])
    }
}

/// The name at the heart of a type.
pub(crate) fn base(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(of) => base(of),
    }
}

/// Ids that the world has, by which documents ask.
pub(crate) struct Known {
    pub(crate) nodes: Vec<String>,
    pub(crate) relationships: Vec<String>,
    pub(crate) sources: Vec<String>,
    pub(crate) release: String,
    pub(crate) digest: String,
}

/// A value of an argument.
#[derive(Clone, Debug)]
pub(crate) enum Given {
    Int(i64),
    Text(String),
    Word(String),
    Flag(bool),
    List(Vec<Given>),
    Object(Vec<(&'static str, Given)>),
}

impl Given {
    fn graphql(&self) -> String {
        let all = |items: Vec<String>| items.join(", ");
        match self {
            Self::Int(number) => number.to_string(),
            Self::Text(text) => format!("{text:?}"),
            Self::Word(word) => word.clone(),
            Self::Flag(flag) => flag.to_string(),
            Self::List(items) => format!("[{}]", all(items.iter().map(Self::graphql).collect())),
            Self::Object(fields) => {
                let fields = fields.iter().map(|(name, value)| format!("{name}: {}", value.graphql()));
                format!("{{{}}}", all(fields.collect()))
            }
        }
    }

    fn json(&self) -> serde_json::Value {
        match self {
            Self::Int(number) => (*number).into(),
            Self::Text(text) | Self::Word(text) => text.as_str().into(),
            Self::Flag(flag) => (*flag).into(),
            Self::List(items) => items.iter().map(Self::json).collect(),
            Self::Object(fields) => {
                serde_json::Value::Object(fields.iter().map(|(name, value)| ((*name).into(), value.json())).collect())
            }
        }
    }
}

/// A field without what is chosen of its value.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) ty: Option<Type>,
    /// Its arguments in the document.
    written: String,
    /// Arguments with which it says the same without variables, and does not fail.
    pub(crate) plain: String,
    /// Whether it fails whenever it is executed.
    pub(crate) fails: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum What {
    Field(Head, Vec<Selected>),
    Inline(Option<String>, Vec<Selected>),
    Spread(usize),
}

/// A selection, and whether its directives let it be.
#[derive(Clone, Debug)]
pub(crate) struct Selected {
    pub(crate) what: What,
    directive: String,
    pub(crate) is_wanted: bool,
}

/// A document with its variables.
pub(crate) struct Made {
    pub(crate) text: String,
    pub(crate) variables: serde_json::Value,
    pub(crate) root: Vec<Selected>,
    /// The fragments: on which type, and what they choose.
    pub(crate) fragments: Vec<(String, Vec<Selected>)>,
}

struct Variable {
    declared: String,
    value: Option<serde_json::Value>,
}

/// Makes documents.
pub(crate) struct Maker<'s> {
    schema: &'s Schema,
    known: &'s Known,
    dice: &'s mut Dice,
    variables: Vec<Variable>,
    /// The fields that were chosen of each type, to be chosen again.
    heads: HashMap<String, Vec<Head>>,
    /// Which type the key of a name without arguments stands for.
    keys: HashMap<String, String>,
    fragments: Vec<(String, Vec<Selected>)>,
    aliases: usize,
    /// Of a hundred fields that can fail, how many do.
    failing: usize,
}

impl<'s> Maker<'s> {
    pub(crate) fn make(schema: &'s Schema, known: &'s Known, dice: &'s mut Dice, failing: usize) -> Made {
        let mut maker = Self {
            schema,
            known,
            dice,
            failing,
            aliases: 0,
            variables: Vec::new(),
            heads: HashMap::new(),
            keys: HashMap::new(),
            fragments: Vec::new(),
        };
        let types: Vec<_> = schema.fields.keys().filter(|name| !["Subscription"].contains(&name.as_str())).collect();
        let likely = ["Node", "Party", "Query", "Agreement", "Country", "RelationshipConnection", "Relationship"];
        for _ in 0..maker.dice.throw(5) {
            let on = match maker.dice.throw(3) {
                0 => types[maker.dice.throw(types.len())].clone(),
                _ => likely[maker.dice.throw(likely.len())].to_owned(),
            };
            let set = maker.set(&on, 3);
            maker.fragments.push((on, set));
        }
        let root = maker.set("Query", 6);
        maker.finish(root)
    }

    fn finish(self, root: Vec<Selected>) -> Made {
        let mut used = BTreeSet::new();
        spreads(&root, &self.fragments, &mut used);
        let mut body = printed(&root);
        for number in used {
            let (on, set) = &self.fragments[number];
            let _ = write!(body, " fragment F{number} on {on} {}", printed(set));
        }
        let is_used = |number: &usize| {
            let name = format!("$v{number}");
            body.match_indices(&name).any(|(at, _)| !body[at + name.len()..].starts_with(|c: char| c.is_ascii_digit()))
        };
        let (mut declared, mut given) = (Vec::new(), serde_json::Map::new());
        for (number, variable) in self.variables.into_iter().enumerate().filter(|(number, _)| is_used(number)) {
            declared.push(format!("$v{number}: {}", variable.declared));
            if let Some(value) = variable.value {
                given.insert(format!("v{number}"), value);
            }
        }
        let declared = if declared.is_empty() { String::new() } else { format!("({})", declared.join(", ")) };
        let text = format!("query Q{declared} {body}");
        Made { text, variables: given.into(), root, fragments: self.fragments }
    }

    fn chance(&mut self, of_a_hundred: usize) -> bool {
        self.dice.throw(100) < of_a_hundred
    }

    fn pick<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        &items[self.dice.throw(items.len())]
    }

    fn set(&mut self, of: &str, depth: usize) -> Vec<Selected> {
        let count = 1 + self.dice.throw(if depth > 3 { 4 } else { 3 });
        (0..count).map(|_| self.selected(of, depth)).collect()
    }

    fn selected(&mut self, of: &str, depth: usize) -> Selected {
        let what = match self.dice.throw(100) {
            // Fragments end, too.
            0..22 if depth == 0 => self.field(of, depth),
            0..8 => self.inline(None, of, depth),
            8..22 => {
                let schema = self.schema;
                let others: Vec<_> =
                    schema.fields.keys().filter(|other| schema.possible.contains_key(*other)).collect();
                let fitting: Vec<_> = others.into_iter().filter(|other| schema.overlap(of, other)).collect();
                let on = (*self.pick(&fitting)).clone();
                self.inline(Some(on.clone()), &on, depth)
            }
            22..34 => {
                let fitting: Vec<_> =
                    (0..self.fragments.len()).filter(|at| self.schema.overlap(of, &self.fragments[*at].0)).collect();
                if fitting.is_empty() { self.field(of, depth) } else { What::Spread(*self.pick(&fitting)) }
            }
            _ => self.field(of, depth),
        };
        let (directive, is_wanted) = if self.chance(12) { self.directive() } else { (String::new(), true) };
        Selected { what, directive, is_wanted }
    }

    fn inline(&mut self, on: Option<String>, of: &str, depth: usize) -> What {
        let set = self.set(of, depth - 1);
        What::Inline(on, set)
    }

    fn directive(&mut self) -> (String, bool) {
        let (skips, holds) = (self.chance(50), self.chance(50));
        let condition = match self.dice.throw(3) {
            0 => holds.to_string(),
            1 => self.variable("Boolean!".into(), Some(holds.into())),
            _ => self.variable(format!("Boolean = {holds}"), None),
        };
        (format!(" @{}(if: {condition})", if skips { "skip" } else { "include" }), skips != holds)
    }

    fn variable(&mut self, declared: String, value: Option<serde_json::Value>) -> String {
        self.variables.push(Variable { declared, value });
        format!("$v{}", self.variables.len() - 1)
    }

    fn field(&mut self, of: &str, depth: usize) -> What {
        let again = self.heads.get(of).cloned().unwrap_or_default();
        let schema = self.schema;
        let fits = |head: &&Head| depth > 0 || head.ty.as_ref().is_none_or(|ty| !schema.is_composite(ty));
        let again: Vec<_> = again.iter().filter(fits).collect();
        let head =
            if !again.is_empty() && self.chance(35) { (*self.pick(&again)).clone() } else { self.head(of, depth) };
        let set = match &head.ty {
            Some(ty) if self.schema.is_composite(ty) => self.set(base(ty), depth - 1),
            Some(_) | None => Vec::new(),
        };
        self.heads.entry(of.to_owned()).or_default().push(head.clone());
        What::Field(head, set)
    }

    fn head(&mut self, of: &str, depth: usize) -> Head {
        let schema = self.schema;
        let all = &schema.fields[of];
        let fitting: Vec<_> = all.iter().filter(|field| depth > 0 || !schema.is_composite(&field.ty.node)).collect();
        // The whole of a graph in a graph, or when a release was loaded, is asked seldom or never.
        let fitting: Vec<_> = fitting.into_iter().filter(|field| field.name.node != "loadedAt").collect();
        if fitting.is_empty() || self.chance(6) {
            let key = if self.chance(50) { "__typename" } else { "kindOf" };
            let (name, none) = ("__typename".into(), String::new());
            return Head { key: key.into(), name, ty: None, written: none.clone(), plain: none, fails: false };
        }
        let field = *self.pick(&fitting);
        let (name, ty) = (field.name.node.to_string(), field.ty.node.clone());
        let failing = if self.chance(self.failing) { self.failure(field) } else { None };
        let (mut written, mut plain) = (Vec::new(), Vec::new());
        let backwards = self.chance(20) && field.arguments.iter().any(|argument| argument.node.name.node == "last");
        for argument in field.arguments.iter().map(|argument| &argument.node) {
            let (argument, ty) = (argument.name.node.as_str(), &argument.ty.node);
            if let Some((_, value)) = failing.as_ref().filter(|(name, _)| name == argument) {
                let text = self.written(value, ty);
                written.push(format!("{argument}: {text}"));
            }
            let pages = argument == if backwards { "last" } else { "first" };
            let is_other = ["first", "last"].contains(&argument) && !pages;
            let value = if is_other { None } else { self.good(&name, argument, ty) };
            let is_given = !ty.nullable || pages || argument == "limit" || self.chance(25);
            let Some(value) = value.filter(|_| is_given) else {
                if ty.nullable && failing.is_none() && self.chance(5) {
                    written.push(format!("{argument}: {}", self.nothing(ty)));
                }
                continue;
            };
            plain.push(format!("{argument}: {}", value.graphql()));
            // Backwards and forwards at once, or another argument at fault, is another error.
            if failing.as_ref().is_none_or(|(name, _)| name != argument && (!pages || name != "last")) {
                let text = self.written(&value, ty);
                written.push(format!("{argument}: {text}"));
            }
        }
        let arguments = |all: Vec<String>| if all.is_empty() { all.concat() } else { format!("({})", all.join(", ")) };
        let (written, plain) = (arguments(written), arguments(plain));
        let type_of_name = self.keys.entry(name.clone()).or_insert_with(|| ty.to_string());
        let key = match written.is_empty() && *type_of_name == ty.to_string() {
            true => name.clone(),
            false => {
                self.aliases += 1;
                format!("k{}", self.aliases)
            }
        };
        Head { key, name, ty: Some(ty), written, plain, fails: failing.is_some() }
    }

    /// The value as it is written in the document: itself, or a variable that has it.
    fn written(&mut self, value: &Given, ty: &Type) -> String {
        let graphql = value.graphql();
        match self.dice.throw(8) {
            0 => self.variable(ty.to_string(), Some(value.json())),
            1 => self.variable(format!("{} = {graphql}", base_nullable(ty)), None),
            2 if matches!(value, Given::Int(_)) => {
                self.variable(format!("{} = 7", base_nullable(ty)), Some(value.json()))
            }
            _ => graphql,
        }
    }

    /// What leaves an argument out: null, a variable that is null, or one without a value.
    fn nothing(&mut self, ty: &Type) -> String {
        match self.dice.throw(3) {
            0 => "null".into(),
            1 => self.variable(ty.to_string(), Some(serde_json::Value::Null)),
            _ => self.variable(ty.to_string(), None),
        }
    }

    fn node(&mut self) -> Given {
        let known = self.known;
        Given::Text(self.pick(&known.nodes).clone())
    }

    fn good(&mut self, field: &str, argument: &str, ty: &Type) -> Option<Given> {
        if let BaseType::List(of) = &ty.base {
            let first = self.good(field, argument, of)?;
            let mut items = vec![first];
            if argument == "of" || (argument == "ids" && self.chance(60)) {
                items.push(self.node());
            }
            if argument == "of" {
                items = vec![Given::Text("germany".into()), Given::Text("japan".into())];
            }
            return Some(Given::List(items));
        }
        let known = self.known;
        Some(match (base(ty), field, argument) {
            ("Int", _, "first" | "last" | "limit") => Given::Int(1 + self.dice.throw(3) as i64),
            ("Int", ..) => Given::Int(1 + self.dice.throw(2) as i64),
            ("Boolean", ..) => Given::Flag(self.chance(50)),
            ("PartialDate", _, "from") => Given::Text("2022-05".into()),
            ("PartialDate", ..) => Given::Text((*self.pick(&["2023", "2024-06", "2025-01-31"])).into()),
            ("String", _, "text") => Given::Text((*self.pick(&["canada", "minerals", "g7", "japon"])).into()),
            ("ID", "relationship", _) => Given::Text(self.pick(&known.relationships).clone()),
            ("ID", "source", _) => Given::Text(self.pick(&known.sources).clone()),
            ("ID", "release", _) => Given::Text(known.release.clone()),
            ("ID", "changes", _) => Given::Text(known.digest.clone()),
            ("ID", _, "id" | "ids") if self.chance(15) => Given::Text("nothing-of-this-name".into()),
            ("ID", _, "id" | "ids") => self.node(),
            // What must be a node has to stand at any date.
            ("ID", _, "from" | "around" | "of") => Given::Text((*self.pick(&["canada", "germany"])).into()),
            ("ID", _, "to") => Given::Text((*self.pick(&["japan", "quebec"])).into()),
            ("NodeFilter", ..) => {
                let kinds = Given::List(vec![Given::Word("COUNTRY".into()), Given::Word("AGREEMENT".into())]);
                match self.dice.throw(3) {
                    0 => Given::Object(vec![("kinds", kinds)]),
                    1 => Given::Object(vec![("not", Given::Object(vec![("kinds", kinds)]))]),
                    _ => Given::Object(vec![("nameContains", Given::Text("a".into()))]),
                }
            }
            ("NodeOrder", ..) => {
                Given::Object(vec![("by", self.word("NodeOrderField")), ("direction", self.word("SortDirection"))])
            }
            ("Follow", ..) => Given::Object(vec![("kind", self.word("RelationshipKind"))]),
            ("RelationshipFilter", ..) => Given::Object(vec![("listedByCanada", Given::Flag(self.chance(50)))]),
            ("SourceFilter", ..) => Given::Object(vec![("contains", Given::Text("a".into()))]),
            (name, ..) if self.schema.enums.contains_key(name) => self.word(name),
            _ => return None,
        })
    }

    fn word(&mut self, of: &str) -> Given {
        let schema = self.schema;
        Given::Word(self.pick(&schema.enums[of]).clone())
    }

    /// An argument that makes the field fail, whatever it is asked of.
    fn failure(&mut self, field: &FieldDefinition) -> Option<(String, Given)> {
        let name = field.name.node.as_str();
        let unknown = || Given::Text("nothing-of-this-name".into());
        let candidates = field.arguments.iter().filter_map(|argument| {
            let (argument, ty) = (argument.node.name.node.as_str(), base(&argument.node.ty.node));
            let value = match (name, argument, ty) {
                (_, "first" | "last" | "limit", _) => Given::Int(-1),
                ("reach" | "pathExists" | "paths" | "subgraph", "maxDepth" | "maxLength" | "depth", _) => Given::Int(0),
                (_, "after" | "before", "String") => unknown(),
                ("pathExists" | "paths", "from" | "to", _) | ("changes", "since", _) | ("release", "id", _) => {
                    unknown()
                }
                ("reach", "from", _) | ("subgraph", "around", _) => Given::List(vec![unknown()]),
                (_, "where", "NodeFilter") => {
                    let node = Given::Object(vec![("ids", Given::List(vec![unknown()]))]);
                    let related = Given::Object(vec![("kind", Given::Word("SIGNED".into())), ("node", node)]);
                    Given::Object(vec![("related", Given::List(vec![related]))])
                }
                _ => return None,
            };
            Some((argument.to_owned(), value))
        });
        let candidates: Vec<_> = candidates.collect();
        if candidates.is_empty() { None } else { Some(self.pick(&candidates).clone()) }
    }
}

/// The type, which a variable with a default need not have as non-null.
fn base_nullable(ty: &Type) -> String {
    ty.to_string().trim_end_matches('!').to_owned()
}

fn spreads(set: &[Selected], fragments: &[(String, Vec<Selected>)], used: &mut BTreeSet<usize>) {
    for selected in set {
        match &selected.what {
            What::Field(_, inner) | What::Inline(_, inner) => spreads(inner, fragments, used),
            What::Spread(number) => {
                if used.insert(*number) {
                    spreads(&fragments[*number].1, fragments, used);
                }
            }
        }
    }
}

fn printed(set: &[Selected]) -> String {
    let mut text = String::from("{");
    for Selected { what, directive, .. } in set {
        let _ = match what {
            What::Field(Head { key, name, written, .. }, set) => {
                let alias = if key == name { String::new() } else { format!("{key}: ") };
                let set = if set.is_empty() { String::new() } else { printed(set) };
                write!(text, " {alias}{name}{written}{directive} {set}")
            }
            What::Inline(on, set) => {
                let on = on.as_ref().map_or(String::new(), |on| format!(" on {on}"));
                write!(text, " ...{on}{directive} {}", printed(set))
            }
            What::Spread(number) => write!(text, " ...F{number}{directive}"),
        };
    }
    text + " }"
}
