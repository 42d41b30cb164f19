//! Search: what people mean, on the real data; what always holds, on any text.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use pactgraph::dataset::{Files, ValidDataset};
use pactgraph::graph::{
    AsOf, CitationStyle, Direction, Graph, Hit, LONGEST_TEXT, MatchReason, NodeFilter, Quantifier, QuestionError,
    RelatedFilter, TextKind, View, fold,
};
use pactgraph::graphql::{self, RequestState};
use pactgraph::model::{Certainty, Language, NodeKind, RelationshipKind, alpha_3};
use proptest::prelude::*;

fn graph(folder: &str) -> Arc<Graph> {
    let files = Files::from_dir(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("a folder of facts");
    Arc::new(Graph::new(ValidDataset::from_files(&files).expect("valid facts")))
}

pub(crate) static REAL: LazyLock<Arc<Graph>> = LazyLock::new(|| graph("graph-data"));
static EXAMPLE: LazyLock<Arc<Graph>> = LazyLock::new(|| graph("tests/example-data"));

/// What a search finds, best first.
pub(crate) fn found<'v>(view: &'v View, text: &str) -> Vec<Hit<'v>> {
    let mut hits = view.search(text, None, None, None).expect("an answer");
    hits.page(0..hits.total())
}

/// The ids of the best hits of a search over the real data.
fn best(text: &str) -> Vec<String> {
    found(&View::new(REAL.clone()), text).iter().take(5).map(|hit| hit.node.id().to_owned()).collect()
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
        ("Germny", "germany"),
        ("Allemange", "germany"),
        ("untied states", "united-states"),
        ("Minerals Security Partnershpi", "minerals-security-partnership"),
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
                let first = view.search(name, asked, None, None).expect("an answer").page(0..1)[0].node;
                assert!(first == node || first.name(language) == name, "{name} finds {} first", first.id());
            }
        }
        assert_eq!(found(&view, node.id())[0].node.id(), node.id());
    }
}

