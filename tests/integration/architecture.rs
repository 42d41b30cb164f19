//! The rules of ARCHITECTURE.md on who may know whom.

use std::fs;
use std::path::{Path, PathBuf};

/// The stages in the order of the data; each imports only from those before it.
const STAGES: [&str; 7] = ["model", "dataset", "graph", "export", "live", "graphql", "http"];

/// What a stage never names: files, formats, the network.
const NEVER: [(&str, &[&str]); 7] = [
    ("model", &["petgraph", "async_graphql", "axum", "ron::", "std::fs", "tokio"]),
    ("dataset", &["petgraph", "async_graphql", "axum", "tokio"]),
    ("graph", &["async_graphql", "axum", "ron::", "std::fs", "tokio"]),
    ("export", &["crate::dataset", "petgraph", "async_graphql", "axum", "ron::", "std::fs", "tokio"]),
    ("live", &["crate::export", "petgraph", "async_graphql", "axum", "ron::"]),
    ("graphql", &["crate::export", "petgraph", "axum", "std::fs", "ron::"]),
    ("http", &["crate::model", "crate::dataset", "petgraph", "std::fs", "ron::"]),
];

fn rust_files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

fn sources_of(stage: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(stage), &mut files);
    assert!(!files.is_empty(), "src/{stage} has no sources");
    files.into_iter().map(|path| (path.clone(), fs::read_to_string(&path).expect("a readable source"))).collect()
}

/// A source file without its comments.
fn code(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

#[test]
fn stages_import_only_from_those_before_them() {
    for (position, stage) in STAGES.iter().enumerate() {
        for (path, text) in sources_of(stage) {
            for later in &STAGES[position + 1..] {
                let import = format!("crate::{later}::");
                assert!(!code(&text).contains(&import), "{}: {stage} must not import {later}", path.display());
            }
        }
    }
}

#[test]
fn stages_do_not_see_what_is_not_theirs() {
    for (stage, never) in NEVER {
        for (path, text) in sources_of(stage) {
            let is_loader = path.ends_with("dataset/load.rs");
            for word in never.iter().filter(|word| !(is_loader && **word == "std::fs")) {
                assert!(!code(&text).contains(word), "{}: {stage} must not use {word}", path.display());
            }
        }
    }
}

/// A question that was executed in two ways, one after another, would do its work twice.
#[test]
fn questions_are_executed_in_one_place() {
    let mut executions = Vec::new();
    for (path, text) in sources_of("graphql") {
        let name = path.file_name().expect("a file").to_string_lossy().into_owned();
        let lines = code(&text).lines().filter(|line| line.contains(".execute(")).count();
        executions.extend((lines > 0).then_some((name, lines)));
    }
    executions.sort();
    // `direct` and `introspection` ask the library about the schema; `api` answers.
    let expected = [("api.rs", 1), ("direct.rs", 1), ("introspection.rs", 1)];
    assert_eq!(executions, expected.map(|(name, lines)| (name.to_owned(), lines)));
}
