//! `pactgraph serve`: the graph over GraphQL, until it is told to stop.

use std::io::{ErrorKind, Write};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use pactgraph::graphql::Api;
use pactgraph::http;
use pactgraph::live::{Live, Source, follow};
use pactgraph::model::Clock;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

use super::data::{self, DataArgs, Opened};
use super::settings::{Flags, Settings};
use super::{log, signals};

/// Serve the graph over GraphQL, with a page to explore it
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit status: 0 once stopped by Ctrl-C or SIGTERM, 1 if the data have faults or the port is taken, \
2 if the command line or the configuration is wrong.

Examples:
  pactgraph serve
  pactgraph serve --listen 127.0.0.1:0   on a free port
  pactgraph serve --listen 0.0.0.0:80    for other machines too
  pactgraph serve --print-config > pactgraph.ron && pactgraph serve --config pactgraph.ron
  curl http://127.0.0.1:8080/graphql -H 'Content-Type: application/json' \\
    -d '{\"query\": \"{ canada { name } }\"}'")]
pub(crate) struct Args {
    #[command(flatten)]
    flags: Flags,
}

impl Args {
    /// Whether the command line itself says something, so that the environment does not get in the
    /// way of other commands.
    pub(crate) fn is_given(&self) -> bool {
        self.flags.is_given()
    }
}

/// How long work that was cancelled may take to end.
const LAST_WORK: Duration = Duration::from_secs(1);

/// Serves until stopped.
pub(crate) fn run(args: &Args, data: &DataArgs) -> ExitCode {
    let configuration = match args.flags.configuration(data) {
        Ok(configuration) => configuration,
        Err(fault) => {
            eprintln!("error: {fault}");
            return ExitCode::from(2);
        }
    };
    if args.flags.print {
        let written = std::io::stdout().write_all(configuration.to_file().as_bytes());
        return super::finish(written, ExitCode::SUCCESS);
    }
    let settings = configuration.settings;
    let _telemetry = match log::start(&settings) {
        Ok(telemetry) => telemetry,
        Err(fault) => {
            eprintln!("error: {fault}");
            return ExitCode::from(2);
        }
    };
    let data = settings.data();
    let given = match data::away(&data) {
        Ok(Some(source)) => Given::Away(source),
        Ok(None) => match data::open(&data) {
            Ok(opened) => Given::Here(opened),
            Err(code) => return code,
        },
        Err(code) => return code,
    };
    match runtime() {
        Ok(runtime) => {
            let code = runtime.block_on(serve(&settings, given, data));
            // Work that was cancelled ends within milliseconds; what hangs in the system is not waited for.
            runtime.shutdown_timeout(LAST_WORK);
            code
        }
        Err(error) => {
            eprintln!("error: cannot start threads: {error}");
            ExitCode::FAILURE
        }
    }
}

/// A runtime whose threads have room for the deepest document that passes the guard.
pub(super) fn runtime() -> std::io::Result<Runtime> {
    Builder::new_multi_thread().thread_stack_size(8 * 1024 * 1024).enable_all().build()
}

/// What is to be served.
enum Given {
    /// Data that are here.
    Here(Opened),
    /// Data at an address, which have yet to come.
    Away(Box<dyn Source>),
}

/// What is to be served, once it is here; until then everybody is told to wait.
async fn come(listener: &TcpListener, given: Given, data: DataArgs) -> Result<Opened, ExitCode> {
    let source = match given {
        Given::Here(opened) => return Ok(opened),
        Given::Away(source) => source,
    };
    let (done, first) = tokio::sync::oneshot::channel();
    let thread = std::thread::Builder::new().name("first-data".into()).stack_size(8 * 1024 * 1024);
    let started = thread.spawn(move || {
        // Where nobody waits for it any more, the program has ended.
        let _ = done.send(data::wait_for(&data, source));
    });
    if let Err(error) = started {
        eprintln!("error: cannot start threads: {error}");
        return Err(ExitCode::FAILURE);
    }
    http::wait(listener, first).await.unwrap_or(Err(ExitCode::FAILURE))
}

