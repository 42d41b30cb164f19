//! Answers as fewer bytes, for those that are sent again and again. Whatever is sent once is compressed
//! on its way by tower-http.

use std::io::Write;

use axum::body::Bytes;

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

/// The bytes in this encoding. Linear in their number.
///
/// # Errors
///
/// Only where memory cannot be had.
pub(super) fn compress(bytes: &[u8], encoding: Encoding) -> std::io::Result<Bytes> {
    let mut out = Vec::with_capacity(bytes.len() / 4);
    match encoding {
        Encoding::Br => {
            let mut writer = brotli::CompressorWriter::new(&mut out, 4096, BROTLI_LEVEL, BROTLI_WINDOW);
            writer.write_all(bytes)?;
            writer.flush()?;
            drop(writer);
        }
        Encoding::Zstd => out = zstd::bulk::compress(bytes, zstd::DEFAULT_COMPRESSION_LEVEL)?,
        Encoding::Gzip => {
            let mut writer = flate2::write::GzEncoder::new(&mut out, flate2::Compression::default());
            writer.write_all(bytes)?;
            writer.finish()?;
        }
    }
    Ok(out.into())
}
