//! Files that are visible only when complete.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// The hidden name under which `name` is written; no glob such as `*.parquet` matches it.
pub(crate) fn hidden(name: &str) -> String {
    format!(".{name}.tmp")
}

/// Writes a file through `fill` and makes it visible as `name`, replacing what was there. Returns its size.
pub(crate) fn write(
    folder: &Path,
    name: &str,
    fill: impl FnOnce(&File) -> io::Result<()>,
) -> io::Result<u64> {
    let hidden = folder.join(hidden(name));
    let written = fill_and_rename(&hidden, &folder.join(name), fill);
    if written.is_err() {
        // On a full disk this makes room for what is still to be saved.
        let _ = fs::remove_file(&hidden);
    }
    let bytes = written?;
    sync_folder(folder)?;
    Ok(bytes)
}

/// As [`write`], with the contents at hand.
pub(crate) fn write_all(folder: &Path, name: &str, contents: &[u8]) -> io::Result<u64> {
    write(folder, name, |mut file| file.write_all(contents))
}

fn fill_and_rename(
    hidden: &Path,
    visible: &Path,
    fill: impl FnOnce(&File) -> io::Result<()>,
) -> io::Result<u64> {
    let mut options = File::options();
    let file = options.create(true).truncate(true).read(true).write(true).open(hidden)?;
    fill(&file)?;
    file.sync_all()?;
    let bytes = file.metadata()?.len();
    fs::rename(hidden, visible)?;
    Ok(bytes)
}

/// Makes renames and removals durable, where the file system can.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        Err(e) if matches!(e.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        other => other,
    }
}