#[test]
fn hits_tell_why() {
    let view = View::new(REAL.clone());
    let first =
        |text: &str, language| view.search(text, language, None, None).expect("an answer").page(0..1)[0].clone();
    let table = [
        ("metis", "Métis", TextKind::Name, MatchReason::Exact, 1.0),
        ("l'UE", "UE", TextKind::Acronym, MatchReason::Exact, 0.96),
        ("DE", "DE", TextKind::Code, MatchReason::Exact, 0.95),
        ("DEU", "DEU", TextKind::Code, MatchReason::Exact, 0.95),
        ("U.K.", "UK", TextKind::Everyday, MatchReason::Exact, 0.945),
        ("germ", "Germany", TextKind::Name, MatchReason::Prefix, 0.87),
        ("CMPA", "Critical Minerals Production Alliance", TextKind::Initials, MatchReason::Initials, 0.78),
        ("Kanada", "Canada", TextKind::Name, MatchReason::Typo, 0.174),
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
    let has_all = found(&view, "lithium germanium");
    assert_eq!(has_all[0].node.id(), "canada-germany-critical-minerals-jdoi");
    // No node has this word; those that have the other are found, and score half.
    let most = found(&view, "Kananaskis zzyzzyx");
    let all = found(&view, "Kananaskis ");
    assert_eq!(most.len(), all.len());
    assert!(most[0].score() < all[0].score());
    assert!(found(&view, "Kananaskis zzyzzyx qqwwxx").is_empty());
}

#[test]
fn kinds_facets_and_suggestions() {
    let view = View::new(REAL.clone());
    let all = view.search("critical minerals", None, None, None).expect("an answer");
    let mut only = view.search("critical minerals", None, Some(&[NodeKind::Forum]), None).expect("an answer");
    assert_eq!(all.facets, only.facets);
    assert_eq!(all.facets.iter().map(|(_, count)| count).sum::<usize>(), all.total());
    let forums = all.facets.iter().find(|(kind, _)| *kind == NodeKind::Forum).map(|(_, count)| *count);
    assert_eq!(forums, Some(only.total()));
    let with_canada = NodeFilter {
        related: vec![RelatedFilter {
            kind: RelationshipKind::MemberOf,
            direction: Direction::In,
            node: Some(NodeFilter { ids: Some(vec!["canada".into()]), ..NodeFilter::default() }),
            quantifier: Quantifier::Some,
        }],
        ..NodeFilter::default()
    };
    let mut fitting = view.search("critical minerals", None, None, Some(&with_canada)).expect("an answer");
    let ids = |hits: Vec<Hit<'_>>| hits.iter().map(|hit| hit.node.number()).collect::<Vec<_>>();
    let expected = view.select(view.nodes(), Some(&with_canada), None, Language::En).expect("nodes");
    let mut found_here = found(&view, "critical minerals");
    found_here.retain(|hit| expected.contains(&hit.node));
    assert!(!found_here.is_empty());
    assert_eq!(fitting.facets.iter().map(|(_, count)| count).sum::<usize>(), found_here.len());
    assert_eq!(ids(fitting.page(0..fitting.total())), ids(found_here));
    assert!(only.page(0..only.total()).iter().all(|hit| hit.node.kind() == NodeKind::Forum));
    assert_eq!(all.suggestion, None);
    let nothing = view.search("Alemanjne", None, None, None).expect("an answer");
    assert_eq!(nothing.total(), 0);
    assert_eq!(nothing.suggestion.as_deref(), Some("Allemagne"));
    assert!(!found(&view, "Allemagne").is_empty());
}

#[test]
fn a_view_as_of_a_date_finds_only_what_stood_then() {
    let date = "2019".parse().expect("a date");
    let view = View::new(REAL.clone()).as_of(AsOf { date, certainty: Certainty::Certain });
    let hits = found(&view, "Critical Minerals Production Alliance");
    assert!(hits.iter().all(|hit| hit.node.is_visible()));
    assert!(hits.iter().all(|hit| hit.node.id() != "critical-minerals-production-alliance"));
    assert_eq!(found(&view, "Canada")[0].node.id(), "canada");
}

#[test]
fn odd_texts_are_cheap_and_sane() {
    let view = View::new(REAL.clone());
    for refused in ["", " ", "\n\t", &"a".repeat(LONGEST_TEXT + 1), &"é ".repeat(10_000)] {
        match view.search(refused, None, None, None).map(|hits| hits.total()) {
            Err(QuestionError::BadArgument { argument, .. }) => assert_eq!(argument, "text"),
            other => panic!("{refused:?}: {other:?}"),
        }
    }
    for nothing in ["—", "?!", "🍁🍁", "\0", "'", "\u{301}"] {
        let hits = view.search(nothing, None, None, None).expect("an answer");
        assert!(hits.total() == 0 && hits.suggestion.is_none(), "{nothing:?}");
    }
    assert_eq!(best("🍁 Canada\0"), best("Canada "));
}

#[test]
fn name_contains_folds_alike() {
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
    texts.extend(hit.node.code().and_then(alpha_3));
    let events = data.events.iter().flat_map(|event| event.place.iter().chain(&event.occasion).map(|text| &**text));
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
            match view.search(&text, Some(Language::Fr), None, None) {
                Err(error) => prop_assert!(text.trim().is_empty(), "{}", error),
                Ok(mut hits) => {
                    let all = hits.page(0..hits.total());
                    prop_assert!(all.is_sorted_by(|a, b| a.score() >= b.score()));
                    for (place, hit) in all.iter().enumerate() {
                        check(&view, hit)?;
                        prop_assert_eq!(hits.position(hit.node.id()), Some(place));
                    }
                    // A page is cut out of all hits in their order, whatever was asked before.
                    let ids = |hits: &[Hit<'_>]| hits.iter().map(|hit| hit.node.number()).collect::<Vec<_>>();
                    for places in [3..7, 0..2, all.len()..all.len() + 3] {
                        let expected = all.get(places.start.min(all.len())..places.end.min(all.len()));
                        prop_assert_eq!(ids(&hits.page(places)), ids(expected.unwrap_or_default()));
                    }
                    if let Some(suggestion) = &hits.suggestion {
                        prop_assert!(all.is_empty());
                        prop_assert!(!found(&view, suggestion).is_empty());
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
            // Nothing is left of a text of articles alone, nor of what a summary denies.
            let folded = fold(&words.join(" "));
            let says = folded.split(' ').any(|word| word.len() > 8);
            let denies = fold(text).split(' ').any(|word| ["no", "not", "without", "sans", "aucun", "pas"].contains(&word));
            if says && !denies {
                let hits = found(&view, &words.join(" "));
                prop_assert!(hits.iter().any(|hit| hit.node == node), "{words:?}");
                for hit in &hits {
                    check(&view, hit)?;
                }
            }
        }
    }
}

/// The answer to a GraphQL query over the real data.
pub(crate) fn ask(query: &str) -> serde_json::Value {
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

    let fitting = ask(r#"{ search(text: "critical minerals", where: { ids: ["g7-critical-minerals-action-plan"] }) {
            totalCount nodes { id } facets { kind count } } }"#);
    assert_eq!(
        fitting["search"],
        serde_json::json!({"totalCount": 1, "nodes": [{"id": "g7-critical-minerals-action-plan"}], "facets": [{"kind": "INITIATIVE", "count": 1}]})
    );
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
