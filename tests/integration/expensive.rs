//! The most expensive questions there are: made by chance from the schema, each field that takes a filter, an
//! order, a list or a text among them, up to the limits; and what each costs the program in processor time and
//! memory, beside what it says it costs.
//!
//! The gate asks some dozens. By hand, `PACTGRAPH_EXPENSIVE=1000 cargo test --test integration expensive --
//! --nocapture` asks a thousand and prints the worst; `PACTGRAPH_EXPENSIVE_DATA` names other data, and
//! `PACTGRAPH_EXPENSIVE_PROGRAM` an optimized program.

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, FieldDefinition, Type, TypeKind, TypeSystemDefinition};
use serde_json::{Value, json};

use crate::served::Program;

/// Processor time that the most expensive question may take.
const SECONDS: f64 = 0.5;
/// Bytes by which the program may grow for it.
const BYTES: u64 = 64 << 20;
/// By how much processor time for a unit of work may differ from the median.
const FACTOR: f64 = 10.0;
/// How much slower code is that is not optimized.
const UNOPTIMIZED: f64 = 12.0;
/// Units of work below which processor time says nothing: the request itself takes as much.
const LEAST_WORK: u64 = 400_000;

/// A generator of numbers, the same on every machine (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() % most.max(1) as u64) as usize
    }

    fn of<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        &items[self.below(items.len())]
    }
}

/// Makes questions of the types of the published schema.
struct Maker {
    fields: BTreeMap<String, Vec<FieldDefinition>>,
    enums: BTreeMap<String, Vec<String>>,
    inputs: BTreeMap<String, Vec<(String, Type)>>,
    ids: Vec<String>,
    sources: Vec<String>,
    chance: Chance,
}

const WORDS: [&str; 10] =
    ["a", "canada", "zz", "minerals", "criticql minerels", "partnership", "mou", "énergie", "the", "agreement of the"];

fn name(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(of) => name(of),
    }
}

fn is_list(ty: &Type) -> bool {
    matches!(ty.base, BaseType::List(_))
}

