//! How long it takes until the first question can be answered, how much memory it takes, and how the costs
//! of questions grow with the graph.
//!
//! `cargo bench --bench start` prints the tables of `benches/README.md` and draws `benches/growth.svg`;
//! `-- 10000` asks for one size only and draws nothing. The limit of a start is to read the file, verify
//! its checksum and decompress it, on one processor. Each world is loaded by processes of their own, so
//! that its peak of memory is its own.

mod world;

use std::env;
use std::fs::{self, File};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

use pactgraph::dataset::{Files, ValidDataset, write_pack};
use pactgraph::graph::{Graph, View};
use pactgraph::model::RelationshipKind;
use serde_json::{Value, json};
use world::measure::{median, milliseconds, shown};
use world::plot::{Panel, svg};
use world::questions;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZES: [usize; 4] = [200, 10_000, 100_000, 1_000_000];

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["write", size, file] => write(size.parse().expect("a number of nodes"), ALL, Path::new(file)),
        ["weigh", size, part, file] => {
            println!("{}", weigh(size.parse().expect("a number of nodes"), part, Path::new(file)));
        }
        ["load", file] => println!("{}", load(Path::new(file)).0),
        ["ask", file] => println!("{}", ask(Path::new(file))),
        ["sheets"] => println!("{}", sheets()),
        [size] => drop(tables(&[size.parse().expect("a number of nodes")])),
        _ => {
            let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/growth.svg");
            fs::write(picture, svg(&tables(&SIZES))).expect("a picture");
        }
    }
}

/// Every relationship of a made-up world, or those that it must have by the rules.
const ALL: &str = "all";
const FEW: &str = "few";

/// A made-up world as a pack.
fn write(size: usize, part: &str, file: &Path) {
    let mut world = world::world(size);
    let spared = [RelationshipKind::BuildsOn, RelationshipKind::RefersTo];
    world.statements.retain(|statement| part == ALL || !spared.contains(&statement.kind));
    let dataset = ValidDataset::from_records(world, "0".repeat(64));
    let dataset = dataset.unwrap_or_else(|faults| panic!("{}", faults.to_short()));
    write_pack(&dataset, File::create(file).expect("a file")).expect("a pack");
}

/// What this program says when it is run again.
fn again(arguments: &[&str]) -> Value {
    let program = env::current_exe().expect("this program");
    let said = Command::new(program).args(arguments).stderr(Stdio::inherit()).output().expect("it runs");
    assert!(said.status.success());
    serde_json::from_slice(&said.stdout).unwrap_or_default()
}

fn tables(sizes: &[usize]) -> Vec<Panel> {
    println!(
        "| what | nodes | relationships | file | limit | facts and rules | index | in all | processor time | peak memory |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    print_start("sheets", &(0..11).map(|_| again(&["sheets"])).collect::<Vec<_>>());
    let mut answers = Vec::new();
    for &size in sizes {
        let file: PathBuf = env::temp_dir().join(format!("pactgraph-start-{}-{size}.pack", std::process::id()));
        let name = file.to_str().expect("a path");
        again(&["write", &size.to_string(), name]);
        let starts: Vec<Value> = (0..if size < 1_000_000 { 11 } else { 5 }).map(|_| again(&["load", name])).collect();
        let (time, memory) = print_start("pack", &starts);
        answers.push((size as f64, time, memory, again(&["ask", name])));
        fs::remove_file(&file).expect("the file goes");
    }
    println!("\n| nodes | made for the first questions | memory with it |\n| --- | --- | --- |");
    for (size, .., answer) in &answers {
        println!("| {size} | {} | {} MiB |", shown(number(answer, "prepare")), number(answer, "memory").round());
    }
    print_weight();
    println!("\n| question | nodes | found | by index | by each | ratio | middle half |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    for (size, .., answer) in &answers {
        for row in answer["filters"].as_array().into_iter().flatten() {
            let [ours, limit] = ["ours", "limit"].map(|part| shown(number(row, part)));
            let [ratio, low, high] = ["ratio", "low", "high"].map(|part| number(row, part));
            let (what, total) = (row["what"].as_str().unwrap_or_default(), &row["total"]);
            println!("| {what} | {size} | {total} | {ours} | {limit} | {ratio:.4} | {low:.4}–{high:.4} |");
        }
    }
    println!("\n| question | nodes | median |\n| --- | --- | --- |");
    for (size, .., answer) in &answers {
        for part in ["closure", "path", "search"] {
            println!("| {part} | {size} | {} |", shown(number(answer, part)));
        }
    }
    type Cost<'a> = &'a dyn Fn(&(f64, f64, f64, Value)) -> f64;
    let panel = |title, unit, cost: Cost<'_>| Panel {
        title,
        unit,
        points: answers.iter().map(|answer| (answer.0, cost(answer))).collect(),
    };
    vec![
        panel("Start", "ms", &|answer| answer.1),
        panel("Peak of memory at the start", "MiB", &|answer| answer.2),
        panel("Closure of all that is connected", "ms", &|answer| number(&answer.3, "closure")),
        panel("Shortest path", "ms", &|answer| number(&answer.3, "path")),
        panel("Search", "ms", &|answer| number(&answer.3, "search")),
        panel("Page of a party's agreements", "ms", &|answer| number(&answer.3, "page")),
    ]
}

