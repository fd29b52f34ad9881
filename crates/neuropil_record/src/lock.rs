//! The claim of one run on its folder.

use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::RecordError;

/// The name of the file that is locked; it is there only while a run is.
pub(crate) const LOCK_FILE: &str = ".lock";

/// An exclusive lock on a folder, given up when dropped or when the process ends in any way.
#[derive(Debug)]
pub(crate) struct FolderLock {
    path: PathBuf,
    // Holds the lock as long as it is open.
    _file: File,
}

impl FolderLock {
    /// Locks `folder`, without waiting.
    pub(crate) fn take(folder: &Path) -> Result<Self, RecordError> {
        let path = folder.join(LOCK_FILE);
        loop {
            let file = open(&path).map_err(|e| RecordError::prepare(folder, e))?;
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => {
                    return Err(RecordError::Locked { path: folder.to_owned() });
                }
                Err(TryLockError::Error(e)) if !has_no_locks(&e) => {
                    return Err(RecordError::prepare(folder, e));
                }
                _ => {}
            }
            // Whoever had the lock before removed the file when done: then this is a lock on nothing.
            if is_still_there(&file, &path) {
                return Ok(Self { path, _file: file });
            }
        }
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

fn open(path: &Path) -> io::Result<File> {
    File::options().create(true).truncate(false).write(true).open(path)
}

/// Some file systems of clusters have no locks; runs there go without.
fn has_no_locks(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Unsupported
}

fn is_still_there(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(named)) => (open.dev(), open.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}
