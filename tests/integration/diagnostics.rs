//! Every fault has a failing example and a near miss; all faults come in one run.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use expect_test::expect_file;
use pactgraph::dataset::{Code, Diagnostics, Files, ValidDataset};

/// The folder of `tests/invalid-data` that all others are laid over.
const BASE: &str = "base";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn cases() -> PathBuf {
    root().join("tests/invalid-data")
}

/// Lays the files below `from` over the folder `to`.
fn lay_over(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap_or_else(|e| panic!("{}: {e}", from.display())) {
        let entry = entry.expect("an entry");
        let name = entry.file_name().into_string().expect("a readable name");
        if entry.path().is_dir() {
            fs::create_dir_all(to.join(&name)).expect("a folder");
            lay_over(&entry.path(), &to.join(&name));
        } else if let Some(absent) = name.strip_suffix(".absent") {
            fs::remove_file(to.join(absent)).expect("a file to take out");
        } else if let Some(large) = name.strip_suffix(".size") {
            // A file with a hole: it has so many bytes, and takes no room.
            let size = fs::read_to_string(entry.path()).expect("the size of a file");
            let file = fs::File::create(to.join(large)).expect("a file");
            file.set_len(size.trim().parse().expect("a number of bytes")).expect("a file with a hole");
        } else if let Some(link) = name.strip_suffix(".link") {
            let target = fs::read_to_string(entry.path()).expect("the target of a link");
            let _ = fs::remove_file(to.join(link));
            #[cfg(unix)]
            std::os::unix::fs::symlink(target.trim(), to.join(link)).expect("a link");
            #[cfg(not(unix))]
            fs::write(to.join(link), target).expect("a file");
        } else {
            fs::copy(entry.path(), to.join(&name)).expect("a copy");
        }
    }
}

/// What is said of the folder `dir`, or of the pack in it.
fn check(dir: &Path) -> Result<ValidDataset, Diagnostics> {
    let pack = dir.join("world.pack");
    let path = if pack.exists() { &pack } else { dir };
    Files::from_path(path).and_then(|files| pactgraph::graphql::check(&files))
}

/// What is said of the base world with `over` laid over it, and where that world lay.
fn check_over(over: &Path) -> (Result<ValidDataset, Diagnostics>, String) {
    let world = tempfile::tempdir().expect("a temporary folder");
    lay_over(&cases().join(BASE), world.path());
    lay_over(over, world.path());
    (check(world.path()), world.path().display().to_string())
}

fn case_names() -> BTreeSet<String> {
    let entries = fs::read_dir(cases()).expect("the cases").map(|entry| entry.expect("an entry").path());
    let names = entries.filter(|path| path.is_dir()).filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()));
    names.filter(|name| name != BASE).collect()
}

#[test]
fn every_code_has_a_folder_and_every_folder_a_code() {
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| code.name().to_owned()).collect();
    assert_eq!(case_names(), codes);
    assert!(Code::ALL.is_sorted_by_key(|code| code.name()), "codes are listed by name");
    for name in codes {
        for part in ["bad", "near-miss"] {
            assert!(cases().join(&name).join(part).is_dir(), "{name} has no {part}");
        }
    }
}

#[test]
fn the_base_has_no_fault() {
    check(&cases().join(BASE)).expect("the base is valid");
}

#[test]
#[cfg_attr(not(unix), ignore = "makes links")]
fn bad_files_are_named_as_expected() {
    for name in case_names() {
        let (checked, world) = check_over(&cases().join(&name).join("bad"));
        let faults = checked.expect_err(&name);
        expect_file![cases().join(&name).join("expected.txt")]
            .assert_eq(&faults.to_human(false).replace(&world, "world"));
        for fault in &faults {
            assert_eq!(fault.code.name(), name, "a fault that only follows from others: {fault}");
            assert!(
                fault.expected.is_some() || fault.help.is_some() || name == "unreadable-file",
                "no way out: {fault}"
            );
        }
    }
}

