//! The program in a process of its own, over a folder that can be replaced.

use std::fs;
use std::io::{BufRead, BufReader, ErrorKind};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{Error, Message, client};

/// Bytes of answers that the program keeps.
const CACHE: &str = "16MiB";

/// The names of the two releases; every summary of each begins with its own.
pub(crate) const MARKS: [&str; 2] = ["qqalpha", "qqbeta"];

/// A service; killed when dropped.
pub(crate) struct Service {
    child: Child,
    dir: TempDir,
    /// Where it listens, as `127.0.0.1:8080`.
    pub(crate) address: String,
    metrics: String,
}

impl Service {
    /// Serves the first of two releases made of the real data.
    pub(crate) fn start() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("graph-data");
        for mark in MARKS {
            marked(&real, &dir.path().join(mark), mark);
        }
        std::os::unix::fs::symlink(MARKS[0], dir.path().join("data")).expect("a link");
        let listen = ["serve", "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0"];
        // So small that it is full before memory is first looked at.
        let args = [&listen[..], &["--cache-bytes", CACHE, "--data"]].concat();
        let mut child = Command::new(env!("CARGO_BIN_EXE_pactgraph"))
            .args(args)
            .arg(dir.path().join("data"))
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let (mut address, mut metrics) = (String::new(), String::new());
        for line in lines.map(|line| line.expect("a line")).take_while(|line| !line.starts_with("Press")) {
            match line.trim().split_once(" http://").map(|(name, rest)| (name.trim_end(), rest)) {
                Some(("API", rest)) => address = rest.trim_end_matches("/graphql").to_owned(),
                Some(("Metrics", rest)) => metrics = format!("http://{rest}"),
                Some(_) | None => {}
            }
        }
        Self { child, dir, address, metrics }
    }

    /// Puts the folder of this release into the place of the one that is served, and has it loaded.
    pub(crate) fn replace(&self, mark: &str) {
        let next = self.dir.path().join("next");
        std::os::unix::fs::symlink(mark, &next).expect("a link");
        fs::rename(next, self.dir.path().join("data")).expect("another link");
        let sent = Command::new("kill").args(["-s", "HUP", &self.child.id().to_string()]).status();
        assert!(sent.expect("kill runs").success());
    }

    /// How long it takes from a file written to its release served, where only the folder is watched.
    pub(crate) fn time_to_serve(&self, name: &str) -> Duration {
        let agent = ureq::Agent::new_with_defaults();
        let url = format!("http://{}/health", self.address);
        let serves = || {
            let health = agent.get(&url).call().expect("an answer").body_mut().read_to_string().expect("a text");
            health.contains(&format!("\"{name}\""))
        };
        let folder = self.dir.path().join("data");
        fs::write(folder.join("release.ron.tmp"), sheet(name)).expect("a file");
        let begun = Instant::now();
        fs::rename(folder.join("release.ron.tmp"), folder.join("release.ron")).expect("a file in its place");
        while !serves() {
            assert!(begun.elapsed() < Duration::from_secs(60), "{name} is never served");
            thread::sleep(Duration::from_millis(2));
        }
        begun.elapsed()
    }

    /// Bytes of memory in use.
    pub(crate) fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("the program runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a line of it");
        line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") * 1024
    }

    /// The value of a line of the metrics.
    pub(crate) fn metric(&self, name: &str) -> u64 {
        let text = ureq::get(&self.metrics).call().expect("metrics").body_mut().read_to_string().expect("a text");
        let value = text.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok());
        value.unwrap_or_else(|| panic!("no {name}: {text}"))
    }

    /// Listens until it is done: each change must begin with what the one before it has come to. Gives
    /// what was wrong.
    pub(crate) fn listen(&self, done: &AtomicBool, told: &AtomicU64) -> Option<String> {
        let mut request = format!("ws://{}/graphql", self.address).into_client_request().expect("an address");
        request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static("graphql-transport-ws"));
        let stream = TcpStream::connect(&self.address).expect("the service listens");
        stream.set_read_timeout(Some(Duration::from_millis(500))).expect("a time-out");
        let (mut socket, _) = client(request, stream).expect("a web socket");
        let query = "subscription Follow { releasePublished { before { id } after { id } } }";
        let ask = json!({"type": "subscribe", "id": "1", "payload": {"query": query}});
        for message in [json!({"type": "connection_init"}), ask] {
            socket.send(Message::text(message.to_string())).expect("a sent message");
        }
        let mut last = String::new();
        while !done.load(Ordering::Relaxed) {
            let text = match socket.read() {
                Ok(Message::Text(text)) => text,
                Ok(message) if message.is_close() => return Some(format!("a listener was sent away: {message:?}")),
                Ok(_) => continue,
                Err(Error::Io(error)) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                    continue;
                }
                Err(error) => return Some(format!("a listener lost its socket: {error}")),
            };
            let message: Value = serde_json::from_str(&text).expect("JSON");
            if message["type"] == "connection_ack" {
                continue;
            }
            let change = &message["payload"]["data"]["releasePublished"];
            let (Some(before), Some(after)) = (change["before"]["id"].as_str(), change["after"]["id"].as_str()) else {
                return Some(format!("a listener heard {message}"));
            };
            if before == after || !(last.is_empty() || last == before) {
                return Some(format!("after {last} a listener heard of {before} and {after}"));
            }
            last = after.to_owned();
            told.fetch_add(1, Ordering::Relaxed);
        }
        None
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn sheet(name: &str) -> String {
    format!("Release(id: \"{name}\", published: \"2026-11-23\", license: \"CC-BY-4.0\")\n")
}

/// Copies a folder of facts so that the release and every summary say `mark`.
fn marked(from: &Path, to: &Path, mark: &str) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let (entry, path) = (entry.expect("an entry").path(), to);
        let path = path.join(entry.file_name().expect("a name"));
        if entry.is_dir() {
            marked(&entry, &path, mark);
            continue;
        }
        let text = fs::read_to_string(&entry).expect("a text");
        let text = if path.ends_with("release.ron") { sheet(mark) } else { summarized(&text, mark) };
        fs::write(path, text).expect("a file");
    }
}

fn summarized(text: &str, mark: &str) -> String {
    let mut parts = text.split("summary: (");
    let first = parts.next().unwrap_or_default().to_owned();
    let begun = format!("en: \"{mark}: ");
    parts.fold(first, |text, part| text + "summary: (" + &part.replacen("en: \"", &begun, 1))
}
