//! Headers that claim more than the file holds are refused before memory is taken: no machine has as
//! much as they claim, and an attempt to reserve it ends the test.

use std::io::Write;

use crate::common::read_as;

fn refused(name: &str, content: &[u8]) -> String {
    read_as(name, content).unwrap_err().to_string()
}

fn npy(header: &str) -> Vec<u8> {
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.as_bytes());
    bytes
}

#[test]
fn matrix_market() {
    for kind in ["coordinate real general", "coordinate pattern general", "coordinate real symmetric"] {
        let text = format!("%%MatrixMarket matrix {kind}\n9 9 1000000000000000\n1 1 1\n");
        let message = refused("x.mtx", text.as_bytes());
        assert!(message.contains("announces 1000000000000000 entries"), "{message}");
    }
    let text = "%%MatrixMarket matrix array real general\n4294967295 4294967295\n1\n";
    assert!(refused("x.mtx", text.as_bytes()).contains("announces 18446744065119617025 entries"));
}

#[test]
fn as_many_entries_as_there_is_room_for_are_read() {
    let text =
        "%%MatrixMarket matrix coordinate pattern general\n1 1 500\n".to_owned() + &"1 1\n".repeat(500);
    assert_eq!(read_as("x.mtx", text.trim_end().as_bytes()).unwrap().len(), 500);
}

#[test]
fn compressed() {
    let text = "%%MatrixMarket matrix coordinate real general\n9 9 1000000000000000\n1 1 1\n";
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    let message = refused("x.mtx.gz", &encoder.finish().unwrap());
    assert!(message.contains("announces 1000000000000000 entries"), "{message}");
}

#[test]
fn arrays() {
    let header =
        |shape: &str| npy(&format!("{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}\n"));
    let message = refused("x.npy", &header("(1000000, 1000000000)"));
    assert!(message.contains("announces 8000000000000000 bytes"), "{message}");
    assert!(refused("x.npy", &header("(4294967296, 4294967296)")).contains("is impossible"));
    assert!(refused("x.npy", &header("(0, 18446744073709551615)")).contains("are too many"));
    assert!(read_as("x.npy", &header("(4294967295, 0)")).unwrap().is_empty());
    let pairs = npy("{'descr': '<i8', 'fortran_order': False, 'shape': (100000000000, 2), }\n");
    assert!(refused("x.npy", &pairs).contains("announces 1600000000000 bytes"));
    let mut long = b"\x93NUMPY\x02\x00".to_vec();
    long.extend(u32::MAX.to_le_bytes());
    assert!(refused("x.npy", &long).contains("is too long"));
    let deep = npy(&format!("{{'descr': {}", "(".repeat(60_000)));
    assert!(refused("x.npy", &deep).contains("cannot be understood"));
}
