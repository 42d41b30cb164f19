//! Whole answers, kept for whoever asks the same again.
//!
//! An answer depends on the data, the epoch of the day, the program, the document, the operation, the
//! variables and the language, and on nothing else. Their hash is the key of the cache and the tag of the response, so
//! that whoever has an answer already is told so before anything is executed, and so that other data
//! never meet an old answer.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use axum::body::Bytes;
use axum::http::{HeaderName, HeaderValue};
use quick_cache::sync::Cache;
use quick_cache::{DefaultHashBuilder, Lifecycle, Weighter};

use super::compress::{self, compress};
use super::message;
use super::negotiate::Encoding;
use super::observe::Outcome;
use crate::graph::{ByteLease, Epoch, Graph};
use crate::graphql::{Answer, Language, Question};

/// Says whether an answer came from the cache (RFC 9211).
pub(super) const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

/// The status of an answer from the cache.
pub(super) const HIT: &str = "pactgraph; hit";

/// Bytes an answer takes beside its body: its key, its place, its record.
const OVERHEAD: u64 = 256;

/// Answers by their keys, bounded by bytes; those asked for often stay.
#[derive(Clone)]
pub(super) struct Answers {
    kept: Arc<Cache<Key, Arc<Kept>, Bytes2, DefaultHashBuilder, Evictions>>,
    evictions: Evictions,
}

/// The bytes of an answer. They take of the memory of all answers for as long as the cache or a reader
/// holds them.
pub(super) fn leased(answer: Answer) -> Bytes {
    struct Leased {
        json: Vec<u8>,
        _lease: Arc<ByteLease>,
    }
    impl AsRef<[u8]> for Leased {
        fn as_ref(&self) -> &[u8] {
            &self.json
        }
    }
    let lease = answer.lease();
    let mut json = answer.into_json();
    if json.capacity() - json.len() > json.len() / 4 {
        // It may stay for long, and room that it does not need is not counted.
        json.shrink_to_fit();
    }
    match lease {
        Some(lease) => Bytes::from_owner(Leased { json, _lease: lease }),
        None => json.into(),
    }
}

/// How much the cache holds and how often it helped, since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CacheUse {
    /// Questions answered from the cache.
    pub hits: u64,
    /// Questions that had to be executed.
    pub misses: u64,
    /// Bytes held, compressed forms included.
    pub bytes: u64,
    /// Answers held.
    pub answers: usize,
    /// Answers given up to make room for others.
    pub evictions: u64,
}

impl Answers {
    /// Keeps answers of `bytes` bytes in all.
    pub(super) fn new(bytes: u64) -> Self {
        // An answer has some kilobytes; the number only sets how much is reserved at first.
        let expected = usize::try_from(bytes / 8192).unwrap_or(usize::MAX).clamp(16, 1 << 20);
        let evictions = Evictions::default();
        let kept = Cache::with(expected, bytes, Bytes2, DefaultHashBuilder::default(), evictions.clone());
        Self { kept: Arc::new(kept), evictions }
    }

    /// The answer kept under this key.
    pub(super) fn get(&self, key: &Key) -> Option<Arc<Kept>> {
        self.kept.get(key)
    }

    /// Keeps an answer, where it is not larger than the cache.
    pub(super) fn keep(&self, key: Key, answer: Answer, outcome: Outcome) -> Arc<Kept> {
        self.keep_bytes(key, leased(answer), outcome)
    }

    fn keep_bytes(&self, key: Key, body: Bytes, outcome: Outcome) -> Arc<Kept> {
        let kept = Arc::new(Kept { body, encoded: Default::default(), outcome });
        self.kept.insert(key, kept.clone());
        kept
    }

    /// How the cache is used.
    pub(super) fn usage(&self) -> CacheUse {
        let Self { kept, evictions } = self;
        CacheUse {
            hits: kept.hits(),
            misses: kept.misses(),
            bytes: kept.weight(),
            answers: kept.len(),
            evictions: evictions.0.load(Ordering::Relaxed),
        }
    }
}

/// Counts the answers that are given up.
#[derive(Debug, Clone, Default)]
struct Evictions(Arc<AtomicU64>);

impl Lifecycle<Key, Arc<Kept>> for Evictions {
    type RequestState = ();

