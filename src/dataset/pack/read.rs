//! From a pack to records, on all processors. Whatever the bytes are, the end is records or a fault,
//! within bounds.

use rayon::prelude::*;

use super::super::{Bounds, Dataset};
use super::digest::BlockHash;
use super::items::{self, Reader, Words};
use super::{
    CHECKSUM, Fault, GREATEST_RATIO, Header, LONGEST_BLOCK, MAGIC, PREFIX, Pack, Section, VERSION, digest, wire,
};

/// Looks at the first bytes of what should be a pack of `found` bytes in all, of which these need not be more
/// than the first [`PREFIX`]: whether it is one, of a format and a length that are read. So nothing else is
/// ever taken into memory.
pub(in super::super) fn first_bytes(bytes: &[u8], found: u64, bounds: &Bounds) -> Result<(), Fault> {
    let Some(rest) = bytes.strip_prefix(MAGIC) else {
        let message = match MAGIC.starts_with(bytes) {
            true => "the file is cut off before it says that it is a pack",
            false => "the file is not a pack",
        };
        return Err(Fault { message: message.into(), help: "give a pack made with `pactgraph pack`, or a folder" });
    };
    let cut_off = || anew("the pack is cut off in its first bytes".into());
    let (version, rest) = take(rest).ok_or_else(cut_off)?;
    let version = u32::from_le_bytes(version);
    if version != VERSION {
        let message = format!("the pack is of format version {version}; this program reads version {VERSION}");
        return Err(Fault { message, help: "use the version of pactgraph that made it, or pack the folder anew" });
    }
    let (length, _) = take(rest).ok_or_else(cut_off)?;
    let length = u64::from_le_bytes(length);
    if found < length {
        return Err(anew(format!("the pack is cut off: {found} of its {length} bytes are there")));
    }
    if found > length {
        return Err(anew(format!("the pack was altered: it has {found} bytes instead of {length}")));
    }
    if found > bounds.pack_bytes {
        let message = format!("the pack has {found} bytes; at most {} are read", bounds.pack_bytes);
        return Err(Fault { message, help: "see whether it is the right one, or allow more by --pack-bytes" });
    }
    Ok(())
}

fn anew(message: String) -> Fault {
    Fault { message, help: Fault::ANEW }
}

/// The header of a pack whose checksum is right, and where its blocks begin.
pub(super) fn header(bytes: &[u8]) -> Result<(Header, usize), Fault> {
    // Whoever has it in memory has looked at its length before.
    let bounds = Bounds { pack_bytes: u64::MAX, ..Bounds::default() };
    first_bytes(bytes, bytes.len() as u64, &bounds)?;
    let rest = &bytes[CHECKSUM..];
    let (checksum, rest) = take::<32>(rest).ok_or_else(|| anew("the pack is cut off in its first bytes".into()))?;
    if blake3::hash(rest) != checksum {
        return Err(anew("the pack was altered: its contents do not fit its checksum".into()));
    }
    let (length, rest) = take(rest).ok_or_else(|| Fault::wrong("it has no header"))?;
    let length = u32::from_le_bytes(length) as usize;
    let header = rest.get(..length).ok_or_else(|| Fault::wrong("its header is cut off"))?;
    let header = postcard::from_bytes(header).map_err(|error| Fault::wrong(format!("its header: {error}")))?;
    Ok((header, PREFIX + length))
}

fn take<const N: usize>(bytes: &[u8]) -> Option<([u8; N], &[u8])> {
    let (first, rest) = bytes.split_first_chunk::<N>()?;
    Some((*first, rest))
}

/// A named query: its name, its document and, where there are any, the values of its variables.
pub(in super::super) type QueryTexts = (String, String, Option<String>);

/// The named queries of a pack.
pub(super) fn queries(pack: &Pack) -> Result<Vec<QueryTexts>, Fault> {
    let query = |item: wire::Query<'_>| {
        let variables = (!item.variables.is_empty()).then(|| item.variables.to_owned());
        Ok((item.name.to_owned(), item.document.to_owned(), variables))
    };
    let read = |bytes: &[u8]| with_rest(postcard::take_from_bytes(bytes), query);
    Ok(section(pack, Section::Queries, &blocks(pack)?, read, |(a, ..), (b, ..)| a < b)?.0)
}

/// The facts of a pack, in order and under their digest, not yet held against the rules.
pub(super) fn facts(pack: &Pack) -> Result<Dataset, Fault> {
    let blocks = blocks(pack)?;
    let read = |bytes: &[u8]| with_rest(postcard::take_from_bytes(bytes), |item| items::source(&item));
    let (sources, of_sources) = section(pack, Section::Sources, &blocks, read, |a, b| a.id < b.id)?;
    let reader = Reader::new(Words::new(&pack.header.words), &sources, pack.about.nodes);
    let read = |bytes: &[u8]| with_rest(postcard::take_from_bytes(bytes), |(item, more)| reader.node(item, &more));
    let (nodes, of_nodes) = section(pack, Section::Nodes, &blocks, read, |a, b| a.id < b.id)?;
    let read =
        |bytes: &[u8]| with_rest(postcard::take_from_bytes(bytes), |(item, more)| reader.statement(&item, &more));
    // Nodes are in the order of their ids, so their numbers tell it too.
    let (statements, of_statements) = section(pack, Section::Statements, &blocks, read, |a, b| {
        (a.from, a.kind, a.to, a.when) < (b.from, b.kind, b.to, b.when)
    })?;
    digest::verify(&pack.header, &[of_sources, of_nodes, of_statements].concat())?;
    let cited = Some(reader.into_cited());
    Ok(Dataset { nodes, statements, sources, cited, ..Dataset::default() })
}

