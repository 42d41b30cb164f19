use std::fmt::Write;

use async_graphql::parser::parse_query;

use super::*;
use crate::graphql::answer::Answer;
use crate::graphql::sdl;

const SDL: &str = "
interface Node { id: ID! name: String! children(first: Int, after: String, last: Int): Connection! }
type Thing implements Node {
  id: ID! name: String! children(first: Int, last: Int): Connection! tags: [String!]! things: [Thing!]!
  search(text: String, limit: Int = 20): [Thing!]! parent: Thing
  words(first: Int = 4): [String!]!
}
type Connection { nodes: [Thing!]! edges: [Edge!]! totalCount: Int! }
type Edge { cursor: String! node: Thing! things: [Thing!]! }
type Query { thing: Thing node: Node nodes(ids: [ID!]!): [Node]! }
";

/// The introspection of graphql-js 16, with every option.
const INTROSPECTION: &str = include_str!("../../tests/introspection.graphql");

fn cost(document: &str, variables: &str, types: &TypeMap) -> Result<u64, String> {
    let document = parse_query(document).expect("a document");
    let (_, operation) = document.operations.iter().next().expect("an operation");
    let variables = Variables::from_json(serde_json::from_str(variables).expect("JSON"));
    let limits = Limits::default();
    let checked = check_size(&document, types, &limits);
    checked
        .and_then(|()| check(&document, &operation.node, &variables, types, &limits))
        .map(|cost| cost.values)
        .map_err(|error| {
            let message = error.message.clone();
            format!("{}: {message}", Answer::refused(vec![error], 20).codes().join(" "))
        })
}

