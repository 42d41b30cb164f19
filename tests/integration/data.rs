//! The facts themselves: how many there are, what their README says of them, and that no file,
//! however broken, breaks the loader.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use pactgraph::dataset::{Bounds, Diagnostics, Files, ValidDataset, write_pack};
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
    let embedded = ValidDataset::from_files(&Files::embedded()).expect("valid facts");
    assert_eq!(embedded.digest(), load().digest());
}

/// The digest of the small world once a change was made to one of its sheets, or to all.
fn digest_with(file: Option<&str>, change: impl Fn(&str) -> String) -> String {
    let sheets = SHEETS.iter().map(|(path, bytes)| {
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        let is_changed = file.is_none_or(|file| file == path);
        let changed = if is_changed { change(&text) } else { text.clone() };
        assert!(!is_changed || file.is_none() || changed != text, "{path} was not changed");
        (path.clone(), changed.into_bytes())
    });
    let dataset = ValidDataset::from_files(&Files::from_texts("data", sheets));
    dataset.unwrap_or_else(|faults| panic!("{}", faults.to_human(false))).digest().to_owned()
}

#[test]
fn equal_facts_have_equal_digests_however_their_files_are_laid_out() {
    let digest = digest_with(None, str::to_owned);
    let line_ends = digest_with(None, |text| text.replace('\n', "\r\n"));
    let remark = digest_with(Some("countries/japan.ron"), |text| format!("// A remark.\n{text}/* Another. */"));
    let blanks = digest_with(None, |text| text.replace("    ", "\t "));
    let commas = digest_with(None, |text| text.replace(",\n)", "\n)"));
    let escapes = digest_with(Some("countries/japan.ron"), |text| text.replacen("en: \"J", "en: \"\\u{4a}", 1));
    // The fields of a sheet in another order.
    let fields = digest_with(Some("countries/japan.ron"), |text| {
        let code = text.lines().find(|line| line.trim_start().starts_with("code:")).expect("a code");
        text.replacen(&format!("{code}\n"), "", 1).replacen("Country(\n", &format!("Country(\n{code}\n"), 1)
    });
    // The statements of a sheet in another order, which is that of none of its readers.
    let statements = digest_with(Some("forums/g7.ron"), |text| {
        let mut lines: Vec<_> = text.lines().collect();
        let members: Vec<usize> = (0..lines.len()).filter(|line| lines[*line].contains("HasMember(")).collect();
        let one_line: Vec<usize> = members.into_iter().filter(|line| lines[*line].trim_end().ends_with("),")).collect();
        lines.swap(one_line[0], one_line[1]);
        lines.join("\n")
    });
    for other in [line_ends, remark, blanks, commas, escapes, fields, statements] {
        assert_eq!(other, digest);
    }
}

#[test]
fn other_facts_have_another_digest() {
    let mut digests = vec![digest_with(None, str::to_owned)];
    digests.push(digest_with(Some("countries/japan.ron"), |text| text.replacen("en: \"Japan\"", "en: \"Jopan\"", 1)));
    digests.push(digest_with(Some("release.ron"), |text| text.replacen("CC-BY-4.0", "CC0-1.0", 1)));
    digests.push(digest_with(Some("release.ron"), |text| text.replacen("id: \"2026", "id: \"2027", 1)));
    digests.push(digest_with(Some("release.ron"), |text| text.replacen("published: \"2026", "published: \"2025", 1)));
    digests.push(digest_with(Some("countries/japan.ron"), |text| text.replacen("Country(", "Country(hub: true,", 1)));
    let count = digests.len();
    digests.sort();
    digests.dedup();
    assert_eq!(digests.len(), count);
}

/// Things that lie in folders and are no sheets, or have no end.
#[cfg(unix)]
#[test]
fn nothing_in_a_folder_hangs_or_ends_whoever_reads_it() {
    use std::os::unix::fs::symlink;
    use std::process::Command;
    use std::time::{Duration, Instant};

    let dir = tempfile::tempdir().expect("a folder");
    let at = |path: &str| dir.path().join(path);
    for folder in ["agreements", "countries", "queries"] {
        fs::create_dir(at(folder)).expect("a folder");
    }
    fs::write(at("release.ron"), "Release(id: \"a\", published: \"2026\", license: \"CC0-1.0\")").expect("a file");
    let mut strange = vec!["countries/pipe.ron", "countries/socket.ron", "countries/zero.ron", "countries/circle.ron"];
    assert!(Command::new("mkfifo").arg(at("countries/pipe.ron")).status().expect("mkfifo").success());
    assert!(Command::new("mkfifo").arg(at("queries/pipe.graphql")).status().expect("mkfifo").success());
    let _socket = std::os::unix::net::UnixListener::bind(at("countries/socket.ron")).expect("a socket");
    symlink("/dev/zero", at("countries/zero.ron")).expect("a link");
    symlink("circle.ron", at("countries/circle.ron")).expect("a link");
    // Files that the system makes up: no size, and to read them may never end.
    for made_up in ["/proc/kmsg", "/proc/self/mem", "/sys/kernel/tracing/trace_pipe", "/proc/self/environ"] {
        if Path::new(made_up).exists() {
            let name = format!("countries/made-up-{}.ron", strange.len());
            symlink(made_up, at(&name)).expect("a link");
            strange.push(name.leak());
        }
    }
    let hole = fs::File::create(at("agreements/hole.ron")).expect("a file");
    hole.set_len(1 << 40).expect("a file with a hole");
    strange.extend(["agreements/hole.ron", "queries/pipe.graphql"]);

    let begun = Instant::now();
    let faults = Files::from_path(dir.path()).and_then(|files| ValidDataset::from_files(&files)).expect_err("faults");
    assert!(begun.elapsed() < Duration::from_secs(10), "it took {:?}", begun.elapsed());
    for path in strange {
        let named = faults.iter().filter(|fault| fault.location.file.ends_with(path)).count();
        assert_eq!(named, 1, "{path}: {}", faults.to_short());
    }

    // A folder that is a device, and a pack that is one.
    for path in ["/dev/zero", "/dev/null", "/proc/kmsg"] {
        let faults = Files::from_path(Path::new(path)).expect_err(path);
        assert_eq!(faults.len(), 1, "{}", faults.to_short());
    }
    assert!(begun.elapsed() < Duration::from_secs(20), "it took {:?}", begun.elapsed());
}

