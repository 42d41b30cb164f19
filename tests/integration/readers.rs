//! The exports in the tools people read them with, and the notebook against a running service.
//!
//! Skipped, with a word why, where there is no Python, Graphviz or Node; with `CI` set that is a fault.
//! The script in R is skipped without Rscript, with `CI` too.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use pactgraph::dataset::{Files, ValidDataset};

use crate::python::{environment, finish};
use crate::server::TestServer;

const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/readers");

#[test]
fn every_reader_agrees_with_the_counts_of_the_release() {
    let Some(python) = python() else { return };
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("graph-data");
    let dataset = Files::from_dir(&data).and_then(|files| ValidDataset::from_files(&files)).expect("valid data");
    let folder = temporary("exports");
    fs::create_dir_all(&folder).expect("a folder");
    for format in ["graphml", "gexf", "dot", "cyjs", "ttl", "jsonld", "mmd"] {
        let file = folder.join(format!("graph.{format}"));
        finish(program(&data).args(["--format", format, "-o"]).arg(file));
    }
    finish(program(&data).args(["--format", "csv", "-o"]).arg(&folder));
    fs::write(folder.join("openapi.json"), described(&data)).expect("a file");
    let counts = [dataset.nodes().len(), dataset.statements().len()].map(|count| count.to_string());
    let script = Path::new(SCRIPTS).join("read.py");
    println!("{}", finish(Command::new(python).arg(script).arg(&folder).args(&counts)));
    let cytoscape = packages().join("cytoscape.mjs");
    println!("{}", finish(Command::new("node").arg(cytoscape).arg(folder.join("graph.cyjs")).args(&counts)));
}

#[test]
fn every_described_address_answers_as_described() {
    let Some(python) = python() else { return };
    let server = TestServer::start();
    let script = Path::new(SCRIPTS).join("smoke.py");
    println!("{}", finish(Command::new(python).arg(script).arg(server.url(""))));
}

#[test]
fn the_script_in_r_runs() {
    let has_igraph = Command::new("Rscript").args(["-e", "library(igraph)"]).stderr(Stdio::null()).output();
    if !has_igraph.is_ok_and(|output| output.status.success()) {
        println!("The script in R is skipped: Rscript or its package igraph is not installed.");
        return;
    }
    let server = TestServer::start();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/graph.R");
    let folder = temporary("notebook-r");
    fs::create_dir_all(&folder).expect("a folder");
    let said = finish(Command::new("Rscript").arg(script).arg(server.url("")).current_dir(&folder));
    assert!(said.contains("nodes") && folder.join("graph.svg").is_file(), "{said}");
}

#[test]
fn the_notebook_runs() {
    let Some(python) = python() else { return };
    let server = TestServer::start();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/graph.py");
    let folder = temporary("notebook");
    fs::create_dir_all(&folder).expect("a folder");
    let said = finish(Command::new(python).arg(script).arg(server.url("")).current_dir(&folder));
    assert!(said.contains("nodes") && folder.join("graph.svg").is_file(), "{said}");
}

fn program(data: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_pactgraph"));
    program.arg("--data").arg(data).arg("export");
    program
}

/// The description of the addresses of the service.
fn described(data: &Path) -> String {
    finish(Command::new(env!("CARGO_BIN_EXE_pactgraph")).arg("openapi").arg("--data").arg(data))
}

fn python() -> Option<&'static Path> {
    static PYTHON: OnceLock<Option<PathBuf>> = OnceLock::new();
    PYTHON.get_or_init(|| environment("readers", &[("dot", "-V"), ("node", "--version")])).as_deref()
}

/// A folder with the reader in JavaScript and the package it needs.
fn packages() -> PathBuf {
    let folder = temporary("readers-npm");
    fs::create_dir_all(&folder).expect("a folder");
    for file in ["cytoscape.mjs", "package.json", "package-lock.json", ".npmrc"] {
        fs::copy(Path::new(SCRIPTS).join(file), folder.join(file)).expect("a copy");
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    finish(Command::new(npm).args(["ci", "--prefer-offline"]).current_dir(&folder));
    folder
}

fn temporary(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}
