//! The facts themselves: how many there are, what their README says of them, and that no file,
//! however broken, breaks the loader.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use pactgraph::dataset::{Diagnostics, Files, ValidDataset};
use pactgraph::model::{EventKind, NodeKind};
use proptest::prelude::*;

/// The Government of Canada's page of partnerships.
const PAGE: &str = "goc-partnerships-2026-01-22";

fn graph_data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("graph-data")
}

fn load() -> ValidDataset {
    let files = Files::from_dir(&graph_data()).expect("graph-data can be listed");
    ValidDataset::from_files(&files).unwrap_or_else(|faults| panic!("{}", faults.to_human(false)))
}

#[test]
fn everything_that_was_found_is_here() {
    let dataset = load();
    // What the first release held; the data grow, and must not shrink unseen.
    assert!(dataset.nodes().len() >= 222);
    assert!(dataset.statements().len() >= 733);
    assert!(dataset.sources().len() >= 155);
}

/// The page names an agreement in the heading of its section, which is where its parties are cited from.
#[test]
fn the_title_on_the_page_is_one_of_the_names() {
    let dataset = load();
    let (mut seen, mut statuses) = (0, BTreeSet::new());
    for (number, node) in dataset.nodes().iter().enumerate() {
        if node.kind() != NodeKind::Agreement || !node.listed_by_canada {
            continue;
        }
        let parties = dataset.statements().iter().filter(|one| one.to as usize == number && one.kind.has_signers());
        let cited = parties.flat_map(|one| &one.citations).filter(|one| one.source.as_str() == PAGE);
        let titles: BTreeSet<&str> =
            cited.filter_map(|one| one.locator.as_deref()?.strip_prefix("section: ")).collect();
        for title in &titles {
            let aliases = node.aliases.iter().map(|alias| &*alias.text);
            let mut names = aliases.chain([node.name.text.en()]);
            assert!(names.any(|name| name.starts_with(title)), "`{}` is not called `{title}`", node.id);
        }
        if !titles.is_empty() {
            seen += 1;
            statuses.extend(node.events.iter().filter(|event| event.kind == EventKind::Listed).map(|event| event.date));
            assert!(node.events.iter().all(|event| event.kind != EventKind::InEffect), "{}", node.id);
        }
    }
    assert!(seen >= 10, "the page lists ten");
    assert_eq!(statuses.len(), 1, "what it lists alike stands alike");
}

#[test]
fn the_name_of_a_sheet_is_its_id() {
    let dataset = load();
    let nodes = dataset.nodes().iter().map(|node| (node.kind().folder(), node.id.as_str()));
    let sources = dataset.sources().iter().map(|source| ("sources", source.id.as_str()));
    let mut ids: Vec<String> = nodes.chain(sources).map(|(folder, id)| format!("{folder}/{id}.ron")).collect();
    ids.sort();
    let mut files = Vec::new();
    for folder in NodeKind::ALL.map(NodeKind::folder).into_iter().chain(["sources"]) {
        for entry in fs::read_dir(graph_data().join(folder)).expect(folder) {
            files.push(format!("{folder}/{}", entry.expect("an entry").file_name().to_string_lossy()));
        }
    }
    files.sort();
    assert_eq!(ids, files);
}

#[test]
fn the_examples_of_the_readme_make_a_world() {
    let readme = fs::read_to_string(graph_data().join("README.md")).expect("a README");
    let mut sheets = BTreeMap::new();
    let (mut file, mut lines) = (None, readme.lines());
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix("File: `graph-data/").and_then(|rest| rest.strip_suffix('`')) {
            file = Some(name.to_owned());
        } else if line == "```ron" {
            let text: String =
                lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
            let name = file.take().unwrap_or_else(|| panic!("an example without its `File:` line:\n{text}"));
            assert!(sheets.insert(name, text.into_bytes()).is_none(), "two examples of one file");
        }
    }
    for folder in NodeKind::ALL.map(NodeKind::folder).into_iter().chain(["sources"]) {
        assert!(sheets.keys().any(|name| name.starts_with(&format!("{folder}/"))), "no example for {folder}");
    }
    assert!(sheets.contains_key("release.ron"));
    if let Err(faults) = ValidDataset::from_files(&Files::from_texts("graph-data", sheets)) {
        panic!("{}", faults.to_human(false));
    }
}

#[test]
fn reading_twice_gives_the_same() {
    let (first, second) = (load(), load());
    assert_eq!(first.digest(), second.digest());
    assert_eq!(first.into_parts(), second.into_parts());
}

#[test]
fn the_facts_in_the_program_are_those_of_the_folder() {
    let files = Files::from_dir(&graph_data()).expect("graph-data can be listed");
    assert_eq!(Files::embedded().digest(), files.digest());
}

