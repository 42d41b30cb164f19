//! Reloads under load, and writers that are killed.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use pactgraph::graphql::Api;
use pactgraph::http::{Limits, State};
use pactgraph::live::Live;

use super::world::{World, graph, texts, whole_release, write_folder};
use crate::server::TestServer;

/// How many reloads the test of endurance makes; ten thousand take some minutes.
fn reloads() -> u64 {
    std::env::var("PACTGRAPH_RELOADS").ok().and_then(|text| text.parse().ok()).unwrap_or(1_000)
}

/// The memory the process has, in KiB, where the system tells.
fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
fn no_answer_mixes_two_releases_under_thousands_of_reloads() {
    let reloads = reloads();
    let live = Live::new(graph("r0"));
    // Answers that are kept take room up to a bound of their own.
    let limits = Limits { cache_bytes: 0, ..Limits::default() };
    let server = TestServer::with(State::within(limits, Api::default(), live.clone()));
    let (ended, answers) = (AtomicBool::new(false), AtomicU64::new(0));
    let mut sizes = Vec::new();
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let mut seen = 0;
                while !ended.load(Ordering::Relaxed) {
                    let release = whole_release(&server);
                    let number: u64 = release[1..].parse().expect("a number");
                    assert!(number >= seen, "release {number} came after {seen}");
                    seen = number;
                    answers.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for number in 1..=reloads {
            assert!(live.publish(graph(&format!("r{number}"))));
            if number % 100 == 0 {
                sizes.extend(resident());
            }
        }
        ended.store(true, Ordering::Relaxed);
    });
    let (status, answers) = (live.status(), answers.into_inner());
    assert_eq!((status.reloads, whole_release(&server)), (reloads, format!("r{reloads}")));
    assert!(answers > 0);
    println!("{reloads} reloads, {answers} answers, KiB of memory after each hundred: {sizes:?}");
    // What is kept of each of a thousand graphs of a few hundred KiB would show.
    if let (Some(early), Some(late)) = (sizes.get(sizes.len() / 4), sizes.last()) {
        assert!(*late < early + early / 2 + 32 * 1024, "memory grows: {sizes:?}");
    }
}

#[test]
fn a_question_under_way_ends_on_the_release_it_began_with() {
    let live = Live::new(graph("first"));
    let begun = live.graph();
    assert!(live.publish(graph("second")));
    let api = Api::default();
    let state = pactgraph::graphql::RequestState::new(begun, pactgraph::graphql::Language::En);
    let question = pactgraph::graphql::Question {
        document: "{ release { id } node(id: \"arcadia\") { summary } }".into(),
        ..Default::default()
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let answer = serde_json::to_value(runtime.block_on(api.execute(question, state))).expect("JSON");
    assert_eq!(answer["data"]["node"]["summary"], "About first.", "{answer}");
    assert_eq!(answer["data"]["release"]["id"], "first");
}

#[test]
fn a_folder_that_never_rests_is_served_without_a_mix() {
    let world = World::at(|dir| {
        write_folder(&dir.join("r0"), "r0");
        std::os::unix::fs::symlink("r0", dir.join("data")).expect("a link");
        dir.join("data")
    });
    let at = |name: &str| world.dir.path().join(name);
    let begun = Instant::now();
    let mut number = 0;
    while begun.elapsed() < Duration::from_secs(3) || world.health()["reloads"].as_u64() < Some(3) {
        number += 1;
        write_folder(&at(&format!("r{number}")), &format!("r{number}"));
        std::os::unix::fs::symlink(format!("r{number}"), at("next")).expect("a link");
        fs::rename(at("next"), &world.data).expect("a replaced link");
        whole_release(&world.server);
    }
    let last = format!("r{number}");
    super::world::until(&last, || (whole_release(&world.server) == last).then_some(()));
    assert_eq!(world.health()["status"], "ok");
}

/// A shell that replaces one file after another of a folder by rename, and the folder behind a link
/// too, until it is killed.
fn writer(dir: &Path) -> Child {
    let script = r#"
        n=0
        while :; do
            n=$((n + 1))
            for file in data/agreements/pact.ron data/countries/arcadia.ron data/release.ron; do
                { cat "$file"; echo "// $n"; } > "$file.tmp" && mv "$file.tmp" "$file"
            done
            rm -rf "v$n" && cp -R data "v$n" && ln -sfn "v$n" next && mv -T next current
        done
    "#;
    let mut shell = Command::new("sh");
    shell.args(["-c", script]).current_dir(dir).stdout(Stdio::null()).stderr(Stdio::null());
    shell.spawn().expect("a shell")
}

#[test]
fn writers_killed_at_any_moment_leave_a_valid_graph() {
    let dir = tempfile::tempdir().expect("a folder");
    write_folder(&dir.path().join("data"), "first");
    write_folder(&dir.path().join("v0"), "first");
    std::os::unix::fs::symlink("v0", dir.path().join("current")).expect("a link");
    for round in 0_u64..12 {
        let mut writer = writer(dir.path());
        std::thread::sleep(Duration::from_millis(7 + round * 13));
        writer.kill().expect("a killed writer");
        writer.wait().expect("its end");
        for folder in ["data", "current"] {
            let mut program = Command::new(env!("CARGO_BIN_EXE_pactgraph"));
            program.args(["query", "{ release { id } node(id: \"arcadia\") { summary } }", "--data"]).arg(folder);
            let output = program.current_dir(dir.path()).output().expect("the program");
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(output.status.success() && said.contains("About first."), "round {round}, {folder}: {output:?}");
        }
    }
}

#[test]
fn every_release_of_the_test_world_is_another() {
    assert_ne!(texts("r1"), texts("r2"));
    assert_ne!(graph("r1").digest(), graph("r2").digest());
}