/// Prints the memory of a node and of a relationship: what more of them take more.
fn print_weight() {
    let file = env::temp_dir().join(format!("pactgraph-weight-{}.pack", std::process::id()));
    let name = file.to_str().expect("a path");
    let of = |size: &str, part: &str| {
        let said = again(&["weigh", size, part, name]);
        ["memory", "nodes", "relationships"].map(|part| number(&said, part))
    };
    let (small, few, all) = (of("200", ALL), of("200000", FEW), of("200000", ALL));
    fs::remove_file(&file).expect("the file goes");
    let bytes = |mebibytes: f64| mebibytes * 1024.0 * 1024.0;
    let relationship = bytes(all[0] - few[0]) / (all[2] - few[2]);
    let node = (bytes(few[0] - small[0]) - relationship * (few[2] - small[2])) / (few[1] - small[1]);
    println!("\nMemory: {node:.0} bytes a node and {relationship:.0} a relationship.");
}

/// The memory of a process that holds the graph and nothing else.
fn weigh(size: usize, part: &str, file: &Path) -> Value {
    if env::var_os(PURGE).is_none() {
        // What is free is given back at once, or it would be weighed too.
        write(size, part, file);
        let program = env::current_exe().expect("this program");
        let arguments = ["weigh", &size.to_string(), part, file.to_str().expect("a path")];
        let said = Command::new(program).args(arguments).env(PURGE, "0").stderr(Stdio::inherit()).output();
        return serde_json::from_slice(&said.expect("it runs").stdout).expect("a weight");
    }
    let graph = Graph::new(ValidDataset::from_files(&Files::from_path(file).expect("a pack")).expect("valid facts"));
    let counts = graph.counts();
    json!({ "memory": memory("VmRSS:"), "nodes": counts.nodes, "relationships": counts.relationships })
}

/// How long the allocator waits before it gives back what is free, in milliseconds.
const PURGE: &str = "MIMALLOC_PURGE_DELAY";

fn number(of: &Value, part: &str) -> f64 {
    of[part].as_f64().unwrap_or(f64::NAN)
}

/// Prints the medians of some starts, and gives the time in all and the peak of memory.
fn print_start(what: &str, starts: &[Value]) -> (f64, f64) {
    let of = |part: &str| median(starts.iter().map(|start| number(start, part)));
    let all = sorted(starts.iter().map(|start| number(start, "facts") + number(start, "index")));
    let (half, middle) = ((all[all.len() / 4], all[all.len() * 3 / 4]), all[all.len() / 2]);
    let file = if of("bytes") == 0.0 { "—".to_owned() } else { format!("{:.1} MB", of("bytes") / 1e6) };
    println!(
        "| {what} | {} | {} | {file} | {} | {} | {} | {} ({:.0}–{:.0}) | {} | {:.0} MiB |",
        of("nodes"),
        of("relationships"),
        shown(of("limit")),
        shown(of("facts")),
        shown(of("index")),
        shown(middle),
        half.0,
        half.1,
        shown(of("processor")),
        of("memory"),
    );
    (middle, of("memory"))
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    values
}