#[test]
fn another_text_gives_another_digest() {
    let world = |text: &str| Files::from_texts("data", [("release.ron".to_owned(), text.as_bytes().to_vec())]);
    assert_ne!(world("a").digest(), world("b").digest());
    assert_eq!(world("a").digest(), world("a").digest());
}

/// The sheets of the small world, by path.
static SHEETS: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/example-data");
    let mut sheets = vec![("release.ron".to_owned(), fs::read(root.join("release.ron")).expect("a release"))];
    for folder in NodeKind::ALL.map(NodeKind::folder).into_iter().chain(["sources"]) {
        for path in fs::read_dir(root.join(folder)).expect(folder).map(|entry| entry.expect("an entry").path()) {
            let name = path.file_name().expect("a name").to_string_lossy();
            sheets.push((format!("{folder}/{name}"), fs::read(&path).expect("a sheet")));
        }
    }
    sheets.sort();
    sheets
});

/// One way to break a file. The numbers are taken modulo what there is.
#[derive(Debug, Clone)]
enum Damage {
    Truncate(usize),
    Flip(usize, u8),
    DropLine(usize),
    RepeatLine(usize),
    SwapLines(usize, usize),
    Insert(usize, String),
}

impl Damage {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let len = bytes.len().max(1);
        let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect();
        let count = lines.len().max(1);
        match self {
            Self::Truncate(at) => bytes.truncate(at % len),
            Self::Flip(at, bits) => bytes.iter_mut().skip(at % len).take(1).for_each(|byte| *byte ^= bits),
            Self::Insert(at, text) => {
                let at = (at % len).min(bytes.len());
                bytes.splice(at..at, text.bytes());
            }
            Self::DropLine(at) if !lines.is_empty() => {
                lines.remove(at % count);
                *bytes = lines.concat();
            }
            Self::RepeatLine(at) if !lines.is_empty() => {
                lines.insert(at % count, lines[at % count].clone());
                *bytes = lines.concat();
            }
            Self::SwapLines(a, b) if !lines.is_empty() => {
                lines.swap(a % count, b % count);
                *bytes = lines.concat();
            }
            Self::DropLine(_) | Self::RepeatLine(_) | Self::SwapLines(..) => {}
        }
    }
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = || any::<usize>();
    let text = prop_oneof![
        Just("\"".to_owned()),
        Just("(".to_owned()),
        Just("\u{feff}é漢🜨\u{202e}".to_owned()),
        Just("\r\n\t\\\"\\u{e9}".to_owned()),
        "[a-zA-Z0-9(),:\"\\[\\] /*-]{0,12}",
    ];
    prop_oneof![
        at().prop_map(Damage::Truncate),
        (at(), 1..=u8::MAX).prop_map(|(at, bits)| Damage::Flip(at, bits)),
        at().prop_map(Damage::DropLine),
        at().prop_map(Damage::RepeatLine),
        (at(), at()).prop_map(|(a, b)| Damage::SwapLines(a, b)),
        (at(), text).prop_map(|(at, text)| Damage::Insert(at, text)),
    ]
}

/// Every place that is named lies in the file it names, as its line and column say.
fn assert_places(faults: &Diagnostics, sheets: &BTreeMap<String, Vec<u8>>) {
    for fault in faults {
        for place in [&fault.location].into_iter().chain(fault.related.iter().map(|related| &related.location)) {
            let path = place.file.strip_prefix("data/").expect("a path in the folder");
            let Some(bytes) = sheets.get(path) else {
                assert_eq!((path, place.line, place.column), ("release.ron", 1, 1));
                continue;
            };
            let text = String::from_utf8_lossy(bytes);
            assert!(place.span.start <= place.span.end && text.get(place.span.clone()).is_some(), "{fault}");
            let line_start = text[..place.span.start].rfind('\n').map_or(0, |newline| newline + 1);
            assert_eq!(place.line, 1 + text[..place.span.start].matches('\n').count(), "{fault}");
            assert_eq!(place.column, 1 + text[line_start..place.span.start].chars().count(), "{fault}");
            assert!((place.line, place.column) <= (place.end_line, place.end_column), "{fault}");
        }
        assert!(!fault.message.is_empty() && !fault.message.contains(char::is_control), "{fault}");
    }
    assert!(!faults.to_human(false).is_empty());
    assert_eq!(faults.to_short().lines().count(), faults.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_breaks_the_loader(damages in prop::collection::vec((any::<prop::sample::Index>(), damage()), 1..6)) {
        let mut sheets: Vec<_> = SHEETS.clone();
        for (sheet, damage) in damages {
            let index = sheet.index(sheets.len());
            damage.apply(&mut sheets[index].1);
        }
        let files = Files::from_texts("data", sheets.clone());
        prop_assert_eq!(files.digest(), Files::from_texts("data", sheets.clone()).digest());
        if let Err(faults) = ValidDataset::from_files(&files) {
            prop_assert!(!faults.is_empty());
            assert_places(&faults, &sheets.into_iter().collect());
        }
    }
}
