//! Broken files give the messages that stand beside them.
//!
//! `NEUROPIL_BLESS=1 cargo test -p neuropil_tables` writes them anew, to be read before they are committed.

use std::path::{Path, PathBuf};

use crate::common::folder;
use neuropil_tables::{TableError, read_connections, read_patterns};

fn broken_files() -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder("broken")).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|e| e != "txt")).collect();
    files.sort();
    files
}

fn read(path: &Path) -> Result<(), TableError> {
    if path.extension().is_some_and(|e| e == "pat") {
        read_patterns(path).map(|_| ())
    } else {
        read_connections(path).map(|_| ())
    }
}

fn message(path: &Path) -> String {
    let Err(error) = read(path) else { panic!("{} is not broken", path.display()) };
    let message = error.to_string().replace(&format!("{}/", folder("broken").display()), "");
    message + "\n"
}

#[test]
fn broken_files_give_their_messages() {
    let bless = std::env::var_os("NEUROPIL_BLESS").is_some();
    let files = broken_files();
    assert!(files.len() >= 70, "there are only {} files", files.len());
    let mut different = Vec::new();
    for path in &files {
        let message = message(path);
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(
            message.starts_with(name) && !message.trim_end().contains(char::is_control),
            "{name}: {message:?}"
        );
        let golden = path.with_extension("txt");
        if bless {
            std::fs::write(&golden, &message).unwrap();
        } else if std::fs::read_to_string(&golden).unwrap_or_default() != message {
            different.push(message);
        }
    }
    assert!(different.is_empty(), "{} messages differ:\n{}", different.len(), different.join(""));
}

#[test]
fn every_line_of_a_text_is_named() {
    for path in broken_files() {
        let error = read(&path).unwrap_err();
        let placed = matches!(error, TableError::Text { line, .. } if line > 0);
        let whole = ["empty", "no_size_line"].iter().any(|name| path.to_str().unwrap().contains(name));
        assert!(placed || whole, "{error}");
    }
}

#[test]
fn other_files_are_refused_by_name() {
    let message = |name: &str| read_connections(Path::new(name)).unwrap_err().to_string();
    assert!(message("w.txt").starts_with("w.txt: connections are read from files that end in .mtx"));
    assert!(message("w").contains("connections are read from"));
    assert!(message("w.npy.gz").contains("connections are read from"));
    assert!(message("w.pat").contains("connections are read from"));
    assert!(message("nowhere.mtx").starts_with("cannot read nowhere.mtx: No such file"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.mtx");
    std::fs::create_dir(&path).unwrap();
    assert!(read_connections(&path).unwrap_err().to_string().ends_with("it is not a file"));
}
