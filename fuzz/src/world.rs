//! The fixed world, loaded once, and a runtime to ask it on.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use pactgraph::dataset::{Files, ValidDataset};
use pactgraph::graph::Graph;
use tokio::runtime::{Builder, Runtime};

/// The graph of `tests/example-data`.
pub static GRAPH: LazyLock<Arc<Graph>> = LazyLock::new(|| {
    let dir = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/example-data"));
    let dataset = Files::from_dir(dir).and_then(|files| ValidDataset::from_files(&files));
    Arc::new(Graph::new(dataset.expect("the example data are valid")))
});

/// One thread, so that a run can be told again.
pub static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_current_thread().enable_all().build().expect("a runtime"));
