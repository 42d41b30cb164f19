//! Three replicas behind a load balancer, fed from an object store: `tests/replicas/rehearse.py`, which
//! tells what it does.
//!
//! Skipped, with a word why, where there is no Python or HAProxy; with `CI` set that is a fault.

use std::fs;
use std::path::Path;
use std::process::Command;

use pactgraph::dataset::{Files, ValidDataset, write_pack};

use crate::python::{environment, finish};

const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/replicas");

#[test]
fn replicas_of_one_release_behind_a_balancer() {
    let Some(python) = environment("replicas", &[("haproxy", "-v")]) else { return };
    let dir = tempfile::tempdir().expect("a folder");
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("graph-data");
    let pack = |name: &str, dataset: &ValidDataset| {
        let path = dir.path().join(name);
        write_pack(dataset, fs::File::create(&path).expect("a file")).expect("a pack");
        path
    };
    let dataset = Files::from_path(&data).and_then(|files| ValidDataset::from_files(&files)).expect("valid data");
    let old = pack("old.pack", &dataset);
    let mut records = dataset.into_records();
    records.release.id = "rehearsal".into();
    let newer = ValidDataset::from_records(records, "5".repeat(64)).expect("valid data");
    let new = pack("new.pack", &newer);
    let script = Path::new(SCRIPTS).join("rehearse.py");
    let mut rehearsal = Command::new(python);
    rehearsal.arg(script).arg(env!("CARGO_BIN_EXE_pactgraph")).args([old, new]);
    println!("{}", finish(&mut rehearsal));
}