#[test]
#[cfg_attr(not(unix), ignore = "makes links")]
fn near_misses_pass() {
    for name in case_names() {
        let (checked, _) = check_over(&cases().join(&name).join("near-miss"));
        if let Err(faults) = checked {
            panic!("{name}:\n{}", faults.to_human(false));
        }
    }
}

/// The faults of the base world with these files in `queries`.
fn faults_of_queries(files: &[(&str, &str)]) -> Vec<String> {
    let world = tempfile::tempdir().expect("a temporary folder");
    lay_over(&cases().join(BASE), world.path());
    fs::create_dir(world.path().join("queries")).expect("a folder");
    for (name, text) in files {
        fs::write(world.path().join("queries").join(name), text).expect("a query");
    }
    let faults = check(world.path()).err().unwrap_or_default();
    let root = format!("{}/queries/", world.path().display());
    let line = |fault: &pactgraph::dataset::Diagnostic| {
        let place = fault.location.to_string();
        let (place, help) = (place.strip_prefix(&root).expect("a query"), fault.help.as_deref().unwrap_or_default());
        format!("{place}: {}: {} ({help})", fault.code, fault.message)
    };
    faults.iter().map(line).collect()
}

#[test]
fn ids_in_named_queries_are_those_of_something() {
    // In values of variables, as a list, and within filters.
    let document = "query A($id: ID!, $of: [ID!]!, $where: NodeFilter) {\n  \
                      node(id: $id) { id }\n  sharedNeighbors(of: $of) { nodes { id } }\n  \
                      agreements(where: $where) { nodes { id } }\n}\n";
    let values = |id: &str, of: &str, filter: &str, source: &str| {
        format!(
            "{{\n  \"id\": \"{id}\",\n  \"of\": [\"pact\", \"{of}\"],\n  \"where\": {{ \"not\": {{ \"ids\": \"{filter}\", \"source\": [\"{source}\"] }} }}\n}}\n"
        )
    };
    let good = values("arcadia", "council", "strategy", "page");
    assert_eq!(faults_of_queries(&[("a.graphql", document), ("a.variables.json", &good)]), [""; 0]);
    let bad = values("arcadai", "page", "strategi", "pages");
    let expected = [
        "a.variables.json:2:10: unknown-node: there is no node `arcadai` (did you mean `arcadia`?)",
        "a.variables.json:3:19: unknown-node: there is no node `page` (correct the id, or take the query out: it could not be answered)",
        "a.variables.json:4:31: unknown-node: there is no node `strategi` (did you mean `strategy`?)",
        "a.variables.json:4:54: unknown-source: there is no source `pages` (did you mean `page`?)",
    ];
    assert_eq!(faults_of_queries(&[("a.graphql", document), ("a.variables.json", &bad)]), expected);

    // In the document: arguments, defaults of variables, fragments, and fields below the root.
    let document = "query B($from: ID = \"cuoncil\") {\n  node(id: \"arcadia\") { ...F }\n  \
                      paths(from: $from, to: \"pact\", avoid: [\"nobody-at-all\"]) { totalCount }\n  \
                      source(id: \"reprot\") { id }\n}\n\
                      fragment F on Country {\n  relationships(where: { source: \"pgae\" }) { totalCount }\n}\n";
    let expected = [
        "b.graphql:1:22: unknown-node: there is no node `cuoncil` (did you mean `council`?)",
        "b.graphql:3:43: unknown-node: there is no node `nobody-at-all` (correct the id, or take the query out: it could not be answered)",
        "b.graphql:4:15: unknown-source: there is no source `reprot` (did you mean `report`?)",
        "b.graphql:7:35: unknown-source: there is no source `pgae` (did you mean `page`?)",
    ];
    assert_eq!(faults_of_queries(&[("b.graphql", document)]), expected);
    // What names a release, a relationship or a place in a list names none of the facts.
    let other = "{ release(id: \"old\") { id } relationship(id: \"x\") { id } agreements(after: \"x\") { totalCount } \
                 search(text: \"nobody\") { totalCount } }";
    assert_eq!(faults_of_queries(&[("c.graphql", other)]), [""; 0]);
}

