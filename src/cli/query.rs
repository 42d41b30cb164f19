//! `pactgraph query`: one question, one answer.

use std::io::{IsTerminal, Read, Write};
use std::process::ExitCode;

use pactgraph::graphql::{Api, Language, Question, RequestState, Variables};
use pactgraph::model::Clock;

use super::data::{self, DataArgs};
use super::serve;

/// Answer one question and stop
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit status: 0 if the answer is without errors, 1 if it has errors, 2 if the command line is wrong.

Examples:
  pactgraph query '{ canada { name } }'
  pactgraph query --language fr '{ countries(first: 3) { nodes { name } } }'
  pactgraph query 'query($id: ID!) { node(id: $id) { name } }' --variables '{\"id\": \"germany\"}'
  pactgraph query < question.graphql | jq .data")]
pub(crate) struct Args {
    /// The question, a GraphQL document; without it, or as `-`, it is read from standard input
    #[arg(value_name = "DOCUMENT")]
    document: Option<String>,

    /// The values of its variables, a JSON object
    #[arg(long, value_name = "JSON")]
    variables: Option<String>,

    /// The operation to run, where the document has several
    #[arg(long, value_name = "NAME")]
    operation: Option<String>,

    /// The language of the answer
    #[arg(long, value_enum, default_value_t = Tongue::En)]
    language: Tongue,
}

/// The language of the answer.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Tongue {
    /// English.
    En,
    /// French.
    Fr,
}

impl From<Tongue> for Language {
    fn from(tongue: Tongue) -> Self {
        match tongue {
            Tongue::En => Self::En,
            Tongue::Fr => Self::Fr,
        }
    }
}

/// Answers the question.
pub(crate) fn run(args: &Args, data: &DataArgs) -> ExitCode {
    let question = match question(args) {
        Ok(question) => question,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::from(2);
        }
    };
    let graph = match data::open(data) {
        Ok(opened) => opened.graph,
        Err(code) => return code,
    };
    let state = RequestState::on(graph, Clock::system().today(), args.language.into());
    let answer = match serve::runtime() {
        Ok(runtime) => runtime.block_on(Api::default().execute(question, state)),
        Err(error) => {
            eprintln!("error: cannot start threads: {error}");
            return ExitCode::FAILURE;
        }
    };
    let code = if answer.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    super::finish(writeln!(std::io::stdout(), "{}", answer.into_lines()), code)
}

fn question(args: &Args) -> Result<Question, String> {
    let variables = match args.variables.as_deref().map(serde_json::from_str) {
        None => Variables::default(),
        Some(Ok(values @ serde_json::Value::Object(_))) => Variables::from_json(values),
        Some(Ok(_)) => return Err(wrong_variables("it is no object")),
        Some(Err(error)) => return Err(wrong_variables(&format!("line {}, column {}", error.line(), error.column()))),
    };
    let document = match args.document.as_deref() {
        Some(document) if document != "-" => document.to_owned(),
        None if std::io::stdin().is_terminal() => {
            return Err("there is no question\n\nGive one: pactgraph query '{ canada { name } }'".into());
        }
        _ => {
            let mut document = String::new();
            let read = std::io::stdin().lock().read_to_string(&mut document);
            read.map_err(|error| format!("cannot read the question from standard input: {error}"))?;
            document
        }
    };
    Ok(Question { document: document.into(), operation: args.operation.clone(), variables })
}

fn wrong_variables(problem: &str) -> String {
    format!(
        "the value of --variables is no JSON object: {problem}\n\nGive an object in single quotes: \
         --variables '{{\"id\": \"germany\"}}'"
    )
}
