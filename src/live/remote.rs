//! A pack in an object store, or at a web address, as a source.

use std::collections::hash_map::RandomState;
use std::fs;
use std::hash::{BuildHasher, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use object_store::path::Path as Key;
use object_store::{GetOptions, ObjectStore, parse_url_opts};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;
use url::Url;

use super::{Fault, Source, Watch};
use crate::dataset::{Bounds, Diagnostics, FIRST_BYTES, Files, Pack, ValidDataset, check_first_bytes};

/// How long the store may take to begin an answer.
const HEAD_TIME: Duration = Duration::from_secs(10);

/// How long a whole answer may take, as the library wants to be told: for ever. A store that sends little at a
/// time is waited for; one that sends nothing is not, which [`Bounds::read_time`] says.
const WHOLE_TIME: &str = "365days";

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
    bounds: Bounds,
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
type Fetched = (Arc<Vec<u8>>, Option<String>);

/// Why there are no bytes.
enum Failed {
    /// The store gives none.
    Away(String),
    /// What it has under this tag is no pack that is read.
    Refused(Diagnostics, Option<String>),
}

impl Failed {
    fn away(error: &object_store::Error) -> Self {
        let mut said = one_line(&error.to_string());
        if said.contains("Range request not supported") {
            said += " (the connection ended before the whole had come, and the store does not give the rest alone)";
        }
        Self::Away(said)
    }
}

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
        if let Some(path) = &kept_path(keep, &name) {
            remove_partial(path);
        }
        let known = |(key, _): &(String, String)| {
            ["AWS_", "GOOGLE_", "AZURE_"].iter().any(|prefix| key.to_ascii_uppercase().starts_with(prefix))
        };
        let mut options: Vec<(String, String)> = std::env::vars().filter(known).collect();
        options.push(("timeout".into(), WHOLE_TIME.into()));
        if url.scheme() == "http" {
            options.push(("allow_http".into(), "true".into()));
        }
        let (store, key) =
            parse_url_opts(&url, options).map_err(|error| format!("`{name}` cannot be used: {error}"))?;
        let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
        let kept = kept_path(keep, &name);
        let bounds = Bounds::default();
        Ok(Self { name, store, key, every, kept, check, bounds, runtime, last: Last::Nothing })
    }

    /// With other bounds on the pack, and on how long the store may send nothing.
    #[must_use]
    pub fn within(self, bounds: &Bounds) -> Self {
        Self { bounds: *bounds, ..self }
    }

    /// The pack and its tag, or nothing where it still has the tag it had. It is in memory once.
    fn fetch(&self) -> Result<Option<Fetched>, Failed> {
        let tag = match &self.last {
            Last::Nothing => None,
            Last::Good(tag) | Last::Bad(tag, _) => tag.clone(),
        };
        self.runtime.block_on(async {
            let options = GetOptions { if_none_match: tag, ..GetOptions::default() };
            let answer = timeout(HEAD_TIME, self.store.get_opts(&self.key, options)).await;
            let found = match answer.map_err(|_| Failed::Away("it does not answer".to_owned()))? {
                Err(object_store::Error::NotModified { .. }) => return Ok(None),
                Err(error) => return Err(Failed::away(&error)),
                Ok(found) => found,
            };
            let (length, tag) = (found.meta.size, found.meta.e_tag.clone());
            let refused = |faults| Failed::Refused(faults, tag.clone());
            let mut bytes = Vec::new();
            let mut is_begun = false;
            let mut stream = found.into_stream();
            loop {
                let time = self.bounds.read_time;
                let silent = |_| Failed::Away(format!("it sent nothing for {} seconds", time.as_secs_f64()));
                let part = match timeout(time, stream.next()).await.map_err(silent)? {
                    None => break,
                    Some(Err(error)) => return Err(Failed::away(&error)),
                    Some(Ok(part)) => part,
                };
                bytes.extend_from_slice(&part);
                // Before there is room made for the rest, or the rest is waited for.
                if !is_begun && bytes.len() >= FIRST_BYTES {
                    is_begun = true;
                    check_first_bytes(&self.name, &bytes[..FIRST_BYTES], length, &self.bounds).map_err(refused)?;
                    let more = usize::try_from(length).unwrap_or(usize::MAX).saturating_sub(bytes.len());
                    let reserved = bytes.try_reserve_exact(more);
                    reserved.map_err(|_| Failed::Away(format!("there is no memory for its {length} bytes")))?;
                }
                if bytes.len() as u64 > length {
                    return Err(Failed::Away(format!("it sends more than the {length} bytes it said")));
                }
            }
            check_first_bytes(&self.name, &bytes, bytes.len() as u64, &self.bounds).map_err(refused)?;
            Ok(Some((Arc::new(bytes), tag)))
        })
    }

    /// Keeps a good pack on disk, written beside and renamed. What is only half written is removed: there may
    /// be no room for it.
    fn keep(&self, bytes: &[u8]) {
        let Some(path) = &self.kept else { return };
        let partial = path.with_extension(format!("{}.tmp", std::process::id()));
        let written = (|| -> io::Result<()> {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&partial, bytes)?;
            fs::rename(&partial, path)
        })();
        if let Err(error) = written {
            // It may not even have been begun.
            let _ = fs::remove_file(&partial);
            tracing::warn!(path = %path.display(), %error, "the pack cannot be kept on disk");
        }
    }
}

/// Where the last good pack from an address of this name is kept.
fn kept_path(folder: Option<&Path>, name: &str) -> Option<PathBuf> {
    let file = format!("{}.pack", &blake3::hash(name.as_bytes()).to_hex()[..16]);
    folder.map(|folder| folder.join(file))
}

/// Removes what was written beside `kept` by a program that was ended meanwhile.
fn remove_partial(kept: &Path) {
    let (Some(folder), Some(stem)) = (kept.parent(), kept.file_stem().and_then(|stem| stem.to_str())) else { return };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let rest = name.to_str().and_then(|name| name.strip_prefix(stem)?.strip_prefix('.')?.strip_suffix(".tmp"));
        if rest.is_some_and(|process| process.bytes().all(|byte| byte.is_ascii_digit())) {
            // Where it cannot be removed it stays, and does no harm but the room it takes.
            let _ = fs::remove_file(entry.path());
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
            Err(Failed::Refused(faults, tag)) => {
                let faults = Fault::of_data(&faults, &self.name);
                self.last = Last::Bad(tag, faults.clone());
                return Err(faults);
            }
            Err(Failed::Away(error)) => {
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
        let files = Files::within(self.kept.as_deref().filter(|path| path.is_file())?, &self.bounds);
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
