//! Options: how they are given, what is said of wrong ones, and that they do something.

use std::fs;

use crate::program::{Program, run};

fn said(output: &std::process::Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Arguments, variables of the environment, and what is said of them.
type Wrong<'a> = (&'a [&'a str], &'a [(&'a str, &'a str)], String);

#[test]
fn what_is_wrong_is_one_sentence_and_the_status_is_two() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("pactgraph.ron");
    fs::write(&file, "(\n    listen: \"127.0.0.1:0\",\n    body_byte: 1,\n)\n").expect("a file");
    let file = file.to_str().expect("a path");
    let bytes = "it takes a number of bytes from 1KiB to 16MiB, as in 65536 or 64KiB";
    let cases: [Wrong<'_>; 5] = [
        (&["serve", "--body-bytes", "lots"], &[], format!("--body-bytes was given `lots`; {bytes}")),
        (&["--body-bytes", "0"], &[], format!("--body-bytes was given `0`; {bytes}")),
        (&[], &[("PACTGRAPH_BODY_BYTES", "7")], format!("PACTGRAPH_BODY_BYTES was given `7`; {bytes}")),
        (
            &["serve", "--config", file],
            &[],
            format!("{file}:3:5: there is no option `body_byte`; the nearest is `body_bytes`"),
        ),
        (
            &[],
            &[("PACTGRAPH_CONFIG", file)],
            format!("{file}:3:5: there is no option `body_byte`; the nearest is `body_bytes`"),
        ),
    ];
    for (args, variables, sentence) in cases {
        assert_eq!(said(&run(args, variables)), (Some(2), format!("error: {sentence}\n")), "{args:?}");
    }
}

#[test]
fn the_configuration_is_printed_with_where_it_came_from() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("pactgraph.ron");
    fs::write(&file, "(connections: 7, body_bytes: 2048, drain_time: \"1s\")").expect("a file");
    let path = file.to_str().expect("a path");
    let variables = [("PACTGRAPH_BODY_BYTES", "3KiB"), ("PACTGRAPH_DRAIN_TIME", "2s")];
    let output = run(&["serve", "--config", path, "--drain-time", "3s", "--print-config"], &variables);
    let printed = String::from_utf8(output.stdout).expect("a text");
    for line in [
        format!("    connections: 7, // {path}"),
        "    body_bytes: \"3KiB\", // PACTGRAPH_BODY_BYTES".into(),
        "    drain_time: \"3s\", // --drain-time".into(),
        "    listen: \"127.0.0.1:8080\", // default".into(),
        "    // metrics_listen is not set".into(),
    ] {
        assert!(printed.lines().any(|found| found == line), "{line} is not in\n{printed}");
    }
    fs::write(&file, &printed).expect("a file");
    let again = String::from_utf8(run(&["--config", path, "--print-config"], &[]).stdout).expect("a text");
    let values = |text: &str| text.lines().map(|line| line.split("//").next().map(str::to_owned)).collect::<Vec<_>>();
    assert_eq!(values(&again), values(&printed));
}

#[test]
fn every_option_has_a_line_in_help() {
    let printed = String::from_utf8(run(&["--print-config"], &[]).stdout).expect("a text");
    let help = String::from_utf8(run(&["serve", "--help"], &[]).stdout).expect("a text");
    let keys = printed.lines().filter_map(|line| {
        let line = line.trim_start().trim_start_matches("// ");
        line.split_once(" is not set").or_else(|| line.split_once(": ")).map(|(key, _)| key)
    });
    let keys: Vec<_> = keys.filter(|key| !key.contains(' ')).collect();
    assert!(keys.len() > 20, "{keys:?}");
    for key in keys {
        assert!(help.contains(&format!("--{} <", key.replace('_', "-"))), "--help does not name {key}");
    }
}

/// Options, the request that meets them, and what must be in the answer.
type Effect<'a> = (&'a [&'a str], &'a str, u16, &'a str);

#[test]
fn options_change_what_is_answered() {
    let large = format!("{{\"query\": \"{{ __typename }}\", \"x\": \"{}\"}}", " ".repeat(2_000));
    let question = r#"{"query": "{ canada { name } }"}"#;
    let cases: [Effect<'_>; 8] = [
        (&["--body-bytes", "1KiB"], &large, 413, "larger than 1024 bytes"),
        (&["--body-bytes", "4KiB"], &large, 200, "Query"),
        (&[], question, 200, "Canada"),
        (&["--document-bytes", "256"], &format!("{{\"query\": \"# {}\"}}", "x".repeat(300)), 200, "QUERY_TOO_LARGE"),
        (&["--depth", "1"], question, 200, "QUERY_TOO_EXPENSIVE"),
        (&["--cost", "1"], question, 200, "QUERY_TOO_EXPENSIVE"),
        (&["--aliases", "0"], r#"{"query": "{ c: canada { name } }"}"#, 200, "QUERY_TOO_EXPENSIVE"),
        (&["--page", "100"], r#"{"query": "{ countries(first: 101) { totalCount } }"}"#, 200, "100"),
    ];
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    for (options, body, status, expected) in cases {
        let program = Program::serve(options);
        let reply = agent.post(program.address("API")).header("Content-Type", "application/json").send(body);
        let mut reply = reply.expect("an answer");
        let text = reply.body_mut().read_to_string().expect("a text");
        assert_eq!(reply.status(), status, "{options:?}: {text}");
        assert!(text.contains(expected), "{options:?}: {text}");
    }
}
