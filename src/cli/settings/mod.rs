//! Every option of the service, in one table: what it does, its name, its default, what it may be.
//!
//! A new option is a new row; `--help`, the environment, the file, `--print-config` and the table in
//! `docs/operations.md` follow from it.

mod file;
mod flags;
mod kind;
mod layers;
mod table;
#[cfg(test)]
mod tests;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use pactgraph::dataset::Bounds;
use pactgraph::{graphql, http};

use kind::{Address, Bytes, Choice, Count, Kind, MaybeAddress, MaybePath, MaybeText, Text, Time};

use super::data::{BoundArgs, DataArgs};

pub(crate) use flags::Flags;
pub(crate) use layers::{Configuration, resolve};
pub(crate) use table::Opt;

/// How logs are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// For programs, one object in a line.
    Json,
}

const MIB: u64 = 1 << 20;

const fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// Times that something must have, and that nobody wants to be longer than an hour.
const fn time() -> Time {
    Time(Duration::from_millis(1)..=seconds(3600))
}

/// Times that may also be none.
const fn time_or_none() -> Time {
    Time(Duration::ZERO..=seconds(3600))
}

/// What a log filter looks like.
const FILTER: Text = Text {
    sign: "FILTER",
    expected: "off, error, warn, info, debug or trace, also for parts, as in warn,pactgraph=debug",
    passes: |text| !text.is_empty() && tracing_subscriber::EnvFilter::try_new(text).is_ok(),
};

/// What `frame-ancestors` may say without letting anything else into the policy.
const ANCESTORS: Text = Text {
    sign: "ORIGINS",
    expected: "'none', 'self', or origins with blanks between them, as in \"https://a.example https://b.example\"",
    passes: http::Limits::are_ancestors,
};

/// What the header `Host` may say.
const HOSTS: MaybeText = MaybeText(Text {
    sign: "HOSTS",
    expected: "hosts with blanks between them, each with or without a port, as in \"localhost a.example:8080\"",
    passes: http::Limits::are_hosts,
});

/// What the header `Origin` may say.
const ORIGINS: MaybeText = MaybeText(Text {
    sign: "ORIGINS",
    expected: "self, or origins with blanks between them, as in \"https://a.example https://b.example\"",
    passes: http::Limits::are_origins,
});

/// Where a collector of traces is.
const COLLECTOR: MaybeText = MaybeText(Text {
    sign: "URL",
    expected: "an address that begins with http:// or https://, as in http://127.0.0.1:4318",
    passes: is_collector,
});

fn is_collector(text: &str) -> bool {
    // Only what reads data at addresses brings TLS with it.
    let is_possible = text.starts_with("http://") || cfg!(feature = "remote") && text.starts_with("https://");
    is_possible && text.parse::<axum::http::Uri>().is_ok_and(|uri| uri.query().is_none())
}

