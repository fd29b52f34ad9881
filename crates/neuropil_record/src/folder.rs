//! The folder of one run.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::file_names::{MANIFEST_FILE, is_file_name};
use crate::lock::{FolderLock, LOCK_FILE};
use crate::{Manifest, RecordError, atomic, overwrite};

/// The folder of one run, claimed for it as long as this or a [`Writer`](crate::Writer) in it lives.
#[derive(Debug)]
pub struct RunFolder {
    path: PathBuf,
    lock: Arc<FolderLock>,
}

impl RunFolder {
    /// Makes the folder, with the folders above it, and claims it.
    ///
    /// With `overwrite` the files of an earlier run are removed: those that its `run.json` lists, and the
    /// segments of its tables. Other files are left alone.
    ///
    /// # Errors
    /// Where the folder cannot be written to, another run works in it, it holds files and `overwrite` is not
    /// given, or it is not the folder of a run.
    pub fn create(path: &Path, overwrite: bool) -> Result<Self, RecordError> {
        if path.exists() && !path.is_dir() {
            return Err(RecordError::NotAFolder { path: path.to_owned() });
        }
        fs::create_dir_all(path).map_err(|e| RecordError::prepare(path, e))?;
        let lock = Arc::new(FolderLock::take(path)?);
        if !is_empty(path).map_err(|e| RecordError::prepare(path, e))? {
            if !overwrite {
                return Err(RecordError::Exists { path: path.to_owned() });
            }
            overwrite::remove_run(path)?;
        }
        Ok(Self { path: path.to_owned(), lock })
    }

    /// Where the folder is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a text file whole, or not at all.
    ///
    /// # Errors
    /// Where `name` is not the name of a file in this folder, or it cannot be written.
    pub fn write_text(&self, name: &str, text: &str) -> Result<(), RecordError> {
        if !is_file_name(name) {
            let rule = "a file of a run has a plain name, without folders";
            return Err(RecordError::Name { what: "file", name: name.to_owned(), rule });
        }
        atomic::write_all(&self.path, name, text.as_bytes())
            .map(|_| ())
            .map_err(|e| RecordError::write(self.path.join(name), e))
    }

    /// Writes `run.json`, replacing an earlier one.
    ///
    /// The first one should list the files and tables to come: after a crash it tells which files
    /// `--overwrite` may remove.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn write_manifest(&self, manifest: &Manifest) -> Result<(), RecordError> {
        let json = serde_json::to_string_pretty(manifest)
            .map_err(|e| RecordError::write(self.path.join(MANIFEST_FILE), io::Error::other(e)))?;
        self.write_text(MANIFEST_FILE, &(json + "\n"))
    }

    /// The files that the run of a manifest has in this folder: those that it lists and that are there, the segments of
    /// its tables, and the manifest. None where the folder cannot be read.
    #[must_use]
    pub fn files_of(&self, manifest: &Manifest) -> Vec<String> {
        let found = overwrite::files_of(&self.path, manifest).unwrap_or_default();
        let whole = found.into_iter().filter(|name| !name.starts_with('.'));
        whole.chain([MANIFEST_FILE.to_owned()]).collect()
    }

    pub(crate) fn lock(&self) -> Arc<FolderLock> {
        Arc::clone(&self.lock)
    }
}

fn is_empty(folder: &Path) -> io::Result<bool> {
    for entry in fs::read_dir(folder)? {
        if entry?.file_name() != LOCK_FILE {
            return Ok(false);
        }
    }
    Ok(true)
}
