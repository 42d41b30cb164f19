//! Whatever reads what strangers write, fed with what nobody would write.
//!
//! One program, so that all is compiled once; `PACTGRAPH_FUZZ` says which target it feeds.

#![no_main]

mod cursor;
mod date;
mod document;
mod loader;
mod pack;
mod request;
mod world;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

static TARGET: LazyLock<fn(&[u8])> = LazyLock::new(|| match std::env::var("PACTGRAPH_FUZZ").as_deref() {
    Ok("cursor") => cursor::run,
    Ok("date") => date::run,
    Ok("document") => document::run,
    Ok("loader") => loader::run,
    Ok("pack") => pack::run,
    Ok("request") => request::run,
    other => panic!("PACTGRAPH_FUZZ must be cursor, date, document, loader, pack or request, and is {other:?}"),
});

fuzz_target!(|data: &[u8]| TARGET(data));
