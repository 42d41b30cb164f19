//! Three replicas behind a load balancer, fed from an object store: `tests/replicas/rehearse.py`, which
//! tells what it does.
//!
//! Skipped, with a word why, where there is no Python or HAProxy; with `CI` set that is a fault.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use pactgraph::dataset::{Files, ValidDataset, write_pack};

const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/replicas");

#[test]
fn replicas_of_one_release_behind_a_balancer() {
    let Some(python) = python() else { return };
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

/// A Python with what the rehearsal needs; none where it cannot be had.
fn python() -> Option<PathBuf> {
    let starts = |program: &str, argument: &str| {
        let quiet = Command::new(program).arg(argument).stdout(Stdio::null()).stderr(Stdio::null()).status();
        quiet.is_ok_and(|status| status.success())
    };
    if starts("python3", "--version") && starts("haproxy", "-v") {
        return Some(installed());
    }
    let is_ci = env::var_os("CI").is_some_and(|value| !value.is_empty());
    assert!(!is_ci, "the replicas cannot be rehearsed: python3 and haproxy must be installed");
    println!("The rehearsal of replicas is skipped: python3 or haproxy is not installed.");
    None
}

fn installed() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("replicas");
    let python = folder.join("bin/python");
    let requirements = Path::new(SCRIPTS).join("requirements.txt");
    let wanted = fs::read(&requirements).expect("requirements.txt");
    let stamp = folder.join("pactgraph");
    if !fs::read(&stamp).is_ok_and(|stamp| stamp == wanted) {
        finish(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder));
        let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
        finish(Command::new(&python).args(install).arg(&requirements));
        fs::write(stamp, wanted).expect("a note of what is installed");
    }
    python
}

/// What a program said, once it has ended well.
fn finish(command: &mut Command) -> String {
    let done = command.output().expect("a program that starts");
    let [said, told] = [&done.stdout, &done.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    assert!(done.status.success(), "{command:?}\n{said}\n{told}");
    said
}
