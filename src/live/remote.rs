//! A pack in an object store, or at a web address, as a source.

use std::collections::hash_map::RandomState;
use std::fs;
use std::hash::{BuildHasher, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use futures_util::StreamExt;
use object_store::path::Path as Key;
use object_store::{GetOptions, ObjectStore, parse_url_opts};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;
use url::Url;

use super::{Fault, Source, Watch};
use crate::dataset::{Diagnostics, Files, Pack, ValidDataset};

/// How long the store may take to begin an answer.
const HEAD_TIME: Duration = Duration::from_secs(10);

/// How long the store may send nothing within one.
const PAUSE: Duration = Duration::from_secs(30);

/// No pack is longer: a million nodes take about a hundredth of it.
const LONGEST: u64 = 8 * 1024 * 1024 * 1024;

/// A pack at an address of the schemes `s3`, `gs`, `az`, `http` and `https`. It is asked for again and
/// again by its tag, so that an unchanged one costs one small request, and the last good one is kept on
/// disk where a folder is given for it.
pub struct Remote {
    /// The address without what may be secret in it.
    name: String,
    store: Box<dyn ObjectStore>,
    key: Key,
    every: Duration,
    kept: Option<PathBuf>,
    check: Check,
    runtime: Runtime,
    last: Last,
}

/// Checks facts and queries that were read.
pub type Check = fn(&Files) -> Result<ValidDataset, Diagnostics>;

/// What the store had when it was last asked.
enum Last {
    /// Nothing yet.
    Nothing,
    /// A good pack with this tag.
    Good(Option<String>),
    /// A pack with this tag that is not served, and why.
    Bad(Option<String>, Vec<Fault>),
}

/// The bytes of a pack and the tag they had.
type Fetched = (Vec<u8>, Option<String>);

impl Remote {
    /// The pack at `address`, asked for about once in `every`; what passes `check` is kept in the folder
    /// `keep`. Access keys and endpoints come from the environment: `AWS_…`, `GOOGLE_…`, `AZURE_…`.
    ///
    /// # Errors
    ///
    /// If the address cannot be used, in one sentence.
    pub fn new(address: &str, every: Duration, keep: Option<&Path>, check: Check) -> Result<Self, String> {
        let url = Url::parse(address).map_err(|error| format!("`{address}` is no address: {error}"))?;
        let mut shown = url.clone();
        shown.set_query(None);
        shown.set_fragment(None);
        // Only addresses that have no host cannot be without a name and password.
        let _ = (shown.set_username(""), shown.set_password(None));
        let name = shown.to_string();
        if !["s3", "s3a", "gs", "az", "azure", "abfs", "abfss", "http", "https"].contains(&url.scheme()) {
            return Err(format!("`{name}` cannot be read: give s3://, gs://, az:// or https://, or a path"));
        }
        let known = |(key, _): &(String, String)| {
            ["AWS_", "GOOGLE_", "AZURE_"].iter().any(|prefix| key.to_ascii_uppercase().starts_with(prefix))
        };
        let mut options: Vec<(String, String)> = std::env::vars().filter(known).collect();
        if url.scheme() == "http" {
            options.push(("allow_http".into(), "true".into()));
        }
        let (store, key) =
            parse_url_opts(&url, options).map_err(|error| format!("`{name}` cannot be used: {error}"))?;
        let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
        let file = format!("{}.pack", &blake3::hash(name.as_bytes()).to_hex()[..16]);
        let kept = keep.map(|folder| folder.join(file));
        Ok(Self { name, store, key, every, kept, check, runtime, last: Last::Nothing })
    }

    /// The pack and its tag, or nothing where it still has the tag it had.
    fn fetch(&self) -> Result<Option<Fetched>, String> {
        let tag = match &self.last {
            Last::Nothing => None,
            Last::Good(tag) | Last::Bad(tag, _) => tag.clone(),
        };
        self.runtime.block_on(async {
            let options = GetOptions { if_none_match: tag, ..GetOptions::default() };
            let answer = timeout(HEAD_TIME, self.store.get_opts(&self.key, options)).await;
            let found = match answer.map_err(|_| "it does not answer".to_owned())? {
                Err(object_store::Error::NotModified { .. }) => return Ok(None),
                Err(error) => return Err(one_line(&error.to_string())),
                Ok(found) => found,
            };
            let (length, tag) = (found.meta.size, found.meta.e_tag.clone());
            if length > LONGEST {
                return Err(format!("it has {length} bytes, more than any pack"));
            }
            let mut bytes = Vec::new();
            let mut stream = found.into_stream();
            loop {
                match timeout(PAUSE, stream.next()).await.map_err(|_| "it stopped sending".to_owned())? {
                    None => break,
                    Some(Err(error)) => return Err(one_line(&error.to_string())),
                    Some(Ok(part)) => bytes.extend_from_slice(&part),
                }
                if bytes.len() as u64 > LONGEST {
                    return Err("it has more bytes than any pack".into());
                }
            }
            Ok(Some((bytes, tag)))
        })
    }

    /// Keeps a good pack on disk, written beside and renamed.
    fn keep(&self, bytes: &[u8]) {
        let Some(path) = &self.kept else { return };
        let written = (|| -> io::Result<()> {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            let partial = path.with_extension(format!("{}.tmp", std::process::id()));
            fs::write(&partial, bytes)?;
            fs::rename(&partial, path)
        })();
        if let Err(error) = written {
            tracing::warn!(path = %path.display(), %error, "the pack cannot be kept on disk");
        }
    }
}

/// A message of a library, which may be long and of several lines.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect()
}

impl Source for Remote {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn load(&mut self) -> Result<Option<ValidDataset>, Vec<Fault>> {
        let fetched = match self.fetch() {
            Ok(fetched) => fetched,
            Err(error) => {
                // Without its tag the pack is loaded whole once more, which tells that it is good again.
                self.last = Last::Nothing;
                return Err(vec![Fault::unreachable(format!("{}: {error}", self.name))]);
            }
        };
        let Some((bytes, tag)) = fetched else {
            return match &self.last {
                Last::Bad(_, faults) => Err(faults.clone()),
                Last::Nothing | Last::Good(_) => Ok(None),
            };
        };
        let pack = Pack::open(&self.name, bytes.clone());
        match pack.and_then(Files::from_pack).and_then(|files| (self.check)(&files)) {
            Ok(dataset) => {
                self.keep(&bytes);
                self.last = Last::Good(tag);
                Ok(Some(dataset))
            }
            Err(faults) => {
                let faults = Fault::of_data(&faults, &self.name);
                self.last = Last::Bad(tag, faults.clone());
                Err(faults)
            }
        }
    }

    fn kept(&mut self) -> Option<ValidDataset> {
        let files = Files::from_path(self.kept.as_deref().filter(|path| path.is_file())?);
        match files.and_then(|files| (self.check)(&files)) {
            Ok(dataset) => Some(dataset),
            Err(faults) => {
                tracing::error!(source = self.name, "the pack kept on disk cannot be used: {faults}");
                None
            }
        }
    }

    fn watch(&self) -> Watch {
        // Replicas that were started together must not ask together for ever.
        let random = RandomState::new().build_hasher().finish() % 401;
        Watch::Every(self.every.mul_f64(0.8 + random as f64 / 1000.0))
    }
}