table::settings! {
    "Where and what it serves" {
        /// The address and port to listen on
        listen: SocketAddr = (Ipv4Addr::LOCALHOST, 8080).into(), Address;
        /// The folder of fact sheets, a pack, or its address; without it ./graph-data, or else the copy inside the program
        data: Option<PathBuf> = None, MaybePath;
        /// A folder of packs of other releases, to be held beside the data
        releases: Option<PathBuf> = None, MaybePath;
        /// Seconds from one look at the address of a pack to the next, about
        poll: u64 = 30, Count(1..=86_400);
        /// The folder for the last good pack from an address, to start from when that is away
        cache_dir: Option<PathBuf> = None, MaybePath;
        /// Where to give metrics, at /metrics; apart from the API, which may be open to the world
        metrics_listen: Option<SocketAddr> = None, MaybeAddress;
        /// Bytes of answers that are kept, to give them again; 0 for none
        cache_bytes: u64 = http::Limits::default().cache_bytes, Bytes(0..=64 << 30);
        /// How long browsers and proxies may keep an answer without asking whether it still holds
        max_age: Duration = http::Limits::default().max_age, Time(Duration::ZERO..=seconds(31_536_000));
        /// Who may show the pages inside theirs
        frame_ancestors: String = http::Limits::default().frame_ancestors, ANCESTORS;
        /// The hosts it answers for; requests for others are refused (421). Without it all
        allowed_hosts: Option<String> = None, HOSTS;
        /// The origins whose pages may ask, beside its own; others are refused (403). Without it all
        allowed_origins: Option<String> = None, ORIGINS;
    }
    "Limits of the data" {
        /// Bytes of a fact sheet, or of a file of a named query
        sheet_bytes: u64 = Bounds::default().sheet_bytes, Bytes(1024..=64 * MIB);
        /// Bytes of all sheets and queries of a folder; each file and folder in it counts as 1 KiB more
        folder_bytes: u64 = Bounds::default().folder_bytes, Bytes(64 * 1024..=64 << 30);
        /// Bytes of a pack
        pack_bytes: u64 = Bounds::default().pack_bytes, Bytes(64 * 1024..=64 << 30);
        /// How long the system may take to give one file, or a store to send the next part of a pack
        read_time: Duration = Bounds::default().read_time, time();
    }
    "What it tells" {
        /// Which events are logged, on standard error
        log: String = "warn".into(), FILTER;
        /// How they are written
        log_format: LogFormat = LogFormat::Text, Choice(&[("text", LogFormat::Text), ("json", LogFormat::Json)]);
        /// Where to send traces, one span for each request, by OTLP over HTTP; without it nothing is sent
        otlp_endpoint: Option<String> = None, COLLECTOR;
        /// Names of operations that have metrics of their own; the others share one
        metric_operations: usize = http::Limits::default().metric_operations, Count(0..=10_000);
    }
    "Limits of a question" {
        /// Bytes of a document
        document_bytes: usize = graphql::Limits::default().document_bytes, Bytes(256..=MIB as usize);
        /// Words, numbers, texts and signs of a document
        tokens: usize = graphql::Limits::default().tokens, Count(16..=100_000);
        /// Brackets open at one place of a document
        open_brackets: usize = graphql::Limits::default().open_brackets, Count(16..=128);
        /// Selections within selections, fragments expanded
        nesting: usize = graphql::Limits::default().nesting, Count(16..=128);
        /// Fields within fields, fragments expanded; tools that read the schema need 15
        depth: usize = graphql::Limits::default().depth, Count(1..=128);
        /// Fields of a document, fragments expanded
        fields: u64 = graphql::Limits::default().fields, Count(1..=1_000_000);
        /// Aliases of a document, fragments expanded
        aliases: u64 = graphql::Limits::default().aliases, Count(0..=1_000_000);
        /// Directives of a document, fragments expanded
        directives: u64 = graphql::Limits::default().directives, Count(0..=1_000_000);
        /// Values of an answer, as estimated before it is worked out
        cost: u64 = graphql::Limits::default().cost, Count(1..=1_000_000_000);
        /// Values of what a subscription tells at once, as estimated
        subscription_cost: u64 = graphql::Limits::default().subscription_cost, Count(1..=1_000_000);
        /// Items of a page
        page: usize = graphql::Limits::default().page, Count(100..=100_000);
        /// Nodes of a part of the graph
        part: usize = graphql::Limits::default().part, Count(500..=1_000_000);
        /// Steps of a path, and of whatever else is followed through the graph
        path_length: usize = graphql::Limits::default().path_length, Count(10..=1_000);
        /// Relationships one traversal may visit; what was not visited is said to be missing
        work: u64 = graphql::Limits::default().work, Count(1..=1_000_000_000_000);
        /// Relationships all traversals of a question may visit together
        work_per_request: u64 = graphql::Limits::default().work_per_request, Count(1..=1_000_000_000_000);
        /// Units of work a question may cost in all: relationships visited, conditions checked, values written; some tens of nanoseconds each
        request_work: u64 = graphql::Limits::default().request_work, Count(100_000..=1_000_000_000_000);
        /// Conditions of a filter
        filter_conditions: usize = graphql::Limits::default().filter_conditions, Count(10..=10_000);
        /// Levels of conditions within conditions of a filter
        filter_depth: usize = graphql::Limits::default().filter_depth, Count(2..=64);
        /// Bytes of an answer
        answer_bytes: usize = graphql::Limits::default().answer_bytes, Bytes(MIB as usize..=1 << 30);
        /// How long a question may take
        question_time: Duration = graphql::Limits::default().time, time();
        /// Faults of a question that are named
        errors: usize = graphql::Limits::default().errors, Count(1..=1_000);
    }
    "Limits of all questions" {
        /// Questions answered, or waiting to be, at once; half of them may be costly. Beyond that: 503
        questions: usize = http::Limits::default().questions, Count(1..=100_000);
        /// Bytes of documents that are kept, read and judged
        document_cache: u64 = graphql::Limits::default().document_cache, Bytes(0..=64 << 30);
        /// Costly questions worked on at once
        heavy_at_once: usize = graphql::Limits::default().heavy_at_once, Count(1..=1_024);
        /// The cost from which on a question is costly: it is answered apart, so that others need not wait
        heavy_cost: u64 = graphql::Limits::default().heavy_cost, Count(0..=1_000_000_000);
        /// Bytes of all answers being worked out or read together, beside those that are kept. Beyond that: 503
        answers_bytes: usize = graphql::Limits::default().answers_bytes - http::Limits::default().cache_bytes as usize, Bytes(MIB as usize..=64 << 30);
    }
    "Limits of connections" {
        /// Connections open at once; more wait until one ends
        connections: usize = http::Limits::default().connections, Count(1..=100_000);
        /// How long the head of a request may take, and a connection may lie idle
        head_time: Duration = http::Limits::default().head_time, time();
        /// Bytes of a request's head; larger ones are refused (431, or 414 if the address alone is larger)
        head_bytes: usize = http::Limits::default().head_bytes, Bytes(8 * 1024..=MIB as usize);
        /// How long the body of a request may take, and how long a refused one is read on
        body_time: Duration = http::Limits::default().body_time, time();
        /// Bytes of a request's body
        body_bytes: usize = http::Limits::default().body_bytes, Bytes(1024..=16 * MIB as usize);
        /// Bytes of a refused request that are read and dropped, so that its client comes to read the refusal
        discard_bytes: usize = http::Limits::default().discard_bytes, Bytes(0..=1024 * MIB as usize);
        /// How long a client may take nothing of an answer; about 2 KiB in a second are enough
        write_time: Duration = http::Limits::default().write_time, time();
        /// How long a client may take to read a whole answer or file; streams of events have no end
        answer_time: Duration = http::Limits::default().answer_time, time();
        /// Files written at once; more wait until one ends
        files: usize = http::Limits::default().files, Count(1..=1_000);
        /// How long a file may wait for another to end. Beyond that: 503
        file_wait: Duration = http::Limits::default().file_wait, time_or_none();
    }
    "Limits of web sockets and streams of events" {
        /// Web sockets open at once
        sockets: usize = http::Streams::default().sockets, Count(0..=100_000);
        /// Streams of events open at once; each holds a connection too
        event_streams: usize = http::Streams::default().event_streams, Count(0..=100_000);
        /// Questions open at once on a web socket
        operations: usize = http::Streams::default().operations, Count(1..=10_000);
        /// Subscriptions open at once, on all web sockets and streams of events together
        subscriptions: usize = http::Streams::default().subscriptions, Count(0..=1_000_000);
        /// Bytes of a message over a web socket
        message_bytes: usize = http::Streams::default().message_bytes, Bytes(1024..=16 * MIB as usize);
        /// Bytes of the id that a client gives a question
        id_bytes: usize = http::Streams::default().id_bytes, Bytes(36..=64 * 1024);
        /// How long a client may take to begin once its web socket is open
        init_time: Duration = http::Streams::default().init_time, time();
        /// How often a silent web socket is asked whether it is there
        ping_time: Duration = http::Streams::default().ping_time, time();
        /// How long a message may take to be sent; whoever reads no faster is dropped
        send_time: Duration = http::Streams::default().send_time, time();
    }
    "How it ends" {
        /// How long it goes on serving once told to stop, so that balancers see that it is not ready
        grace_time: Duration = http::Limits::default().grace_time, time_or_none();
        /// How long requests under way may take after that
        drain_time: Duration = http::Limits::default().drain_time, time_or_none();
    }
}