#[test]
fn faults_of_texts_with_escapes_stand_where_the_texts_do() {
    let text = fs::read_to_string(cases().join(BASE).join("countries/arcadia.ron")).expect("a sheet");
    let mut sheets = sheets(&cases().join(BASE));
    // Equal texts, each with its own place; an escape of every sort; a comment that looks like one.
    let aliases = r#"    /* "a\u{7}" */ aliases: [
        (text: "a\u{7}", kind: Variant, language: "en"), // "a\u{7}"
        (text: "a\x07", kind: Variant, language: "fr"),
        (text: "say \"a\\\"\0", kind: Variant), (text: "é\ta", kind: Variant),
    ],
    summary:"#;
    sheets.insert("countries/arcadia.ron".into(), text.replace("    summary:", aliases));
    let texts = sheets.into_iter().map(|(path, text)| (path, text.into_bytes()));
    let faults = ValidDataset::from_files(&Files::from_texts("data", texts)).expect_err("faults");
    let found: Vec<_> = faults.iter().map(|f| (f.code.name(), f.location.line, f.location.column)).collect();
    assert_eq!(
        found,
        ["untidy-text"; 4]
            .into_iter()
            .zip([(4, 17), (5, 17), (6, 17), (6, 57)])
            .map(|(c, (l, r))| (c, l, r))
            .collect::<Vec<_>>(),
        "{}",
        faults.to_human(false)
    );
}

#[test]
fn a_sheet_that_cannot_be_read_is_the_only_one_named() {
    let dir = root().join("tests/example-data");
    let sheets = sheets(&dir);
    for (broken, text) in &sheets {
        for bad in
            [format!("!{text}"), text.replace("name:", "nom:").replace("title:", "titre:").replace("license:", "x:")]
        {
            let texts = sheets.iter().map(|(path, text)| {
                (path.clone(), if path == broken { bad.clone().into_bytes() } else { text.clone().into_bytes() })
            });
            let faults = ValidDataset::from_files(&Files::from_texts("data", texts)).expect_err(broken);
            assert_eq!(faults.len(), 1, "{}", faults.to_human(false));
            assert!(faults.iter().all(|fault| fault.location.file.ends_with(broken.as_str())));
        }
    }
}

/// The fact sheets in `dir`, by path.
fn sheets(dir: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let read = |path: &Path| fs::read_to_string(path).expect("a sheet");
    found.insert("release.ron".to_owned(), read(&dir.join("release.ron")));
    for folder in fs::read_dir(dir).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        for path in fs::read_dir(&folder).into_iter().flatten().map(|entry| entry.expect("an entry").path()) {
            if path.extension().is_some_and(|ending| ending == "ron") {
                let name = path.strip_prefix(dir).expect("a path in the folder").to_string_lossy().replace('\\', "/");
                found.insert(name, read(&path));
            }
        }
    }
    found
}

/// Ten ways to spoil ten sheets: the file, what stands in it, what is put there instead, the code,
/// and what the line that is to be named holds then.
const TEN: [(&str, &str, &str, &str, &str); 10] = [
    ("countries/japan.ron", "name: (en: \"Japan\"", "name: (en: \"\"", "missing-name", "name: ("),
    ("countries/germany.ron", "code: \"DE\"", "code: \"de\"", "invalid-code", "code: \"de\""),
    ("countries/france.ron", "sources: [", "source: [", "syntax", "source: ["),
    ("themes/theme-competitiveness.ron", "name: (en: \"", "name: (en: \" ", "untidy-text", "name: ("),
    ("release.ron", "published: \"2026", "published: \"20260", "invalid-date", "20260"),
    ("sources/ec-eu-canada-2021-06-21.ron", "url: \"https://", "url: \"htp://", "invalid-url", "htp://"),
    ("agreements/ceta.ron", "SignedBy(id: \"canada\"", "SignedBy(id: \"canda\"", "unknown-node", "\"canda\""),
    (
        "agreements/canada-japan-battery-supply-chains-moc.ron",
        "(id: \"goc-partnerships-2026-01-22\"",
        "(id: \"goc-partnership-2026-01-22\"",
        "unknown-source",
        "goc-partnership-",
    ),
    ("forums/g7.ron", "HasMember(id: \"italy\"", "HasMember(id: \"ceta\"", "wrong-kind", "\"ceta\""),
    (
        "initiatives/minerals-security-partnership.ron",
        "property: MemberCount,",
        "property: MemberCount, chosen: \"15\",",
        "chosen-not-given",
        "\"15\"",
    ),
];

