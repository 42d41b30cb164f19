//! `docs/operations.md` held against the program, and against the balancers it speaks of.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

const DOCUMENT: &str = include_str!("../../docs/operations.md");

/// The sources of a folder, without their tests.
fn sources(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            text += &sources(&path);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let source = fs::read_to_string(&path).expect("a source");
            text += source.split("#[cfg(test)]").next().unwrap_or_default();
        }
    }
    text
}

fn of_folders(folders: &[&str]) -> String {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    folders.iter().map(|folder| sources(&src.join(folder))).collect()
}

/// The words in backticks of the first column of the table behind `from`.
fn listed(from: &str) -> BTreeSet<&'static str> {
    let (_, rest) = DOCUMENT.split_once(from).expect("the begin of the table");
    let rows =
        rest.lines().skip_while(|line| !line.starts_with("| ---")).skip(1).take_while(|line| line.starts_with('|'));
    rows.flat_map(|row| row.split('|').nth(1).unwrap_or_default().split('`').skip(1).step_by(2)).collect()
}

#[test]
fn the_document_for_operators_lists_every_code_of_an_error() {
    /// What looks like a code and is none: where a directive stands, what a build says.
    const OTHERS: [&str; 6] = [
        "FRAGMENT_DEFINITION",
        "FRAGMENT_SPREAD",
        "INLINE_FRAGMENT",
        "VARIABLE_DEFINITION",
        "CARGO_PKG_VERSION",
        "CARGO_MANIFEST_DIR",
    ];
    /// Codes of a single word.
    const SINGLE: [&str; 2] = ["OVERLOADED", "STARTING"];
    let sources = of_folders(&["graphql", "http"]);
    let is_code = |text: &str| {
        let is_loud = text.bytes().all(|byte| byte == b'_' || byte.is_ascii_uppercase());
        is_loud && (text.trim_matches('_').contains('_') || SINGLE.contains(&text)) && !OTHERS.contains(&text)
    };
    let found: BTreeSet<&str> = sources.split('"').filter(|text| is_code(text)).collect();
    assert_eq!(listed("## Errors"), found, "left the document, right the program");
}

#[test]
fn the_document_for_operators_lists_every_type_of_a_problem() {
    let sources = of_folders(&["http"]);
    let begins = ["Problem::bad(\"", "Problem::not_found(\"", "Self::not_found(\"", "Self::bad(\""];
    let of = |begin: &str| sources.split(begin).skip(1).filter_map(|rest| rest.split('"').next()).collect::<Vec<_>>();
    let found: BTreeSet<&str> = begins.iter().flat_map(|begin| of(begin)).collect();
    assert!(found.len() > 5, "{found:?}");
    assert_eq!(listed("`urn:pactgraph:problem:`"), found, "left the document, right the program");
}

/// The configurations for a balancer that the document shows.
fn shown(language: &str) -> Vec<&'static str> {
    let begin = format!("```{language}\n");
    let blocks = DOCUMENT.split(&*begin).skip(1);
    blocks.map(|block| block.split("```").next().unwrap_or_default()).collect()
}

/// A program that is installed; none, with a word why, where it is not. With `CI` set that is a fault.
fn installed(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<_> = env::split_paths(&path).collect();
    folders.push("/usr/sbin".into());
    let found = folders.into_iter().map(|folder| folder.join(name)).find(|file| file.is_file());
    let is_ci = env::var_os("CI").is_some_and(|value| !value.is_empty());
    assert!(found.is_some() || !is_ci, "{name} must be installed");
    if found.is_none() {
        println!("The configuration for {name} is not checked: it is not installed.");
    }
    found
}

fn accepts(command: &mut Command) {
    let done = command.stdin(Stdio::null()).output().expect("a program that starts");
    assert!(done.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn haproxy_takes_what_is_shown_for_it() {
    let Some(haproxy) = installed("haproxy") else { return };
    let dir = tempfile::tempdir().expect("a folder");
    let blocks = shown("haproxy");
    assert!(!blocks.is_empty());
    for block in blocks {
        assert!(block.contains("/health/ready") && block.contains("retry-on all-retryable-errors"), "{block}");
        let file = dir.path().join("haproxy.cfg");
        fs::write(&file, block).expect("a file");
        // A warning is as good as an error to whoever copies it.
        accepts(Command::new(&haproxy).args(["-c", "-dW", "-f"]).arg(file));
    }
}

#[test]
fn nginx_takes_what_is_shown_for_it() {
    let Some(nginx) = installed("nginx") else { return };
    let dir = tempfile::tempdir().expect("a folder");
    let blocks = shown("nginx");
    assert!(!blocks.is_empty());
    for block in blocks {
        // There is no certificate here, and no folder of the system is ours.
        let plain = block.replace(" ssl http2;", ";");
        let plain: Vec<_> = plain.lines().filter(|line| !line.trim_start().starts_with("ssl_")).collect();
        let folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        let folders: String = folders.iter().map(|name| format!("{name}_temp_path {name};\n")).collect();
        let text =
            format!("pid nginx.pid;\nevents {{}}\nhttp {{\naccess_log off;\n{folders}{}\n}}\n", plain.join("\n"));
        fs::write(dir.path().join("nginx.conf"), text).expect("a file");
        accepts(Command::new(&nginx).arg("-t").arg("-p").arg(dir.path()).args(["-e", "stderr", "-c", "nginx.conf"]));
    }
}
