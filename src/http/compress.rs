//! Answers as fewer bytes, for those that are sent again and again. Whatever is sent once is compressed
//! on its way by tower-http.

use std::io::Write;

use axum::body::Bytes;
use tokio::runtime::{Handle, RuntimeFlavor};

use super::negotiate::Encoding;

/// Bytes below which compressing saves no packet.
pub(super) const WORTH_IT: usize = 860;

/// Brotli's levels go to 11; from here on each costs much and saves little.
const BROTLI_LEVEL: u32 = 5;
/// Bits of the window brotli looks back: 4 MiB, more than an answer has.
const BROTLI_WINDOW: u32 = 22;

/// A body in the first of these encodings, best first, and in which it is. It stays as it is where that
/// saves nothing, or cannot be done.
pub(super) fn accepted(body: Bytes, accepted: &[Encoding]) -> (Bytes, Option<Encoding>) {
    let wanted = accepted.first().filter(|_| body.len() >= WORTH_IT);
    let found = wanted.and_then(|&encoding| Some((compress(&body, encoding).ok()?, Some(encoding))));
    found.unwrap_or((body, None))
}

/// Bytes from which on compressing takes longer than a thread that serves all others should be kept.
const LONG: usize = 256 * 1024;

/// The bytes in this encoding. Linear in their number; where they are many, at the quickest level, and so that
/// the threads of the runtime go on with other work meanwhile.
///
/// # Errors
///
/// Only where memory cannot be had.
pub(super) fn compress(bytes: &[u8], encoding: Encoding) -> std::io::Result<Bytes> {
    let hands_over = Handle::try_current().is_ok_and(|now| now.runtime_flavor() == RuntimeFlavor::MultiThread);
    match bytes.len() >= LONG {
        true if hands_over => tokio::task::block_in_place(|| compressed(bytes, encoding, true)),
        is_long => compressed(bytes, encoding, is_long),
    }
}

fn compressed(bytes: &[u8], encoding: Encoding, quickly: bool) -> std::io::Result<Bytes> {
    let (brotli_level, zstd_level, gzip_level) = match quickly {
        true => (1, 1, flate2::Compression::fast()),
        false => (BROTLI_LEVEL, zstd::DEFAULT_COMPRESSION_LEVEL, flate2::Compression::default()),
    };
    let mut out = Vec::with_capacity(bytes.len() / 4);
    match encoding {
        Encoding::Br => {
            let mut writer = brotli::CompressorWriter::new(&mut out, 4096, brotli_level, BROTLI_WINDOW);
            writer.write_all(bytes)?;
            writer.flush()?;
            drop(writer);
        }
        Encoding::Zstd => out = zstd::bulk::compress(bytes, zstd_level)?,
        Encoding::Gzip => {
            let mut writer = flate2::write::GzEncoder::new(&mut out, gzip_level);
            writer.write_all(bytes)?;
            writer.finish()?;
        }
    }
    Ok(out.into())
}
