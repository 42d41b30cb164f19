//! The program itself, and what it takes of the machine.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A program that serves on a port of its own; ended when dropped.
pub(crate) struct Program {
    child: Child,
    address: SocketAddr,
}

impl Program {
    /// The program serving the fixed world.
    pub(crate) fn start() -> Self {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/example-data");
        Self::serving(Path::new(env!("CARGO_BIN_EXE_pactgraph")), &data, &[])
    }

    /// A program serving these data, with these options.
    pub(crate) fn serving(program: &Path, data: &Path, options: &[&str]) -> Self {
        let mut child = Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut said = BufReader::new(child.stdout.take().expect("what it says"));
        let mut line = String::new();
        let address = loop {
            line.clear();
            assert!(said.read_line(&mut line).expect("a line") > 0, "the program ended");
            if let Some((_, rest)) = line.split_once("http://") {
                break rest.split('/').next().and_then(|address| address.parse().ok()).expect("an address");
            }
        };
        // Whatever else it says is read, so that it never waits for a reader.
        std::thread::spawn(move || drop(std::io::copy(&mut said, &mut std::io::sink())));
        Self { child, address }
    }

    /// Sends these bytes and reads whatever comes back.
    pub(crate) fn send(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).expect("the service listens");
        stream.set_read_timeout(Some(Duration::from_secs(120))).expect("a time-out");
        // The service may answer, and close, before it has read what it refuses.
        let _ = stream.write_all(request);
        let mut reply = Vec::new();
        let _ = stream.read_to_end(&mut reply);
        String::from_utf8_lossy(&reply).into_owned()
    }

    pub(crate) fn post(&self, body: &[u8]) -> String {
        let head = format!(
            "POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Accept: application/graphql-response+json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        self.send(&[head.as_bytes(), body].concat())
    }

    /// Seconds of processor time of all its threads.
    pub(crate) fn spent(&self) -> f64 {
        let threads = fs::read_dir(format!("/proc/{}/task", self.child.id())).expect("the accounts of the program");
        let of_thread = |thread: fs::DirEntry| -> Option<f64> {
            let account = fs::read_to_string(thread.path().join("schedstat")).ok()?;
            account.split(' ').next()?.parse().ok()
        };
        threads.flatten().filter_map(of_thread).sum::<f64>() / 1e9
    }

    /// Bytes of memory: those in use now, or the most there ever were.
    pub(crate) fn memory(&self, which: &str) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("the program runs");
        let line = status.lines().find_map(|line| line.strip_prefix(which)).expect("a line of it");
        line.trim_matches([':', ' ', '\t', 'k', 'B']).parse::<u64>().expect("a number") * 1024
    }
}

impl Program {
    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Lets the most memory there ever was begin anew from what is in use now.
    pub(crate) fn forget_peak(&self) {
        fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5").expect("the accounts of the program");
    }

    /// Tells it to end, as a service manager does.
    pub(crate) fn terminate(&self) {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(told.expect("kill runs").success());
    }

    /// Waits until it has ended, and gives its exit code.
    pub(crate) fn ended(&mut self) -> Option<i32> {
        self.child.wait().expect("it was started").code()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
