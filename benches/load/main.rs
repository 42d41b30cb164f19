//! The program under a mixed load at the machine's limit, while its data change all the time.
//!
//! `cargo bench --bench load` asks for 30 seconds and prints tables for `benches/README.md`; a number
//! behind `--` is another number of seconds. Every 100 ms the folder is replaced by another one and the
//! program told to load it. Each answer must be of one release: its name and every summary say which.
//! Ends with 1 where a request failed or an answer mixed two. Clients share the machine with the
//! program.

mod ask;
mod service;

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use ask::{CLASSES, Class, Client};
use service::{MARKS, Service};

/// Clients that ask as fast as they are answered.
const CLIENTS: usize = 8;
/// Web sockets that hear of every change.
const LISTENERS: usize = 4;
/// From one change of the data to the next.
const RELOAD: Duration = Duration::from_millis(100);
/// Changes whose way into the service is timed.
const CHANGES: usize = 30;

/// What became of the requests of a class.
#[derive(Default)]
struct Tally {
    micros: Vec<u32>,
    faults: Vec<String>,
    mixed: u64,
}

impl Tally {
    fn join(&mut self, other: Self) {
        self.micros.extend(other.micros);
        self.faults.extend(other.faults);
        self.mixed += other.mixed;
    }

    fn row(&mut self, name: &str) -> String {
        self.micros.sort_unstable();
        let at = |share: f64| {
            let position = (self.micros.len() as f64 * share) as usize;
            self.micros.get(position.min(self.micros.len().saturating_sub(1))).map_or(0.0, |us| f64::from(*us) / 1e3)
        };
        let (count, faults, mixed) = (self.micros.len(), self.faults.len(), self.mixed);
        format!(
            "| {name} | {count} | {faults} | {mixed} | {:.2} ms | {:.2} ms | {:.1} ms |",
            at(0.5),
            at(0.99),
            at(1.0)
        )
    }
}

fn main() -> ExitCode {
    let given = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let time = Duration::from_secs(given.unwrap_or(30));
    let service = Service::start();
    let (done, told) = (AtomicBool::new(false), AtomicU64::new(0));
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut memory = Vec::new();
    let mut listened = Vec::new();
    thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|number| {
                let (service, done) = (&service, &done);
                scope.spawn(move || ask_on(service, number, done))
            })
            .collect();
        let listeners: Vec<_> = (0..LISTENERS).map(|_| scope.spawn(|| service.listen(&done, &told))).collect();
        scope.spawn(|| {
            let begun = Instant::now();
            for turn in 1.. {
                service.replace(MARKS[turn % 2]);
                // By the clock: what replacing takes is no rest.
                thread::sleep((begun + RELOAD * turn as u32).saturating_duration_since(Instant::now()));
                if done.load(Ordering::Relaxed) {
                    return;
                }
            }
        });
        let begun = Instant::now();
        for second in 1..=time.as_secs() {
            thread::sleep((begun + Duration::from_secs(second)).saturating_duration_since(Instant::now()));
            if second == 5 || second == 15 || second == time.as_secs() {
                memory.push((second, service.memory()));
            }
        }
        done.store(true, Ordering::Relaxed);
        for client in clients {
            for (name, tally) in client.join().expect("a client that does not panic") {
                tallies.entry(name).or_default().join(tally);
            }
        }
        listened =
            listeners.into_iter().filter_map(|one| one.join().expect("a listener that does not panic")).collect();
    });

    println!(
        "| request | answered | failed | mixed | p50 | p99 | longest |\n| --- | --- | --- | --- | --- | --- | --- |"
    );
    let mut all = Tally::default();
    for Class { name, .. } in CLASSES {
        let mut tally = tallies.remove(name).unwrap_or_default();
        println!("{}", tally.row(name));
        all.join(tally);
    }
    println!("{}", all.row("**all**"));
    let (reloads, refusals) = (service.metric("pactgraph_reloads_total"), service.metric("pactgraph_refusals_total"));
    let rate = all.micros.len() as f64 / time.as_secs_f64();
    println!("\n{rate:.0} requests a second; {reloads} other releases served, {refusals} refused; {LISTENERS} web");
    println!("sockets heard of {} changes, one after the other.", told.load(Ordering::Relaxed));
    let mib = |bytes: u64| bytes as f64 / (1 << 20) as f64;
    let at: Vec<_> = memory.iter().map(|(at, bytes)| format!("{:.1} MiB after {at} s", mib(*bytes))).collect();
    println!("Memory of the program: {}.", at.join(", "));

    let mut changes: Vec<f64> = (0..CHANGES).map(|n| service.time_to_serve(&format!("n{n}")).as_secs_f64()).collect();
    changes.sort_by(f64::total_cmp);
    let (middle, longest) = (changes[CHANGES / 2] * 1e3, changes[CHANGES - 1] * 1e3);
    println!(
        "From a file written to its release served: {middle:.0} ms at the median of {CHANGES}, {longest:.0} ms at most."
    );

    for fault in all.faults.iter().chain(&listened).take(20) {
        eprintln!("failed: {fault}");
    }
    let is_sound = all.faults.is_empty() && listened.is_empty() && all.mixed == 0 && refusals == 0 && reloads > 0;
    if is_sound { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Asks one thing after another until it is done.
fn ask_on(service: &Service, number: usize, done: &AtomicBool) -> BTreeMap<&'static str, Tally> {
    let mut client = Client::new(service);
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let turns: Vec<&Class> = CLASSES.iter().flat_map(|class| std::iter::repeat_n(class, class.share)).collect();
    // Each begins somewhere else, and no two steps are alike.
    let mut turn = number * 7;
    while !done.load(Ordering::Relaxed) {
        turn += 13;
        let class = turns[turn % turns.len()];
        let tally = tallies.entry(class.name).or_default();
        let begun = Instant::now();
        match (class.ask)(&mut client, turn) {
            Ok(()) => tally.micros.push(u32::try_from(begun.elapsed().as_micros()).unwrap_or(u32::MAX)),
            Err(ask::Wrong::Mixed) => tally.mixed += 1,
            Err(ask::Wrong::Failed(fault)) => tally.faults.push(format!("{}: {fault}", class.name)),
        }
    }
    tallies
}
