//! The pages in a real browser: scripts of `tests/browser`, run by Node against a served example world.
//!
//! Skipped, with a word why, where there is no Chromium, Node or built page; with `CI` set that is a fault.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use std::{env, thread};

use crate::server::TestServer;

const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser");
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };
const INSTALL_LIMIT: Duration = Duration::from_secs(180);
const SCRIPT_LIMIT: Duration = Duration::from_secs(600);

#[test]
fn the_explorer_shows_every_view_in_english() {
    run_with("views.mjs", &["en"]);
}

#[test]
fn the_explorer_shows_every_view_in_french() {
    run_with("views.mjs", &["fr"]);
}

#[test]
fn the_explorer_works_by_mouse_and_by_keyboard() {
    run("explorer.mjs");
}

#[test]
fn a_newcomer_does_the_task_in_either_language() {
    run("task.mjs");
}

#[test]
fn copied_programs_run() {
    run("programs.mjs");
}

#[test]
fn the_first_view_is_light() {
    run("weight.mjs");
}

#[test]
fn graphiql_answers_shares_and_obeys_its_security_policy() {
    run("graphiql.mjs");
}

#[test]
fn the_plain_page_needs_no_script() {
    run("query.mjs");
}

#[test]
fn a_dashboard_is_not_sent_what_it_has() {
    run("dashboard.mjs");
}

fn run(script: &str) {
    run_with(script, &[]);
}

fn run_with(script: &str, more: &[&str]) {
    if let Some(missing) = missing() {
        let is_ci = env::var_os("CI").is_some_and(|value| !value.is_empty());
        assert!(!is_ci, "{script} cannot run: {missing}");
        println!("{script} is skipped: {missing}");
        return;
    }
    let screenshots = temporary("screenshots");
    fs::create_dir_all(&screenshots).expect("a folder for screenshots");
    let server = TestServer::start();
    let mut node = Command::new("node");
    node.arg(script).arg(server.url("")).arg(&screenshots).args(more).current_dir(installed());
    let log = finish(node, &[&[script], more].concat().join("-"), SCRIPT_LIMIT);
    println!("{log}Screenshots are in {}.", screenshots.display());
}

fn missing() -> Option<&'static str> {
    let chromium = env::var_os("CHROMIUM").unwrap_or_else(|| "/usr/bin/chromium".into());
    let starts = |program: &str| {
        Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
    };
    if !Path::new(&chromium).is_file() {
        Some("there is no /usr/bin/chromium; CHROMIUM may name another")
    } else if !starts("node") || !starts(NPM) {
        Some("Node and npm are not installed")
    } else if !Path::new(concat!(env!("OUT_DIR"), "/web/index.html")).is_file() {
        Some("this build has no pages; its warnings say why")
    } else {
        None
    }
}

/// A copy of the scripts with what they need, so that nothing is written among the sources.
fn installed() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = temporary("browser");
        fs::create_dir_all(&folder).expect("a folder for the scripts");
        for entry in fs::read_dir(SCRIPTS).expect("tests/browser").map(|entry| entry.expect("an entry")) {
            if entry.path().is_file() {
                fs::copy(entry.path(), folder.join(entry.file_name())).expect("a copy of a script");
            }
        }
        let lock = fs::read(folder.join("package-lock.json")).expect("package-lock.json");
        let stamp = folder.join("node_modules/.pactgraph");
        if fs::read(&stamp).is_ok_and(|stamp| stamp == lock) {
            return folder;
        }
        let mut npm = Command::new(NPM);
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]).current_dir(&folder);
        finish(npm, "npm", INSTALL_LIMIT);
        fs::write(stamp, lock).expect("a note of what is installed");
        folder
    })
}

fn temporary(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// What the program printed, once it has ended well; a failed test if it does not, or not in time.
fn finish(mut program: Command, name: &str, limit: Duration) -> String {
    let log = temporary(&format!("{name}.log"));
    let file = File::create(&log).expect("a log");
    program.stdin(Stdio::null()).stdout(file.try_clone().expect("a second handle")).stderr(file);
    let mut child = program.spawn().expect("the program starts");
    let end = Instant::now() + limit;
    let status = loop {
        match child.try_wait().expect("the state of the program") {
            Some(status) => break Some(status),
            None if Instant::now() > end => {
                child.kill().expect("the program can be stopped");
                child.wait().expect("the program ends");
                break None;
            }
            None => thread::sleep(Duration::from_millis(50)),
        }
    };
    let printed = fs::read_to_string(&log).expect("the log");
    match status {
        Some(status) if status.success() => printed,
        Some(status) => panic!("{name} failed ({status}):\n{printed}"),
        None => panic!("{name} was stopped after {} s:\n{printed}", limit.as_secs()),
    }
}