/// The record of an item, and how many bytes are left behind it.
fn with_rest<I, T>(
    item: postcard::Result<(I, &[u8])>,
    record: impl FnOnce(I) -> Result<T, Fault>,
) -> Result<(T, usize), Fault> {
    let (item, rest) = item.map_err(|error| Fault::wrong(error.to_string()))?;
    Ok((record(item)?, rest.len()))
}

/// A block, still compressed.
pub(super) struct Block<'p> {
    pub(super) section: Section,
    compressed: &'p [u8],
    /// How many bytes it holds, as it says.
    raw: usize,
}

impl Block<'_> {
    /// What it holds.
    pub(super) fn items(&self) -> Result<Vec<u8>, Fault> {
        let bytes = zstd::bulk::decompress(self.compressed, self.raw);
        let bytes = bytes.map_err(|error| Fault::wrong(error.to_string()))?;
        if bytes.len() == self.raw { Ok(bytes) } else { Err(Fault::wrong("one of its blocks holds less than it says")) }
    }
}

/// The blocks of a pack, each within its bounds.
pub(super) fn blocks(pack: &Pack) -> Result<Vec<Block<'_>>, Fault> {
    let cut_off = || Fault::wrong("one of its blocks is cut off");
    let mut rest = pack.bytes.get(pack.blocks..).unwrap_or_default();
    let mut blocks: Vec<Block<'_>> = Vec::new();
    while let Some((section, after)) = rest.split_first() {
        let section = Section::ALL.into_iter().find(|known| *known as u8 == *section);
        let section = section.ok_or_else(|| Fault::wrong("one of its blocks is of an unknown sort"))?;
        let (length, after) = take(after).ok_or_else(cut_off)?;
        let (raw, after) = take(after).ok_or_else(cut_off)?;
        let (length, raw) = (u32::from_le_bytes(length) as usize, u32::from_le_bytes(raw) as usize);
        if raw > LONGEST_BLOCK || raw > length.saturating_mul(GREATEST_RATIO) {
            return Err(Fault::wrong("one of its blocks holds more than it may"));
        }
        if blocks.last().is_some_and(|last| section < last.section) {
            return Err(Fault::wrong("its parts are not in order"));
        }
        let compressed;
        (compressed, rest) = after.split_at_checked(length).ok_or_else(cut_off)?;
        blocks.push(Block { section, compressed, raw });
    }
    Ok(blocks)
}

/// The records of a section: `read` takes one from the beginning of some bytes and says how many are
/// left; of two, one comes `before` the other. None comes twice, so that a small file cannot repeat one
/// until the memory is full. With them come the hashes of their blocks.
fn section<T: Send>(
    pack: &Pack,
    section: Section,
    blocks: &[Block<'_>],
    read: impl Fn(&[u8]) -> Result<(T, usize), Fault> + Sync,
    before: impl Fn(&T, &T) -> bool + Sync,
) -> Result<(Vec<T>, Vec<BlockHash>), Fault> {
    let in_order = |last: Option<&T>, next: Option<&T>| match last.zip(next) {
        Some((last, next)) if !before(last, next) => Err(Fault::wrong("its items are not in order")),
        Some(_) | None => Ok(()),
    };
    let start = blocks.partition_point(|block| block.section < section);
    let end = blocks.partition_point(|block| block.section <= section);
    let blocks = &blocks[start..end];
    // The count may be a lie; what the blocks hold is none, and no item takes less than eight bytes.
    let count = pack.header.counts[section as usize] as usize;
    let total = blocks.iter().map(|block| block.raw).sum::<usize>();
    let room = count.min(total / 8);
    let items = |block: &Block<'_>| {
        let bytes = block.items()?;
        let mut items: Vec<T> = Vec::with_capacity(room * block.raw / total.max(1) + 16);
        let mut left = bytes.len();
        while left > 0 {
            let item;
            (item, left) = read(&bytes[bytes.len() - left..])?;
            in_order(items.last(), Some(&item))?;
            items.push(item);
        }
        Ok((items, digest::of_block(block.section, &bytes)))
    };
    let mut hashes = Vec::with_capacity(blocks.len());
    let mut all: Vec<T> = Vec::with_capacity(room);
    // Few at a time, so that little waits to be moved.
    for batch in blocks.chunks(rayon::current_num_threads() * 2) {
        let read: Vec<Result<_, Fault>> = batch.par_iter().map(items).collect();
        for (mut items, hash) in read.into_iter().collect::<Result<Vec<_>, _>>()? {
            hashes.extend(hash);
            in_order(all.last(), items.first())?;
            all.append(&mut items);
        }
    }
    if all.len() != count {
        return Err(Fault::wrong("it does not hold as many items as it says"));
    }
    Ok((all, hashes))
}
