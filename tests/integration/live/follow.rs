//! A real folder, a real service: whatever happens to the one, the other answers.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use pactgraph::dataset::{Files, ValidDataset, write_pack};
use pactgraph::graph::Graph;
use pactgraph::live::{Beside, Fault, Live, Local, Shelf, Source, Watch, follow};

use super::world::{World, graph, read, release_sheet, texts, until, write_folder};
use crate::server::TestServer;

#[test]
fn a_file_written_in_place_or_by_rename_is_served() {
    let world = World::new();
    world.write_release("in-place");
    world.comes("in-place");
    world.replace_release("renamed");
    world.comes("renamed");
    assert_eq!(world.health()["reloads"], 2);
}

#[test]
fn a_half_written_file_is_refused_and_judged_again() {
    let world = World::new();
    let whole = world.read("agreements/pact.ron");
    world.write("agreements/pact.ron", &whole[..whole.len() / 2]);
    world.refuses_for("syntax", "first");
    let health = world.health();
    let fault = &health["refused"]["faults"][0];
    let place = fault["place"].as_str().expect("a place");
    assert!(place.starts_with("agreements/pact.ron:"), "the place is named within the data: {health}");
    world.write("agreements/pact.ron", &whole);
    until("good data", || (world.health()["status"] == "ok").then_some(()));
    assert_eq!((world.serves(), &world.health()["reloads"]), ("first".into(), &0.into()), "equal data are no change");
}

#[test]
fn all_faults_of_refused_data_are_told() {
    let world = World::new();
    fs::remove_file(world.path("sources/page.ron")).expect("a removed file");
    world.refuses_for("unknown-source", "first");
    let health = world.health();
    let faults = health["refused"]["faults"].as_array().expect("faults");
    let checked = Files::from_dir(&world.data).and_then(|files| ValidDataset::from_files(&files));
    let expected = checked.expect_err("faults");
    assert!(faults.len() > 1 && faults.len() == expected.len(), "{health}");
    assert_eq!(health["refused"]["faultCount"], expected.len());
    let own = world.dir.path().to_str().expect("UTF-8");
    assert!(!health.to_string().contains(own), "the machine's folders are nobody's business: {health}");
}

#[test]
fn files_of_editors_at_work_are_no_facts() {
    let world = World::new();
    for name in ["agreements/.pact.ron.swp", "agreements/4913", "agreements/pact.ron~", "agreements/#pact.ron#"] {
        world.write(name, "Agreement(");
    }
    symlink("user@host.1234:5678", world.path("agreements/.#pact.ron")).expect("a lock of Emacs");
    world.replace_release("edited");
    world.comes("edited");
    assert_eq!(world.health()["refusals"], 0);
}

#[test]
fn a_remark_is_no_other_release() {
    let world = World::new();
    let digest = world.health()["digest"].clone();
    let first = world.server.ask("{ countries(first: 1) { pageInfo { endCursor } } }");
    let cursor = first["data"]["countries"]["pageInfo"]["endCursor"].as_str().expect("a cursor").to_owned();
    for path in ["countries/arcadia.ron", "agreements/pact.ron", "release.ron"] {
        let text = world.read(path);
        world.write(path, &format!("// A remark.\r\n{}", text.replace('\n', "\r\n")));
    }
    // A fault that is put right tells that the remarks were read.
    world.write("countries/remark.ron", "nothing good");
    world.refuses_for("syntax", "first");
    fs::remove_file(world.path("countries/remark.ron")).expect("a removed file");
    until("good data", || (world.health()["status"] == "ok").then_some(()));
    assert_eq!((&world.health()["digest"], &world.health()["reloads"]), (&digest, &0.into()));
    let next = world.server.ask(&format!("{{ countries(first: 1, after: {cursor:?}) {{ nodes {{ id }} }} }}"));
    assert!(next.get("errors").is_none(), "{next}");
}

#[test]
fn whatever_comes_into_the_folder_the_service_goes_on() {
    let world = World::new();
    let fifo = |path: &Path| {
        assert!(std::process::Command::new("mkfifo").arg(path).status().expect("mkfifo").success());
    };
    let hole = |path: &Path| {
        let file = fs::File::create(path).expect("a file");
        file.set_len(1 << 40).expect("a file with a hole");
    };
    let link = |to: &'static str| move |path: &Path| symlink(to, path).expect("a link");
    #[allow(clippy::type_complexity)] // a table
    let cases: [(&str, &str, &dyn Fn(&Path)); 6] = [
        ("countries/large.ron", "too-large", &hole),
        ("release.ron", "too-large", &hole),
        ("countries/pipe.ron", "stray-file", &fifo),
        ("queries/pipe.graphql", "stray-file", &fifo),
        ("countries/zero.ron", "stray-file", &link("/dev/zero")),
        ("countries/circle.ron", "unreadable-file", &link("circle.ron")),
    ];
    fs::create_dir(world.path("queries")).expect("a folder");
    for (path, code, make) in cases {
        let before = fs::read(world.path(path)).ok();
        let _ = fs::remove_file(world.path(path));
        make(&world.path(path));
        world.refuses_for(code, "first");
        let health = world.health();
        let faults = health["refused"]["faults"].as_array().expect("faults");
        let place = format!("{path}:1:1");
        assert!(faults.iter().any(|fault| fault["place"] == *place), "{path}: {health}");
        fs::remove_file(world.path(path)).expect("a removed file");
        if let Some(before) = before {
            fs::write(world.path(path), before).expect("a file");
        }
        until(path, || (world.health()["status"] == "ok").then_some(()));
    }
    // What belongs to systems and to programs that carry files is none of the facts.
    fs::create_dir_all(world.path("lost+found/#1")).expect("a folder");
    world.write("countries/Thumbs.db", "x");
    world.write("countries/arcadia (conflicted copy 2026-01-01).ron", "x");
    fifo(&world.path("countries/.pipe.ron"));
    world.write_release("second");
    world.comes("second");
}

