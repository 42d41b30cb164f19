//! What people type, and what they mean: the tables of tests/search, on the real data.

use pactgraph::graph::{MOST_WORDS, MatchReason, View};
use pactgraph::model::Language;

use crate::search::{REAL, ask, found};

/// The rows of a table of texts: tabs between columns, `#` before remarks.
fn rows(table: &'static str) -> impl Iterator<Item = (Language, &'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [tag, text, expected] = columns[..] else { panic!("three columns: {line}") };
        let language = Language::ALL.into_iter().find(|language| language.tag() == tag).expect("a language");
        (language, text, expected)
    })
}

/// What is wrong with the hits of a text of which one of some nodes is meant; none where it comes first.
fn wrong(view: &View, language: Language, text: &str, meant: &[&str]) -> Option<String> {
    let mut hits = view.search(text, Some(language), None, None).expect("an answer");
    let best = hits.page(0..1);
    let first = best.first();
    let there = meant.iter().any(|id| view.graph().number(id).is_some());
    let right = match first {
        Some(hit) if there => meant.contains(&hit.node.id()),
        // Nothing may be taken for what the graph does not have: no name, no code, no beginning of one.
        Some(hit) => hit.score() < 0.75,
        None => !there,
    };
    let seen = hits.page(0..4);
    (!right).then(|| format!("{} {text}: {seen:?}, not {meant:?}", language.tag()))
}

#[test]
fn finds_what_people_type() {
    let view = View::new(REAL.clone());
    let table: Vec<_> = rows(include_str!("../search/typed.tsv")).collect();
    assert!(table.len() >= 300);
    let misses = table.iter().filter_map(|(language, text, meant)| {
        let meant: Vec<&str> = meant.split('|').collect();
        wrong(&view, *language, text, &meant)
    });
    let misses: Vec<String> = misses.collect();
    println!("{} of {} first hits are wrong: {misses:#?}", misses.len(), table.len());
    // 295 of 300 first hits are right.
    assert!(misses.len() * 60 <= table.len(), "{} of {}:\n{}", misses.len(), table.len(), misses.join("\n"));
}

#[test]
fn guesses_stand_below_all_other_hits() {
    let view = View::new(REAL.clone());
    for (_, text, _) in rows(include_str!("../search/typed.tsv")) {
        let hits = found(&view, text);
        assert!(hits.iter().is_sorted_by_key(|hit| hit.is_guess()), "{text}");
        for hit in hits.into_iter().take(20) {
            let typos = hit.matches().iter().any(|found| found.reason == MatchReason::Typo);
            assert!(!typos || hit.is_guess(), "{text}: {hit:?}");
        }
    }
    for text in ["Germny", "untied states", "Minerals Security Partnershpi"] {
        assert!(found(&view, text)[0].is_guess(), "{text}");
    }
    for text in ["germ", "UK", "metis", "cooperation"] {
        assert!(!found(&view, text)[0].is_guess(), "{text}");
    }
    // Of four letters none is forgiven, and none that makes another word of a shorter one.
    for text in ["Itly", "Cuba", "graphite"] {
        assert!(found(&view, text).iter().all(|hit| !hit.is_guess()), "{text}");
    }
}

#[test]
fn names_and_codes_stand_above_beginnings() {
    let view = View::new(REAL.clone());
    for node in view.nodes() {
        for name in node.names().into_iter().map(|name| name.text).chain(node.code()) {
            let hits = found(&view, name);
            let own = hits.iter().position(|hit| hit.node == node).expect("found by its name");
            let above = hits[..=own].iter().map(|hit| hit.matches()[0].reason);
            assert!(
                above.clone().all(|reason| reason == MatchReason::Exact),
                "{name}: {:?}",
                above.collect::<Vec<_>>()
            );
        }
    }
}

#[test]
fn hyphens_and_stops_do_not_matter() {
    let view = View::new(REAL.clone());
    let alike: [&[&str]; 6] = [
        &["cooperation", "co-operation", "co operation", "Co-Operation"],
        &["non-binding", "nonbinding", "non binding"],
        &["Indo-Pacific", "Indo Pacific", "indopacific", "INDO‑PACIFIC"],
        &["UK", "U.K.", "u.k", "uk"],
        &["USA", "U.S.A.", "u.s.a"],
        &["Île-du-Prince-Édouard", "Ile du Prince Edouard", "l’île du prince édouard"],
    ];
    for texts in alike {
        let ids = |text: &str| {
            // With a space behind it, a word is not one that is still being typed.
            let mut ids: Vec<_> =
                found(&view, &format!("{text} ")).iter().map(|hit| hit.node.id().to_owned()).collect();
            ids.sort();
            ids
        };
        for text in texts {
            assert!(!ids(text).is_empty(), "{text}");
            assert_eq!(ids(text), ids(texts[0]), "{text}");
        }
    }
}

#[test]
fn what_a_summary_denies_is_not_found() {
    let view = View::new(REAL.clone());
    for (text, language) in [
        ("Which countries have agreements with Canada about critical minerals", Language::En),
        ("quels pays ont des accords avec le Canada", Language::Fr),
        ("no bilateral agreement with Canada", Language::En),
    ] {
        let mut hits = view.search(text, Some(language), None, None).expect("an answer");
        for hit in hits.page(0..10) {
            for found in hit.matches() {
                let denies = ["no bilateral", "sans entente"].iter().any(|words| found.fragment.contains(words));
                assert!(!denies, "{text}: {} by {:?}", hit.node.id(), found.fragment);
            }
        }
    }
}

#[test]
fn questions_are_led_to_what_answers_them() {
    for (language, text, expected) in rows(include_str!("../search/questions.tsv")) {
        let text = text.replace('"', "\\\"");
        let tag = language.tag().to_uppercase();
        let query = format!(r#"{{ search(text: "{text}", language: {tag}) {{ answeredBy {{ topic namedQuery }} }} }}"#);
        let answer = &ask(&query)["search"]["answeredBy"];
        let topic = answer["topic"].as_str().unwrap_or("-");
        assert_eq!(topic, expected, "{text}");
        // The data bring an answer along for all of them.
        assert!(topic == "-" || answer["namedQuery"].is_string(), "{text}");
    }
}

#[test]
fn words_behind_the_twelfth_are_left_out() {
    let view = View::new(REAL.clone());
    let twelve =
        "memorandum understanding canada republic korea cooperation critical mineral supply chains clean energy";
    assert_eq!(twelve.split(' ').count(), MOST_WORDS);
    let scores = |text: &str| found(&view, text).iter().map(|hit| hit.score()).fold(0.0, f64::max);
    let (eleven, _) = twelve.rsplit_once(' ').expect("words");
    assert_eq!(scores(&format!("{twelve} zzyzzyx ")), scores(&format!("{twelve} ")));
    assert!(scores(&format!("{eleven} zzyzzyx ")) < scores(&format!("{eleven} ")));
}
