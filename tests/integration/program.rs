//! The program itself, as people start it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Output, Stdio};

use tempfile::TempDir;

/// The program, deaf to whatever this environment says.
pub(crate) fn command(args: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pactgraph"));
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy().to_ascii_uppercase();
        if text.starts_with("PACTGRAPH_") || text.starts_with("OTEL_") || text.ends_with("_PROXY") {
            command.env_remove(name);
        }
    }
    command.args(args).envs(variables.iter().copied());
    command
}

/// Runs the program to its end.
pub(crate) fn run(args: &[&str], variables: &[(&str, &str)]) -> Output {
    command(args, variables).output().expect("the program runs")
}

/// A service in a process of its own; killed when dropped.
pub(crate) struct Program {
    child: Child,
    log: TempDir,
    addresses: BTreeMap<String, String>,
}

impl Program {
    /// Serves the fixed world on a free port.
    pub(crate) fn serve(args: &[&str]) -> Self {
        Self::serve_with(args, &[])
    }

    /// The same with these variables of the environment.
    pub(crate) fn serve_with(args: &[&str], variables: &[(&str, &str)]) -> Self {
        Self::of(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/example-data"), args, variables)
    }

    /// Serves these data on a free port.
    pub(crate) fn of(data: &str, args: &[&str], variables: &[(&str, &str)]) -> Self {
        let log = tempfile::tempdir().expect("a folder");
        let stderr = File::create(log.path().join("log")).expect("a log");
        let mut command = command(&["serve", "--listen", "127.0.0.1:0", "--data", data], variables);
        let mut child = command.args(args).stdout(Stdio::piped()).stderr(stderr).spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut addresses = BTreeMap::new();
        for line in &mut lines {
            let line = line.expect("a line");
            if line.starts_with("Press") {
                break;
            }
            if let Some((name, address)) = line.split_once(" http://") {
                addresses.insert(name.trim().to_owned(), format!("http://{address}"));
            }
        }
        Self { child, log, addresses }
    }

    /// The address that the program printed under this name, as "API" or "Metrics".
    pub(crate) fn address(&self, name: &str) -> &str {
        self.addresses.get(name).unwrap_or_else(|| panic!("no {name} in {:?}: {}", self.addresses, self.log()))
    }

    /// The address of a path of the API's listener.
    pub(crate) fn url(&self, path: &str) -> String {
        self.address("API").replace("/graphql", path)
    }

    /// Sends a signal.
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status();
        assert!(sent.expect("kill runs").success());
    }

    /// Waits for its end.
    pub(crate) fn wait(&mut self) -> ExitStatus {
        self.child.wait().expect("it ends")
    }

    /// What it wrote on standard error so far.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.log.path().join("log")).expect("a log")
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
