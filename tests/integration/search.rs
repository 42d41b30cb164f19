//! Search: what people mean, on the real data; what always holds, on any text.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use pactgraph::dataset::{Files, ValidDataset};
use pactgraph::graph::{
    AsOf, CitationStyle, Graph, Hit, LONGEST_TEXT, MatchReason, QuestionError, TextKind, View, fold,
};
use pactgraph::graphql::{self, RequestState};
use pactgraph::model::{Certainty, Language, NodeKind};
use proptest::prelude::*;

fn graph(folder: &str) -> Arc<Graph> {
    let files = Files::from_dir(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("a folder of facts");
    Arc::new(Graph::new(ValidDataset::from_files(&files).expect("valid facts")))
}

static REAL: LazyLock<Arc<Graph>> = LazyLock::new(|| graph("graph-data"));
static EXAMPLE: LazyLock<Arc<Graph>> = LazyLock::new(|| graph("tests/example-data"));

/// The ids of the best hits of a search over the real data.
fn best(text: &str) -> Vec<String> {
    let view = View::new(REAL.clone());
    let hits = view.search(text, None, None).expect("an answer");
    hits.nodes.iter().take(5).map(|hit| hit.node.id().to_owned()).collect()
}

#[test]
fn finds_what_a_person_means() {
    let table = [
        ("metis", "metis"),
        ("MÉTIS", "metis"),
        ("nation metisse", "metis"),
        ("Corée", "south-korea"),
        ("coree du sud", "south-korea"),
        ("minéraux critiques Allemange", "canada-germany-critical-minerals-jdoi"),
        ("CMPA", "critical-minerals-production-alliance"),
        ("MSP", "minerals-security-partnership"),
        ("eu partnership", "canada-eu-raw-materials-partnership"),
        ("Etats-Unis", "united-states"),
        ("les états‑unis", "united-states"),
        ("l'UE", "european-union"),
        ("EU", "european-union"),
        ("DE", "germany"),
        ("ca-qc", "quebec"),
        ("germ", "germany"),
        ("Kanada", "canada"),
        ("nisgaa", "nisgaa-nation"),
        ("Nisga’a", "nisgaa-nation"),
        ("five-point plan", "five-point-plan-critical-minerals-security"),
    ];
    for (text, id) in table {
        assert_eq!(best(text).first().map(String::as_str), Some(id), "{text}: {:?}", best(text));
    }
    let at_kananaskis = best("Kananaskis");
    for id in ["g7-critical-minerals-action-plan", "critical-minerals-production-alliance"] {
        assert!(at_kananaskis.iter().any(|found| found == id), "{id}: {at_kananaskis:?}");
    }
}

#[test]
fn the_name_of_every_node_finds_it_first() {
    let view = View::new(REAL.clone());
    for node in view.nodes() {
        for language in Language::ALL {
            let name = node.name(language);
            for asked in [None, Some(Language::En), Some(Language::Fr)] {
                let hits = view.search(name, asked, None).expect("an answer");
                let first = &hits.nodes[0].node;
                assert!(*first == node || first.name(language) == name, "{name} finds {} first", first.id());
            }
        }
        assert_eq!(view.search(node.id(), None, None).expect("an answer").nodes[0].node.id(), node.id());
    }
}

#[test]
fn hits_tell_why() {
    let view = View::new(REAL.clone());
    let first = |text: &str, language| view.search(text, language, None).expect("an answer").nodes[0].clone();
    let table = [
        ("metis", "Métis", TextKind::Name, MatchReason::Exact, 1.0),
        ("l'UE", "UE", TextKind::Acronym, MatchReason::Exact, 0.96),
        ("DE", "DE", TextKind::Code, MatchReason::Exact, 0.95),
        ("germ", "Germany", TextKind::Name, MatchReason::Prefix, 0.87),
        ("CMPA", "Critical Minerals Production Alliance", TextKind::Initials, MatchReason::Initials, 0.78),
        ("Kanada", "Canada", TextKind::Name, MatchReason::Typo, 0.42),
    ];
    for (text, fragment, kind, reason, score) in table {
        let hit = first(text, None);
        let found = &hit.matches()[0];
        assert_eq!((found.fragment, found.kind, found.reason), (fragment, kind, reason), "{text}");
        assert_eq!(hit.score(), score, "{text}");
    }
    let cmpa = first("cmpa", None);
    let marked: String = cmpa.matches()[0].parts().iter().filter(|(_, fits)| *fits).map(|(text, _)| *text).collect();
    assert_eq!(marked, "CMPA");
    // A text of the language asked for is shown first.
    assert_eq!(first("Union", Some(Language::Fr)).matches()[0].language, Some("fr"));
    let german = first("Allemagne", Some(Language::En));
    assert_eq!((german.node.id(), german.score()), ("germany", 0.99));
}

#[test]
fn all_words_or_most_of_them() {
    let view = View::new(REAL.clone());
    let has_all = view.search("lithium germanium", None, None).expect("an answer");
    assert_eq!(has_all.nodes[0].node.id(), "canada-germany-critical-minerals-jdoi");
    // No node has this word; those that have the other are found, and score half.
    let most = view.search("Kananaskis zzyzzyx", None, None).expect("an answer");
    let all = view.search("Kananaskis ", None, None).expect("an answer");
    assert_eq!(most.nodes.len(), all.nodes.len());
    assert!(most.nodes[0].score() < all.nodes[0].score());
    let few = view.search("Kananaskis zzyzzyx qqwwxx", None, None).expect("an answer");
    assert!(few.nodes.is_empty());
}

#[test]
fn kinds_facets_and_suggestions() {
    let view = View::new(REAL.clone());
    let all = view.search("critical minerals", None, None).expect("an answer");
    let only = view.search("critical minerals", None, Some(&[NodeKind::Forum])).expect("an answer");
    assert_eq!(all.facets, only.facets);
    assert_eq!(all.facets.iter().map(|(_, count)| count).sum::<usize>(), all.nodes.len());
    let forums = all.facets.iter().find(|(kind, _)| *kind == NodeKind::Forum).map(|(_, count)| *count);
    assert_eq!(forums, Some(only.nodes.len()));
    assert!(only.nodes.iter().all(|hit| hit.node.kind() == NodeKind::Forum));
    assert_eq!(all.suggestion, None);
    let nothing = view.search("Alemanjne", None, None).expect("an answer");
    assert!(nothing.nodes.is_empty());
    assert_eq!(nothing.suggestion.as_deref(), Some("Allemagne"));
    assert!(view.search(nothing.suggestion.as_deref().unwrap_or_default(), None, None).is_ok());
}

#[test]
fn a_view_as_of_a_date_finds_only_what_stood_then() {
    let date = "2019".parse().expect("a date");
    let view = View::new(REAL.clone()).as_of(AsOf { date, certainty: Certainty::Certain });
    let hits = view.search("Critical Minerals Production Alliance", None, None).expect("an answer");
    assert!(hits.nodes.iter().all(|hit| hit.node.is_visible()));
    assert!(hits.nodes.iter().all(|hit| hit.node.id() != "critical-minerals-production-alliance"));
    assert_eq!(view.search("Canada", None, None).expect("an answer").nodes[0].node.id(), "canada");
}

#[test]
fn odd_texts_are_cheap_and_sane() {
    let view = View::new(REAL.clone());
    for refused in ["", " ", "\n\t", &"a".repeat(LONGEST_TEXT + 1), &"é ".repeat(10_000)] {
        match view.search(refused, None, None).map(|hits| hits.nodes.len()) {
            Err(QuestionError::BadArgument { argument, .. }) => assert_eq!(argument, "text"),
            other => panic!("{refused:?}: {other:?}"),
        }
    }
    for nothing in ["—", "?!", "🍁🍁", "\0", "'", "\u{301}"] {
        let hits = view.search(nothing, None, None).expect("an answer");
        assert!(hits.nodes.is_empty() && hits.suggestion.is_none(), "{nothing:?}");
    }
    assert_eq!(best("🍁 Canada\0"), best("Canada "));
}

#[test]
fn name_contains_folds_alike() {
    use pactgraph::graph::NodeFilter;
    let view = View::new(REAL.clone());
    for (text, id) in [("etats-unis", "united-states"), ("CANADA-EU", "canada-eu-raw-materials-partnership")] {
        let filter = NodeFilter { name_contains: Some(text.into()), ..NodeFilter::default() };
        let nodes = view.select(view.nodes(), Some(&filter), None, Language::En).expect("nodes");
        assert!(nodes.iter().any(|node| node.id() == id), "{text}");
    }
}

/// What holds of every hit.
fn check(view: &View, hit: &Hit<'_>) -> Result<(), TestCaseError> {
    prop_assert!(view.shows_node(hit.node.number()));
    prop_assert!(hit.score() > 0.0 && hit.score() <= 1.0);
    let data = hit.node.data();
    let mut texts: Vec<&str> = hit.node.names().into_iter().map(|name| name.text).collect();
    texts.push(hit.node.id());
    texts.extend(hit.node.code());
    let events = data.events.iter().flat_map(|event| event.place.iter().chain(&event.occasion));
    let minerals = hit.node.agreement().into_iter().flat_map(|agreement| &agreement.minerals);
    for text in events.chain(minerals).chain(std::iter::once(&data.summary)) {
        texts.extend(Language::ALL.map(|language| text.get(language)));
    }
    let matches = hit.matches();
    prop_assert!((1..=3).contains(&matches.len()), "{} has {} matches", hit.node.id(), matches.len());
    for found in matches {
        prop_assert!(texts.iter().any(|text| text.contains(found.fragment)), "{:?}", found.fragment);
        prop_assert!(!found.ranges.is_empty());
        let joined: String = found.parts().into_iter().map(|(text, _)| text).collect();
        prop_assert_eq!(joined, found.fragment);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_text_is_answered_or_refused(text in "\\PC{0,60}|.{0,20}|([a-zé'’ -]{1,9} ){1,4}") {
        for graph in [&REAL, &EXAMPLE] {
            let view = View::new(Arc::clone(graph));
            match view.search(&text, Some(Language::Fr), None) {
                Err(error) => prop_assert!(text.trim().is_empty(), "{}", error),
                Ok(hits) => {
                    prop_assert!(hits.nodes.is_sorted_by(|a, b| a.score() >= b.score()));
                    for hit in &hits.nodes {
                        check(&view, hit)?;
                    }
                    if let Some(suggestion) = &hits.suggestion {
                        prop_assert!(hits.nodes.is_empty());
                        prop_assert!(!view.search(suggestion, None, None).expect("an answer").nodes.is_empty());
                    }
                }
            }
        }
    }

    #[test]
    fn parts_of_texts_find_their_node(node in 0usize..60, skip in 0usize..6, take in 1usize..5) {
        let view = View::new(EXAMPLE.clone());
        let Some(node) = view.nodes().nth(node) else { return Ok(()) };
        for text in Language::ALL.map(|language| node.data().summary.get(language)) {
            let words: Vec<&str> = text.split_whitespace().skip(skip).take(take).collect();
            // Nothing is left of a text of articles alone.
            if fold(&words.join(" ")).len() > 12 {
                let hits = view.search(&words.join(" "), None, None).expect("an answer");
                prop_assert!(hits.nodes.iter().any(|hit| hit.node == node), "{words:?}");
                for hit in &hits.nodes {
                    check(&view, hit)?;
                }
            }
        }
    }
}

/// The answer to a GraphQL query over the real data.
fn ask(query: &str) -> serde_json::Value {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let request = async_graphql::Request::new(query).data(RequestState::new(REAL.clone(), Language::En));
    let response = runtime.block_on(graphql::schema(&graphql::Limits::default()).execute(request));
    assert!(response.errors.is_empty(), "{:?}", response.errors);
    response.data.into_json().expect("JSON")
}

#[test]
fn search_over_the_api() {
    let answer = ask(r#"{ search(text: "l'UE", kinds: [ORGANIZATION], first: 1) {
            edges { cursor score node { id name(language: FR) nameLanguage(language: FR) }
                    matched { textKind language reason fragment cutBefore cutAfter parts { text matched } } }
            nodes { id } totalCount pageInfo { hasNextPage endCursor } facets { kind count } suggestion } }"#);
    let edge = &answer["search"]["edges"][0];
    assert_eq!(
        edge["node"],
        serde_json::json!({"id": "european-union", "name": "Union européenne", "nameLanguage": "FR"})
    );
    assert_eq!(edge["matched"][0]["fragment"], "UE");
    assert_eq!(edge["matched"][0]["parts"], serde_json::json!([{"text": "UE", "matched": true}]));
    assert_eq!(answer["search"]["suggestion"], serde_json::Value::Null);

    let second =
        ask(r#"{ search(text: "canada", first: 1, after: "canada") { nodes { id } pageInfo { hasPreviousPage } } }"#);
    assert_eq!(second["search"]["pageInfo"]["hasPreviousPage"], true);
    assert_ne!(second["search"]["nodes"][0]["id"], "canada");

    let then = ask(r#"{ asOf(date: "2010", certainty: CERTAIN) { search(text: "CMPA") { totalCount suggestion } } }"#);
    assert_eq!(then["asOf"]["search"]["totalCount"], 0);
}

#[test]
fn citations_over_the_api() {
    let answer = ask(r#"{ source(id: "goc-partnerships-2026-01-22") { citation bibtex: citation(style: BIBTEX) }
             node(id: "metis") { citations { text apa: text(style: APA) csl: text(style: CSL_JSON) } } }"#);
    let source = &answer["source"];
    assert!(
        source["citation"].as_str().is_some_and(|text| text.starts_with("Government of Canada. (2026, January 22). "))
    );
    assert!(source["bibtex"].as_str().is_some_and(|text| text.starts_with("@misc{goc-partnerships-2026-01-22,\n")));
    for citation in answer["node"]["citations"].as_array().expect("a list") {
        assert_eq!(citation["text"], citation["apa"]);
        let item: serde_json::Value = serde_json::from_str(citation["csl"].as_str().expect("a text")).expect("JSON");
        assert_eq!(item["type"], "webpage");
    }
}

#[test]
fn every_source_can_be_cited_in_every_style() {
    let view = View::new(REAL.clone());
    for source in view.sources() {
        let data = source.data();
        let bibtex = source.citation(CitationStyle::Bibtex);
        let unescaped = bibtex.replace("\\{", "").replace("\\}", "");
        assert_eq!(unescaped.matches('{').count(), unescaped.matches('}').count(), "{bibtex}");
        assert!(bibtex.starts_with(&format!("@misc{{{},\n", data.id)), "{bibtex}");
        let item = source.citation(CitationStyle::CslJson);
        let item: serde_json::Value = serde_json::from_str(&item).expect("JSON");
        assert_eq!((item["title"].as_str(), item["URL"].as_str()), (Some(&*data.title), Some(&*data.url)));
        for style in [CitationStyle::Apa, CitationStyle::Chicago] {
            let text = source.citation(style);
            assert!(text.starts_with(&*data.publisher) && text.contains(&*data.title), "{text}");
            assert_eq!(text.contains("n.d."), data.published.is_none(), "{text}");
            assert!(!text.contains("..") || data.title.contains(".."), "{text}");
        }
    }
}
