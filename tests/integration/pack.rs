//! Packs: the same facts as their folder, and nothing but records or a clear fault whatever the bytes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use pactgraph::dataset::{Code, Diagnostics, Files, Pack, Records, ValidDataset, write_pack};
use proptest::prelude::*;
use proptest::sample::Index;

/// Where the checksum stands, and where what it covers begins; see `src/dataset/pack/mod.rs`.
const CHECKSUM: usize = 20;
const COVERED: usize = 52;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn dataset(folder: &str) -> ValidDataset {
    let files = Files::from_path(&root().join(folder)).expect("a folder of facts");
    ValidDataset::from_files(&files).unwrap_or_else(|faults| panic!("{}", faults.to_human(false)))
}

fn packed(dataset: &ValidDataset) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_pack(dataset, &mut bytes).expect("a pack");
    bytes
}

static SMALL: LazyLock<Vec<u8>> = LazyLock::new(|| packed(&dataset("tests/example-data")));

fn unpacked(bytes: &[u8]) -> Result<ValidDataset, Diagnostics> {
    Pack::open("world.pack", bytes.to_vec())
        .and_then(Files::from_pack)
        .and_then(|files| ValidDataset::from_files(&files))
}

/// The one fault of a pack.
fn refused(bytes: &[u8]) -> String {
    let faults = unpacked(bytes).expect_err("a fault");
    let fault = faults.iter().next().expect("a fault");
    assert_eq!((faults.len(), fault.code), (1, Code::InvalidPack));
    assert!(fault.location.file.contains("world.pack") && fault.help.is_some());
    fault.message.clone()
}

#[test]
fn a_pack_holds_the_facts_of_its_folder_under_their_digest() {
    for folder in ["graph-data", "tests/example-data"] {
        let (folder, bytes) = (dataset(folder), packed(&dataset(folder)));
        let pack = Pack::open("world.pack", bytes.clone()).expect("a pack");
        assert_eq!((&pack.about().release, &*pack.about().digest), (folder.release(), folder.digest()));
        assert_eq!(pack.about().nodes as usize, folder.nodes().len());
        assert_eq!(pack.about().relationships as usize, folder.statements().len());
        assert_eq!(pack.about().sources as usize, folder.sources().len());
        let again = unpacked(&bytes).expect("valid facts");
        assert_eq!(packed(&again), bytes, "equal facts make equal bytes");
        assert_eq!((again.queries(), again.own_queries()), (folder.queries(), folder.own_queries()));
        assert_eq!(pack.about().queries as usize, folder.own_queries().len());
        assert_eq!(again.into_parts(), folder.into_parts());
    }
}

#[test]
fn a_pack_that_is_cut_off_is_refused() {
    let bytes = SMALL.as_slice();
    for length in (0..bytes.len()).filter(|length| *length < 80 || length % 97 == 0) {
        assert!(refused(&bytes[..length]).contains("cut off"), "the first {length} bytes");
    }
    assert!(refused(&[bytes, b"more"].concat()).contains("was altered"));
}

#[test]
fn a_pack_that_was_altered_is_refused() {
    for place in (COVERED - 32..SMALL.len()).filter(|place| *place < 200 || place % 97 == 0) {
        let mut bytes = SMALL.clone();
        bytes[place] ^= 1;
        assert!(refused(&bytes).contains("do not fit its checksum"), "byte {place}");
    }
}

#[test]
fn other_files_and_other_versions_are_refused() {
    assert_eq!(refused(b"Release(id: \"2026\")"), "the file is not a pack");
    let mut bytes = SMALL.clone();
    bytes[8] = 9;
    assert_eq!(refused(&bytes), "the pack is of format version 9; this program reads versions 1 to 2");
}

/// A pack of the first version, as it was made when there was no other: it goes on being read, and says
/// nothing of what came later.
#[test]
fn a_pack_of_an_earlier_version_is_read() {
    let bytes = fs::read(root().join("tests/packs/version-1.pack")).expect("a pack");
    let pack = Pack::open("world.pack", bytes.clone()).expect("a pack");
    assert_eq!(pack.about().format, 1);
    let old = unpacked(&bytes).expect("valid facts");
    assert_eq!(old.nodes().len(), pack.about().nodes as usize);
    assert!(old.nodes().iter().all(|node| node.membership.is_none()));
    let new = packed(&old);
    assert_eq!(Pack::open("world.pack", new.clone()).expect("a pack").about().format, 2);
    assert_eq!(unpacked(&new).expect("valid facts").into_parts(), old.into_parts());
}

/// A pack whose checksum and length fit again.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let length = bytes.len() as u64;
    bytes[12..CHECKSUM].copy_from_slice(&length.to_le_bytes());
    let checksum = blake3::hash(&bytes[COVERED..]);
    bytes[CHECKSUM..COVERED].copy_from_slice(checksum.as_bytes());
    bytes
}

fn number(bytes: &[u8], place: usize) -> usize {
    u32::from_le_bytes(bytes[place..place + 4].try_into().expect("four bytes")) as usize
}

/// Where the blocks begin.
fn blocks(bytes: &[u8]) -> usize {
    COVERED + 4 + number(bytes, COVERED)
}

/// The pack with one of its blocks changed.
fn with_block(bytes: &[u8], chosen: usize, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut start = blocks(bytes);
    for _ in 0..chosen {
        start += 9 + number(bytes, start + 1);
    }
    let end = start + 9 + number(bytes, start + 1);
    let mut block = zstd::bulk::decompress(&bytes[start + 9..end], number(bytes, start + 5)).expect("a block");
    change(&mut block);
    let compressed = zstd::bulk::compress(&block, 1).expect("a block");
    let mut changed = bytes[..=start].to_vec();
    changed.extend((compressed.len() as u32).to_le_bytes());
    changed.extend((block.len() as u32).to_le_bytes());
    changed.extend(compressed);
    changed.extend(&bytes[end..]);
    sealed(changed)
}

