//! Damaged input is an error, not a panic.

use std::fs;
use std::path::Path;

use crate::small_run::{never, temporary, write_run};
use neuropil_record::{Manifest, RecordError, read_spikes, read_table};

fn written() -> Vec<u8> {
    let (_parent, path) = temporary();
    write_run(&path, 300, &[300], never());
    fs::read(path.join("spikes.parquet")).unwrap()
}

fn read(bytes: &[u8], path: &Path) -> Result<usize, RecordError> {
    fs::write(path, bytes).unwrap();
    read_spikes(path).map(|table| table.time_ms.len())
}

#[test]
fn every_truncation_is_an_error() {
    let bytes = written();
    let folder = tempfile::tempdir().unwrap();
    for length in 0..bytes.len() {
        let error = read(&bytes[..length], &folder.path().join("x.parquet")).unwrap_err();
        assert!(matches!(error, RecordError::Read { .. }), "{length}: {error}");
    }
}

#[test]
fn flipped_bits_do_not_panic() {
    let bytes = written();
    let folder = tempfile::tempdir().unwrap();
    let mut errors = 0;
    for position in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[position] ^= 1 << (position % 8);
        errors += usize::from(read(&damaged, &folder.path().join("x.parquet")).is_err());
    }
    println!("{errors} of {} flipped bits were noticed", bytes.len());
    assert!(errors > bytes.len() / 4);
}

#[test]
fn other_files_are_named_as_such() {
    let (_parent, path) = temporary();
    write_run(&path, 300, &[300], never());
    let error = read_spikes(&path.join("traces_soma.parquet")).unwrap_err();
    assert!(
        error.to_string().ends_with("traces_soma.parquet: it holds table `traces_soma`, format 1"),
        "{error}"
    );
    let error = read_spikes(&path.join("nothing")).unwrap_err();
    assert!(error.is_user_error() && error.to_string().contains("No such file"), "{error}");
    let error = read_spikes(path.parent().unwrap()).unwrap_err();
    assert!(error.to_string().ends_with("there is no spikes.parquet in it"), "{error}");
    let error = read_table(&path, "rate_none").unwrap_err();
    assert!(error.to_string().ends_with("there is no rate_none.parquet in it"), "{error}");
    assert!(Manifest::read(&path).is_err());
}
