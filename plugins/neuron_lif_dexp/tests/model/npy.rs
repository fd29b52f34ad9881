//! Just enough of NumPy's format for the files of these tests.

use std::path::Path;

/// The rows of an array, as bytes. The header must hold `descr`.
pub(crate) fn rows<const BYTES: usize>(path: &Path, descr: &str) -> Vec<[u8; BYTES]> {
    let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    assert_eq!(&bytes[..8], b"\x93NUMPY\x01\x00", "version 1.0 of the format");
    let (header, data) = bytes[10..].split_at(usize::from(u16::from_le_bytes([bytes[8], bytes[9]])));
    let header = std::str::from_utf8(header).unwrap();
    assert!(header.contains(descr) && header.contains("'fortran_order': False"), "{header}");
    let (rows, rest) = data.as_chunks();
    assert!(rest.is_empty());
    rows.to_vec()
}

/// The doubles of an array of them.
pub(crate) fn doubles(path: &Path) -> Vec<f64> {
    rows(path, "'descr': '<f8'").into_iter().map(f64::from_le_bytes).collect()
}
