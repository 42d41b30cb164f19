//! Values of variables are taken or refused as graphql-js does (`getVariableValues`). Values are made by chance;
//! `PACTGRAPH_VARIABLES=20000` compares as many.

use std::sync::LazyLock;

use pactgraph::graphql::{Api, Question, Variables};
use serde::Serialize;
use serde_json::{Value, json};

use crate::answers::count;
use crate::documents::{Dice, of_graphql_js};

static API: LazyLock<Api> = LazyLock::new(Api::default);

/// Documents that use a variable of each type there is, in each way there is to declare it.
const DOCUMENTS: [&str; 16] = [
    "query($v: Int) { agreements(first: $v) { totalCount } }",
    "query($v: Int = 3) { agreements(first: $v) { totalCount } }",
    "query($v: Int!) { agreements(first: $v) { totalCount } }",
    "query($v: ID!) { node(id: $v) { id } }",
    "query($v: ID = \"canada\") { node(id: $v) { id } }",
    "query($v: [ID!]!) { nodes(ids: $v) { id } }",
    "query($v: String) { agreements(after: $v) { totalCount } }",
    "query($v: String!) { search(text: $v) { totalCount } }",
    "query($v: Boolean!) { canada { id @include(if: $v) } }",
    "query($v: Boolean) { agreements(where: { listedByCanada: $v }) { totalCount } }",
    "query($v: [NodeKind!]) { agreements(where: { kinds: $v }) { totalCount } }",
    "query($v: GroupKey!) { groupBy(keys: [$v]) { count } }",
    "query($v: NodeFilter) { agreements(where: $v) { totalCount } }",
    "query($v: RelationshipFilter) { relationships(where: $v) { totalCount } }",
    "query($v: NodeOrder) { agreements(orderBy: $v) { totalCount } }",
    "query($v: [Follow!]) { reach(from: [\"canada\"], follow: $v) { totalCount } }",
];

#[derive(Serialize)]
struct Case {
    document: &'static str,
    variables: Value,
}

/// Values as JSON has them, each of them odd for some type.
fn plain(dice: &mut Dice) -> Value {
    let texts = [
        "null",
        "true",
        "false",
        "0",
        "-0.0",
        "3",
        "3.0",
        "3e0",
        "3.5",
        "-1",
        "2147483647",
        "2147483648",
        "2147483647.0",
        "-2147483648",
        "-2147483649",
        "9007199254740993",
        "18446744073709551615",
        "1e20",
        "1e21",
        "1e308",
        "-1e308",
        "\"\"",
        "\"3\"",
        "\"canada\"",
        "\"AGREEMENT\"",
        "\"COUNTRY\"",
        "\"KIND\"",
        "\"NAME\"",
        "\"SIGNED\"",
        "\"ANY\"",
        "\"DESC\"",
        "\"agreement\"",
        "[]",
        "{}",
    ];
    serde_json::from_str(texts[dice.throw(texts.len())]).expect("JSON")
}

/// A value, often of the kind that some input object has.
fn value(dice: &mut Dice, depth: usize) -> Value {
    let names = [
        "kinds",
        "kind",
        "ids",
        "and",
        "or",
        "not",
        "related",
        "node",
        "direction",
        "quantifier",
        "by",
        "from",
        "to",
        "listedByCanada",
        "nameContains",
        "date",
        "certainty",
        "language",
        "unknown",
        "__typename",
    ];
    if depth == 0 {
        return plain(dice);
    }
    match dice.throw(10) {
        0..5 => plain(dice),
        5 | 6 => (0..dice.throw(3)).map(|_| value(dice, depth - 1)).collect(),
        7 => json!({ "kind": "SIGNED", "node": value(dice, depth - 1) }),
        8 => json!({ "by": "NAME", "direction": plain(dice) }),
        _ => {
            let fields =
                (0..1 + dice.throw(2)).map(|_| (names[dice.throw(names.len())].to_owned(), value(dice, depth - 1)));
            Value::Object(fields.collect())
        }
    }
}

#[test]
fn variables_have_the_verdicts_of_graphql_js() {
    let mut dice = Dice::new(27);
    let mut cases = Vec::new();
    for _ in 0..count("PACTGRAPH_VARIABLES", 4_000) {
        let document = DOCUMENTS[dice.throw(DOCUMENTS.len())];
        let variables = match dice.throw(30) {
            0 => json!({}),
            1 => json!({ "w": 1 }),
            _ => json!({ "v": value(&mut dice, 3) }),
        };
        cases.push(Case { document, variables });
    }
    let Some(verdicts) = of_graphql_js::<_, bool>("coerce.mjs", &cases) else { return };
    let mut accepted = 0;
    for (Case { document, variables }, theirs) in cases.iter().zip(verdicts) {
        let given = Variables::from_json(variables.clone());
        let question = Question { document: (*document).into(), operation: None, variables: given };
        let refusal = API.prepare(question).err();
        // What is taken may still cost too much.
        let ours = refusal.as_ref().is_none_or(|answer| !answer.codes().contains(&"BAD_USER_INPUT"));
        assert_eq!(ours, theirs, "{document} {variables}: {:?}", refusal.map(|answer| answer.into_lines()));
        accepted += usize::from(ours);
    }
    assert!(accepted * 10 > cases.len() && accepted * 10 < cases.len() * 9, "{accepted} of {} are taken", cases.len());
}