impl Settings {
    /// Whether the values go together.
    fn agree(&self) -> Result<(), String> {
        if self.metrics_listen.is_some_and(|metrics| metrics == self.listen && metrics.port() != 0) {
            return Err(format!(
                "--metrics-listen was given `{}`; it takes another address than --listen",
                self.listen
            ));
        }
        if self.answers_bytes < self.answer_bytes {
            return Err(format!(
                "--answers-bytes was given `{}`; it takes at least the bytes of one answer, --answer-bytes {}",
                self.answers_bytes, self.answer_bytes
            ));
        }
        Ok(())
    }

    /// Where the data are.
    pub(crate) fn data(&self) -> DataArgs {
        DataArgs {
            data: self.data.clone(),
            releases: self.releases.clone(),
            poll: u32::try_from(self.poll).ok(),
            cache_dir: self.cache_dir.clone(),
            bounds: BoundArgs {
                sheet_bytes: self.text("sheet_bytes"),
                folder_bytes: self.text("folder_bytes"),
                pack_bytes: self.text("pack_bytes"),
                read_time: self.text("read_time"),
            },
        }
    }

    /// What is read of the data at most.
    pub(crate) fn bounds(&self) -> Bounds {
        Bounds {
            sheet_bytes: self.sheet_bytes,
            folder_bytes: self.folder_bytes,
            pack_bytes: self.pack_bytes,
            read_time: self.read_time,
        }
    }