#[test]
fn a_folder_that_goes_and_comes_back() {
    let world = World::new();
    fs::remove_dir_all(&world.data).expect("a removed folder");
    world.refuses_for("unreadable-file", "first");
    write_folder(&world.data, "second");
    world.comes("second");
    world.write_release("third");
    world.comes("third");
}

#[test]
fn a_folder_that_is_renamed_for_another() {
    let world = World::new();
    let (other, away) = (world.dir.path().join("other"), world.dir.path().join("away"));
    write_folder(&other, "second");
    fs::rename(&world.data, &away).expect("a renamed folder");
    fs::rename(&other, &world.data).expect("a renamed folder");
    world.comes("second");
    fs::rename(&world.data, &other).expect("a renamed folder");
    world.refuses_for("unreadable-file", "second");
    fs::rename(&away, &world.data).expect("a renamed folder");
    world.comes("first");
}

#[test]
fn a_named_query_that_comes_alone_is_served_and_is_no_other_release() {
    let world = World::new();
    let reloads = || world.health()["reloads"].as_u64();
    let digest = world.health()["digest"].clone();
    assert_eq!(world.server.send("GET", "/q/which", &[], "").status, 404);
    fs::create_dir(world.path("queries")).expect("a folder");
    world.write("queries/which.graphql", "# Which release is this?\n# It says so.\nquery Which { release { id } }\n");
    until("the query", || (world.server.send("GET", "/q/which", &[], "").status == 200).then_some(()));
    world.write(
        "queries/which.graphql",
        "# Which release is this?\n# It says so.\nquery Which { release { digest } }\n",
    );
    until("the other one", || world.server.send("GET", "/q/which", &[], "").body.contains("digest").then_some(()));
    assert!(reloads() >= Some(2) && world.health()["digest"] == digest, "{}", world.health());
}

#[test]
fn the_releases_beside_the_data_are_read_again_with_them() {
    let dir = tempfile::tempdir().expect("a folder");
    let (data, shelf) = (dir.path().join("data"), dir.path().join("releases"));
    let shelve = |id: &str| {
        let dataset = ValidDataset::from_files(&Files::from_texts("data", texts(id))).expect("valid data");
        let mut bytes = Vec::new();
        write_pack(&dataset, &mut bytes).expect("a pack");
        fs::write(shelf.join(format!("{id}.pack.tmp")), bytes).expect("a file");
        fs::rename(shelf.join(format!("{id}.pack.tmp")), shelf.join(format!("{id}.pack"))).expect("a pack");
    };
    write_folder(&data, "first");
    fs::create_dir(&shelf).expect("a folder");
    // What is served lies on the shelf too, to be held once it has been replaced.
    shelve("first");
    let mut releases = Shelf::new(&shelf, read);
    let held = releases.load().expect("a shelf").releases;
    let live = Live::new(Arc::new(Graph::new(read(&data).expect("valid data")).beside(held)));
    let server = TestServer::of(live.clone());
    let follower = follow(&live, Beside::new(Box::new(Local::new(&data, read)), releases)).expect("a thread");
    let served = || {
        let releases = server.ask("{ releases { id } }")["data"]["releases"].clone();
        let ids =
            releases.as_array().expect("releases").iter().map(|one| one["id"].as_str().expect("an id").to_owned());
        ids.collect::<Vec<_>>()
    };
    assert_eq!(served(), ["first"]);
    fs::write(data.join("release.ron"), release_sheet("second")).expect("a file");
    until("the second beside the first", || (served() == ["second", "first"]).then_some(()));
    // No data have changed, but somebody says that there is something new.
    shelve("older");
    follower.reload();
    until("a third", || (served().len() == 3).then_some(()));
    assert_eq!(server.send("GET", "/health", &[], "").json()["status"], "ok");
    // A pack that is none is refused as a whole, and all before it stays.
    fs::write(shelf.join("broken.pack"), "nothing good").expect("a file");
    follower.reload();
    let health = || server.send("GET", "/health", &[], "").json();
    until("a refusal", || (health()["status"] == "degraded").then_some(()));
    assert!(health()["refused"]["faults"][0]["place"].as_str().is_some_and(|place| place.starts_with("broken.pack")));
    assert_eq!(served().len(), 3);
}

