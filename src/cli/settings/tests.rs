//! Every option is known everywhere, and comes from where it should.

use std::collections::BTreeSet;
use std::fs;

use super::{Settings, resolve};

/// For each option three values that differ from each other and from the default.
const VALUES: &[(&str, [&str; 3])] = &[
    ("listen", ["127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3"]),
    ("data", ["a", "b", "c"]),
    ("releases", ["a", "b", "c"]),
    ("poll", ["1", "2", "3"]),
    ("cache_dir", ["a", "b", "c"]),
    ("sheet_bytes", ["1KiB", "2KiB", "3KiB"]),
    ("folder_bytes", ["64KiB", "65KiB", "66KiB"]),
    ("pack_bytes", ["64KiB", "65KiB", "66KiB"]),
    ("read_time", ["1s", "2s", "3s"]),
    ("metrics_listen", ["127.0.0.1:4", "127.0.0.1:5", "127.0.0.1:6"]),
    ("cache_bytes", ["0", "2MiB", "3GiB"]),
    ("max_age", ["1s", "2m", "3h"]),
    ("frame_ancestors", ["'self'", "https://a.example", "https://a.example https://*.b.example:8443"]),
    ("allowed_hosts", ["localhost", "127.0.0.1:8080 [::1]", "a.example"]),
    ("allowed_origins", ["self", "https://a.example", "https://a.example http://localhost:3000"]),
    ("log", ["error", "debug", "warn,pactgraph=trace"]),
    ("log_format", ["json", "text", "json"]),
    ("otlp_endpoint", ["http://a:1", "http://b", "http://c/d"]),
    ("metric_operations", ["1", "2", "3"]),
    ("document_bytes", ["1KiB", "2KiB", "3KiB"]),
    ("tokens", ["17", "18", "19"]),
    ("open_brackets", ["17", "18", "19"]),
    ("nesting", ["17", "18", "19"]),
    ("depth", ["17", "18", "19"]),
    ("fields", ["1", "2", "3"]),
    ("aliases", ["1", "2", "3"]),
    ("directives", ["1", "2", "3"]),
    ("cost", ["1", "2", "3"]),
    ("subscription_cost", ["1", "2", "3"]),
    ("page", ["101", "102", "103"]),
    ("part", ["501", "502", "503"]),
    ("path_length", ["11", "12", "13"]),
    ("work", ["1", "2", "3"]),
    ("work_per_request", ["1", "2", "3"]),
    ("question_time", ["1s", "2s", "3s"]),
    ("errors", ["1", "2", "3"]),
    ("document_cache", ["1MiB", "2MiB", "3MiB"]),
    ("questions", ["1", "2", "3"]),
    ("heavy_at_once", ["1", "2", "3"]),
    ("heavy_cost", ["1", "2", "3"]),
    ("answer_bytes", ["1MiB", "2MiB", "3MiB"]),
    ("request_work", ["100001", "100002", "100003"]),
    ("filter_conditions", ["11", "12", "13"]),
    ("filter_depth", ["3", "4", "5"]),
    ("subscriptions", ["1", "2", "3"]),
    ("answers_bytes", ["32MiB", "64MiB", "96MiB"]),
    ("connections", ["1", "2", "3"]),
    ("head_time", ["1s", "2s", "3s"]),
    ("head_bytes", ["8KiB", "9KiB", "10KiB"]),
    ("body_time", ["1s", "2s", "3s"]),
    ("body_bytes", ["1KiB", "2KiB", "3KiB"]),
    ("discard_bytes", ["0", "2KiB", "3MiB"]),
    ("write_time", ["1s", "2s", "3s"]),
    ("answer_time", ["1s", "2s", "3s"]),
    ("files", ["1", "2", "3"]),
    ("file_wait", ["0s", "1s", "3s"]),
    ("sockets", ["1", "2", "3"]),
    ("event_streams", ["1", "2", "3"]),
    ("operations", ["1", "2", "3"]),
    ("message_bytes", ["1KiB", "2KiB", "3KiB"]),
    ("id_bytes", ["36", "37", "38"]),
    ("init_time", ["1s", "2s", "3s"]),
    ("ping_time", ["1s", "2s", "3s"]),
    ("send_time", ["1s", "2s", "3s"]),
    ("grace_time", ["1s", "2s", "3s"]),
    ("drain_time", ["1s", "2s", "3s"]),
];

/// Options that are no limits, and so in none of the structs of limits.
const NO_LIMITS: [&str; 9] =
    ["listen", "data", "releases", "poll", "cache_dir", "metrics_listen", "log", "log_format", "otlp_endpoint"];

fn limits(settings: &Settings) -> String {
    format!("{:?} {:?} {:?}", settings.graphql(), settings.http(), settings.bounds())
}

#[test]
fn every_option_has_values_here_and_a_default_that_is_possible() {
    let known: BTreeSet<_> = VALUES.iter().map(|(key, _)| *key).collect();
    for option in Settings::options() {
        assert!(known.contains(option.key), "{}: give it values here", option.key);
        assert!(option.says.len() > 10 && !option.says.ends_with('.'), "{}: say what it does", option.key);
        if let Some(default) = option.default {
            assert_eq!(Settings::default().set(option.key, &default), Ok(()), "{}: {default}", option.key);
        }
    }
    assert_eq!(known.len(), Settings::options().len(), "there are values here of options that are gone");
}

