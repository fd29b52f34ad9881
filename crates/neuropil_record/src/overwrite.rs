//! Removing an earlier run, and nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use crate::file_names::{MANIFEST_FILE, is_file_name};
use crate::{Manifest, RecordError, segments};

/// Removes the files of the run in `folder`: what its manifest lists, and segments of its tables.
pub(crate) fn remove_run(folder: &Path) -> Result<(), RecordError> {
    let manifest_path = folder.join(MANIFEST_FILE);
    if !manifest_path.exists() {
        return Err(RecordError::NotARun { path: folder.to_owned() });
    }
    let manifest = Manifest::read(&manifest_path)?;
    let names = files_of(folder, &manifest).map_err(|e| RecordError::prepare(folder, e))?;
    // The manifest goes last: while it is there, a removal that was cut short can be repeated.
    for name in names.iter().map(String::as_str).chain([MANIFEST_FILE]) {
        let path = folder.join(name);
        remove(&path).map_err(|e| RecordError::prepare(&path, e))?;
    }
    Ok(())
}

/// The names of the files that are there and belong to the run, without the manifest.
pub(crate) fn files_of(folder: &Path, manifest: &Manifest) -> io::Result<BTreeSet<String>> {
    let mut listed: BTreeSet<&str> = manifest.files.iter().map(String::as_str).collect();
    listed.extend(manifest.tables.iter().map(|table| table.file.as_str()));
    listed.insert(MANIFEST_FILE);
    listed.retain(|name| is_file_name(name));
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        if let Ok(name) = entry?.file_name().into_string()
            && name != MANIFEST_FILE
            && listed.iter().any(|listed| belongs_to(&name, listed))
        {
            found.insert(name);
        }
    }
    Ok(found)
}

/// Whether `name` is the file `listed`, one of its segments, or what a crash left of either.
fn belongs_to(name: &str, listed: &str) -> bool {
    let is_part = |name: &str| name == listed || segments::number(name, listed).is_some();
    let unhidden = name.strip_prefix('.').and_then(|name| name.strip_suffix(".tmp"));
    is_part(name) || unhidden.is_some_and(is_part)
}

fn remove(path: &Path) -> io::Result<()> {
    if path.is_dir() && !path.is_symlink() {
        return Ok(());
    }
    match fs::remove_file(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
