use super::*;

fn refusal(parameters: &[(&str, &str)]) -> WrongParameter {
    Scope::from_parameters(parameters.iter().copied()).expect_err("a refusal")
}

#[test]
fn parameters_are_read() {
    let good: [&[(&str, &str)]; 8] = [
        &[],
        &[("around", "a,b"), ("around", "c"), ("depth", "2"), ("kinds", "agreement"), ("limit", "9")],
        &[("reach", "a"), ("follow", "BUILDS_ON:IN,supports"), ("max_depth", "32"), ("until", "{}")],
        &[("from", "a"), ("to", "b"), ("mode", "simple"), ("via", "c"), ("avoid", "d,e"), ("max-length", "3")],
        &[("where", r#"{"and": [{"kinds": ["AGREEMENT"]}], "date": {"from": "2022"}, "status": ["SIGNED"]}"#)],
        &[("where", r#"{"related": [{"kind": "SIGNED", "node": {"ids": ["a"]}, "quantifier": "NONE"}]}"#)],
        &[("relationships", r#"{"kinds": ["SIGNED"], "from": {"kinds": ["COUNTRY"]}}"#)],
        &[("as_of", "2022"), ("certainty", "certain")],
    ];
    for parameters in good {
        Scope::from_parameters(parameters.iter().copied()).unwrap_or_else(|wrong| panic!("{parameters:?}: {wrong}"));
    }
}

#[test]
fn parameters_that_cannot_be_used_are_named_with_what_was_expected() {
    let cases: [(&[(&str, &str)], &str); 23] = [
        (&[("around", "")], "the id of a node"),
        (&[("depth", "1")], "give `around`, or `reach` too"),
        (&[("around", "a"), ("depth", "x")], "a whole number from 0 to 32"),
        (&[("around", "a"), ("depth", "33")], "a whole number from 0 to 32"),
        (&[("around", "a"), ("limit", "0")], "a whole number from 1"),
        (&[("around", "a"), ("reach", "b")], "give one of them"),
        (&[("around", "a"), ("until", "{}")], "give `reach` too"),
        (&[("from", "a")], "give `to` too"),
        (&[("to", "a")], "give `from` too"),
        (&[("from", "a"), ("to", "b"), ("mode", "long")], "SHORTEST or ALL_SHORTEST or SIMPLE"),
        (&[("from", "a"), ("to", "b"), ("maxLength", "0")], "a whole number from 1 to 32"),
        (&[("from", "a"), ("to", "b"), ("first", "501")], "a whole number from 0 to 500"),
        (&[("reach", "a"), ("follow", "BUILDS_ON:UP")], "OUT, IN, ANY"),
        (&[("reach", "a"), ("follow", "LOVES")], "ADMINISTERS, BUILDS_ON"),
        (&[("asOf", "2022-13")], "a date"),
        (&[("as_of", "2022"), ("asOf", "2023")], "more than once"),
        (&[("asOf", "2022"), ("certainty", "sure")], "POSSIBLE or CERTAIN"),
        (&[("certainty", "CERTAIN")], "give `asOf` too"),
        (&[("kinds", "AGREEMENT,PLANET")], "AGREEMENT, COUNTRY, FORUM"),
        (&[("where", "AGREEMENT")], "in JSON"),
        (&[("where", r#"{"colour": 1}"#)], "unknown field `colour`"),
        (&[("where", r#"{"status": ["DONE"]}"#)], "IN_FORCE"),
        (&[("dept", "1")], "The parameters are around, reach"),
    ];
    for (parameters, expected) in cases {
        let refusal = refusal(parameters);
        assert!(refusal.message.contains(expected), "{parameters:?}: {refusal}");
        assert!(parameters.iter().any(|(name, _)| parameter::named(name).is_none_or(|p| p.name == refusal.name)));
    }
}

#[test]
fn every_parameter_has_its_company() {
    for parameter in PARAMETERS {
        assert_eq!(parameter::named(parameter.name), Some(parameter));
        for name in parameter.with {
            assert!(PARAMETERS.iter().any(|other| other.name == *name), "{name}");
        }
    }
}

#[test]
fn filters_have_the_fields_they_have_in_the_api() {
    let schema = include_str!("../../../schema.graphql");
    for (input, parameter) in [("NodeFilter", "where"), ("RelationshipFilter", "relationships")] {
        let known = refusal(&[(parameter, r#"{"?": 1}"#)]).message;
        let body = schema.split(&format!("input {input} {{")).nth(1).and_then(|rest| rest.split("\n}").next());
        let fields: Vec<_> = body.expect(input).lines().filter_map(|line| line.trim().split_once(": ")).collect();
        let names = fields.iter().map(|(name, _)| *name).filter(|name| name.chars().all(char::is_alphabetic));
        let names: Vec<_> = names.collect();
        assert!(names.len() >= 6, "{input}: {names:?}");
        for name in names {
            assert!(known.contains(&format!("`{name}`")), "{input} has {name}, and `{parameter}` has not: {known}");
        }
    }
}
