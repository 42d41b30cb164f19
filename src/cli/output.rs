//! Files that are written whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Writes beside the file and renames, so that there is never half a file under its name. A device or
/// pipe is written to as it is.
pub(super) fn write(file: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let is_device = fs::metadata(file).is_ok_and(|found| !found.is_file() && !found.is_dir());
    if is_device {
        return write_to(File::options().write(true).open(file).map_err(|error| at(file, &error))?, write);
    }
    let mut partial = file.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    let written = File::create(&partial).and_then(|out| write_to(out, write)).and_then(|()| fs::rename(&partial, file));
    written.map_err(|error| {
        // Nothing is lost if it stays behind.
        let _ = fs::remove_file(&partial);
        at(file, &error)
    })
}

/// Writes to `out` in large pieces.
pub(super) fn write_to(out: impl Write, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(64 * 1024, out);
    write(&mut out)?;
    out.flush()
}

/// The error with the path it is about.
pub(super) fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
