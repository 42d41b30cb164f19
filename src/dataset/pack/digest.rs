//! The digest of facts: a fingerprint of what they say, whichever files they were read from. It is that of
//! the items in which a pack holds them, so that equal facts have equal digests, and is worked out again
//! whenever they are read.

use rayon::prelude::*;
use serde::Serialize;

use super::{Fault, Header, Section};

/// The number of a section, and the hash of what one block of it holds.
pub(super) type BlockHash = (u8, [u8; 32]);

/// What the digest covers beside the blocks. A new meaning of it begins with another name.
#[derive(Serialize)]
struct Covered<'h> {
    name: &'static str,
    release: &'h str,
    published: u32,
    license: &'h str,
    words: &'h [Box<str>],
    blocks: &'h [BlockHash],
}

/// The hash of one block and what it holds; none of queries, which are no facts.
pub(super) fn of_block(section: Section, items: &[u8]) -> Option<BlockHash> {
    (section != Section::Queries).then(|| (section as u8, *blake3::hash(items).as_bytes()))
}

/// The digest of the facts in these blocks, in hexadecimal.
pub(super) fn of(header: &Header, blocks: &[BlockHash]) -> String {
    let Header { release, published, license, digest: _, counts: _, words } = header;
    let covered = Covered { name: "pactgraph facts 1", release, published: *published, license, words, blocks };
    // Texts, numbers and lists always have a form in postcard's format.
    let bytes = postcard::to_allocvec(&covered).expect("texts, numbers and lists can be written into memory");
    blake3::hash(&bytes).to_hex().to_string()
}

/// That the facts in these blocks have the digest that the header gives them.
pub(super) fn verify(header: &Header, blocks: &[BlockHash]) -> Result<(), Fault> {
    if of(header, blocks) == *header.digest {
        return Ok(());
    }
    let message = "the pack was altered: its facts do not fit its digest".to_owned();
    Err(Fault { message, help: Fault::ANEW })
}

/// That the facts of a pack have its digest, without reading them. O(n), on all processors.
pub(super) fn verify_pack(pack: &super::Pack) -> Result<(), Fault> {
    let blocks = super::read::blocks(pack)?;
    let hashes = blocks.par_iter().map(|block| Ok(of_block(block.section, &block.items()?)));
    let hashes: Vec<_> = hashes.collect::<Result<_, Fault>>()?;
    verify(&pack.header, &hashes.into_iter().flatten().collect::<Vec<_>>())
}
