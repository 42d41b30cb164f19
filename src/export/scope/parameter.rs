//! The only list of parameters by which a part of the graph is asked for.

use std::fmt;

/// A parameter by which a part of the graph is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// Its name: that of the argument of the API which means the same.
    pub name: &'static str,
    /// What it means and what it may be.
    pub says: &'static str,
    /// An example of its value.
    pub example: &'static str,
    /// The values there are, where they are few.
    pub choices: &'static [&'static str],
    /// Whether it may be given several times.
    pub repeats: bool,
    /// The parameters with one of which it has a meaning; any where empty.
    pub with: &'static [&'static str],
}

const PLAIN: Parameter = Parameter { name: "", says: "", example: "", choices: &[], repeats: false, with: &[] };

/// Every parameter of a [`Scope`](super::Scope).
pub const PARAMETERS: &[Parameter] = &[
    Parameter {
        name: "around",
        says: "The id of a node: only what lies around it, as `subgraph` gives it. May be given several times, or several joined by commas",
        example: "canada-eu-raw-materials-partnership",
        repeats: true,
        ..PLAIN
    },
    Parameter {
        name: "reach",
        says: "The id of a node: only what can be reached from it, as `reach` gives it. May be given several times, or several joined by commas",
        example: "canada-eu-raw-materials-partnership",
        repeats: true,
        ..PLAIN
    },
    Parameter {
        name: "from",
        says: "The id of a node: only the paths from it to `to`, as `paths` gives them",
        example: "canada-japan-battery-supply-chains-moc",
        with: &["to"],
        ..PLAIN
    },
    Parameter {
        name: "to",
        says: "The id of the node where paths end",
        example: "g7-critical-minerals-action-plan",
        with: &["from"],
        ..PLAIN
    },
    Parameter {
        name: "depth",
        says: "How many steps to go, 0 to 32; where left out 1 with `around`, 3 with `reach`. Also called `maxDepth`",
        example: "2",
        with: &["around", "reach"],
        ..PLAIN
    },
    Parameter {
        name: "follow",
        says: "What to follow, joined by commas: kinds of relationships, each with a direction or not. IN goes from the object to the subject",
        example: "BUILDS_ON:IN,SUPPORTS",
        repeats: true,
        with: &["around", "reach", "from"],
        ..PLAIN
    },
    Parameter {
        name: "hubs",
        says: "Whether to walk on from nodes that touch nearly everything: AVOID, taken where left out, AVOID_DECLARED, which avoids only those declared so, or ALLOW",
        example: "ALLOW",
        choices: &["AVOID", "AVOID_DECLARED", "ALLOW"],
        with: &["around", "reach", "from"],
        ..PLAIN
    },
    Parameter {
        name: "limit",
        says: "The most nodes, nearest first; all where left out",
        example: "500",
        with: &["around", "reach"],
        ..PLAIN
    },
    Parameter {
        name: "until",
        says: "Which nodes not to walk on from: a filter of nodes as the API takes it, in JSON",
        example: r#"{"kinds":["COUNTRY"]}"#,
        with: &["reach"],
        ..PLAIN
    },
    Parameter {
        name: "mode",
        says: "Which paths: SHORTEST, taken where left out, ALL_SHORTEST or SIMPLE",
        example: "ALL_SHORTEST",
        choices: &["SHORTEST", "ALL_SHORTEST", "SIMPLE"],
        with: &["from"],
        ..PLAIN
    },
    Parameter {
        name: "via",
        says: "The ids of nodes all of which a path must visit, joined by commas",
        example: "japan",
        repeats: true,
        with: &["from"],
        ..PLAIN
    },
    Parameter {
        name: "avoid",
        says: "The ids of nodes that a path must not visit, joined by commas",
        example: "canada",
        repeats: true,
        with: &["from"],
        ..PLAIN
    },
    Parameter {
        name: "maxLength",
        says: "The most steps of a path, from 1 to 32 unless the service sets another limit; 6 where left out",
        example: "4",
        with: &["from"],
        ..PLAIN
    },
    Parameter {
        name: "first",
        says: "The most paths, from 0 to 500 unless the service sets another limit; 10 where left out",
        example: "100",
        with: &["from"],
        ..PLAIN
    },
    Parameter {
        name: "where",
        says: "Only nodes that fit: a filter of nodes as the API takes it, in JSON; those in the middle always stay",
        example: r#"{"kinds":["AGREEMENT"],"date":{"from":"2023"}}"#,
        ..PLAIN
    },
    Parameter {
        name: "kinds",
        says: "Only nodes of these kinds, joined by commas, and the relationships among them; those in the middle always stay",
        example: "AGREEMENT,COUNTRY",
        repeats: true,
        ..PLAIN
    },
    Parameter {
        name: "relationships",
        says: "Only relationships of these kinds, joined by commas; where something is followed, only these are. Or a filter of relationships as the API takes it, in JSON: without other parameters the list of those that fit, with their ends",
        example: "BUILDS_ON,SUPPORTS",
        repeats: true,
        ..PLAIN
    },
    Parameter {
        name: "asOf",
        says: "The graph as it was known to stand on a date: a full date, or a year or a month, which mean their last day. Where left out, a part is as of today, and the whole holds everything with its dates",
        example: "2022-12-31",
        ..PLAIN
    },
    Parameter {
        name: "certainty",
        says: "How vague dates are treated: POSSIBLE, taken where left out, or CERTAIN",
        example: "CERTAIN",
        choices: &["POSSIBLE", "CERTAIN"],
        with: &["asOf"],
        ..PLAIN
    },
    Parameter {
        name: "undated",
        says: "Whether to take also what may have been there by the date, because it has no date of its own: true, or false, taken where left out",
        example: "true",
        choices: &["true", "false"],
        with: &["asOf"],
        ..PLAIN
    },
    Parameter {
        name: "allDates",
        says: "Whether a part is of everything ever stated, states that ended and plans too, rather than of today: true, or false, taken where left out",
        example: "true",
        choices: &["true", "false"],
        ..PLAIN
    },
];

/// A parameter that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongParameter {
    /// Its name.
    pub name: String,
    /// What is wrong, and what was expected, in sentences.
    pub message: String,
}

impl WrongParameter {
    pub(super) fn new(name: &str, message: impl Into<String>) -> Self {
        Self { name: name.to_owned(), message: message.into() }
    }
}

impl fmt::Display for WrongParameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for WrongParameter {}

/// The parameter of this name, in whichever way its words are joined: `asOf`, `as_of`, `as-of`.
pub(super) fn named(name: &str) -> Option<&'static Parameter> {
    let plain: String = name.chars().filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect();
    let plain = if plain == "maxdepth" { "depth" } else { &plain };
    PARAMETERS.iter().find(|parameter| parameter.name.to_lowercase() == plain)
}
