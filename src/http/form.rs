//! `/query`: a page that needs no script, to ask and to read answers with any browser or reader.

use axum::extract::{Request, State as StateOf};
use axum::http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;

use super::observe::Outcome;
use super::{State, ask, message, negotiate, question};
use crate::graphql::Language;

const POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'";

const EXAMPLE: &str = "{\n  canada {\n    name\n    agreements(first: 5) {\n      nodes { name status }\n    }\n  }\n}";

/// What the page says, in one language.
struct Words {
    title: &'static str,
    intro: &'static str,
    query: &'static str,
    variables: &'static str,
    operation: &'static str,
    run: &'static str,
    answer: &'static str,
    errors: &'static str,
    links: &'static str,
    not_built: &'static str,
}

const ENGLISH: Words = Words {
    title: "Ask the graph",
    intro: "Write a question in GraphQL and run it. This page needs no scripts.",
    query: "Question (GraphQL)",
    variables: "Variables (JSON, may be empty)",
    operation: "Operation name (may be empty)",
    run: "Run",
    answer: "Answer",
    errors: "The answer holds errors",
    links: "<a href=\"/schema.graphql\">Schema</a> · <a href=\"/graphiql\">GraphiQL</a>",
    not_built: "This copy was built without the full page. Build it with Node 20 or newer installed to get \
                GraphiQL here. Until then you can <a href=\"/query\">ask on a plain page</a>, read the \
                <a href=\"/schema.graphql\">schema</a>, or send questions to <code>/graphql</code>.",
};

const FRENCH: Words = Words {
    title: "Interroger le graphe",
    intro: "Rédigez une question en GraphQL et exécutez-la. Cette page fonctionne sans scripts.",
    query: "Question (GraphQL)",
    variables: "Variables (JSON, facultatif)",
    operation: "Nom de l’opération (facultatif)",
    run: "Exécuter",
    answer: "Réponse",
    errors: "La réponse contient des erreurs",
    links: "<a href=\"/schema.graphql\">Schéma</a> · <a href=\"/graphiql\">GraphiQL</a>",
    not_built: "Cette copie a été construite sans la page complète. Construisez-la avec Node 20 ou plus récent \
                pour obtenir GraphiQL ici. D’ici là, vous pouvez <a href=\"/query\">poser vos questions sur une \
                page simple</a>, lire le <a href=\"/schema.graphql\">schéma</a> ou envoyer vos questions à \
                <code>/graphql</code>.",
};

fn words(language: Language) -> &'static Words {
    match language {
        Language::En => &ENGLISH,
        Language::Fr => &FRENCH,
    }
}

/// The form, and the answer once something was asked.
pub(super) async fn page(StateOf(state): StateOf<State>, request: Request) -> Response {
    if let Some(refusal) = message::only_reads(&request) {
        return refusal;
    }
    let language = negotiate::language(request.headers());
    let text = request.uri().query().unwrap_or_default();
    let given = |wanted: &str| {
        let mut pairs = form_urlencoded::parse(text.as_bytes());
        pairs.find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    let (query, variables, operation) = (given("query"), given("variables"), given("operationName"));
    let (mut answer, mut outcome) = (None, None);
    if !query.trim().is_empty() {
        let told;
        (told, outcome) = self::answer(&state, text, language).await;
        answer = Some(told);
    }
    let mut response = html(language, &form(words(language), &query, &variables, &operation, answer));
    if let Some(outcome) = outcome {
        response.extensions_mut().insert(outcome);
    }
    response
}

/// The answer as indented JSON, whether it is without errors, and what is to be told of the question.
async fn answer(state: &State, query: &str, language: Language) -> ((String, bool), Option<Outcome>) {
    let malformed = |code: &str, text: &str| {
        let errors = serde_json::from_str::<serde_json::Value>(&message::errors(code, text)).unwrap_or_default();
        (format!("{errors:#}"), false)
    };
    match question::from_query(query) {
        Ok(question) => {
            let (answer, outcome) = ask::execute(state, state.now(), question, language).await;
            let told = answer.map_or_else(
                || malformed(ask::OVERLOADED, ask::TOO_MANY),
                |answer| {
                    let is_ok = answer.is_ok();
                    (answer.into_lines(), is_ok)
                },
            );
            (told, Some(outcome))
        }
        Err(question::Malformed { code, message }) => (malformed(code, &message), None),
    }
}

fn form(words: &Words, query: &str, variables: &str, operation: &str, answer: Option<(String, bool)>) -> String {
    let Words { title, intro, run, links, .. } = words;
    let shown = escaped(if query.trim().is_empty() { EXAMPLE } else { query });
    let result = answer.map_or(String::new(), |(text, is_ok)| {
        let heading = if is_ok { words.answer } else { words.errors };
        format!(
            "<h2 id=\"answer\">{heading}</h2>\n<pre tabindex=\"0\" aria-labelledby=\"answer\">{}</pre>",
            escaped(&text)
        )
    });
    format!(
        "<h1>{title}</h1>\n<p>{intro}</p>\n<form method=\"get\" action=\"/query\">\n\
         <label for=\"query\">{}</label>\n\
         <textarea id=\"query\" name=\"query\" rows=\"14\" spellcheck=\"false\" required>\n{shown}</textarea>\n\
         <label for=\"variables\">{}</label>\n\
         <textarea id=\"variables\" name=\"variables\" rows=\"3\" spellcheck=\"false\">\n{}</textarea>\n\
         <label for=\"operation\">{}</label>\n\
         <input id=\"operation\" name=\"operationName\" autocomplete=\"off\" value=\"{}\">\n\
         <button>{run}</button>\n</form>\n{result}\n<p>{links}</p>",
        words.query,
        words.variables,
        escaped(variables),
        words.operation,
        escaped(operation),
    )
}

/// What stands at `/graphiql` where the page was not built.
pub(super) fn not_built(language: Language) -> Response {
    html(language, &format!("<h1>GraphiQL</h1>\n<p>{}</p>", words(language).not_built))
}

/// How both pages look.
pub(super) async fn style(request: Request) -> Response {
    message::only_reads(&request).unwrap_or_else(|| {
        let headers = [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "public, no-cache")];
        let css = include_str!("form.css");
        let response = message::response(StatusCode::OK, headers, css);
        message::tagged_by(response, message::tag(css.as_bytes()), request.headers())
    })
}

fn html(language: Language, main: &str) -> Response {
    let (tag, title) = (language.tag(), words(language).title);
    let body = format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title} – pactgraph</title>\n<link rel=\"stylesheet\" href=\"/query.css\">\n</head>\n\
         <body>\n<main>\n{main}\n</main>\n</body>\n</html>\n"
    );
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (CACHE_CONTROL, "no-cache"),
        (VARY, "Accept-Language"),
    ];
    let mut response = message::response(StatusCode::OK, headers, body);
    response.headers_mut().insert(CONTENT_LANGUAGE, HeaderValue::from_static(tag));
    response
}

/// Text as it may stand in HTML, between tags and in quoted attributes.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