#[test]
fn what_exceeds_a_bound_is_refused_before_it_is_read() {
    let dir = tempfile::tempdir().expect("a folder");
    let at = |path: &str| dir.path().join(path);
    fs::create_dir(at("countries")).expect("a folder");
    fs::write(at("release.ron"), "Release(id: \"a\", published: \"2026\", license: \"CC0-1.0\")").expect("a file");
    for number in 0..10 {
        fs::write(at(&format!("countries/c{number}.ron")), "x".repeat(1000)).expect("a file");
    }
    let codes = |path: &Path, bounds: Bounds| -> Vec<_> {
        let read = Files::within(path, &bounds).and_then(|files| ValidDataset::from_files(&files));
        read.expect_err("faults").iter().map(|fault| fault.code.name()).collect()
    };
    let bounds = Bounds::default();
    assert!(!codes(dir.path(), bounds).contains(&"too-large"));
    let small = codes(dir.path(), Bounds { sheet_bytes: 999, ..bounds });
    assert_eq!(small.iter().filter(|code| **code == "too-large").count(), 10);
    // Ten thousand bytes, and a KiB for each of eleven files and a folder.
    assert_eq!(codes(dir.path(), Bounds { folder_bytes: 20_000, ..bounds }), ["too-large"]);
    assert!(!codes(dir.path(), Bounds { folder_bytes: 24_000, ..bounds }).contains(&"too-large"));

    // The first bytes of a pack and its length tell enough.
    let pack = at("world.pack");
    let file = fs::File::create(&pack).expect("a file");
    file.set_len(1 << 40).expect("a file with a hole");
    assert_eq!(codes(&pack, bounds), ["invalid-pack"]);
    let mut bytes = Vec::new();
    write_pack(&load(), &mut bytes).expect("a pack");
    fs::write(&pack, &bytes).expect("a file");
    let small = Files::within(&pack, &Bounds { pack_bytes: bytes.len() as u64 - 1, ..bounds });
    let message = small.expect_err("a fault").to_short();
    assert!(message.contains(&format!("has {} bytes", bytes.len())), "{message}");
    assert!(Files::within(&pack, &Bounds { pack_bytes: bytes.len() as u64, ..bounds }).is_ok());
}

#[test]
fn files_of_xml_hold_what_xml_can_whatever_the_facts_hold() {
    use pactgraph::export::{Format, Scope, write};
    use pactgraph::graph::Graph;
    use pactgraph::model::Localized;

    let mut records =
        ValidDataset::from_files(&Files::from_texts("data", SHEETS.clone())).expect("facts").into_records();
    // No sheet and no pack brings such texts; a program that makes records may.
    records.nodes[0].name.text = Localized::new("a\u{fffe}b\u{0}c", "d\u{ffff}e");
    records.nodes[0].summary = Localized::new("\u{1b}", "\u{b}");
    records.statements[0].note = Some(Box::new(Localized::new("\u{ffff}", "\u{1}")));
    let dataset = ValidDataset::from_records(records, "0".repeat(64)).expect("facts that break no rule");
    let graph = std::sync::Arc::new(Graph::new(dataset));
    let scope = Scope::default();
    let view = scope.view(pactgraph::graph::View::new(graph));
    let selection = scope.select(&view).expect("the whole");
    for format in [Format::Graphml, Format::Gexf] {
        let mut bytes = Vec::new();
        write(format, &selection, &mut bytes).expect("a file");
        let text = String::from_utf8(bytes).expect("UTF-8");
        let is_of_xml =
            |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
        let found = text.chars().find(|c| !is_of_xml(*c));
        assert_eq!(found, None, "{}", format.name());
        assert!(
            text.contains("a\u{fffd}b\u{fffd}c") && !text.contains("&#0;") && !text.contains("&#x"),
            "{}",
            format.name()
        );
    }
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
        match ValidDataset::from_files(&files) {
            Ok(dataset) => {
                let again = ValidDataset::from_files(&Files::from_texts("data", sheets.clone())).expect("the same");
                prop_assert_eq!(dataset.digest(), again.digest());
            }
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                assert_places(&faults, &sheets.into_iter().collect());
            }
        }
    }
}
