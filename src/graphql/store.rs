//! Documents that were read before, and what became of them.

use std::sync::Arc;

use async_graphql::ServerError;
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};

use super::api::Text;
use super::document::{self, Document};
use super::limits::Limits;
use super::type_map::TypeMap;

/// A document that may be run, or everything wrong with it.
pub(super) type Verdict = Result<Arc<Document>, Arc<[ServerError]>>;

/// The verdicts on documents by their digests, as many as a number of bytes holds.
pub(super) struct Documents {
    known: Cache<[u8; 32], (Verdict, u64), Weight>,
}

/// What a read document holds is some tens of times its text, and never nothing.
const WEIGHT_OF_BYTE: u64 = 64;
const WEIGHT_OF_ALL: u64 = 2 * 1024;

#[derive(Clone)]
struct Weight;

impl Weighter<[u8; 32], (Verdict, u64)> for Weight {
    fn weight(&self, _: &[u8; 32], (_, weight): &(Verdict, u64)) -> u64 {
        *weight
    }
}

impl Documents {
    /// A store of at most so many bytes.
    pub(super) fn new(bytes: u64) -> Self {
        let options = OptionsBuilder::new()
            .shards(8)
            .estimated_items_capacity((bytes / (16 * 1024)) as usize)
            .weight_capacity(bytes)
            .build()
            .expect("every part of the options is given");
        let (hash, life) = (DefaultHashBuilder::default(), DefaultLifecycle::default());
        Self { known: Cache::with_options(options, Weight, hash, life) }
    }

    /// The verdict on a document, given when it was first read.
    pub(super) fn read(&self, text: &Text, types: &TypeMap, limits: &Limits) -> Verdict {
        let read = || document::read(text.as_str(), types, limits).map(Arc::new).map_err(Into::into);
        let length = text.as_str().len();
        // What is refused for its length needs no place.
        if length > limits.document_bytes {
            return read();
        }
        if let Some((verdict, _)) = self.known.get(text.digest()) {
            return verdict;
        }
        let verdict: Verdict = read();
        let weight = WEIGHT_OF_ALL + WEIGHT_OF_BYTE * length as u64;
        self.known.insert(*text.digest(), (verdict.clone(), weight));
        verdict
    }
}