    /// The limits of questions.
    pub(crate) fn graphql(&self) -> graphql::Limits {
        graphql::Limits {
            document_bytes: self.document_bytes,
            tokens: self.tokens,
            open_brackets: self.open_brackets,
            nesting: self.nesting,
            depth: self.depth,
            fields: self.fields,
            aliases: self.aliases,
            directives: self.directives,
            cost: self.cost,
            subscription_cost: self.subscription_cost,
            page: self.page,
            part: self.part,
            path_length: self.path_length,
            work: self.work,
            work_per_request: self.work_per_request,
            time: self.question_time,
            heavy_at_once: self.heavy_at_once,
            heavy_cost: self.heavy_cost,
            answer_bytes: self.answer_bytes,
            answers_bytes: self.answers_bytes.saturating_add(usize::try_from(self.cache_bytes).unwrap_or(usize::MAX)),
            request_work: self.request_work,
            filter_conditions: self.filter_conditions,
            filter_depth: self.filter_depth,
            errors: self.errors,
            document_cache: self.document_cache,
        }
    }

    /// The limits of the HTTP side.
    pub(crate) fn http(&self) -> http::Limits {
        http::Limits {
            connections: self.connections,
            head_time: self.head_time,
            head_bytes: self.head_bytes,
            body_time: self.body_time,
            body_bytes: self.body_bytes,
            discard_bytes: self.discard_bytes,
            write_time: self.write_time,
            answer_time: self.answer_time,
            files: self.files,
            file_wait: self.file_wait,
            allowed_hosts: self.allowed_hosts.clone(),
            allowed_origins: self.allowed_origins.clone(),
            grace_time: self.grace_time,
            drain_time: self.drain_time,
            questions: self.questions,
            streams: http::Streams {
                sockets: self.sockets,
                event_streams: self.event_streams,
                operations: self.operations,
                subscriptions: self.subscriptions,
                message_bytes: self.message_bytes,
                id_bytes: self.id_bytes,
                init_time: self.init_time,
                ping_time: self.ping_time,
                send_time: self.send_time,
            },
            cache_bytes: self.cache_bytes,
            max_age: self.max_age,
            frame_ancestors: self.frame_ancestors.clone(),
            metric_operations: self.metric_operations,
        }
    }
}
