//! Files that are visible only when complete.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process;

use crate::error::Fault;

/// Writes a file through `fill` and makes it visible at `path`, replacing what was there.
pub(crate) fn write(path: &Path, fill: impl FnOnce(&File) -> Result<(), Fault>) -> Result<(), Fault> {
    let hidden = hidden(path)?;
    let written = fill_and_rename(&hidden, path, fill);
    if written.is_err() {
        let _ = fs::remove_file(&hidden);
    }
    written?;
    Ok(sync_folder(folder_of(path))?)
}

/// A name in the same folder that no glob such as `*.mtx` matches, and no other process uses.
fn hidden(path: &Path) -> io::Result<PathBuf> {
    let no_name = || io::Error::new(io::ErrorKind::InvalidInput, "the path does not end in a name");
    let mut name = OsString::from(".");
    name.push(path.file_name().ok_or_else(no_name)?);
    name.push(format!(".{}.tmp", process::id()));
    Ok(path.with_file_name(name))
}

fn fill_and_rename(
    hidden: &Path,
    path: &Path,
    fill: impl FnOnce(&File) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let file = File::options().create(true).truncate(true).read(true).write(true).open(hidden)?;
    fill(&file)?;
    file.sync_all()?;
    fs::rename(hidden, path)?;
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// Makes a rename durable, where the file system can.
fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        Err(e) if matches!(e.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        other => other,
    }
}
