//! How long it takes until the first question can be answered, and how much memory it takes: the facts
//! inside the program from their sheets, and packs of made-up worlds.
//!
//! `cargo bench --bench start` prints a table for `benches/README.md`; `-- 10000` asks for one size
//! only. The limit is to read the file, verify its checksum and decompress it. Each world is loaded by
//! a process of its own, so that its peak of memory is its own.

mod world;

use std::env;
use std::fs::{self, File};
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use pactgraph::dataset::{Files, ValidDataset, write_pack};
use pactgraph::graph::Graph;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["load", file] => load(Path::new(file)),
        ["sheets"] => sheets(),
        ["write", size, file] => write(size.parse().expect("a number of nodes"), Path::new(file)),
        [size] => table(&[size.parse().expect("a number of nodes")]),
        _ => table(&[200, 10_000, 100_000, 1_000_000]),
    }
}

fn table(sizes: &[usize]) {
    println!("| what | nodes | relationships | file | limit | facts | rules | index | in all | ratio | peak memory |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    again(&["sheets"]);
    for &size in sizes {
        let file = env::temp_dir().join(format!("pactgraph-start-{}-{size}.pack", std::process::id()));
        again(&["write", &size.to_string(), file.to_str().expect("a path")]);
        again(&["load", file.to_str().expect("a path")]);
        fs::remove_file(&file).expect("the file goes");
    }
}

/// A made-up world, as a pack.
fn write(size: usize, file: &Path) {
    let dataset = ValidDataset::from_records(world::world(size), "0".repeat(64));
    let dataset = dataset.unwrap_or_else(|faults| panic!("{}", faults.to_short()));
    write_pack(&dataset, File::create(file).expect("a file")).expect("a pack");
}

fn again(arguments: &[&str]) {
    let program = env::current_exe().expect("this program");
    assert!(Command::new(program).args(arguments).status().expect("it runs").success());
}

/// The facts inside the program; the limit is to hash their texts.
fn sheets() {
    let mut times: Vec<[Duration; 3]> = Vec::new();
    let mut counts = None;
    for _ in 0..21 {
        let files = Files::embedded();
        let start = Instant::now();
        black_box(files.digest());
        let limit = start.elapsed();
        let start = Instant::now();
        let dataset = ValidDataset::from_files(&files).expect("valid facts");
        let facts = start.elapsed();
        let start = Instant::now();
        counts = Some(Graph::new(dataset).counts());
        times.push([limit, facts, start.elapsed()]);
    }
    let median = |part: usize| {
        let mut part: Vec<Duration> = times.iter().map(|times| times[part]).collect();
        part.sort_unstable();
        part[part.len() / 2]
    };
    let (limit, facts, index) = (median(0), median(1), median(2));
    let counts = counts.expect("a graph");
    row("sheets", counts, 0, [limit, facts, Duration::ZERO, index]);
}

/// A pack, as the program loads it.
fn load(file: &Path) {
    let bytes = fs::metadata(file).expect("a file").len();
    let start = Instant::now();
    let files = Files::from_path(file).expect("a pack");
    let opened = start.elapsed();
    eprintln!("files {}", peak_memory());
    let start = Instant::now();
    let dataset = ValidDataset::from_files(&files).expect("valid facts");
    let read = start.elapsed();
    eprintln!("dataset {}", peak_memory());
    drop(files);
    let rules = Duration::ZERO;
    let start = Instant::now();
    let graph = Graph::new(dataset);
    let index = start.elapsed();
    let counts = graph.counts();
    let peak = peak_memory();
    let bytes_of_file = fs::read(file).expect("a file");
    let start = Instant::now();
    black_box(decompressed(&bytes_of_file));
    let limit = opened + start.elapsed();
    row_with("pack", counts, bytes, [limit, opened + read, rules, index], &peak);
}

/// How many bytes a pack holds, all of them decompressed; see `src/dataset/pack/mod.rs`.
fn decompressed(pack: &[u8]) -> usize {
    let number = |place: usize| u32::from_le_bytes(pack[place..place + 4].try_into().expect("four bytes")) as usize;
    let mut place = 56 + number(52);
    let mut total = 0;
    while place < pack.len() {
        let (compressed, raw) = (number(place + 1), number(place + 5));
        place += 9;
        total += zstd::bulk::decompress(&pack[place..place + compressed], raw).expect("a block").len();
        place += compressed;
    }
    total
}

fn row(what: &str, counts: pactgraph::graph::Counts, bytes: u64, times: [Duration; 4]) {
    row_with(what, counts, bytes, times, &peak_memory());
}

fn row_with(what: &str, counts: pactgraph::graph::Counts, bytes: u64, times: [Duration; 4], peak: &str) {
    let [limit, facts, rules, index] = times.map(|time| time.as_secs_f64() * 1e3);
    let all = facts + rules + index;
    let file = if bytes == 0 { "—".to_owned() } else { format!("{:.1} MB", bytes as f64 / 1e6) };
    println!(
        "| {what} | {} | {} | {file} | {limit:.1} ms | {facts:.1} ms | {rules:.1} ms | {index:.1} ms | {all:.1} ms | {:.1} | {peak} |",
        counts.nodes,
        counts.relationships,
        all / limit,
    );
}

/// The most memory this process has held, where the system tells.
fn peak_memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = peak.and_then(|peak| peak.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.map_or_else(|| "not known".to_owned(), |kilobytes| format!("{:.0} MiB", kilobytes / 1024.0))
}
