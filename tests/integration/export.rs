//! Files for other tools: the same bytes each time, by the command and over HTTP.

use std::process::{Command, Output};

use pactgraph::export::Format;

use crate::server::{Reply, SERVER};

fn get(path: &str, headers: &[(&str, &str)]) -> Reply {
    SERVER.send("GET", path, headers, "")
}

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pactgraph"));
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/example-data");
    command.args(["--data", data, "export"]).args(arguments).output().expect("the program")
}

#[test]
fn every_file_travels_with_its_type_and_its_tag() {
    for format in Format::ALL {
        let path = format!("/export/{}", format.file_name());
        let reply = get(&path, &[]);
        assert_eq!((reply.status, reply.header("content-type")), (200, format.media_type()), "{path}");
        assert!(reply.header("content-disposition").starts_with("attachment; filename=\""), "{path}");
        assert_eq!(reply.header("access-control-allow-origin"), "*");
        assert!(reply.header("link").contains("rel=\"license\""));
        let tag = reply.header("etag").to_owned();
        let again = get(&path, &[("If-None-Match", &tag)]);
        assert_eq!((again.status, again.body.as_str(), again.header("etag")), (304, "", tag.as_str()), "{path}");
        let head = SERVER.send("HEAD", &path, &[], "");
        assert_eq!((head.status, head.header("content-length"), head.body.as_str()), (200, "", ""), "{path}");
        let part = get(&format!("{path}?around=ceta"), &[("If-None-Match", &tag)]);
        assert_eq!(part.status, 200, "another part is another file");
    }
}

#[test]
fn whole_files_say_which_data_they_are() {
    for format in Format::graphs().chain([Format::DataPackage]) {
        let first = run(&["--format", format.name()]);
        assert!(first.status.success() && first.stderr.is_empty(), "{}", format.name());
        assert_eq!(first.stdout, run(&["--format", format.name()]).stdout, "{} differs from run to run", format.name());
        let text = String::from_utf8(first.stdout).expect("UTF-8");
        let release = SERVER.ask("{ release { id digest license } }")["data"]["release"].clone();
        for member in ["id", "digest", "license"] {
            let said = release[member].as_str().expect("a text");
            assert!(text.contains(said), "{} does not say its {member}", format.name());
        }
    }
}

#[test]
fn refusals_name_what_was_expected() {
    let cases = [
        ("/export/graph.xls", 404, "graph.graphml"),
        ("/export/graph.csv", 404, "relationships.csv"),
        ("/export/nodes.csv?around=canda", 400, "canada"),
        ("/export/nodes.csv?around=canada&depth=far", 400, "a whole number from 0 to 32"),
        ("/export/nodes.csv?as_of=soon", 400, "2022-12-31"),
        ("/export/nodes.csv?kinds=PLANET", 400, "AGREEMENT"),
        ("/export/nodes.csv?colour=red", 400, "around"),
        ("/nodes/canda", 404, "canada"),
        ("/nodes/canada?format=ris", 400, "bibtex"),
    ];
    for (path, status, expected) in cases {
        let reply = get(path, &[]);
        assert_eq!((reply.status, reply.header("content-type")), (status, "application/problem+json"), "{path}");
        let problem = reply.json();
        assert_eq!(problem["status"], status, "{path}");
        assert!(problem["type"].is_string() && problem["title"].is_string(), "{path}");
        assert!(reply.body.contains(expected), "{path}: {}", reply.body);
    }
    let post = SERVER.send("POST", "/export/nodes.csv", &[], "");
    assert_eq!((post.status, post.header("allow")), (405, "GET, HEAD, OPTIONS"));
    assert_eq!(SERVER.send("OPTIONS", "/export/nodes.csv", &[], "").status, 204);
}

#[test]
fn a_node_is_cited() {
    let bibtex = get("/nodes/ceta?format=bibtex", &[]);
    assert!(bibtex.header("content-type").starts_with("application/x-bibtex"));
    assert!(bibtex.body.starts_with("@misc{") && bibtex.body.ends_with("}\n"), "{}", bibtex.body);
    assert!(get("/nodes/ceta?format=csl-json", &[]).json().as_array().is_some_and(|items| !items.is_empty()));
    assert!(get("/nodes/ceta", &[]).json()["citations"]["bibtex"].is_string());
}

#[test]
fn the_program_refuses_with_a_way_out() {
    let cases: [(&[&str], &str); 5] = [
        (&["--format", "xls"], "graphml"),
        (&["--format", "csv"], "-o"),
        (&["--format", "dot", "--around", "canda"], "canada"),
        (&["--format", "dot", "--around", "canada", "--depth", "far"], "a whole number"),
        (&["--format", "dot", "--as-of", "soon"], "2022-12-31"),
    ];
    for (arguments, expected) in cases {
        let output = run(arguments);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
}