#[test]
fn a_cost_is_the_cells_of_an_answer() {
    let types = TypeMap::new(SDL);
    let cases = [
        ("{ thing { id name } }", "{}", 3),
        ("{ thing { unknown { id } } }", "{}", 3),
        ("{ thing { tags } }", "{}", 12),
        ("{ thing { things { id name } } }", "{}", 22),
        // A page says how many items the list below it has.
        ("{ thing { children(first: 3) { nodes { id name } } } }", "{}", 9),
        ("{ thing { children(first: 3) { totalCount edges { cursor node { id } } } } }", "{}", 13),
        ("{ thing { children(first: 3) { edges { things { id } } } } }", "{}", 36),
        ("{ thing { children { nodes { id } } } }", "{}", 53),
        ("{ thing { children(last: 7) { nodes { id } } } }", "{}", 10),
        ("{ thing { children(first: null) { nodes { id } } } }", "{}", 53),
        ("{ thing { children(first: -5) { nodes { id } } } }", "{}", 3),
        ("{ thing { children(first: 2000000000) { nodes { id } } } }", "{}", 503),
        ("{ thing { search { id } } }", "{}", 22),
        ("{ thing { search(limit: 3) { id } } }", "{}", 5),
        ("{ thing { words } }", "{}", 6),
        ("{ thing { words(first: 70) } }", "{}", 72),
        // Through interfaces and fragments too.
        ("{ node { children(first: 3) { nodes { id } } } }", "{}", 6),
        ("{ node { ...F } } fragment F on Thing { search(limit: 4) { id } }", "{}", 6),
        ("{ node { ... on Thing { search(limit: 4) { id } } } }", "{}", 6),
        ("{ node { children(first: 3) { ...C } } } fragment C on Connection { nodes { id } }", "{}", 6),
        ("{ node { ... { name } } }", "{}", 2),
        // Variables, their defaults, and those of the schema.
        ("query($n: Int) { thing { search(limit: $n) { id } } }", r#"{"n": 7}"#, 9),
        ("query($n: Int = 8) { thing { search(limit: $n) { id } } }", "{}", 10),
        ("query($n: Int = 8) { thing { search(limit: $n) { id } } }", r#"{"n": 7}"#, 9),
        ("query($n: Int) { thing { search(limit: $n) { id } } }", "{}", 22),
        // What is null is as good as left out.
        ("{ thing { search(limit: null) { id } } }", "{}", 22),
        ("query($n: Int) { thing { search(limit: $n) { id } } }", r#"{"n": null}"#, 22),
        ("query($n: Int = 8) { thing { search(limit: $n) { id } } }", r#"{"n": null}"#, 22),
        // A list of ids asks for as many nodes.
        ("{ nodes(ids: [1, 2]) { id } }", "{}", 11),
        ("{ nodes(ids: [1,2,3,4,5,6,7,8,9,10,11,12]) { id } }", "{}", 16),
        ("query($i: [ID!]!) { nodes(ids: $i) { id } }", r#"{"i": [1,2,3,4,5,6,7,8,9,10,11]}"#, 14),
    ];
    for (document, variables, expected) in cases {
        assert_eq!(cost(document, variables, &types), Ok(expected), "{document} {variables}");
    }
}

#[test]
fn what_is_too_much_is_refused_with_its_number() {
    let types = TypeMap::new(SDL);
    let pages = "children(first: 500) { nodes { ".repeat(3);
    let fields = "id ".repeat(1_400);
    let deep = "parent { ".repeat(30);
    let chain: String = (0..70).map(|i| format!("fragment F{i} on Thing {{ ...F{} }} ", i + 1)).collect();
    let cases = [
        (format!("{{ thing {{ {pages} id }} }} }} }} }} }} }} }}"), "The answer could have 125501003"),
        (format!("{{ thing {{ {fields} }} b: thing {{ {fields} }} c: thing {{ {fields} }} }}"), "4203 fields"),
        (format!("{{ thing {{ {deep} id {} }} }}", "}".repeat(30)), "32 levels of fields"),
        (format!("{{ thing {{ {} }} }}", "a: id ".repeat(501)), "501 aliases"),
        (format!("{{ thing {{ id {} }} }}", "@skip(if: false) ".repeat(201)), "201 directives"),
        (format!("query {} {{ thing {{ id }} }}", "@a ".repeat(201)), "201 directives"),
        (format!("{{ thing {{ ...F0 }} }} {chain} fragment F70 on Thing {{ id }}"), "levels of selections"),
        ("{ thing { ...A } } fragment A on Thing { ...B } fragment B on Thing { parent { ...A } }".into(), "spreads"),
    ];
    for (document, expected) in cases {
        let refused = cost(&document, "{}", &types).expect_err("a refusal");
        assert!(refused.contains(expected), "{refused}");
        let code = if expected.contains("spreads") { "GRAPHQL_VALIDATION_FAILED" } else { "QUERY_TOO_EXPENSIVE" };
        assert!(refused.starts_with(code), "{refused}");
    }
}

/// Fragments of which each spreads the next one twice.
fn doubling(levels: usize) -> String {
    let mut document = "{ thing { ...F0 } }".to_owned();
    for level in 0..levels {
        write!(document, " fragment F{level} on Thing {{ ...F{0} ...F{0} }}", level + 1).expect("text");
    }
    write!(document, " fragment F{levels} on Thing {{ id }}").expect("text");
    document
}

#[test]
fn chained_fragments_are_measured_once_each() {
    let types = TypeMap::new(SDL);
    assert_eq!(cost(&doubling(5), "{}", &types), Ok(33));
    for levels in [12, 30, 50] {
        let text = doubling(levels);
        let document = parse_query(&text).expect("a document");
        let (_, operation) = document.operations.iter().next().expect("an operation");
        let variables = Variables::default();
        let (operation, types, document) = (&operation.node, &types, &document);
        let (variables, limits) = (&variables, &Limits::default());
        let mut walk = Walk::new(document, operation, variables, types, limits);
        let measure = walk.operation().expect("within limits");
        assert_eq!(measure.fields, (1 << levels) + 1);
        assert!(walk.steps <= 2 * levels + 3, "{levels} levels took {} steps", walk.steps);
        assert!(cost(&text, "{}", types).expect_err("a refusal").starts_with("QUERY_TOO_EXPENSIVE"));
    }
    // Beyond what numbers hold, too.
    assert!(cost(&doubling(62), "{}", &types).expect_err("a refusal").starts_with("QUERY_TOO_EXPENSIVE"));
}

#[test]
fn what_people_ask_passes() {
    let types = TypeMap::new(&sdl());
    let introspection = cost(INTROSPECTION, "{}", &types).expect("within limits");
    assert!(introspection <= Limits::default().cost * 3 / 4, "introspection costs {introspection}");
    let parties = "{ agreements(first: 500) { nodes { name date status parties(first: 20) { nodes { name } } } } }";
    let parties = cost(parties, "{}", &types).expect("within limits");
    assert!((10_000..25_000).contains(&parties), "{parties}");
    let circle = "types { fields { type { fields { type { fields { type { fields { name } } } } } } } }";
    let circle = cost(&format!("{{ __schema {{ {circle} }} }}"), "{}", &types).expect_err("a refusal");
    assert!(circle.starts_with("QUERY_TOO_EXPENSIVE"), "{circle}");
}