#[test]
fn a_forged_pack_cannot_fill_the_memory() {
    let start = blocks(&SMALL);
    let mut lie = SMALL.clone();
    lie[start + 5..start + 9].copy_from_slice(&u32::MAX.to_le_bytes());
    assert!(refused(&sealed(lie)).contains("more than it may"));
    let bomb = with_block(&SMALL, 0, |block| *block = vec![0; 15 * 1024 * 1024]);
    assert!(refused(&bomb).contains("more than it may"));
    // The same statement again and again, which zstd makes very small.
    let repeated = with_block(&SMALL, 2, |block| *block = block.repeat(3));
    assert!(refused(&repeated).contains("not in order"));
}

#[test]
fn a_forged_pack_is_held_against_the_rules() {
    let Records { mut nodes, statements, sources, release } = dataset("tests/example-data").into_records();
    let dataset = ValidDataset::from_records(
        Records {
            nodes: nodes.clone(),
            statements: statements.clone(),
            sources: sources.clone(),
            release: release.clone(),
        },
        "0".repeat(64),
    );
    let bytes = packed(&dataset.expect("valid facts"));
    // The name of the first node, which stands at the beginning of its block.
    nodes.sort_by(|a, b| a.id.cmp(&b.id));
    let first = nodes[0].name.text.en().to_string();
    let nameless = with_block(&bytes, 1, |block| {
        let at = block.windows(first.len()).position(|part| part == first.as_bytes()).expect("the name");
        block.splice(at - 1..at + first.len(), [0]);
    });
    let faults = unpacked(&nameless).expect_err("a fault");
    assert!(faults.iter().all(|fault| fault.code == Code::MissingName), "{}", faults.to_short());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_forged_pack_breaks_the_reader(
        block in 0usize..3,
        changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..4),
        in_header in prop::option::of((any::<Index>(), any::<u8>())),
    ) {
        let mut forged = with_block(&SMALL, block, |block| {
            for (place, byte) in changes {
                let place = place.index(block.len());
                block[place] = byte;
            }
        });
        if let Some((place, byte)) = in_header {
            let place = COVERED + place.index(blocks(&SMALL) - COVERED);
            forged[place] = byte;
            forged = sealed(forged);
        }
        // Valid facts make a graph, whoever wrote them.
        if let Ok(dataset) = unpacked(&forged) {
            pactgraph::graph::Graph::new(dataset);
        }
    }
}

fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pactgraph"));
    command.current_dir(folder).args(args).env_remove("PACTGRAPH_DATA").output().expect("the program runs")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn the_command_packs_inspects_and_takes_packs_as_data() {
    let dir = tempfile::tempdir().expect("a folder");
    let example = root().join("tests/example-data");
    let example = example.to_str().expect("a path");
    let digest = dataset("tests/example-data").digest().to_owned();

    let made = run(dir.path(), &["pack", example, "-o", "world.pack"]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    assert!(text(&made.stdout).contains(&digest) && text(&made.stdout).contains("release 2026-11-23"));
    assert_eq!(fs::read(dir.path().join("world.pack")).expect("the pack"), *SMALL);
    assert_eq!(fs::read_dir(dir.path()).expect("the folder").count(), 1, "nothing is left beside it");
    assert_eq!(text(&run(dir.path(), &["pack", "--inspect", "world.pack"]).stdout), text(&made.stdout));

    let checked = run(dir.path(), &["check", "world.pack"]);
    assert!(checked.status.success() && text(&checked.stdout).contains(&digest), "{}", text(&checked.stderr));
    let question = "{ release { digest counts { nodes relationships sources } } agreements { nodes { id name } } relationships(first: 500) { nodes { id sentence } } sources(first: 100) { nodes { id title } } }";
    let [of_folder, of_pack] =
        [example, "world.pack"].map(|data| run(dir.path(), &["query", "--data", data, question]));
    assert!(of_pack.status.success() && of_folder.stdout == of_pack.stdout, "{}", text(&of_pack.stderr));

    fs::write(dir.path().join("world.pack"), &SMALL[..SMALL.len() / 2]).expect("a written file");
    for args in [
        &["check", "world.pack"][..],
        &["pack", "--inspect", "world.pack"],
        &["query", "--data", "world.pack", "{ canada { id } }"],
    ] {
        let refused = run(dir.path(), args);
        assert_eq!(refused.status.code(), Some(1), "{args:?}");
        let said = text(&refused.stderr);
        assert!(said.contains("invalid-pack") && said.contains("cut off") && said.contains("pactgraph pack"), "{said}");
    }
    for (args, code, said) in [
        (&["pack", "no-such-folder", "-o", "a.pack"][..], 2, "no folder or pack `no-such-folder`"),
        (&["pack", example, "-o", "no/such/folder.pack"], 1, "cannot be written"),
        (&["pack", example], 2, "--output"),
        (&["pack", "--inspect", example], 2, "is a folder"),
    ] {
        let refused = run(dir.path(), args);
        assert_eq!(refused.status.code(), Some(code), "{args:?}");
        assert!(text(&refused.stderr).contains(said), "{}", text(&refused.stderr));
    }
    assert!(!dir.path().join("a.pack").exists());
}
