//! From a pack to records, on all processors. Whatever the bytes are, the end is records or a fault,
//! within bounds.

use rayon::prelude::*;
use serde::Deserialize;

use super::super::Dataset;
use super::items::{self, Reader, Words};
use super::{Fault, GREATEST_RATIO, Header, LONGEST_BLOCK, MAGIC, PREFIX, Pack, Section, VERSION, wire};

/// The version and the header of a pack whose checksum is right, and where its blocks begin.
pub(super) fn header(bytes: &[u8]) -> Result<(u32, Header, usize), Fault> {
    let anew = |message: String| Fault { message, help: Fault::ANEW };
    let Some(rest) = bytes.strip_prefix(MAGIC) else {
        let message = match MAGIC.starts_with(bytes) {
            true => "the file is cut off before it says that it is a pack",
            false => "the file is not a pack",
        };
        return Err(Fault { message: message.into(), help: "give a pack made with `pactgraph pack`, or a folder" });
    };
    let (version, rest) = take(rest).ok_or_else(|| anew("the pack is cut off in its first bytes".into()))?;
    let version = u32::from_le_bytes(version);
    if !(1..=VERSION).contains(&version) {
        let message = format!("the pack is of format version {version}; this program reads versions 1 to {VERSION}");
        return Err(Fault { message, help: "use the version of pactgraph that made it, or pack the folder anew" });
    }
    let (length, rest) = take(rest).ok_or_else(|| anew("the pack is cut off in its first bytes".into()))?;
    let (length, found) = (u64::from_le_bytes(length), bytes.len() as u64);
    if found < length {
        return Err(anew(format!("the pack is cut off: {found} of its {length} bytes are there")));
    }
    if found > length {
        return Err(anew(format!("the pack was altered: it has {found} bytes instead of {length}")));
    }
    let (checksum, rest) = take::<32>(rest).ok_or_else(|| anew("the pack is cut off in its first bytes".into()))?;
    if blake3::hash(rest) != checksum {
        return Err(anew("the pack was altered: its contents do not fit its checksum".into()));
    }
    let (length, rest) = take(rest).ok_or_else(|| Fault::wrong("it has no header"))?;
    let length = u32::from_le_bytes(length) as usize;
    let header = rest.get(..length).ok_or_else(|| Fault::wrong("its header is cut off"))?;
    let header = postcard::from_bytes(header).map_err(|error| Fault::wrong(format!("its header: {error}")))?;
    Ok((version, header, PREFIX + length))
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
    section(pack, Section::Queries, &blocks(pack)?, read, |(a, ..), (b, ..)| a < b)
}

/// The facts of a pack, in order, not yet held against the rules.
pub(super) fn facts(pack: &Pack) -> Result<Dataset, Fault> {
    let blocks = blocks(pack)?;
    let read = |bytes: &[u8]| with_rest(postcard::take_from_bytes(bytes), |item| items::source(&item));
    let sources = section(pack, Section::Sources, &blocks, read, |a, b| a.id < b.id)?;
    let reader = Reader::new(Words::new(&pack.header.words), &sources, pack.about.nodes);
    let version = pack.about.format;
    let read = |bytes: &[u8]| with_rest(with_more(bytes, version), |(item, more)| reader.node(item, &more));
    let nodes = section(pack, Section::Nodes, &blocks, read, |a, b| a.id < b.id)?;
    let read = |bytes: &[u8]| with_rest(with_more(bytes, version), |(item, more)| reader.statement(&item, &more));
    // Nodes are in the order of their ids, so their numbers tell it too.
    let statements = section(pack, Section::Statements, &blocks, read, |a, b| {
        (a.from, a.kind, a.to, a.when) < (b.from, b.kind, b.to, b.when)
    })?;
    let cited = Some(reader.into_cited());
    Ok(Dataset { nodes, statements, sources, cited, ..Dataset::default() })
}

/// An item and what stands behind it since version 2, and the bytes left behind both.
fn with_more<'b, I: Deserialize<'b>, M: Deserialize<'b> + Default>(
    bytes: &'b [u8],
    version: u32,
) -> postcard::Result<((I, M), &'b [u8])> {
    if version > 1 {
        return postcard::take_from_bytes(bytes);
    }
    let (item, rest) = postcard::take_from_bytes(bytes)?;
    Ok(((item, M::default()), rest))
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
struct Block<'p> {
    section: Section,
    compressed: &'p [u8],
    /// How many bytes it holds, as it says.
    raw: usize,
}

/// The blocks of a pack, each within its bounds.
fn blocks(pack: &Pack) -> Result<Vec<Block<'_>>, Fault> {
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
/// until the memory is full.
fn section<T: Send>(
    pack: &Pack,
    section: Section,
    blocks: &[Block<'_>],
    read: impl Fn(&[u8]) -> Result<(T, usize), Fault> + Sync,
    before: impl Fn(&T, &T) -> bool + Sync,
) -> Result<Vec<T>, Fault> {
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
        let bytes = zstd::bulk::decompress(block.compressed, block.raw);
        let bytes = bytes.map_err(|error| Fault::wrong(error.to_string()))?;
        if bytes.len() != block.raw {
            return Err(Fault::wrong("one of its blocks holds less than it says"));
        }
        let mut items: Vec<T> = Vec::with_capacity(room * block.raw / total.max(1) + 16);
        let mut left = bytes.len();
        while left > 0 {
            let item;
            (item, left) = read(&bytes[bytes.len() - left..])?;
            in_order(items.last(), Some(&item))?;
            items.push(item);
        }
        Ok(items)
    };
    let mut all: Vec<T> = Vec::with_capacity(room);
    // Few at a time, so that little waits to be moved.
    for batch in blocks.chunks(rayon::current_num_threads() * 2) {
        let read: Vec<Result<Vec<T>, Fault>> = batch.par_iter().map(items).collect();
        for mut items in read.into_iter().collect::<Result<Vec<_>, _>>()? {
            in_order(all.last(), items.first())?;
            all.append(&mut items);
        }
    }
    if all.len() != count {
        return Err(Fault::wrong("it does not hold as many items as it says"));
    }
    Ok(all)
}
