//! Files with random damage are read or refused, without a panic.

use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use crate::common::{SplitMix, fixture, folder};
use neuropil_tables::{read_connections, read_patterns, read_values};

/// Bytes that mean something in texts.
const BYTES: &[u8] = b" \t\n\r%#0129-+.eE,;'\"(){}[]xN\x00\xff";

fn mutate(bytes: &mut Vec<u8>, random: &mut SplitMix) {
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        let byte = if random.below(2) == 0 { BYTES[random.below(BYTES.len())] } else { random.next() as u8 };
        let to = at + random.below(bytes.len() - at + 1);
        match random.below(6) {
            0 => bytes.insert(at, byte),
            1 => bytes.truncate(at),
            2 => drop(bytes.drain(at..to.min(at + 9))),
            3 => bytes.extend_from_within(at..to),
            _ if at < bytes.len() => bytes[at] = byte,
            _ => {}
        }
    }
}

/// Reads a file in every way; errors are welcome.
fn read(path: &Path) -> bool {
    let read = panic::catch_unwind(AssertUnwindSafe(|| {
        let connections = read_connections(path).is_ok();
        let values = read_values(path, None).is_ok() | read_values(path, Some("v")).is_ok();
        connections | values | read_patterns(path).is_ok()
    }));
    read.unwrap_or_else(|_| panic!("{} makes a panic", path.display()))
}

fn spoil(originals: &[PathBuf], rounds: usize, seed: u64) {
    let folder = tempfile::tempdir().unwrap();
    let mut random = SplitMix(seed);
    for original in originals {
        let bytes = std::fs::read(original).unwrap();
        let path = folder.path().join(original.file_name().unwrap());
        let mut read_anyway = 0;
        for _ in 0..rounds {
            let mut bytes = bytes.clone();
            mutate(&mut bytes, &mut random);
            std::fs::write(&path, &bytes).unwrap();
            read_anyway += usize::from(read(&path));
        }
        assert!(read_anyway < rounds, "{}: no damage was noticed", original.display());
    }
}

fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let wanted = |path: &PathBuf| path.extension().is_some_and(|e| extensions.contains(&e.to_str().unwrap()));
    let mut files: Vec<_> = files.filter(wanted).collect();
    files.sort();
    files
}

#[test]
fn texts() {
    spoil(&files(&folder("fixtures"), &["mtx", "csv", "pat"]), 400, 1);
    spoil(&files(&folder("broken"), &["mtx", "csv", "pat"]), 40, 2);
}

#[test]
fn arrays() {
    spoil(&files(&folder("fixtures"), &["npy", "npz"]), 300, 3);
}

#[test]
fn parquet() {
    spoil(&files(&folder("fixtures"), &["parquet"]), 300, 4);
}

#[test]
fn every_truncation_of_a_binary_file_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["matrix.npy", "records.npy", "columns_compressed.npz", "scipy_csr.npz", "polars.parquet"] {
        let bytes = std::fs::read(fixture(name)).unwrap();
        let path = folder.path().join(name);
        for length in 0..bytes.len() {
            std::fs::write(&path, &bytes[..length]).unwrap();
            assert!(read_connections(&path).is_err(), "{name}: {length}");
        }
    }
}
