//! `pactgraph serve`: the graph over GraphQL, until it is told to stop.

use std::io::{ErrorKind, Write};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use pactgraph::graphql::Api;
use pactgraph::http;
use pactgraph::live::{Live, Source, follow};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

use super::data::{self, DataArgs, Opened};

const DEFAULT: &str = "127.0.0.1:8080";

/// Serve the graph over GraphQL, with a page to explore it
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit status: 0 once stopped by Ctrl-C or SIGTERM, 1 if the data have faults or the port is taken, \
2 if the command line is wrong.

Examples:
  pactgraph serve
  pactgraph serve --listen 127.0.0.1:0   on a free port
  pactgraph serve --listen 0.0.0.0:80    for other machines too
  curl http://127.0.0.1:8080/graphql -H 'Content-Type: application/json' \\
    -d '{\"query\": \"{ canada { name } }\"}'")]
pub(crate) struct Args {
    /// The address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS", env = "PACTGRAPH_LISTEN")]
    listen: Option<String>,
}

impl Args {
    /// Whether the command line itself says where to listen, so that the environment does not get in
    /// the way of other commands.
    pub(crate) fn is_given(&self) -> bool {
        self.listen.is_some() && self.listen != std::env::var("PACTGRAPH_LISTEN").ok()
    }
}

/// Serves until stopped.
pub(crate) fn run(args: &Args, data: &DataArgs) -> ExitCode {
    let asked = args.listen.as_deref().unwrap_or(DEFAULT);
    let Ok(address) = asked.replace("localhost:", "127.0.0.1:").parse::<SocketAddr>() else {
        eprintln!("error: `{asked}` is no address to listen on");
        eprintln!("\nGive an address and a port: pactgraph serve --listen {DEFAULT}");
        return ExitCode::from(2);
    };
    log();
    let given = match data::away(data) {
        Ok(Some(source)) => Given::Away(source),
        Ok(None) => match data::open(data) {
            Ok(opened) => Given::Here(opened),
            Err(code) => return code,
        },
        Err(code) => return code,
    };
    match runtime() {
        Ok(runtime) => runtime.block_on(serve(address, given, data.clone())),
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

fn log() {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    // Fails where there is a subscriber already, which then logs instead.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
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

async fn serve(address: SocketAddr, given: Given, data: DataArgs) -> ExitCode {
    let listener = match TcpListener::bind(address).await {
        Ok(listener) => listener,
        Err(error) => return not_bound(address, &error),
    };
    // Port 0 means any: say which it became.
    let bound = listener.local_addr().unwrap_or(address);
    let shutdown = match stop() {
        Ok(shutdown) => shutdown,
        Err(error) => {
            eprintln!("error: cannot listen for signals: {error}");
            return ExitCode::FAILURE;
        }
    };
    tokio::pin!(shutdown);
    let opened = tokio::select! {
        () = &mut shutdown => return ExitCode::SUCCESS,
        opened = come(&listener, given, data) => opened,
    };
    let Opened { graph, origin, source } = match opened {
        Ok(opened) => opened,
        Err(code) => return code,
    };
    let counts = graph.counts();
    let said = writeln!(
        std::io::stdout(),
        "Serving {origin}: {} nodes, {} relationships, {} sources\n\n  \
         Explorer    http://{bound}/\n  GraphiQL    http://{bound}/graphiql\n  Plain page  http://{bound}/query\n  \
         API         http://{bound}/graphql\n  Schema      http://{bound}/schema.graphql\n\n\
         Press Ctrl-C to stop.",
        counts.nodes,
        counts.relationships,
        counts.sources,
    );
    // Nobody may be reading; the service itself does not depend on it.
    drop(said);
    let live = Live::new(graph);
    if let Err(error) = keep_current(&live, source) {
        eprintln!("error: cannot watch the data: {error}");
        return ExitCode::FAILURE;
    }
    http::serve(listener, http::State::new(Api::default(), live), shutdown).await;
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
            eprintln!("\nUse an address of this machine: pactgraph serve --listen {DEFAULT}");
        }
    }
    ExitCode::FAILURE
}

/// Ends with the first signal to stop.
#[cfg(unix)]
fn stop() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Where signals cannot be listened for, the process ends by other means.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