/// The facts inside the program; the limit is to hash their texts.
fn sheets() -> Value {
    let mut texts = Vec::new();
    for folder in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("graph-data")).expect("the facts") {
        // What is no folder cannot be listed.
        let files = fs::read_dir(folder.expect("an entry").path()).into_iter().flatten();
        texts.extend(files.map(|file| fs::read(file.expect("an entry").path()).expect("a file")));
    }
    let start = Instant::now();
    for text in &texts {
        black_box(blake3::hash(text));
    }
    let limit = start.elapsed();
    start_of(Files::embedded(), limit.as_secs_f64() * 1e3, 0.0).0
}

/// A pack, as the program loads it.
fn load(file: &Path) -> (Value, Graph) {
    let bytes = fs::metadata(file).expect("a file").len();
    let start = Instant::now();
    let files = Files::from_path(file).expect("a pack");
    let opened = milliseconds(start.elapsed());
    let (mut said, graph) = start_of(files, opened, opened);
    let bytes_of_file = fs::read(file).expect("a file");
    let start = Instant::now();
    black_box(decompressed(&bytes_of_file));
    said["limit"] = (opened + milliseconds(start.elapsed())).into();
    said["bytes"] = bytes.into();
    (said, graph)
}

/// What the start with these files took, to which `opened` was needed to open them.
fn start_of(files: Files, limit: f64, opened: f64) -> (Value, Graph) {
    let start = Instant::now();
    let dataset = ValidDataset::from_files(&files).expect("valid facts");
    // As the service does: the file is held no longer than its facts are read.
    drop(files);
    let facts = opened + milliseconds(start.elapsed());
    let start = Instant::now();
    let graph = Graph::new(dataset);
    let index = milliseconds(start.elapsed());
    let counts = graph.counts();
    let said = json!({
        "nodes": counts.nodes, "relationships": counts.relationships, "bytes": 0, "limit": limit, "facts": facts,
        "index": index, "processor": processor_time(), "memory": memory("VmHWM:"),
    });
    (said, graph)
}

/// How long questions take.
fn ask(file: &Path) -> Value {
    let graph = Arc::new(load(file).1);
    let rounds = if graph.counts().nodes < 1_000_000 { 101 } else { 15 };
    let start = Instant::now();
    graph.prepare();
    let prepare = milliseconds(start.elapsed());
    let memory = memory("VmRSS:");
    let [closure, path] = questions::traces(&graph, rounds);
    let search = questions::search(&View::new(graph.clone()), rounds);
    let filters = questions::filters(&graph, rounds);
    let page = filters.iter().find(|(what, ..)| *what == "of a party").map(|(.., measured)| measured.ours);
    let rows = filters.iter().map(|(what, total, m)| {
        json!({ "what": what, "total": total, "ours": m.ours, "limit": m.limit, "ratio": m.ratio, "low": m.half.0, "high": m.half.1 })
    });
    json!({
        "prepare": prepare, "memory": memory, "closure": closure.ours, "path": path.ours, "search": search,
        "page": page, "filters": rows.collect::<Vec<_>>(),
    })
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

/// The memory of this process in MiB, where the system tells.
fn memory(what: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(what));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.map_or(f64::NAN, |kilobytes| kilobytes / 1024.0)
}

/// The processor time of this process in milliseconds, of all its threads, where the system tells.
fn processor_time() -> f64 {
    let tasks = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let times = tasks.filter_map(|task| fs::read_to_string(task.path().join("schedstat")).ok());
    times.filter_map(|times| times.split(' ').next()?.parse::<f64>().ok()).sum::<f64>() / 1e6
}