#[test]
fn links_that_lead_to_another_folder() {
    // A mounted ConfigMap: links through `..data`, which is replaced by rename.
    let world = World::at(|dir| {
        let mount = dir.join("mount");
        write_folder(&mount.join("..1"), "first");
        symlink("..1", mount.join("..data")).expect("a link");
        for entry in fs::read_dir(mount.join("..1")).expect("a folder") {
            let name = entry.expect("an entry").file_name();
            symlink(std::path::Path::new("..data").join(&name), mount.join(&name)).expect("a link");
        }
        mount
    });
    for (number, id) in [(2, "second"), (3, "third")] {
        write_folder(&world.path(&format!("..{number}")), id);
        symlink(format!("..{number}"), world.path("..data_tmp")).expect("a link");
        fs::rename(world.path("..data_tmp"), world.path("..data")).expect("a replaced link");
        fs::remove_dir_all(world.path(&format!("..{}", number - 1))).expect("a removed folder");
        world.comes(id);
    }

    // A release folder behind a link above the data.
    let world = World::at(|dir| {
        write_folder(&dir.join("v1/data"), "first");
        symlink("v1", dir.join("current")).expect("a link");
        dir.join("current/data")
    });
    let at = |path: &str| world.dir.path().join(path);
    write_folder(&at("v2/data"), "second");
    symlink("v2", at("next")).expect("a link");
    fs::rename(at("next"), at("current")).expect("a replaced link");
    world.comes("second");
    fs::write(at("v2/data/release.ron"), release_sheet("third")).expect("a file");
    world.comes("third");
}

#[test]
fn what_cannot_be_read_is_refused_until_it_can() {
    let world = World::new();
    // Root may read everything, so that rights cannot be taken from whoever runs the tests.
    fs::create_dir(world.path("agreements/treaty.ron")).expect("a folder");
    world.refuses_for("stray-file", "first");
    fs::remove_dir(world.path("agreements/treaty.ron")).expect("a removed folder");
    world.comes("first");
    symlink("nowhere", world.path("agreements/treaty.ron")).expect("a link");
    world.refuses_for("unreadable-file", "first");
    fs::remove_file(world.path("agreements/treaty.ron")).expect("a removed link");
    world.write_release("second");
    world.comes("second");
}

#[test]
fn a_pack_is_followed_as_a_folder_is() {
    let pack = |id: &str| {
        let data = ValidDataset::from_files(&Files::from_texts("data", texts(id))).expect("valid data");
        let mut bytes = Vec::new();
        write_pack(&data, &mut bytes).expect("a pack");
        bytes
    };
    let world = World::at(|dir| {
        fs::write(dir.join("world.pack"), pack("first")).expect("a file");
        dir.join("world.pack")
    });
    let next = world.dir.path().join("next.pack");
    fs::write(&next, pack("second")).expect("a file");
    fs::rename(&next, &world.data).expect("a replaced pack");
    world.comes("second");
    let whole = pack("third");
    fs::write(&world.data, &whole[..whole.len() / 2]).expect("half a pack");
    assert!(!world.refuses().is_empty());
    assert_eq!(world.serves(), "second");
    fs::write(&world.data, &whole).expect("a whole pack");
    world.comes("third");
}

/// A source that counts how often it is asked, and fails as it is told.
struct Counted {
    loads: Arc<AtomicU32>,
}

impl Source for Counted {
    fn name(&self) -> String {
        "a counted source".into()
    }

    fn load(&mut self) -> Result<Option<ValidDataset>, Vec<Fault>> {
        match self.loads.fetch_add(1, Ordering::SeqCst) {
            0 => Ok(None),
            1 => panic!("a fault of ours"),
            2 => Err(vec![Fault::unreachable("nobody answers")]),
            3 => Ok(None),
            _ => Ok(Some(ValidDataset::from_files(&Files::from_texts("data", texts("asked"))).expect("valid data"))),
        }
    }

    fn watch(&self) -> Watch {
        Watch::Every(Duration::from_secs(3_600))
    }
}

#[test]
fn a_source_is_loaded_at_once_when_asked() {
    let live = Live::new(graph("first"));
    let loads = Arc::new(AtomicU32::new(0));
    let follower = follow(&live, Counted { loads: loads.clone() }).expect("a thread");
    let reloaded = |count: u32| {
        follower.reload();
        until("a load", || (loads.load(Ordering::SeqCst) >= count).then_some(()));
    };
    until("the first load", || (loads.load(Ordering::SeqCst) >= 1).then_some(()));
    let code = || live.status().refused.as_ref().map(|refused| refused.faults[0].code.clone());
    reloaded(2);
    until("a refusal", || (code().as_deref() == Some("internal")).then_some(()));
    reloaded(3);
    until("a refusal", || (code().as_deref() == Some("unreachable-source")).then_some(()));
    reloaded(4);
    assert_eq!(code().as_deref(), Some("unreachable-source"), "what is unchanged stays refused");
    let mut changes = live.changes();
    reloaded(5);
    assert_eq!(&*changes.blocking_recv().expect("a change").to.release.id, "asked");
    assert!(!live.status().is_degraded());
}
