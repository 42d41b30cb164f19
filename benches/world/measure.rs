//! Times as ratios to a limit.

use std::time::{Duration, Instant};

/// What came of asking something many times, in turn with its limit.
pub struct Measured {
    /// The medians, in milliseconds.
    pub ours: f64,
    pub limit: f64,
    /// The median of the ratios, and the middle half of them.
    pub ratio: f64,
    pub half: (f64, f64),
}

/// Asks both in turn, so that both see the same machine.
pub fn measured(rounds: usize, mut ours: impl FnMut(usize), mut limit: impl FnMut(usize)) -> Measured {
    let time = |work: &mut dyn FnMut(usize), round: usize| {
        let start = Instant::now();
        work(round);
        milliseconds(start.elapsed())
    };
    let times: Vec<(f64, f64)> = (0..rounds).map(|round| (time(&mut ours, round), time(&mut limit, round))).collect();
    let ratios = sorted(times.iter().map(|(ours, limit)| ours / limit));
    Measured {
        ours: median(times.iter().map(|(ours, _)| *ours)),
        limit: median(times.iter().map(|(_, limit)| *limit)),
        ratio: ratios[rounds / 2],
        half: (ratios[rounds / 4], ratios[rounds * 3 / 4]),
    }
}

impl Measured {
    /// A row of a table: what, ours, the limit, the ratio and its middle half.
    pub fn print(&self, what: &str) {
        let Self { ours, limit, ratio, half } = self;
        println!("| {what} | {} | {} | {ratio:.2} | {:.2}–{:.2} |", shown(*ours), shown(*limit), half.0, half.1);
    }
}

/// Three digits of a time in milliseconds.
pub fn shown(time: f64) -> String {
    match time {
        _ if time < 1.0 => format!("{:.3} ms", time),
        _ if time < 10.0 => format!("{time:.2} ms"),
        _ if time < 100.0 => format!("{time:.1} ms"),
        _ => format!("{time:.0} ms"),
    }
}

pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    let values = sorted(values);
    values[values.len() / 2]
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    values
}