/// Whether a line of the printed configuration is about this option.
fn is_of(line: &str, key: &str) -> bool {
    line.trim_start().strip_prefix(key).is_some_and(|rest| rest.starts_with(':'))
}

#[test]
fn a_flag_comes_before_the_environment_that_before_the_file_that_before_the_default() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("config.ron");
    for (key, [flag, environment, file]) in VALUES {
        fs::write(&path, format!("({key}: {file:?})")).expect("a file");
        let flag = vec![(*key, (*flag).to_owned())];
        let variable = |name: &str| {
            let wanted = format!("PACTGRAPH_{}", key.to_ascii_uppercase());
            (name == wanted).then(|| (*environment).to_owned())
        };
        let default = Settings::default().text(key);
        let cases = [
            (resolve(&flag, variable, Some(&path)), Some(flag[0].1.clone()), format!("--{}", key.replace('_', "-"))),
            (
                resolve(&[], variable, Some(&path)),
                Some((*environment).to_owned()),
                format!("PACTGRAPH_{}", key.to_uppercase()),
            ),
            (resolve(&[], |_| None, Some(&path)), Some((*file).to_owned()), path.display().to_string()),
            (resolve(&[], |_| None, None), default.clone(), "default".into()),
        ];
        for (found, expected, origin) in cases {
            let found = found.unwrap_or_else(|fault| panic!("{key}: {fault}"));
            assert_eq!(found.settings.text(key), expected, "{key} from {origin}");
            let printed = found.to_file();
            let line = printed.lines().find(|line| is_of(line, key)).unwrap_or_default();
            assert!(expected.is_none() || line.ends_with(&format!("// {origin}")), "{key}: {line}");
        }
    }
}

#[test]
fn every_limit_reaches_the_part_it_bounds() {
    let default = limits(&Settings::default());
    for (key, [value, ..]) in VALUES {
        let mut settings = Settings::default();
        settings.set(key, value).expect("a possible value");
        assert_eq!(limits(&settings) == default, NO_LIMITS.contains(key), "{key}");
    }
}

#[test]
fn what_is_printed_reads_the_same() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("config.ron");
    let flags: Vec<_> = VALUES.iter().map(|(key, [value, ..])| (*key, (*value).to_owned())).collect();
    let first = resolve(&flags, |_| None, None).expect("a configuration");
    fs::write(&path, first.to_file()).expect("a file");
    let second = resolve(&[], |_| None, Some(&path)).expect("a configuration");
    for (key, _) in VALUES {
        assert_eq!(second.settings.text(key), first.settings.text(key), "{key}");
    }
}

#[test]
fn what_cannot_be_used_is_named_with_what_was_given_and_what_is_expected() {
    let flag = |key, text: &str| resolve(&[(key, text.to_owned())], |_| None, None).expect_err("a fault");
    assert_eq!(
        flag("body_bytes", "lots"),
        "--body-bytes was given `lots`; it takes a number of bytes from 1KiB to 16MiB, as in 65536 or 64KiB"
    );
    assert_eq!(
        flag("frame_ancestors", "https://a.example; script-src *"),
        "--frame-ancestors was given `https://a.example; script-src *`; it takes 'none', 'self', or origins with \
         blanks between them, as in \"https://a.example https://b.example\""
    );
    assert_eq!(
        flag("metrics_listen", "127.0.0.1:8080"),
        "--metrics-listen was given `127.0.0.1:8080`; it takes another address than --listen"
    );
    let variable = |name: &str| (name == "PACTGRAPH_DRAIN_TIME").then(|| "2 fortnights".to_owned());
    assert_eq!(
        resolve(&[], variable, None).expect_err("a fault"),
        "PACTGRAPH_DRAIN_TIME was given `2 fortnights`; it takes a time from 0s to 1h, as in 30s, 500ms or 2m"
    );
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("config.ron");
    let missing = resolve(&[], |_| None, Some(&path)).expect_err("a fault");
    assert!(missing.starts_with(&format!("the configuration {} cannot be read: ", path.display())), "{missing}");
    fs::write(&path, "(\n    lisen: \"127.0.0.1:0\",\n)").expect("a file");
    assert_eq!(
        resolve(&[], |_| None, Some(&path)).expect_err("a fault"),
        format!("{}:2:5: there is no option `lisen`; the nearest is `listen`", path.display())
    );
}

/// The table of options as the documents show it.
fn documented() -> String {
    let mut text = String::new();
    let mut group = "";
    for option in Settings::options() {
        if option.group != group {
            group = option.group;
            text +=
                &format!("\n**{group}**\n\n| Option | Default | What it does | Values |\n| --- | --- | --- | --- |\n");
        }
        let default = option.default.as_ref().map_or("not set".to_owned(), |default| format!("`{default}`"));
        text += &format!("| `--{}` | {default} | {} | {} |\n", option.flag(), option.says, option.expected);
    }
    text + "\n"
}

#[test]
fn the_document_for_operators_lists_every_option() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/operations.md");
    let text = fs::read_to_string(path).expect("the document");
    let (before, rest) = text.split_once("<!-- options -->\n").expect("the begin of the table");
    let (table, after) = rest.split_once("<!-- end -->").expect("the end of the table");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let text = format!("{before}<!-- options -->\n{}<!-- end -->{after}", documented());
        fs::write(path, text).expect("the document");
        return;
    }
    assert_eq!(table, documented(), "bless it: UPDATE_EXPECT=1 cargo test --bin pactgraph");
}
