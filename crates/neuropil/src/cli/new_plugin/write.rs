//! Files that are written together, or not at all.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{fs, io};

use neuropil_run::Failure;

use super::File;

/// Writes a new folder, and new texts of files below `root`: all of them under other names first, which they change when
/// everything is on the disk.
pub(super) fn write(folder: &Path, files: &[File], root: &Path, edits: &[File]) -> Result<(), Failure> {
    let hidden = hide(folder);
    let staged: Vec<_> = edits.iter().map(|edit| (hide(&root.join(edit.path)), edit)).collect();
    let result = (|| {
        fs::create_dir(&hidden).map_err(|e| (folder.to_owned(), e))?;
        files.iter().try_for_each(|file| put(&hidden.join(file.path), &file.text))?;
        staged.iter().try_for_each(|(path, edit)| put(path, &edit.text))?;
        fs::rename(&hidden, folder).map_err(|e| (folder.to_owned(), e))?;
        staged.iter().try_for_each(|(path, edit)| rename(path, root.join(edit.path)))
    })();
    result.map_err(|(path, error)| {
        // What is left over is removed as well as can be.
        let _ = fs::remove_dir_all(&hidden);
        staged.iter().for_each(|(path, _)| drop(fs::remove_file(path)));
        super::io(format!("error: cannot write `{}`: {error}", path.display()))
    })
}

/// The name of a file until all is written.
fn hide(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}", std::process::id()));
    path.with_file_name(name)
}

fn put(path: &Path, text: &str) -> Result<(), (PathBuf, io::Error)> {
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    folder.and_then(|()| fs::write(path, text)).map_err(|e| (path.to_owned(), e))
}

fn rename(from: &Path, to: PathBuf) -> Result<(), (PathBuf, io::Error)> {
    fs::rename(from, &to).map_err(|e| (to, e))
}
