//! How much is read of files of facts, and how long the system may take to give it.

use std::time::Duration;

const MIB: u64 = 1 << 20;

/// What is read of files of facts at most. What exceeds a bound is refused with its place, before it is
/// in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of one fact sheet, or of one file of a named query.
    pub sheet_bytes: u64,
    /// Bytes of all sheets and queries of a folder together. Each file and folder in it counts as a KiB
    /// more, so that their number is bounded too.
    pub folder_bytes: u64,
    /// Bytes of a pack.
    pub pack_bytes: u64,
    /// How long the system may take to open and read one file, or a store to send the next part of a
    /// pack. A drive that is gone never answers.
    pub read_time: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { sheet_bytes: MIB, folder_bytes: 256 * MIB, pack_bytes: 1024 * MIB, read_time: Duration::from_secs(30) }
    }
}
