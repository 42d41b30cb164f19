//! Stores that are slow, silent, or hold something else than a pack.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use pactgraph::dataset::{Bounds, Files, ValidDataset, write_pack};
use pactgraph::graphql::check;
use pactgraph::live::{Fault, Remote, Source};

use super::world::texts;

fn pack(id: &str) -> Vec<u8> {
    let dataset = ValidDataset::from_files(&Files::from_texts("data", texts(id))).expect("the base data are valid");
    let mut bytes = Vec::new();
    write_pack(&dataset, &mut bytes).expect("a pack");
    bytes
}

/// A server that reads each request and answers it by `give`, which writes to the connection; and how many
/// bytes it wrote.
fn store(give: impl Fn(&mut Counted) -> std::io::Result<()> + Send + Sync + 'static) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}/world.pack", listener.local_addr().expect("an address"));
    let written = Arc::new(AtomicUsize::new(0));
    let count = written.clone();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut reader = BufReader::new(stream);
            let mut line = String::new();
            while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
                line.clear();
            }
            // Whoever asks may have gone.
            let _ = give(&mut Counted { stream: reader.into_inner(), written: count.clone() });
        }
    });
    (address, written)
}

/// A connection on which bytes are counted.
struct Counted {
    stream: TcpStream,
    written: Arc<AtomicUsize>,
}

impl Counted {
    /// The head of an answer that takes no part of itself to be asked for alone.
    fn head(&mut self, length: usize) -> std::io::Result<()> {
        write!(self.stream, "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n")
    }

    fn send(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.stream.write_all(bytes)?;
        self.written.fetch_add(bytes.len(), Ordering::SeqCst);
        Ok(())
    }
}

fn bounds(read_time: Duration) -> Bounds {
    Bounds { read_time, ..Bounds::default() }
}

fn remote(address: &str, keep: Option<&Path>, bounds: &Bounds) -> Remote {
    Remote::new(address, Duration::from_secs(3600), keep, check).expect("an address").within(bounds)
}

/// The one reason why nothing is loaded.
fn refused(mut remote: Remote) -> Fault {
    let mut faults = remote.load().expect_err("a fault");
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults.remove(0)
}

/// `PACTGRAPH_SLOW_STORE=40` takes as many seconds for one pack.
#[test]
fn a_store_that_is_slow_is_waited_for() {
    let seconds = std::env::var("PACTGRAPH_SLOW_STORE").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    let bytes = pack("slow");
    let parts = 20;
    let pause = Duration::from_secs(seconds) / parts;
    let (address, _) = store(move |connection| {
        connection.head(bytes.len())?;
        for part in bytes.chunks(bytes.len().div_ceil(parts as usize)) {
            connection.send(part)?;
            thread::sleep(pause);
        }
        Ok(())
    });
    // One part comes within this time, the whole does not.
    let mut remote = remote(&address, None, &bounds(pause * 10));
    let data = remote.load().expect("a pack").expect("new data");
    assert_eq!(&*data.release().id, "slow");
}

#[test]
fn a_store_that_falls_silent_is_not_waited_for() {
    let bytes = pack("silent");
    let (address, _) = store(move |connection| {
        connection.head(bytes.len())?;
        connection.send(&bytes[..bytes.len() / 2])?;
        thread::sleep(Duration::from_secs(60));
        Ok(())
    });
    let begun = Instant::now();
    let fault = refused(remote(&address, None, &bounds(Duration::from_millis(200))));
    assert_eq!(fault.code, "unreachable-source");
    assert!(fault.message.ends_with("it sent nothing for 0.2 seconds"), "{fault}");
    assert!(begun.elapsed() < Duration::from_secs(30));
}

#[test]
fn what_is_no_pack_or_too_large_is_told_by_its_first_bytes() {
    let large = 1 << 40;
    let mut begins_well = pack("large");
    begins_well[12..20].copy_from_slice(&(large as u64).to_le_bytes());
    for (first, expected) in [
        ("<!doctype html><title>Not what you look for</title>".repeat(9).into_bytes(), "is not a pack"),
        (begins_well, "at most 1073741824 are read"),
    ] {
        let (address, written) = store(move |connection| {
            connection.head(large)?;
            connection.send(&first)?;
            // As much as whoever asks takes.
            loop {
                connection.send(&[0; 65_536])?;
            }
        });
        let fault = refused(remote(&address, None, &Bounds::default()));
        assert_eq!(fault.code, "invalid-pack");
        assert!(fault.message.contains(expected), "{fault}");
        let written = written.load(Ordering::SeqCst);
        assert!(written < 64 << 20, "{written} bytes were taken");
    }
}

#[test]
fn half_written_packs_are_not_left_in_the_cache() {
    let bytes = pack("kept");
    let (address, _) = store(move |connection| {
        connection.head(bytes.len())?;
        connection.send(&bytes)
    });
    let dir = tempfile::tempdir().expect("a folder");
    let names = || {
        let entries = fs::read_dir(dir.path()).expect("the folder").map(|entry| entry.expect("an entry").file_name());
        let mut names: Vec<_> = entries.map(|name| name.into_string().expect("UTF-8")).collect();
        names.sort();
        names
    };
    let load = || {
        let mut remote = remote(&address, Some(dir.path()), &Bounds::default());
        assert!(remote.load().expect("a pack").is_some());
    };
    load();
    let kept = names();
    let stem = kept[0].strip_suffix(".pack").expect("a pack").to_owned();
    assert_eq!(kept.len(), 1);

    // A program that was ended while it wrote has left this; all else is somebody's own.
    let others = [format!("{stem}.mine.tmp"), format!("{stem}.1234.txt"), "other.1234.tmp".to_owned()];
    for name in others.iter().chain([&format!("{stem}.1234.tmp")]) {
        fs::write(dir.path().join(name), "half").expect("a file");
    }
    load();
    let mut expected = [&others[..], &kept].concat();
    expected.sort();
    assert_eq!(names(), expected);

    // What was written cannot be put in its place.
    for name in &expected {
        fs::remove_file(dir.path().join(name)).expect("a removed file");
    }
    fs::create_dir_all(dir.path().join(&kept[0]).join("in the way")).expect("a folder");
    load();
    assert_eq!(names(), kept);
}
