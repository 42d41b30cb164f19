//! Every integration test, by what it tests.

mod architecture;
mod bounds;
mod browser;
mod cache;
mod data;
mod diagnostics;
mod diff;
mod documents;
mod export;
mod filters;
mod hostile;
mod http;
mod life;
mod live;
mod named;
mod observed;
mod operations;
mod options;
mod pack;
mod program;
mod properties;
mod python;
mod queries;
mod readers;
mod releases;
#[cfg(feature = "remote")]
mod replicas;
mod schema;
mod search;
mod security;
mod server;
mod time;
mod trace;
mod traces;
mod written;
