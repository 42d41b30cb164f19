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
/// The built pages, as they are embedded.
const PAGES: &str = concat!(env!("OUT_DIR"), "/web");
/// How long an installation and a script may take: far longer than on the busiest machine, since they only
/// keep a run that hangs from hanging for ever.
const INSTALL_LIMIT: Duration = Duration::from_secs(900);
const SCRIPT_LIMIT: Duration = Duration::from_secs(3_600);
/// The oldest DOMPurify that may be in the pages. It is raised when an advisory wants a newer one.
const OLDEST_DOMPURIFY: [u32; 3] = [3, 4, 8];

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

#[test]
fn the_pages_hold_no_old_dompurify() {
    assert_eq!(
        dompurify_versions("f.version=`3.1.7`,f.removed=[];t.version=\"10.0.2\";e.version='3.5.0',e.removed=[]"),
        [[3, 1, 7], [3, 5, 0]]
    );
    if !Path::new(PAGES).join("index.html").is_file() {
        return skip("the look for DOMPurify", NO_PAGES);
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(Path::new(PAGES).join("assets")).expect("assets").map(|entry| entry.expect("an entry")) {
        if entry.path().extension().is_some_and(|extension| extension == "js") {
            let text = fs::read_to_string(entry.path()).expect("a script");
            found.extend(dompurify_versions(&text).into_iter().map(|version| (version, entry.file_name())));
        }
    }
    assert!(!found.is_empty(), "Monaco brings a DOMPurify; if it no longer does, this test is to go");
    for (version, file) in found {
        assert!(version >= OLDEST_DOMPURIFY, "{file:?} holds DOMPurify {version:?}, older than {OLDEST_DOMPURIFY:?}");
    }
}

/// The versions of all copies of DOMPurify in a minified script. Its comments are gone there, but each copy
/// sets its `version` and then its `removed`.
fn dompurify_versions(script: &str) -> Vec<[u32; 3]> {
    const QUOTES: [char; 3] = ['"', '\'', '`'];
    let version_of = |(at, _)| {
        let before = script[..at].rsplit_once(".version=")?.1;
        let mut parts = before.strip_prefix(QUOTES)?.split_once(QUOTES)?.0.split('.').map(str::parse);
        Some([parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?])
    };
    script.match_indices(".removed=[]").filter_map(version_of).collect()
}

fn run(script: &str) {
    run_with(script, &[]);
}

fn run_with(script: &str, more: &[&str]) {
    if let Some(missing) = missing() {
        return skip(script, missing);
    }
    let screenshots = temporary("screenshots");
    fs::create_dir_all(&screenshots).expect("a folder for screenshots");
    let server = TestServer::start();
    let mut node = Command::new("node");
    node.arg(script).arg(server.url("")).arg(&screenshots).args(more).current_dir(installed());
    let log = finish(node, &[&[script], more].concat().join("-"), SCRIPT_LIMIT);
    println!("{log}Screenshots are in {}.", screenshots.display());
}

const NO_PAGES: &str = "this build has no pages; its warnings say why";

/// Says that a test is skipped and why; with `CI` set that is a fault.
fn skip(test: &str, missing: &str) {
    let is_ci = env::var_os("CI").is_some_and(|value| !value.is_empty());
    assert!(!is_ci, "{test} cannot run: {missing}");
    println!("{test} is skipped: {missing}");
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
    } else if !Path::new(PAGES).join("index.html").is_file() {
        Some(NO_PAGES)
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
