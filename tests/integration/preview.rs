//! What a link to the explorer is called where no script runs.
//!
//! Skipped where the build has no pages.

use std::path::Path;

use crate::server::{Reply, SERVER};

const EU: &str = "canada-eu-raw-materials-partnership";
const TAGLINES: [&str; 2] = [
    "Who Canada works with on critical minerals, since when, and how it connects",
    "Les partenariats du Canada en matière de minéraux critiques : avec qui, depuis quand, et comment tout se relie",
];

fn get(query: &str, accept: &str) -> Option<Reply> {
    let has_pages = Path::new(concat!(env!("OUT_DIR"), "/web/index.html")).is_file();
    has_pages.then(|| SERVER.send("GET", &format!("/{query}"), &[("Accept-Language", accept)], ""))
}

/// What stands between the first `before` and the next `after`.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}"));
    rest.split_once(after).unwrap_or_else(|| panic!("no {after} in {text}")).0
}

#[test]
fn each_view_has_a_title_a_description_and_a_language() {
    let cases = [
        ("", "en", TAGLINES[0].to_owned(), Some(TAGLINES[0])),
        ("?lang=fr", "fr", TAGLINES[1].to_owned(), Some(TAGLINES[1])),
        ("?q=ha+ha&lang=en", "en", "Search: ha ha".into(), Some(TAGLINES[0])),
        ("?view=node&id=germany&lang=en", "en", "Germany".into(), None),
        ("?view=node&id=germany&lang=fr", "fr", "Allemagne".into(), None),
        ("?view=node&id=nothing-like-it", "en", "Entry".into(), Some(TAGLINES[0])),
        ("?view=around&id=germany&lang=en", "en", "Germany: network".into(), None),
        ("?view=around&lang=fr", "fr", "Réseau".into(), Some(TAGLINES[1])),
        ("?view=trace&from=germany&to=japan&lang=en", "en", "Connections: Germany → Japan".into(), Some(TAGLINES[0])),
        ("?view=timeline&id=japan&lang=en", "en", "Timeline around Japan".into(), None),
        ("?view=matrix&lang=fr", "fr", "Accords par partenaire et par thème".into(), Some(TAGLINES[1])),
        ("?view=nonsense", "en", TAGLINES[0].to_owned(), Some(TAGLINES[0])),
    ];
    for (query, language, title, description) in cases {
        let Some(reply) = get(query, "") else { return };
        assert_eq!(reply.status, 200, "{query}");
        let page = &reply.body;
        assert_eq!(between(page, "<html lang=\"", "\""), language, "{query}");
        assert_eq!(between(page, "<title>", "</title>"), format!("{title} – Pactgraph"), "{query}");
        assert_eq!(between(page, "og:title\" content=\"", "\""), format!("{title} – Pactgraph"), "{query}");
        let said = between(page, "<meta name=\"description\" content=\"", "\"");
        assert_eq!(said, between(page, "og:description\" content=\"", "\""), "{query}");
        match description {
            Some(description) => assert_eq!(said, description, "{query}"),
            None => assert!(!said.is_empty() && !TAGLINES.contains(&said), "{query}: {said}"),
        }
        assert_eq!(page.matches("name=\"description\"").count(), 1, "{query}");
    }
}

#[test]
fn the_language_of_a_link_without_one_is_that_of_the_browser() {
    let Some(reply) = get(&format!("?view=node&id={EU}"), "fr-CA, en;q=0.5") else { return };
    assert_eq!(between(&reply.body, "<html lang=\"", "\""), "fr");
    assert!(reply.header("vary").contains("Accept-Language"), "{}", reply.header("vary"));
    let tag = reply.header("etag").to_owned();
    let again = [("Accept-Language", "fr-CA, en;q=0.5"), ("If-None-Match", tag.as_str())];
    assert_eq!(SERVER.send("GET", &format!("/?view=node&id={EU}"), &again, "").status, 304);
    let english = [("Accept-Language", "en"), ("If-None-Match", tag.as_str())];
    assert_eq!(SERVER.send("GET", &format!("/?view=node&id={EU}"), &english, "").status, 200);
}

#[test]
fn what_an_address_says_is_text_on_the_page() {
    let typed = "%3C/title%3E%3Cscript%3Ealert(1)%3C/script%3E%22%3E";
    for query in [format!("?q={typed}"), format!("?view=node&id={typed}"), format!("?view={typed}&lang={typed}")] {
        let Some(reply) = get(&query, "") else { return };
        assert!(!reply.body.contains("alert(1)</script>") && !reply.body.contains("<script>alert"), "{}", reply.body);
    }
    let Some(reply) = get(&format!("?q={typed}"), "") else { return };
    assert!(reply.body.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&gt;"), "{}", reply.body);
}
