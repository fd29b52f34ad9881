//! All forms of Matrix Market, against what is written out here by hand.

use std::io::Write;

use crate::common::{read_as, triples};
use neuropil_tables::Connections;

fn read(text: &str) -> Connections {
    read_as("x.mtx", text.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

fn entries(kind: &str, body: &str) -> Vec<(u32, u32, f64)> {
    triples(&read(&format!("%%MatrixMarket matrix {kind}\n{body}")))
}

#[test]
fn general_real() {
    let read = read("%%MatrixMarket matrix coordinate real general\n3 4 3\n1 2 0.5\n3 1 -1e-3\n1 2 +.25\n");
    assert_eq!((read.n_sources, read.n_targets), (Some(3), Some(4)));
    assert_eq!(read.source, [0, 2, 0]);
    assert_eq!(read.target, [1, 0, 1]);
    assert_eq!(read.weight, Some(vec![0.5, -1e-3, 0.25]));
    assert_eq!(read.delay, None);
}

#[test]
fn explicit_zeros_and_repeated_pairs_stay() {
    let body = "2 2 3\n1 1 0\n1 1 0\n2 1 -0.0\n";
    let read = entries("coordinate real general", body);
    assert_eq!(read, [(0, 0, 0.0), (0, 0, 0.0), (1, 0, -0.0)]);
    assert!(read[2].2.is_sign_negative());
}

#[test]
fn integers() {
    assert_eq!(entries("coordinate integer general", "2 2 2\n1 1 -7\n2 2 +3\n"), [(0, 0, -7.0), (1, 1, 3.0)]);
}

#[test]
fn patterns_have_no_weights() {
    let read = read("%%MatrixMarket matrix coordinate pattern general\n2 2 2\n1 2\n2 1\n");
    assert_eq!((read.source, read.target, read.weight), (vec![0, 1], vec![1, 0], None));
}

#[test]
fn symmetric() {
    let body = "3 3 3\n1 1 1\n2 1 2\n3 2 3\n";
    let expected = [(0, 0, 1.0), (1, 0, 2.0), (0, 1, 2.0), (2, 1, 3.0), (1, 2, 3.0)];
    assert_eq!(entries("coordinate real symmetric", body), expected);
    let pattern = entries("coordinate pattern symmetric", "2 2 2\n1 1\n2 1\n");
    assert_eq!(pattern, [(0, 0, 1.0), (1, 0, 1.0), (0, 1, 1.0)]);
}

#[test]
fn skew_symmetric() {
    let body = "3 3 2\n2 1 2\n3 2 -3\n";
    let expected = [(1, 0, 2.0), (0, 1, -2.0), (2, 1, -3.0), (1, 2, 3.0)];
    assert_eq!(entries("coordinate real skew-symmetric", body), expected);
}

#[test]
fn arrays_go_by_columns_and_zeros_are_no_connections() {
    let expected = [(0, 0, 1.0), (1, 0, 2.0), (1, 1, 4.0), (0, 2, 5.0)];
    assert_eq!(entries("array real general", "2 3\n1\n2\n0\n4\n5\n0.0\n"), expected);
    let expected = [(0, 0, 1.0), (1, 0, 2.0), (0, 1, 2.0), (1, 1, 3.0)];
    assert_eq!(entries("array integer symmetric", "2 2\n1\n2\n3\n"), expected);
    let expected = [(1, 0, 1.0), (0, 1, -1.0), (2, 0, 2.0), (0, 2, -2.0), (2, 1, 3.0), (1, 2, -3.0)];
    assert_eq!(entries("array real skew-symmetric", "3 3\n1\n2\n3\n"), expected);
    assert_eq!(entries("array real skew-symmetric", "1 1\n"), []);
}

#[test]
fn nothing_is_something() {
    assert_eq!(entries("coordinate real general", "0 0 0\n"), []);
    assert_eq!(entries("coordinate real general", "5 0 0"), []);
    assert_eq!(entries("array real general", "0 5\n\n% nothing\n"), []);
}

#[test]
fn comments_blanks_and_line_ends_do_not_matter() {
    let text = "%%matrixmarket MATRIX Coordinate Real GENERAL  \r\n% a comment\r\n\r\n  %indented\r\n \
                2\t2   2  \r\n% between\r\n\r\n1 1 1\r\n   2    2    2.5   \r\n%\r\n\r\n";
    assert_eq!(triples(&read(text)), [(0, 0, 1.0), (1, 1, 2.5)]);
    assert_eq!(triples(&read(&text.replace('\r', ""))), [(0, 0, 1.0), (1, 1, 2.5)]);
    assert_eq!(triples(&read(&format!("\u{feff}{}", text.trim_end()))), [(0, 0, 1.0), (1, 1, 2.5)]);
}

#[test]
fn weights_of_auryn() {
    let text = "%%MatrixMarket matrix coordinate real general\n\
                % Auryn weight matrix. Has to be kept in row major order for load operation.\n\
                % Connection name: SparseConnection\n% Locked range: 1\n%\n\
                3200 3200 2\n1 5 2.7000001e-01\n3200 3200 1.7999999e+00\n";
    let read = read_as("ee.wmat", text.as_bytes()).unwrap();
    assert_eq!(triples(&read), [(0, 4, 0.27000001), (3199, 3199, 1.7999999)]);
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    let compressed = encoder.finish().unwrap();
    assert_eq!(read_as("ee.wmat.gz", &compressed).unwrap(), read);
    let message = read_as("ee.mtx.gz", &compressed[..compressed.len() / 2]).unwrap_err().to_string();
    assert!(message.starts_with("cannot read"), "{message}");
}

/// The matrices of Auryn's own tests do so.
#[test]
fn files_of_auryn_may_count_their_lines() {
    let text = |mark: &str, n: usize| {
        format!(
            "%%MatrixMarket matrix coordinate real general\n% {mark}.\n3 3 {n}\n1 2 0.400000\n3 1 0.400000\n"
        )
    };
    let read = |mark: &str, n| read_as("x.wmat", text(mark, n).as_bytes());
    assert_eq!(triples(&read("Auryn weight matrix", 5).unwrap()), [(0, 1, 0.4), (2, 0, 0.4)]);
    assert_eq!(read("Auryn weight matrix", 2).unwrap().len(), 2);
    for (mark, n) in [("Auryn weight matrix", 4), ("Auryn weight matrix", 6), ("A weight matrix", 5)] {
        assert!(read(mark, n).unwrap_err().to_string().contains("ends after 2"));
    }
}

#[test]
fn numbers_are_read_to_the_nearest_double() {
    let body = "4 1 4\n1 1 0.1\n2 1 2.2250738585072011e-308\n3 1 9007199254740993\n4 1 1e-400\n";
    let weights: Vec<f64> = entries("coordinate real general", body).iter().map(|entry| entry.2).collect();
    assert_eq!(weights, [0.1, 2.225073858507201e-308, 9007199254740992.0, 0.0]);
}

#[test]
fn lines_may_cross_the_buffer() {
    let n = 200_000;
    let mut text = format!("%%MatrixMarket matrix coordinate real general\n{n} 7 {n}\n");
    for i in 1..=n {
        text += &format!("{}{i} {} {}.5\n", " ".repeat(i % 5), i % 7 + 1, i % 1000);
    }
    let read = read(&text);
    for (i, row) in (1..).zip(read.iter()) {
        assert_eq!((row.source as usize, row.target as usize), (i - 1, i % 7));
        assert_eq!(row.weight, (i % 1000) as f64 + 0.5);
    }
    assert_eq!(read.len(), n);
}