async fn serve(settings: &Settings, given: Given, data: DataArgs) -> ExitCode {
    let (listener, bound) = match bind(settings.listen).await {
        Ok(bound) => bound,
        Err(code) => return code,
    };
    let metrics = match settings.metrics_listen {
        None => None,
        Some(address) => match bind(address).await {
            Ok(bound) => Some(bound),
            Err(code) => return code,
        },
    };
    let life = http::Life::default();
    if let Err(error) = signals::obey(life.clone()) {
        eprintln!("error: cannot listen for signals: {error}");
        return ExitCode::FAILURE;
    }
    let opened = tokio::select! {
        () = life.until(http::Phase::Leaving) => return ExitCode::SUCCESS,
        opened = come(&listener, given, data) => opened,
    };
    let Opened { graph, origin, source } = match opened {
        Ok(opened) => opened,
        Err(code) => return code,
    };
    let counts = graph.counts();
    let live = Live::new(graph);
    let state = http::State::living(life, Clock::system(), settings.http(), Api::new(settings.graphql()), live.clone());
    let said = writeln!(
        std::io::stdout(),
        "Serving {origin}: {} nodes, {} relationships, {} sources\n\n  \
         Explorer    http://{bound}/\n  GraphiQL    http://{bound}/graphiql\n  Plain page  http://{bound}/query\n  \
         API         http://{bound}/graphql\n  Schema      http://{bound}/schema.graphql\n{}\n\
         Press Ctrl-C to stop.",
        counts.nodes,
        counts.relationships,
        counts.sources,
        metrics.as_ref().map_or(String::new(), |(_, bound)| format!("  Metrics     http://{bound}/metrics\n")),
    );
    // Nobody may be reading; the service itself does not depend on it.
    drop(said);
    if let Err(error) = keep_current(&live, source) {
        eprintln!("error: cannot watch the data: {error}");
        return ExitCode::FAILURE;
    }
    if let Some((listener, _)) = metrics {
        tokio::spawn(http::serve_metrics(listener, state.clone()));
    }
    http::serve(listener, state).await;
    ExitCode::SUCCESS
}

/// Follows what the data came from, and loads it at once on SIGHUP.
#[cfg(unix)]
fn keep_current(live: &Arc<Live>, source: Option<Box<dyn Source>>) -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    // Listened for in any case: whoever does not is ended by it.
    let mut hangup = signal(SignalKind::hangup())?;
    let follower = source.map(|source| follow(live, source)).transpose()?;
    tokio::spawn(async move {
        while hangup.recv().await.is_some() {
            match &follower {
                Some(follower) => follower.reload(),
                None => tracing::warn!("the data are inside the program; there is nothing to load anew"),
            }
        }
    });
    Ok(())
}

/// Follows what the data came from.
#[cfg(not(unix))]
fn keep_current(live: &Arc<Live>, source: Option<Box<dyn Source>>) -> std::io::Result<()> {
    source.map(|source| follow(live, source)).transpose().map(drop)
}

/// A listener, and the address it really has: port 0 means any.
async fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), ExitCode> {
    let listener = TcpListener::bind(address).await.map_err(|error| not_bound(address, &error))?;
    let bound = listener.local_addr().unwrap_or(address);
    Ok((listener, bound))
}

#[expect(clippy::wildcard_enum_match_arm, reason = "whatever else the system says has one way out")]
fn not_bound(address: SocketAddr, error: &std::io::Error) -> ExitCode {
    let port = address.port();
    match error.kind() {
        ErrorKind::AddrInUse => {
            eprintln!("error: port {port} is taken by another program");
            eprintln!("\nUse a free port: pactgraph serve --listen {}:0", address.ip());
        }
        ErrorKind::PermissionDenied => {
            eprintln!("error: port {port} may not be used without special rights");
            eprintln!("\nUse a port above 1023: pactgraph serve --listen {}:8080", address.ip());
        }
        _ => {
            eprintln!("error: cannot listen on {address}: {error}");
            eprintln!("\nUse an address of this machine: pactgraph serve --listen 127.0.0.1:8080");
        }
    }
    ExitCode::FAILURE
}
