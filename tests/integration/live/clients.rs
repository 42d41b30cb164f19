//! The clients graphql-ws and graphql-sse, and a thousand sockets that only listen.

use std::path::Path;
use std::process::Command;

use super::world::World;

#[test]
fn the_clients_of_both_protocols_are_served() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients");
    let dir = tempfile::tempdir().expect("a folder");
    for file in ["package.json", "package-lock.json", ".npmrc", "run.mjs"] {
        std::fs::copy(source.join(file), dir.path().join(file)).expect("a file of the clients");
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--prefer-offline"]).current_dir(dir.path());
    let installed = match npm.output() {
        Ok(output) => output,
        Err(_) if std::env::var_os("CI").is_none() => {
            eprintln!("skipped: the clients need Node and npm");
            return;
        }
        Err(error) => panic!("the clients need Node and npm: {error}"),
    };
    assert!(installed.status.success(), "{}", String::from_utf8_lossy(&installed.stderr));
    let world = World::new();
    let mut node = Command::new("node");
    node.arg("run.mjs").arg(world.server.url("/graphql")).arg(world.path("release.ron")).arg(sockets());
    let run = node.current_dir(dir.path()).output().expect("node runs");
    let said = String::from_utf8_lossy(&run.stdout);
    println!("{said}");
    assert!(run.status.success(), "{said}{}", String::from_utf8_lossy(&run.stderr));
}

/// A thousand, where the system lets a process open as many files for both ends.
fn sockets() -> String {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let files = line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(1_024);
    if files >= 2_000 { "1000".into() } else { "200".into() }
}
