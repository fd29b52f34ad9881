//! Patterns as Auryn reads them.

use neuropil_tables::{Pattern, read_patterns};

fn read(text: &str) -> Vec<Pattern> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.pat");
    std::fs::write(&path, text).unwrap();
    read_patterns(&path).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn blank_lines_end_patterns() {
    let patterns = read("# two patterns\n1\n2 0.5\n# within\n3\n\n\n\n7 -2e0\n7\n");
    assert_eq!(patterns, [vec![(1, 1.0), (2, 0.5), (3, 1.0)], vec![(7, -2.0), (7, 1.0)]]);
}

#[test]
fn the_end_of_the_file_ends_a_pattern() {
    assert_eq!(read("\n\n0"), [vec![(0, 1.0)]]);
    assert_eq!(read("0\r\n\r\n1\r\n"), [vec![(0, 1.0)], vec![(1, 1.0)]]);
}

#[test]
fn no_patterns() {
    assert!(read("").is_empty());
    assert!(read("# nothing\n\n").is_empty());
}
