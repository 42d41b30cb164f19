//! A fact sheet of any bytes: it is read or refused with places, never with a panic.

use pactgraph::dataset::{Files, ValidDataset};
use pactgraph::graph::Graph;

const PLACES: [&str; 8] = [
    "agreements/one.ron",
    "countries/one.ron",
    "organizations/one.ron",
    "forums/one.ron",
    "sources/one.ron",
    "themes/one.ron",
    "release.ron",
    "elsewhere/one.ron",
];

pub fn run(data: &[u8]) {
    let Some((&place, text)) = data.split_first() else { return };
    let place = PLACES[usize::from(place) % PLACES.len()];
    let release = include_bytes!("../../tests/example-data/release.ron");
    let texts = [("release.ron".to_owned(), release.to_vec()), (place.to_owned(), text.to_vec())];
    let texts = texts.into_iter().skip(usize::from(place == "release.ron"));
    match ValidDataset::from_files(&Files::from_texts("data", texts)) {
        Ok(dataset) => drop(Graph::new(dataset)),
        Err(faults) => {
            assert!(!faults.to_short().is_empty() && !faults.to_human(false).is_empty());
        }
    }
}
