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
//! item: the named queries by name, then the sources, nodes and statements in the order of the graph. Equal
//! facts make equal bytes, and the digest of facts is made of these items.

mod digest;
mod items;
mod read;
mod wire;
mod words;
mod write;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

#[cfg(feature = "remote")]
use super::Bounds;
use super::value::is_license;
use super::{Code, Dataset, Diagnostic, Diagnostics, Location};
use crate::model::Release;

pub(super) use read::{QueryTexts, first_bytes};
pub(super) use write::digest_of;
pub use write::write_pack;

const MAGIC: &[u8; 8] = b"pactpack";

/// The version of the format that is written, and the only one that is read.
const VERSION: u32 = 2;

/// Where the checksum stands.
const CHECKSUM: usize = 8 + 4 + 8;

/// How long all is that stands before the header.
pub(super) const PREFIX: usize = CHECKSUM + 32 + 4;

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
    /// The BLAKE3 digest of its facts, in hexadecimal, as its header gives it; [`Pack::verify`] tells whether
    /// it is true.
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

/// How many bytes a pack begins with that tell what it is.
#[cfg(feature = "remote")]
pub(crate) const FIRST_BYTES: usize = PREFIX;

/// Whether the first bytes of a file of so many are those of a pack that is read within these bounds.
///
/// # Errors
///
/// If they are not.
#[cfg(feature = "remote")]
pub(crate) fn check_first_bytes(name: &str, bytes: &[u8], length: u64, bounds: &Bounds) -> Result<(), Diagnostics> {
    first_bytes(bytes, length, bounds).map_err(|fault| fault.at(&name.into()))
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
            Ok((header, blocks)) => match about(&header) {
                Ok(about) => Ok(Self { name, bytes, header, about, blocks }),
                Err(fault) => Err(fault.at(&name)),
            },
            Err(fault) => Err(fault.at(&name)),
        }
    }

    /// What it holds.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// That its facts have the digest that its header gives them. Its facts are not read, and may break rules.
    /// O(n).
    ///
    /// # Errors
    ///
    /// If they have another.
    pub fn verify(&self) -> Result<(), Diagnostics> {
        digest::verify_pack(self).map_err(|fault| fault.at(&self.name))
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

fn about(header: &Header) -> Result<About, Fault> {
    let [queries, sources, nodes, relationships] = header.counts;
    let nameless = || Fault::wrong("its header names no release");
    let published = wire::date(header.published).flatten().ok_or_else(nameless)?;
    let id = header.release.parse::<crate::model::NodeId>().map_err(|_| nameless())?;
    if !is_license(&header.license) {
        let license = header.license.escape_debug();
        return Err(Fault::wrong(format!("its licence `{license}` is no identifier of the SPDX list of licences")));
    }
    let release = Release { id: id.as_str().into(), published, license: header.license.clone() };
    let digest = header.digest.to_string();
    Ok(About { release, digest, nodes, relationships, sources, queries, format: VERSION })
}

/// What is wrong with a pack, and what to do about it.
#[derive(Debug)]
pub(super) struct Fault {
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

    pub(super) fn at(self, name: &Arc<str>) -> Diagnostics {
        let location = Location::whole(name.clone());
        Diagnostics::of(Diagnostic::new(Code::InvalidPack, location, self.message).help(self.help))
    }
}
