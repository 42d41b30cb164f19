//! What a link to the explorer is called before its scripts run: the title, the description and the
//! language of each view, as messengers and search engines show them.
//!
//! The titles are those that the explorer gives the window itself (`web/src/explorer`).

use std::collections::HashMap;

use super::form::escaped;
use crate::graph::View;
use crate::graphql::Language;

/// The most characters of what was typed that stand in a title.
const TYPED: usize = 100;

/// What the explorer calls its views, in one language.
struct Words {
    tag: &'static str,
    locale: &'static str,
    colon: &'static str,
    tagline: &'static str,
    search: &'static str,
    entry: &'static str,
    network: &'static str,
    connections: &'static str,
    timeline: &'static str,
    matrix: &'static str,
    network_of: fn(&str) -> String,
    timeline_of: fn(&str) -> String,
}

const ENGLISH: Words = Words {
    tag: "en",
    locale: "en_CA",
    colon: ": ",
    tagline: "Who Canada works with on critical minerals, since when, and how it connects",
    search: "Search",
    entry: "Entry",
    network: "Network",
    connections: "Connections",
    timeline: "Timeline",
    matrix: "Agreements by partner and theme",
    network_of: |name| format!("{name}: network"),
    timeline_of: |name| format!("Timeline around {name}"),
};

const FRENCH: Words = Words {
    tag: "fr",
    locale: "fr_CA",
    colon: "\u{a0}: ",
    tagline: "Les partenariats du Canada en matière de minéraux critiques : avec qui, depuis quand, et comment tout se relie",
    search: "Recherche",
    entry: "Fiche",
    network: "Réseau",
    connections: "Liens",
    timeline: "Chronologie",
    matrix: "Accords par partenaire et par thème",
    network_of: |name| format!("Réseau : {name}"),
    timeline_of: |name| format!("Chronologie autour de cette fiche : {name}"),
};

/// How one view of the explorer is announced.
#[derive(Debug)]
pub(super) struct Preview {
    tag: &'static str,
    locale: &'static str,
    title: String,
    description: String,
}

impl Preview {
    /// The preview of the view at this query of an address; `language` is taken where it names none.
    pub(super) fn of(query: &str, language: Language, graph: &View) -> Self {
        let fields: HashMap<_, _> = form_urlencoded::parse(query.as_bytes()).collect();
        let get = |name: &str| fields.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
        let language = match get("lang") {
            Some("en") => Language::En,
            Some("fr") => Language::Fr,
            Some(_) | None => language,
        };
        let words = match language {
            Language::En => &ENGLISH,
            Language::Fr => &FRENCH,
        };
        let name = |field: &str| get(field).and_then(|id| graph.node(id)).map(|node| node.name(language));
        let node = get("id").and_then(|id| graph.node(id));
        let (title, about) = match get("view") {
            None | Some("search") => match get("q") {
                Some(text) => (format!("{}{}{}", words.search, words.colon, shortened(text)), None),
                None => (words.tagline.to_owned(), None),
            },
            Some("node") => (name("id").unwrap_or(words.entry).to_owned(), node),
            Some("around") => (name("id").map_or(words.network.to_owned(), words.network_of), node),
            Some("timeline") => (name("id").map_or(words.timeline.to_owned(), words.timeline_of), node),
            Some("trace") => match (name("from"), name("to")) {
                (Some(from), Some(to)) => (format!("{}{}{from} → {to}", words.connections, words.colon), None),
                _ => (words.connections.to_owned(), None),
            },
            Some("matrix") => (words.matrix.to_owned(), None),
            Some(_) => (words.tagline.to_owned(), None),
        };
        let description = about.map_or(words.tagline, |node| node.data().summary.get(language)).to_owned();
        Self { tag: words.tag, locale: words.locale, title: format!("{title} – Pactgraph"), description }
    }

    /// The built page with this title, description and language.
    pub(super) fn write(&self, page: &str) -> String {
        let (title, description) = (escaped(&self.title), escaped(&self.description));
        let head = format!(
            "<title>{title}</title>\n    <meta name=\"description\" content=\"{description}\" />\n    \
             <meta property=\"og:type\" content=\"website\" />\n    \
             <meta property=\"og:site_name\" content=\"Pactgraph\" />\n    \
             <meta property=\"og:locale\" content=\"{}\" />\n    \
             <meta property=\"og:title\" content=\"{title}\" />\n    \
             <meta property=\"og:description\" content=\"{description}\" />",
            self.locale
        );
        let page = page.replacen("<html lang=\"en\">", &format!("<html lang=\"{}\">", self.tag), 1);
        page.replacen("<title>Pactgraph</title>", &head, 1)
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(TYPED).collect()
}
