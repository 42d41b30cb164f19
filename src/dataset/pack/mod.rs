//! Packs: all facts of a release in one compressed, checksummed file.
//!
//! ```text
//! 8 bytes   "pactpack"
//! 4 bytes   the version of the format
//! 8 bytes   the length of the whole file
//! 32 bytes  the BLAKE3 hash of all that follows
//! 4 bytes   the length of the header, then the header
//! blocks    each: 1 byte what it holds, 4 bytes its length, 4 bytes the length of what it holds,
//!           then that, compressed with zstd
//! ```
//!
//! Numbers are little-endian; the header and what the blocks hold are in postcard's format, item after
//! item: the named queries by name, then the sources, nodes and statements in the order of the graph. Equal facts make equal bytes.

mod items;
mod read;
mod wire;
mod words;
mod write;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Code, Dataset, Diagnostic, Diagnostics, Location};
use crate::model::Release;

pub(super) use read::QueryTexts;
pub use write::write_pack;

const MAGIC: &[u8; 8] = b"pactpack";

/// The version of the format that is written. Version 1, which says less of each node, is read too.
const VERSION: u32 = 2;

/// How long all is that stands before the header.
const PREFIX: usize = 8 + 4 + 8 + 32 + 4;

/// A block is closed once it holds this many bytes; one item never makes it longer than the limit.
const BLOCK: usize = 1024 * 1024;

/// No block holds more, so that nobody can fill the memory with a small file.
const LONGEST_BLOCK: usize = 16 * BLOCK;

/// No block holds more bytes than this for each byte it takes in the file; facts take about a tenth.
const GREATEST_RATIO: usize = 250;

/// What a block holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Section {
    Queries,
    Sources,
    Nodes,
    Statements,
}

impl Section {
    const ALL: [Self; 4] = [Self::Queries, Self::Sources, Self::Nodes, Self::Statements];
}

/// What a pack says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Header {
    release: Box<str>,
    published: u32,
    license: Box<str>,
    digest: Box<str>,
    /// How many items there are in each section.
    counts: [u32; 4],
    /// The words that items name by number.
    words: Vec<Box<str>>,
}

/// What a pack holds, as its header says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Which edition of the data it is.
    pub release: Release,
    /// The BLAKE3 digest of the folder of facts it was made of, in hexadecimal.
    pub digest: String,
    /// How many nodes.
    pub nodes: u32,
    /// How many relationships.
    pub relationships: u32,
    /// How many sources.
    pub sources: u32,
    /// How many named queries of its own.
    pub queries: u32,
    /// The version of its format.
    pub format: u32,
}

/// A pack whose checksum is right.
#[derive(Debug, Clone)]
pub struct Pack {
    /// The file, as it is shown.
    name: Arc<str>,
    bytes: Arc<Vec<u8>>,
    header: Header,
    about: About,
    /// Where the blocks begin.
    blocks: usize,
}

impl Pack {
    /// The pack in `bytes`, shown as `name`. Its checksum and header are looked at, its facts are not.
    /// O(n).
    ///
    /// # Errors
    ///
    /// If it is no pack, of another format version, cut off or altered.
    pub fn open(name: &str, bytes: impl Into<Arc<Vec<u8>>>) -> Result<Self, Diagnostics> {
        let bytes = bytes.into();
        let name: Arc<str> = name.into();
        match read::header(&bytes) {
            Ok((version, header, blocks)) => match about(&header, version) {
                Some(about) => Ok(Self { name, bytes, header, about, blocks }),
                None => Err(Fault::wrong("its header names no release").at(&name)),
            },
            Err(fault) => Err(fault.at(&name)),
        }
    }

    /// What it holds.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// The file, as it is shown.
    pub(super) fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// The named queries in it: names, documents and, where there are any, values of variables.
    pub(super) fn queries(&self) -> Result<Vec<QueryTexts>, Diagnostics> {
        read::queries(self).map_err(|fault| fault.at(&self.name))
    }

    /// The facts in it, which may still break rules. O(n).
    ///
    /// # Errors
    ///
    /// If it does not hold what a pack holds.
    pub(super) fn dataset(&self) -> Result<Dataset, Diagnostics> {
        read::facts(self).map_err(|fault| fault.at(&self.name))
    }
}

fn about(header: &Header, format: u32) -> Option<About> {
    let [queries, sources, nodes, relationships] = header.counts;
    let published = wire::date(header.published)??;
    let is_digest = header.digest.len() == 64 && header.digest.bytes().all(|b| b.is_ascii_hexdigit());
    let id = header.release.parse::<crate::model::NodeId>().ok()?;
    let release = Release { id: id.as_str().into(), published, license: header.license.clone() };
    let digest = header.digest.to_string();
    is_digest.then_some(About { release, digest, nodes, relationships, sources, queries, format })
}

/// What is wrong with a pack, and what to do about it.
#[derive(Debug)]
struct Fault {
    message: String,
    help: &'static str,
}

impl Fault {
    const ANEW: &'static str = "copy the pack again, or make it anew with `pactgraph pack`";

    /// Bytes that `pactgraph pack` does not write, under a checksum that is right.
    fn wrong(what: impl Into<String>) -> Self {
        let message = format!("the pack cannot be read: {}", what.into());
        Self { message, help: "make it anew with `pactgraph pack`" }
    }

    fn at(self, name: &Arc<str>) -> Diagnostics {
        let mut faults = Diagnostics::default();
        faults.push(Diagnostic::new(Code::InvalidPack, Location::whole(name.clone()), self.message).help(self.help));
        faults.finish(std::iter::empty())
    }
}