    fn on_evict(&self, (): &mut (), _: Key, _: Arc<Kept>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Counts the bytes of an answer and as many for its compressed forms, which come later.
#[derive(Clone)]
struct Bytes2;

impl Weighter<Key, Arc<Kept>> for Bytes2 {
    fn weight(&self, _: &Key, kept: &Arc<Kept>) -> u64 {
        OVERHEAD + 2 * kept.body.len() as u64
    }
}

/// An answer as it is sent.
pub(super) struct Kept {
    body: Bytes,
    encoded: [OnceLock<Option<Bytes>>; Encoding::ALL.len()],
    outcome: Outcome,
}

impl Kept {
    /// What was told of the question when it was executed.
    pub(super) fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// The body in the first of these encodings, best first, and in which it is. Compressed when first
    /// asked for.
    pub(super) fn body(&self, accepted: &[Encoding]) -> (Bytes, Option<Encoding>) {
        let wanted = accepted.first().filter(|_| self.body.len() >= compress::WORTH_IT);
        let found = wanted.and_then(|&encoding| {
            let slot = &self.encoded[encoding as usize];
            // Where it cannot be compressed it is sent as it is.
            let bytes = slot.get_or_init(|| compress(&self.body, encoding).ok());
            Some((bytes.clone()?, Some(encoding)))
        });
        found.unwrap_or_else(|| (self.body.clone(), None))
    }

    /// The body in this very encoding, where it has it already.
    pub(super) fn body_in(&self, encoding: Option<Encoding>) -> Option<Bytes> {
        match encoding {
            None => Some(self.body.clone()),
            Some(encoding) => self.encoded[encoding as usize].get()?.clone(),
        }
    }
}

/// What an answer depends on, hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key([u8; 32]);

impl Key {
    /// The key of the answer to `question` about `graph` in `language`, on any day of an epoch.
    pub(super) fn new(graph: &Graph, epoch: Epoch, question: &Question, language: Language) -> Self {
        let variables = variables(question);
        let (operation, has_operation) = match &question.operation {
            Some(name) => (name.as_str(), "named"),
            None => ("", ""),
        };
        // The only thing an answer can hold that is not of the data.
        let loaded =
            if question.document.as_str().contains("loadedAt") { graph.loaded_at().to_string() } else { String::new() };
        let since = epoch.since.to_string();
        let texts: [&[u8]; 10] = [
            graph.digest().as_bytes(),
            graph.releases().digests().as_bytes(),
            since.as_bytes(),
            env!("CARGO_PKG_VERSION").as_bytes(),
            language.tag().as_bytes(),
            has_operation.as_bytes(),
            operation.as_bytes(),
            variables.as_bytes(),
            loaded.as_bytes(),
            question.document.digest(),
        ];
        Self(message::hash_of(texts))
    }

    /// The tag of the response.
    pub(super) fn tag(&self) -> HeaderValue {
        message::tag_from(&self.0)
    }
}

/// The variables as a text: equal ones have equal texts, however they were written.
fn variables(question: &Question) -> Cow<'static, str> {
    if question.variables.is_empty() {
        return "{}".into();
    }
    let mut variables = serde_json::to_value(&question.variables).unwrap_or_default();
    variables.sort_all_objects();
    variables.to_string().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(document: &str) -> Key {
        Key(message::hash_of([document]))
    }

    #[test]
    fn the_cache_is_bounded_by_bytes() {
        let answers = Answers::new(1024 * 1024);
        for i in 0..2_000 {
            answers.keep_bytes(key(&i.to_string()), vec![b'x'; 4_000].into(), Outcome::default());
        }
        let usage = answers.usage();
        assert!(usage.bytes <= 1024 * 1024 && usage.answers > 50, "{usage:?}");
        assert_eq!(usage.answers as u64 + usage.evictions, 2_000, "{usage:?}");
        answers.keep_bytes(key("large"), vec![b'x'; 8 * 1024 * 1024].into(), Outcome::default());
        assert!(answers.get(&key("large")).is_none(), "larger than the cache");
    }

    #[test]
    fn answers_are_compressed_once_and_only_if_worth_it() {
        let answers = Answers::new(1024 * 1024);
        let small = answers.keep_bytes(key("small"), vec![b'x'; compress::WORTH_IT - 1].into(), Outcome::default());
        assert_eq!(small.body(&Encoding::ALL).1, None);
        let large = answers.keep_bytes(key("large"), vec![b'x'; 10_000].into(), Outcome::default());
        assert_eq!(large.body(&[]), (vec![b'x'; 10_000].into(), None));
        for encoding in Encoding::ALL {
            let (first, used) = large.body(&[encoding]);
            assert!(used == Some(encoding) && first.len() < 200, "{encoding:?}");
            let again = large.body(&[encoding]).0;
            assert_eq!(first.as_ptr(), again.as_ptr(), "{encoding:?} is compressed twice");
        }
    }
}
