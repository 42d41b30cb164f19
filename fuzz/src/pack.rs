//! A pack of any bytes under a checksum that is right, or one that was made well and then altered: it is
//! read or refused, never with a panic, and within bounds.

use std::sync::LazyLock;

use pactgraph::dataset::{Files, Pack, ValidDataset, write_pack};
use pactgraph::graph::Graph;

/// Bytes before the header: the magic word, the version, the length, the checksum.
const PREFIX: usize = 8 + 4 + 8 + 32;

/// A well-made pack in parts: its beginning, its header, then for each block its sort and what it holds.
struct Parts {
    start: Vec<u8>,
    header: Vec<u8>,
    blocks: Vec<(u8, Vec<u8>)>,
}

static MADE_WELL: LazyLock<Parts> = LazyLock::new(|| {
    let files = Files::from_dir("tests/example-data".as_ref()).expect("a folder");
    let mut pack = Vec::new();
    write_pack(&ValidDataset::from_files(&files).expect("valid facts"), &mut pack).expect("a pack");
    let number = |place: usize| u32::from_le_bytes(pack[place..place + 4].try_into().expect("four bytes")) as usize;
    let mut place = PREFIX + 4 + number(PREFIX);
    let header = pack[PREFIX + 4..place].to_vec();
    let mut blocks = Vec::new();
    while place < pack.len() {
        let (compressed, raw) = (number(place + 1), number(place + 5));
        let held = zstd::bulk::decompress(&pack[place + 9..place + 9 + compressed], raw).expect("a block");
        blocks.push((pack[place], held));
        place += 9 + compressed;
    }
    Parts { start: pack[..12].to_vec(), header, blocks }
});

pub fn run(data: &[u8]) {
    let Some((&how, data)) = data.split_first() else { return };
    let rest = if how % 2 == 0 { data.to_vec() } else { altered(data) };
    let mut pack = MADE_WELL.start.clone();
    pack.extend(((PREFIX + rest.len()) as u64).to_le_bytes());
    pack.extend(blake3::hash(&rest).as_bytes());
    pack.extend(rest);
    let dataset = Pack::open("a.pack", pack).and_then(Files::from_pack).and_then(|f| ValidDataset::from_files(&f));
    match dataset {
        Ok(dataset) => Graph::new(dataset).prepare(),
        Err(faults) => assert!(!faults.to_short().is_empty() && !faults.to_human(false).is_empty()),
    }
}

/// The well-made pack after alterations, each: which part, two bytes where, how many bytes go, how many
/// come, and these.
fn altered(mut data: &[u8]) -> Vec<u8> {
    let Parts { header, blocks, .. } = &*MADE_WELL;
    let (mut header, mut blocks) = (header.clone(), blocks.clone());
    while let [part, high, low, go, come, after @ ..] = data {
        let (come, after) = after.split_at(usize::from(*come).min(after.len()));
        data = after;
        let part = usize::from(*part) % (blocks.len() + 1);
        let bytes = if part == 0 { &mut header } else { &mut blocks[part - 1].1 };
        let start = usize::from(u16::from_be_bytes([*high, *low])) % (bytes.len() + 1);
        let end = (start + usize::from(*go)).min(bytes.len());
        bytes.splice(start..end, come.iter().copied());
    }
    let length = |bytes: &[u8]| (bytes.len() as u32).to_le_bytes();
    let mut rest = [&length(&header)[..], &header].concat();
    for (sort, held) in blocks {
        let compressed = zstd::bulk::compress(&held, 1).expect("a block");
        rest.push(sort);
        rest.extend(length(&compressed));
        rest.extend(length(&held));
        rest.extend(compressed);
    }
    rest
}
