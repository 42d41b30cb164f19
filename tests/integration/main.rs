//! Every integration test, by what it tests.

mod architecture;
mod browser;
mod cache;
mod data;
mod diagnostics;
mod diff;
mod documents;
mod export;
mod hostile;
mod http;
mod live;
mod named;
mod pack;
mod properties;
mod queries;
mod readers;
mod releases;
#[cfg(feature = "remote")]
mod replicas;
mod schema;
mod search;
mod server;
mod trace;
