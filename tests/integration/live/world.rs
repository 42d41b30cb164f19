//! A folder of a few facts that is served while it changes.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pactgraph::dataset::{Diagnostics, Files, ValidDataset};
use pactgraph::graph::Graph;
use pactgraph::graphql::check;
use pactgraph::live::{Live, Local, follow};
use serde_json::Value;
use tempfile::TempDir;

use crate::server::TestServer;
pub(super) use crate::server::until;

/// What shows which data an answer is made of: the release, and a node that states it too.
const QUESTION: &str = "{ release { id } node(id: \"arcadia\") { summary } again: node(id: \"arcadia\") { summary } }";

/// A served folder that is followed, and its service.
pub(super) struct World {
    pub(super) server: TestServer,
    /// The folder of facts.
    pub(super) data: PathBuf,
    /// Where it lies.
    pub(super) dir: TempDir,
}

/// The folder of a valid base world.
fn base() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/invalid-data/base")
}

/// The texts of the release `id`, which its node states too.
pub(super) fn texts(id: &str) -> Vec<(String, Vec<u8>)> {
    let mut texts = Vec::new();
    for folder in ["", "agreements", "countries", "forums", "initiatives", "sources"] {
        for entry in fs::read_dir(base().join(folder)).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_file() {
                let name = entry.file_name().expect("a name").to_str().expect("UTF-8");
                let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
                let text = fs::read_to_string(&entry).expect("a file");
                let text = text.replace("About Arcadia.", &format!("About {id}."));
                let text = text.replace("id: \"2026-01-31\", ", &format!("id: \"{id}\", "));
                texts.push((path, text.into_bytes()));
            }
        }
    }
    texts
}

/// Reads and checks a folder as the program does.
pub(super) fn read(dir: &Path) -> Result<ValidDataset, Diagnostics> {
    Files::from_path(dir).and_then(|files| check(&files))
}

/// The graph of the release `id`.
pub(super) fn graph(id: &str) -> Arc<Graph> {
    let files = Files::from_texts("data", texts(id));
    Arc::new(Graph::new(ValidDataset::from_files(&files).expect("the base data are valid")))
}

/// Writes the release `id` as a new folder.
pub(super) fn write_folder(dir: &Path, id: &str) {
    for (path, text) in texts(id) {
        let path = dir.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        fs::write(path, text).expect("a new file");
    }
}

/// The release an answer is made of; panics where it is made of two.
pub(super) fn release_of(answer: &Value) -> String {
    let release = answer["data"]["release"]["id"].as_str().unwrap_or_else(|| panic!("no release: {answer}"));
    for node in ["node", "again"] {
        let summary = answer["data"][node]["summary"].as_str().unwrap_or_else(|| panic!("no summary: {answer}"));
        assert_eq!(summary, format!("About {release}."), "an answer mixes two releases: {answer}");
    }
    release.to_owned()
}

impl World {
    /// A world whose folder is `data` and holds the release `first`.
    pub(super) fn new() -> Self {
        Self::at(|dir| {
            write_folder(&dir.join("data"), "first");
            dir.join("data")
        })
    }

    /// A world whose folder is what `make` has made in the folder it is given.
    pub(super) fn at(make: impl FnOnce(&Path) -> PathBuf) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let data = make(dir.path());
        let live = Live::new(Arc::new(Graph::new(read(&data).expect("valid data"))));
        let server = TestServer::of(live.clone());
        follow(&live, Local::new(&data, read)).expect("a thread");
        Self { server, data, dir }
    }

    /// A path in the folder of facts.
    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.data.join(path)
    }

    /// Writes a file in place.
    pub(super) fn write(&self, path: &str, text: &str) {
        fs::write(self.path(path), text).expect("a written file");
    }

    /// The text of a file.
    pub(super) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("a file")
    }

    /// Writes a release sheet with this id in place, which is all that differs.
    pub(super) fn write_release(&self, id: &str) {
        self.write("release.ron", &release_sheet(id));
    }

    /// Replaces the release sheet by rename, so that no state in between can be read.
    pub(super) fn replace_release(&self, id: &str) {
        fs::write(self.path("release.ron.tmp"), release_sheet(id)).expect("a file beside it");
        fs::rename(self.path("release.ron.tmp"), self.path("release.ron")).expect("a renamed file");
    }

    /// Which release is served.
    pub(super) fn serves(&self) -> String {
        release(&self.server)
    }

    /// Waits until a release is served and nothing is held against it.
    pub(super) fn comes(&self, id: &str) {
        until(id, || (self.serves() == id && self.health()["status"] == "ok").then_some(()));
    }

    /// Waits until the newest data are refused, and gives the codes of their faults.
    pub(super) fn refuses(&self) -> Vec<String> {
        until("a refusal", || {
            let health = self.health();
            let faults = health["refused"]["faults"].as_array()?;
            Some(faults.iter().map(|fault| fault["code"].as_str().expect("a code").to_owned()).collect())
        })
    }

    /// Waits until the newest data are refused for a fault with this code, and the release stays.
    pub(super) fn refuses_for(&self, code: &str, release: &str) {
        until(code, || self.refuses().iter().any(|found| found == code).then_some(()));
        assert_eq!(self.serves(), release, "{code}");
    }

    /// What `/health` says; it always serves.
    pub(super) fn health(&self) -> Value {
        let reply = self.server.send("GET", "/health", &[], "");
        assert_eq!(reply.status, 200);
        reply.json()
    }
}

/// A release sheet with this id.
pub(super) fn release_sheet(id: &str) -> String {
    format!("Release(id: \"{id}\", published: \"2026-01-31\", license: \"CC-BY-4.0\")\n")
}

/// Which release a service serves.
fn release(server: &TestServer) -> String {
    let answer = server.ask("{ release { id } }");
    answer["data"]["release"]["id"].as_str().unwrap_or_else(|| panic!("no release: {answer}")).to_owned()
}

/// Which release a service serves, as three fields tell that must agree.
pub(super) fn whole_release(server: &TestServer) -> String {
    release_of(&server.ask(QUESTION))
}