impl Maker {
    fn new(ids: Vec<String>, sources: Vec<String>, seed: u64) -> Self {
        let (mut fields, mut enums, mut inputs) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let sdl = include_str!("../../schema.graphql");
        for definition in parse_schema(sdl).expect("the published schema").definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let (of, kind) = (definition.node.name.node.to_string(), definition.node.kind);
            let all =
                |list: Vec<async_graphql::Positioned<FieldDefinition>>| list.into_iter().map(|f| f.node).collect();
            match kind {
                TypeKind::Object(object) => drop(fields.insert(of, all(object.fields))),
                TypeKind::Interface(object) => drop(fields.insert(of, all(object.fields))),
                TypeKind::Enum(of_enum) => {
                    let values = of_enum.values.into_iter().map(|value| value.node.value.node.to_string());
                    enums.insert(of, values.collect());
                }
                TypeKind::InputObject(object) => {
                    let parts = object.fields.into_iter().map(|f| (f.node.name.node.to_string(), f.node.ty.node));
                    inputs.insert(of, parts.collect());
                }
                TypeKind::Scalar | TypeKind::Union(_) => {}
            }
        }
        Self { fields, enums, inputs, ids, sources, chance: Chance(seed) }
    }

    /// A whole document: one field of the root, as often as a document may have it.
    fn document(&mut self, root: usize) -> String {
        let roots = self.fields["Query"].clone();
        let field = &roots[root % roots.len()];
        let copies = [1, 1, 8, 60, 340][self.chance.below(5)];
        let mut document = String::from("{");
        for copy in 0..copies {
            let next = format!(" q{copy}: {}", self.field(field, 0));
            if document.len() + next.len() > 16_000 {
                break;
            }
            document += &next;
        }
        document + " }"
    }

    fn field(&mut self, field: &FieldDefinition, depth: usize) -> String {
        let mut text = field.name.node.to_string();
        let mut arguments = Vec::new();
        for argument in &field.arguments {
            let ty = &argument.node.ty.node;
            if ty.nullable && self.chance.below(3) == 0 {
                continue;
            }
            if matches!(argument.node.name.node.as_str(), "after" | "before" | "last") {
                continue;
            }
            let value = self.value(ty, argument.node.name.node.as_str(), 0);
            arguments.push(format!("{}: {value}", argument.node.name.node));
        }
        if !arguments.is_empty() {
            text += &format!("({})", arguments.join(", "));
        }
        let of = name(&field.ty.node).to_owned();
        if self.fields.contains_key(&of) {
            text += &self.selection(&of, depth + 1);
        }
        text
    }

    fn selection(&mut self, of: &str, depth: usize) -> String {
        let all = self.fields[of].clone();
        let (leaves, objects): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|field| !self.fields.contains_key(name(&field.ty.node)));
        let mut chosen = vec!["__typename".to_owned()];
        for leaf in &leaves {
            let needs = leaf.arguments.iter().any(|argument| !argument.node.ty.node.nullable);
            if !needs && self.chance.below(3) > 0 {
                chosen.push(leaf.name.node.to_string());
            }
        }
        let rich: Vec<_> = objects.iter().filter(|field| depth < 3 || field.arguments.is_empty()).collect();
        if depth < 5 && !rich.is_empty() {
            let field = (*self.chance.of(&rich)).clone();
            chosen.push(self.field(&field, depth));
        }
        format!(" {{ {} }}", chosen.join(" "))
    }

    fn value(&mut self, ty: &Type, argument: &str, depth: usize) -> String {
        if is_list(ty) {
            let BaseType::List(of) = &ty.base else { unreachable!("it is a list") };
            let most = if name(of).ends_with("Filter") { [1, 2, 12][self.chance.below(3)] } else { 3 };
            let count = if argument == "keys" || argument == "of" { 2 } else { 1 + self.chance.below(most) };
            let items: Vec<_> = (0..count).map(|_| self.value(of, argument, depth)).collect();
            return format!("[{}]", items.join(", "));
        }
        let of = name(ty).to_owned();
        if let Some(values) = self.enums.get(&of) {
            return self.chance.of(values).clone();
        }
        if self.inputs.contains_key(&of) {
            return self.object(&of, depth);
        }
        match of.as_str() {
            "Int" => match argument {
                "maxDepth" | "depth" => "6".into(),
                "maxLength" => "8".into(),
                _ => (*self.chance.of(&["0", "1", "50", "500", "500"])).into(),
            },
            "Boolean" => (*self.chance.of(&["true", "false"])).into(),
            "PartialDate" => format!("{:?}", self.chance.of(&["2020", "2023-06", "2025-01-31"])),
            "ID" if argument == "source" => format!("{:?}", self.chance.of(&self.sources.clone())),
            "ID" => format!("{:?}", self.chance.of(&self.ids.clone())),
            _ => format!("{:?}", self.chance.of(&WORDS)),
        }
    }

    fn object(&mut self, of: &str, depth: usize) -> String {
        let parts = self.inputs[of].clone();
        let nests = |ty: &Type| self.inputs.contains_key(name(ty)) && name(ty).ends_with("Filter");
        let (nested, plain): (Vec<_>, Vec<_>) = parts.into_iter().partition(|(_, ty)| nests(ty));
        let mut chosen = Vec::new();
        for (part, ty) in &plain {
            if !ty.nullable || self.chance.below(4) == 0 {
                chosen.push(format!("{part}: {}", self.value(ty, part, depth)));
            }
        }
        if depth < 4 && !nested.is_empty() && self.chance.below(4) > 0 {
            let (part, ty) = self.chance.of(&nested).clone();
            chosen.push(format!("{part}: {}", self.value(&ty, &part, depth + 1)));
        }
        format!("{{{}}}", chosen.join(", "))
    }
}

/// What a question took.
struct Taken {
    document: String,
    status: u16,
    seconds: f64,
    bytes: u64,
    work: u64,
}

fn ask(program: &Program, document: &str) -> (u16, Value) {
    let reply = program.post(json!({ "query": document }).to_string().as_bytes());
    let status = reply.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    let body = reply.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    // A long answer may come in chunks, whose lengths stand between.
    let begin = body.find('{').unwrap_or(0);
    (status, serde_json::from_str(&body[begin..]).unwrap_or_else(|_| json!({ "text": body })))
}

