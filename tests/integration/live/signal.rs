//! What SIGHUP does to the program itself.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use pactgraph::dataset::{Files, ValidDataset, write_pack};

use super::world::{texts, until};
use crate::program::Program;

/// The pack of the release `id`.
fn pack(id: &str) -> Vec<u8> {
    let dataset = ValidDataset::from_files(&Files::from_texts("data", texts(id))).expect("the base data are valid");
    let mut bytes = Vec::new();
    write_pack(&dataset, &mut bytes).expect("a pack");
    bytes
}

/// Answers one request for the pack that is there now.
fn give(stream: TcpStream, now: &Mutex<Vec<u8>>) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    while reader.read_line(&mut line).ok()? > 2 {
        line.clear();
    }
    let pack = now.lock().ok()?.clone();
    let tag = blake3::hash(&pack).to_hex();
    let head = format!("ETag: \"{tag}\"\r\nContent-Length: {}\r\nConnection: close", pack.len());
    write!(reader.get_mut(), "HTTP/1.1 200 OK\r\n{head}\r\n\r\n").ok()?;
    reader.get_mut().write_all(&pack).ok()
}

#[test]
fn a_hangup_loads_at_once() {
    let now = Arc::new(Mutex::new(pack("first")));
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}/world.pack", listener.local_addr().expect("an address"));
    let given = now.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            // Whoever asks may have gone.
            let _ = stream.ok().and_then(|stream| give(stream, &given));
        }
    });
    // It looks by itself once a day.
    let mut program = Program::of(&address, &["--poll", "86400", "--grace-time", "0s"], &[]);
    let release = || {
        let answer = ureq::get(program.url("/graphql?query=%7Brelease%7Bid%7D%7D")).call();
        answer.expect("an answer").body_mut().read_to_string().expect("a text")
    };
    assert!(release().contains("first"), "{}", program.log());
    *now.lock().expect("a pack") = pack("second");
    program.signal("HUP");
    until("the second release", || release().contains("second").then_some(()));
    program.signal("TERM");
    assert_eq!(program.wait().code(), Some(0), "{}", program.log());
}
