//! Files that NumPy, `SciPy`, `PyArrow` and Polars wrote.

use crate::common::{fixture, triples};
use neuropil_tables::{Connections, read_connections};

const SOURCE: [u32; 4] = [0, 0, 2, 1];
const TARGET: [u32; 4] = [1, 1, 0, 3];
const WEIGHT: [f64; 4] = [0.5, -1.25, 0.0, 1e-3];
const DELAY: [f64; 4] = [1.5, 0.1, 2.0, 10.0];
const MATRIX: [(u32, u32, f64); 3] = [(0, 1, 0.5), (0, 3, -1.0), (2, 0, 2.5)];

fn read(name: &str) -> Connections {
    read_connections(&fixture(name)).unwrap_or_else(|error| panic!("{error}"))
}

fn message(name: &str) -> String {
    read_connections(&fixture(name)).unwrap_err().to_string()
}

fn check(name: &str, weight: Option<&[f64]>, delay: Option<&[f64]>) {
    let read = read(name);
    assert_eq!((read.source.as_slice(), read.target.as_slice()), (&SOURCE[..], &TARGET[..]), "{name}");
    assert_eq!((read.weight.as_deref(), read.delay.as_deref()), (weight, delay), "{name}");
    assert_eq!((read.n_sources, read.n_targets), (None, None), "{name}");
}

fn check_matrix(name: &str) {
    let read = read(name);
    let mut entries = triples(&read);
    entries.sort_by_key(|&(source, target, _)| (source, target));
    assert_eq!(entries, MATRIX, "{name}");
    assert_eq!((read.n_sources, read.n_targets), (Some(3), Some(4)), "{name}");
}

#[test]
fn records() {
    let single: [f64; 4] = WEIGHT.map(|weight| f64::from(weight as f32));
    check("records.npy", Some(&single), Some(&DELAY));
    check("records_aligned.npy", Some(&WEIGHT), None);
}

#[test]
fn pairs() {
    check("pairs.npy", None, None);
    check("pairs_fortran.npy", None, None);
}

#[test]
fn dense_matrices() {
    check_matrix("matrix.npy");
    check_matrix("matrix_fortran_f4.npy");
    let read = read("matrix_bool.npy");
    assert_eq!((read.source, read.target, read.weight), (vec![0, 0, 2], vec![1, 3, 0], None));
}

#[test]
fn archives() {
    check("columns.npz", Some(&WEIGHT), None);
    check("columns_compressed.npz", Some(&WEIGHT), Some(&DELAY));
    for name in ["scipy_coo.npz", "scipy_csr.npz", "scipy_csc.npz"] {
        check_matrix(name);
    }
}

#[test]
fn tables() {
    let single: [f64; 4] = DELAY.map(|delay| f64::from(delay as f32));
    check("pyarrow_snappy.parquet", Some(&WEIGHT), Some(&single));
    check("polars.parquet", Some(&WEIGHT), None);
    check("polars.csv", Some(&WEIGHT), None);
    check("savetxt.csv", Some(&WEIGHT), Some(&DELAY));
}

#[test]
fn matrices_of_scipy() {
    check_matrix("scipy_real.mtx");
    check_matrix("scipy_dense.mtx");
    let read = |name: &str| triples(&read(name));
    assert_eq!(read("scipy_symmetric.mtx"), [(0, 0, 1.0), (1, 0, 2.0), (0, 1, 2.0)]);
    assert_eq!(read("scipy_skew.mtx"), [(1, 0, -2.0), (0, 1, 2.0)]);
    assert_eq!(read("scipy_integer.mtx"), [(0, 1, -7.0), (1, 0, 3.0)]);
    assert_eq!(read("scipy_unsigned.mtx"), [(0, 1, 7.0), (1, 0, 3.0)]);
    assert_eq!(read("scipy_pattern.mtx"), MATRIX.map(|(source, target, _)| (source, target, 1.0)));
    assert_eq!(read("scipy_dense_symmetric.mtx").len(), 8);
}

#[test]
fn what_cannot_be_read_says_what_helps() {
    assert!(
        message("pyarrow_zstd.parquet").contains("compressed with ZSTD"),
        "{}",
        message("pyarrow_zstd.parquet")
    );
    assert!(message("pyarrow_zstd.parquet").contains("compression=\"snappy\""));
    assert!(
        message("texts.parquet").contains("column `source` has the type Utf8"),
        "{}",
        message("texts.parquet")
    );
    assert!(message("scipy_bsr.npz").contains("format `bsr`"), "{}", message("scipy_bsr.npz"));
    assert!(message("objects.npy").contains("elements of type `|O`"), "{}", message("objects.npy"));
    assert!(message("values.npy").contains("found shape [3]"), "{}", message("values.npy"));
    assert!(message("values.npz").contains("there is no use for column `v`"), "{}", message("values.npz"));
}