#[test]
fn ten_faults_in_ten_files_are_named_in_one_run() {
    let copy = tempfile::tempdir().expect("a temporary folder");
    lay_over(&root().join("graph-data"), copy.path());
    let mut planted = BTreeSet::new();
    for (file, good, bad, code, holds) in TEN {
        let path = copy.path().join(file);
        let text = fs::read_to_string(&path).expect(file);
        assert!(text.contains(good), "{file} does not hold {good}");
        let spoilt = text.replacen(good, bad, 1);
        let line = 1 + spoilt.lines().position(|line| line.contains(holds)).expect(file);
        planted.insert(format!("{}:{line}: {code}", path.display()));
        fs::write(&path, spoilt).expect(file);
    }
    let faults = check(copy.path()).expect_err("ten faults");
    let named: BTreeSet<String> =
        faults.iter().map(|f| format!("{}:{}: {}", f.location.file, f.location.line, f.code)).collect();
    assert_eq!(named, planted, "{}", faults.to_human(false));
    assert_eq!(faults.len(), TEN.len());
}

/// Runs `pactgraph check` on `dir`.
fn run(dir: &Path, format: &str) -> (Output, String, String) {
    let program = env!("CARGO_BIN_EXE_pactgraph");
    let output = Command::new(program).arg("check").arg(dir).args(["--format", format]).output().expect("the program");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    (output, out, err)
}

#[test]
fn the_program_says_whether_a_folder_is_valid() {
    let good = cases().join(BASE);
    let (output, out, err) = run(&good, "json");
    assert_eq!((output.status.code(), out.as_str(), err.as_str()), (Some(0), "[]\n", ""));
    for format in ["human", "short"] {
        let (output, out, err) = run(&good, format);
        assert_eq!((output.status.code(), err.as_str()), (Some(0), ""));
        assert!(out.ends_with("4 nodes, 4 relationships, 2 sources, 0 queries, no faults\n"), "{out}");
    }
}

#[test]
fn the_program_names_faults_for_scripts() {
    let world = tempfile::tempdir().expect("a temporary folder");
    lay_over(&cases().join(BASE), world.path());
    lay_over(&cases().join("duplicate-id/bad"), world.path());
    lay_over(&cases().join("unknown-node/bad"), world.path());
    let faults = check(world.path()).expect_err("faults");

    let (output, out, err) = run(world.path(), "short");
    assert_eq!((output.status.code(), out.as_str()), (Some(1), ""));
    assert_eq!(err, faults.to_short());
    let place = format!("{}/agreements/pact.ron:6:23: unknown-node: ", world.path().display());
    assert!(err.lines().any(|line| line.starts_with(&place)), "{err}");

    let (output, out, err) = run(world.path(), "json");
    assert_eq!((output.status.code(), err.as_str()), (Some(1), ""));
    let list: Vec<serde_json::Value> = serde_json::from_str(&out).expect("a JSON array");
    assert_eq!(list.len(), faults.len());
    for (object, fault) in list.iter().zip(&faults) {
        assert_eq!(object["code"], fault.code.name());
        assert_eq!(object["file"], *fault.location.file);
        assert_eq!(object["line"], fault.location.line);
        assert_eq!(object["column"], fault.location.column);
        assert_eq!(object["endColumn"], fault.location.end_column);
        assert_eq!(object["message"], *fault.message);
        assert_eq!(object["help"].as_str(), fault.help.as_deref());
        assert_eq!(object["related"].as_array().map(Vec::len), Some(fault.related.len()));
    }
}

#[test]
fn the_program_wants_a_folder_that_is_there() {
    let (output, out, err) = run(Path::new("no-such-folder"), "json");
    assert_eq!((output.status.code(), out.as_str()), (Some(2), ""));
    assert!(err.contains("there is no folder or pack `no-such-folder`"), "{err}");
}
