//! Options that ask for a part of the graph: the parameters of addresses, one by one.

use pactgraph::export::{PARAMETERS, Scope, WrongParameter};
use pactgraph::graph::QuestionError;

/// Which part of the graph.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Part of the graph")]
pub(crate) struct Part {
    /// Only what lies around the node with this id; may be given several times
    #[arg(long, value_name = "ID")]
    around: Vec<String>,

    /// Only what can be reached from the node with this id; may be given several times
    #[arg(long, value_name = "ID")]
    reach: Vec<String>,

    /// Only the paths from the node with this id, to that of --to
    #[arg(long, value_name = "ID")]
    from: Vec<String>,

    /// The node where paths end
    #[arg(long, value_name = "ID")]
    to: Vec<String>,

    /// How many steps to go, 0 to 32 [default: 1 with --around, 3 with --reach]
    #[arg(long, value_name = "STEPS", alias = "max-depth")]
    depth: Vec<String>,

    /// What to follow: kinds of relationships, each with a direction or not, as in BUILDS_ON:IN,SUPPORTS
    #[arg(long, value_name = "STEPS")]
    follow: Vec<String>,

    /// Whether to walk on from nodes that touch nearly everything: AVOID, AVOID_DECLARED or ALLOW [default: AVOID]
    #[arg(long, value_name = "POLICY")]
    hubs: Vec<String>,

    /// The most nodes, nearest first
    #[arg(long, value_name = "NODES")]
    limit: Vec<String>,

    /// Which nodes not to walk on from: a filter of nodes in JSON
    #[arg(long, value_name = "FILTER")]
    until: Vec<String>,

    /// Which paths: SHORTEST, ALL_SHORTEST or SIMPLE [default: SHORTEST]
    #[arg(long, value_name = "MODE")]
    mode: Vec<String>,

    /// A node that a path must visit; may be given several times
    #[arg(long, value_name = "ID")]
    via: Vec<String>,

    /// A node that a path must not visit; may be given several times
    #[arg(long, value_name = "ID")]
    avoid: Vec<String>,

    /// The most steps of a path, 1 to 32 [default: 6]
    #[arg(long, value_name = "STEPS")]
    max_length: Vec<String>,

    /// The most paths, 0 to 500 [default: 10]
    #[arg(long, value_name = "PATHS")]
    first: Vec<String>,

    /// Only nodes that fit: a filter of nodes in JSON, as the API takes it
    #[arg(long = "where", value_name = "FILTER")]
    filter: Vec<String>,

    /// Only nodes of these kinds, as in AGREEMENT,COUNTRY
    #[arg(long, value_name = "KINDS")]
    kinds: Vec<String>,

    /// Only relationships of these kinds, as in BUILDS_ON,SUPPORTS; or a filter of relationships in JSON
    #[arg(long, value_name = "KINDS")]
    relationships: Vec<String>,

    /// The graph as it was known to stand on a date: 2022, 2022-12 or 2022-12-31; where left out, a part is as of today
    #[arg(long, value_name = "DATE")]
    as_of: Vec<String>,

    /// How vague dates are treated: POSSIBLE or CERTAIN [default: POSSIBLE]
    #[arg(long, value_name = "CERTAINTY")]
    certainty: Vec<String>,

    /// As of a date, also what may have been there by then, because it has no date of its own
    #[arg(long, value_name = "TRUE", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    undated: Vec<String>,

    /// A part of everything ever stated, states that ended and plans too, rather than of today
    #[arg(long, value_name = "TRUE", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    all_dates: Vec<String>,
}

impl Part {
    /// The scope that the options ask for.
    pub(crate) fn scope(&self) -> Result<Scope, WrongParameter> {
        let options = [
            ("around", &self.around),
            ("reach", &self.reach),
            ("from", &self.from),
            ("to", &self.to),
            ("depth", &self.depth),
            ("follow", &self.follow),
            ("hubs", &self.hubs),
            ("limit", &self.limit),
            ("until", &self.until),
            ("mode", &self.mode),
            ("via", &self.via),
            ("avoid", &self.avoid),
            ("maxLength", &self.max_length),
            ("first", &self.first),
            ("where", &self.filter),
            ("kinds", &self.kinds),
            ("relationships", &self.relationships),
            ("asOf", &self.as_of),
            ("certainty", &self.certainty),
            ("undated", &self.undated),
            ("allDates", &self.all_dates),
        ];
        Scope::from_parameters(options.into_iter().flat_map(|(name, texts)| texts.iter().map(move |text| (name, text))))
    }
}

/// A refusal with the names of options in the place of those of parameters.
pub(crate) fn as_options(message: &str) -> String {
    // Behind it may be the names of parts of a filter.
    let (head, tail) = message.split_at(message.find(" but ").unwrap_or(message.len()));
    let named = PARAMETERS.iter().fold(head.to_owned(), |message, parameter| {
        message.replace(&format!("`{}`", parameter.name), &format!("`{}`", option(parameter.name)))
    });
    named + tail
}

/// What is wrong with a question, with the name of the option that asks it.
pub(crate) fn as_option(error: &QuestionError) -> String {
    let argument = error.argument();
    // Whatever is no option of its own stands in a filter.
    let is_known = PARAMETERS.iter().any(|parameter| parameter.name == argument);
    let option = if is_known { option(argument) } else { "--where".into() };
    error.to_string().replace(&format!("Argument `{argument}`: "), &format!("{option}: "))
}

fn option(parameter: &str) -> String {
    let letters = parameter.chars().flat_map(|letter| {
        let hyphen = letter.is_uppercase().then_some('-');
        hyphen.into_iter().chain(letter.to_lowercase())
    });
    letters.fold("--".to_owned(), |mut option, letter| {
        option.push(letter);
        option
    })
}