#[test]
fn no_question_costs_much_more_than_it_says() {
    let number = |name: &str| env::var(name).ok().and_then(|text| text.parse::<usize>().ok());
    let path = |name: &str, default: &str| env::var_os(name).map_or_else(|| default.into(), PathBuf::from);
    let data = path("PACTGRAPH_EXPENSIVE_DATA", concat!(env!("CARGO_MANIFEST_DIR"), "/graph-data"));
    let executable = path("PACTGRAPH_EXPENSIVE_PROGRAM", env!("CARGO_BIN_EXE_pactgraph"));
    let is_slow = cfg!(debug_assertions) && env::var_os("PACTGRAPH_EXPENSIVE_PROGRAM").is_none();
    let rounds = number("PACTGRAPH_EXPENSIVE").unwrap_or(90);
    let program = Program::serving(Path::new(&executable), &data, &["--cache-bytes", "0"]);
    let (_, first) = ask(
        &program,
        "{ agreements(first: 20) { nodes { id } } countries(first: 20) { nodes { id } } \
         themes(first: 20) { nodes { id } } sources(first: 20) { nodes { id } } }",
    );
    let ids = |list: &str| -> Vec<String> {
        let nodes = first["data"][list]["nodes"].as_array().cloned().unwrap_or_default();
        nodes.iter().filter_map(|node| node["id"].as_str().map(ToOwned::to_owned)).collect()
    };
    let nodes: Vec<_> = ["agreements", "countries", "themes"].into_iter().flat_map(ids).collect();
    let mut maker = Maker::new(nodes, ids("sources"), number("PACTGRAPH_EXPENSIVE_SEED").unwrap_or(7) as u64);
    // What is made for the first question that needs it is no cost of that question.
    for warm in
        ["search(text: \"x\")", "nodes: countries(where: {nameContains: \"x\"})", "sources(where: {contains: \"x\"})"]
    {
        ask(&program, &format!("{{ {warm} {{ totalCount }} }}"));
    }
    let mut all = Vec::new();
    for round in 0..rounds {
        let document = maker.document(round);
        let (before, memory) = (program.spent(), program.memory("VmRSS"));
        program.forget_peak();
        let (status, answer) = ask(&program, &document);
        let of_refusal = &answer["errors"][0]["extensions"]["work"];
        let cost = Some(&answer["extensions"]["cost"]["work"]).filter(|work| work.is_u64()).unwrap_or(of_refusal);
        let (seconds, bytes) = (program.spent() - before, program.memory("VmHWM").saturating_sub(memory));
        assert!([200, 400, 503].contains(&status), "{status} for {document}");
        all.push(Taken { work: cost.as_u64().unwrap_or(0), document, status, seconds, bytes });
    }
    let answered = all.iter().filter(|taken| taken.status == 200).count();
    let mut rates: Vec<_> = all.iter().filter(|taken| taken.work >= LEAST_WORK).collect();
    rates.sort_by(|a, b| (a.seconds / a.work as f64).total_cmp(&(b.seconds / b.work as f64)));
    let rate = |taken: &Taken| taken.seconds / taken.work as f64 * 1e9;
    let median = rates.get(rates.len() / 2).map_or(0.0, |taken| rate(taken));
    println!("{rounds} questions, {answered} answered; {} with much work, median {median:.1} ns a unit", rates.len());
    let say = |title: &str, mut sorted: Vec<&Taken>, by: &dyn Fn(&Taken) -> f64| {
        sorted.sort_by(|a, b| by(b).total_cmp(&by(a)));
        for taken in sorted.iter().take(5) {
            let Taken { status, seconds, bytes, work, document } = taken;
            let (ms, mib) = (seconds * 1e3, *bytes as f64 / f64::from(1 << 20));
            println!("{title}: {status}, {ms:.0} ms, {mib:.1} MiB, {work} units: {document:.300}");
        }
    };
    say("most time", all.iter().collect(), &|taken| taken.seconds);
    say("most memory", all.iter().collect(), &|taken| taken.bytes as f64);
    say("most time for a unit", rates.clone(), &|taken| rate(taken));
    let slow = if is_slow { UNOPTIMIZED } else { 1.0 };
    for taken in &all {
        assert!(taken.seconds < SECONDS * slow, "{:.2} s for {}", taken.seconds, taken.document);
        assert!(taken.bytes < BYTES, "{} bytes for {}", taken.bytes, taken.document);
    }
    for taken in &rates {
        assert!(rate(taken) < FACTOR * median, "{:.1} ns a unit, of {median:.1}: {}", rate(taken), taken.document);
    }
}
