use std::fmt::Write;

use async_graphql::Value;
use async_graphql::parser::types::Selection;

use super::*;
use crate::graphql::answer::Answer;
use crate::graphql::sdl;

fn verdict(text: &str, types: &TypeMap) -> String {
    match read(text, types, &Limits::default()) {
        Ok(_) => "passes".into(),
        Err(errors) => Answer::refused(errors, 1).codes()[0].to_owned(),
    }
}

#[test]
fn brackets_words_and_bytes_are_bounded() {
    let types = TypeMap::new("type Query { a(x: Any): Int } scalar Any");
    let (large, parse, expensive) = ("QUERY_TOO_LARGE", "GRAPHQL_PARSE_FAILED", "QUERY_TOO_EXPENSIVE");
    let cases = [
        ("{ a }".to_owned(), "passes"),
        (format!("{{ a(x: {}1{}) }}", "[".repeat(62), "]".repeat(62)), "passes"),
        (format!("{{ a(x: {}1{}) }}", "[".repeat(63), "]".repeat(63)), large),
        (format!("{{ a(x: {}1", "{x:".repeat(1_250)), large),
        (format!("query($v: {}Any{}) {{ a(x: $v) }}", "[".repeat(500), "]".repeat(500)), large),
        ("{a".repeat(5_000), large),
        (format!("{{ a(x: \"{}\") }}", "[".repeat(500)), "passes"),
        (format!("{{ a(x: \"\"\"{} \\\"\"\" \" {}\"\"\") }}", "[".repeat(99), "{".repeat(99)), "passes"),
        (format!("# {}\n{{ a }}", "{".repeat(500)), "passes"),
        (format!("# \"\r{{ a(x: {}", "[".repeat(500)), large),
        (format!("{{ a(x: [\"\\\" [ \", {}", "[".repeat(500)), large),
        (format!("{{ a(x: [\"\"\"abc\"{}", "[".repeat(500)), parse),
        (format!("{{ a(x: \"\n{}", "[".repeat(500)), parse),
        ("{ a(x: \"\\".to_owned(), parse),
        (format!("{{ {} }}", "a ".repeat(3_997)), "passes"),
        (format!("{{ {} }}", "a ".repeat(3_999)), large),
        (" ".repeat(16 * 1024), parse),
        (" ".repeat(16 * 1024 + 1), large),
        (format!("{{ a }} #{}", "é".repeat(9_000)), large),
        (format!("{{ {} }}", "b: a ".repeat(501)), expensive),
    ];
    for (document, expected) in cases {
        assert_eq!(verdict(&document, &types), expected, "{}…", document.chars().take(60).collect::<String>());
    }
}

/// Documents that would cost some libraries minutes or their life are judged within a count of steps.
#[test]
fn hostile_documents_are_judged_in_bounded_work() {
    let types = TypeMap::new(&sdl());
    let mut chain = "{ canada { ...F0 } }".to_owned();
    for level in 0..100 {
        write!(chain, " fragment F{level} on Country {{ ...F{0} ...F{0} }}", level + 1).expect("text");
    }
    chain += " fragment F100 on Country { id }";
    let spreads: String = (0..180).map(|i| format!("...F{i} ")).collect();
    let mut all_pairs = format!("{{ canada {{ {spreads} }} }}");
    for i in 0..180 {
        write!(all_pairs, " fragment F{i} on Country {{ x{i}: id {} }}", if i > 90 { "...F0" } else { "" })
            .expect("text");
    }
    let deep = "a: canada { ".repeat(30);
    let many = format!("{deep} id {}", "}".repeat(30)).repeat(20);
    let cycle: String = (0..100).map(|i| format!("fragment F{i} on Country {{ ...F{} }} ", (i + 1) % 100)).collect();
    let cases = [
        (chain, "QUERY_TOO_EXPENSIVE"),
        (all_pairs, "passes"),
        (format!("{{ {} }}", "agreements(first: 1) { totalCount } ".repeat(200)), "passes"),
        (format!("{{ {} }}", "agreements(first: 1) { totalCount } ".repeat(400)), "QUERY_TOO_EXPENSIVE"),
        (format!("{{ {many} }}"), "GRAPHQL_VALIDATION_FAILED"),
        (format!("{{ canada {{ ...F0 }} }} {cycle}"), "GRAPHQL_VALIDATION_FAILED"),
        (format!("{{ canada {{ id {} }} }}", "@a ".repeat(1_900)), "GRAPHQL_VALIDATION_FAILED"),
        (format!("{{ canada {{ id {} }} }}", "@skip(if: false) ".repeat(500)), "GRAPHQL_VALIDATION_FAILED"),
        (format!("{{ {} }}", "nonsense ".repeat(1_700)), "GRAPHQL_VALIDATION_FAILED"),
    ];
    for (document, expected) in cases {
        assert_eq!(verdict(&document, &types), expected, "{}…", document.chars().take(60).collect::<String>());
    }
}

#[test]
fn values_mean_what_the_specification_says() {
    let types = TypeMap::new("type Query { a(x: Any): Int } scalar Any");
    let cases = [
        ("1", "1"),
        ("-0", "0"),
        ("18446744073709551615", "18446744073709551615"),
        ("123456789012345678901234", "\"123456789012345678901234\""),
        ("-1.5e3", "-1500.0"),
        ("1e400", "\"1e400\""),
        ("true", "true"),
        ("[null]", "[null]"),
        ("[1 2, [3]]", "[1,2,[3]]"),
        ("{b: 1 a: {c: []}}", "{\"b\":1,\"a\":{\"c\":[]}}"),
        ("RED", "\"RED\""),
        (r#""""#, r#""""#),
        (r#""a\"\\\/\b\f\n\r\t""#, r#""a\"\\/\b\f\n\r\t""#),
        (r#""\u00e9\u{e9}\u{1F600}\uD83D\uDE00""#, "\"éé😀😀\""),
        ("\"\"\"one\"\"\"", "\"one\""),
        ("\"\"\"\n\n    one\r\n      two\n\t\n    \\\"\"\" \"\n\n\"\"\"", r#""one\n  two\n\n\"\"\" \"""#),
        ("\"\"\"  first\n   second\n  \"\"\"", r#""  first\nsecond""#),
        ("\"\"\"\"\"\"", "\"\""),
        ("\"\"\" \\u0041 \"\"\"", r#"" \\u0041 ""#),
    ];
    for (written, expected) in cases {
        let document = read(&format!("{{ a(x: {written}) }}"), &types, &Limits::default()).expect("a document");
        let (_, operation) = document.executable.operations.iter().next().expect("an operation");
        let Selection::Field(field) = &operation.node.selection_set.node.items[0].node else { panic!("a field") };
        let value: Value = field.node.arguments[0].1.node.clone().into_const().expect("no variables");
        assert_eq!(serde_json::to_string(&value).expect("JSON"), expected, "{written}");
    }
}

#[test]
fn places_are_counted_as_editors_do() {
    let types = TypeMap::new("type Query { a: Int }");
    let cases =
        [("{\n  b }", 2, 3), ("{\r\n\r  b }", 3, 3), ("#😀é\n{ a @é }", 2, 6), ("{ a(x: \"😀\u{7}é\", \"", 1, 17)];
    for (text, line, column) in cases {
        let errors = read(text, &types, &Limits::default()).expect_err("a refusal");
        assert_eq!((errors[0].locations[0].line, errors[0].locations[0].column), (line, column), "{text}: {errors:?}");
    }
}
