//! Data that change while they are served.

mod bounded;
mod clients;
mod endure;
mod follow;
#[cfg(feature = "remote")]
mod signal;
mod socket;
#[cfg(feature = "remote")]
mod store;
mod world;

use std::sync::Arc;

use pactgraph::dataset::{Files, ValidDataset};
use pactgraph::graph::Graph;
use pactgraph::live::{Fault, Live};

use crate::server::{TestServer, example_graph};

/// A graph that is not that of the examples.
fn other_graph() -> Arc<Graph> {
    Arc::new(Graph::new(ValidDataset::from_files(&Files::embedded()).expect("the data are valid")))
}

#[test]
fn a_graph_replaces_another_and_bad_data_replace_none() {
    let live = Live::new(example_graph());
    let mut changes = live.changes();
    let server = TestServer::of(live.clone());
    let health = || server.send("GET", "/health", &[], "").json();
    let digest = || server.ask("{ release { digest } }")["data"]["release"]["digest"].clone();
    let (first, second) = (example_graph(), other_graph());
    assert_eq!(digest(), first.digest());

    live.refuse(vec![Fault::unreachable("nobody is there")]);
    let refused = health();
    assert_eq!((&refused["status"], &refused["digest"]), (&"degraded".into(), &first.digest().into()));
    assert_eq!(refused["refused"]["faults"][0]["code"], "unreachable-source", "{refused}");
    assert_eq!(digest(), first.digest());

    assert!(live.publish(second.clone()));
    assert_eq!(digest(), second.digest());
    let replaced = health();
    assert_eq!(
        (&replaced["status"], &replaced["reloads"], &replaced["refusals"]),
        (&"ok".into(), &1.into(), &1.into())
    );
    assert!(replaced.get("refused").is_none(), "{replaced}");
    let change = changes.try_recv().expect("a change");
    assert_eq!((&*change.from.digest, &*change.to.digest), (first.digest(), second.digest()));

    assert!(!live.publish(other_graph()), "equal data replace nothing");
    assert_eq!(health()["reloads"], 1);
    assert!(changes.try_recv().is_err(), "equal data are no change");
}

#[test]
fn health_has_an_answer_for_each_who_asks() {
    let server = TestServer::of(Live::new(example_graph()));
    for path in ["/health", "/health/live", "/health/ready"] {
        let reply = server.send("GET", path, &[], "");
        assert_eq!((reply.status, reply.json()["status"].as_str()), (200, Some("ok")), "{path}");
        assert_eq!(reply.header("cache-control"), "no-store");
        assert_eq!(server.send("POST", path, &[], "").status, 405, "{path}");
    }
}
