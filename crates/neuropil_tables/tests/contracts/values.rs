//! One number per neuron, from all formats.

use crate::common::fixture;
use neuropil_tables::{TableError, read_values};

const VALUES: [f64; 3] = [-70.5, 0.0, 1e-3];

fn read(name: &str, column: Option<&str>) -> Result<Vec<f64>, TableError> {
    read_values(&fixture(name), column)
}

fn message(name: &str, column: Option<&str>) -> String {
    read(name, column).unwrap_err().to_string()
}

fn read_csv(text: &str, column: Option<&str>) -> Result<Vec<f64>, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("v.csv");
    std::fs::write(&path, text).unwrap();
    let prefix = format!("{}/", folder.path().display());
    read_values(&path, column).map_err(|error| error.to_string().replace(&prefix, ""))
}

#[test]
fn arrays() {
    assert_eq!(read("values.npy", None).unwrap(), VALUES);
    assert_eq!(read("values_int.npy", None).unwrap(), [3.0, -4.0, 5.0]);
    assert_eq!(read("records.npy", Some("delay")).unwrap(), [1.5, 0.1, 2.0, 10.0]);
    assert_eq!(read("values.npz", Some("v")).unwrap(), VALUES);
    assert!(message("values.npy", Some("v")).contains("no records"));
    assert!(message("values_column_vector.npy", None).contains("found shape [3, 1]; .ravel()"));
    assert!(message("values.npz", None).contains("which of its 2 columns has the values: `v`, `w`"));
    assert!(message("values.npz", Some("x")).contains("no column `x`; the file has `v`, `w`"));
}

#[test]
fn parquet() {
    assert_eq!(read("values.parquet", Some("v")).unwrap(), VALUES);
    assert_eq!(read("values.parquet", Some("n")).unwrap(), [1.0, 2.0, 3.0]);
    assert!(message("values.parquet", None).contains("which of its 2 columns"));
    assert!(message("values.parquet", Some("V")).contains("there is no column `V`; the file has `v`, `n`"));
    assert!(message("values_null.parquet", None).contains("column `v` has empty values"));
}

#[test]
fn csv() {
    assert_eq!(read("values_savetxt.csv", None).unwrap(), VALUES);
    assert_eq!(read_csv("v\n1\n2\n", None).unwrap(), [1.0, 2.0]);
    assert_eq!(read_csv("\u{feff}v\r\n1\r\n2\r\n", Some("v")).unwrap(), [1.0, 2.0]);
    assert_eq!(read_csv("\"u\", v\n0,1\n0, 2\n", Some("v")).unwrap(), [1.0, 2.0]);
    assert_eq!(read_csv("\"v, in mV\",n\n3,1\n", Some("v, in mV")).unwrap(), [3.0]);
    assert_eq!(read_csv("v\n", None).unwrap(), [0.0; 0]);
    assert_eq!(
        read_csv("1,2\n", None).unwrap_err(),
        "v.csv:1: expected one number in each line, found 2; name the columns and say which"
    );
    assert_eq!(read_csv("v\n1\nx\n", None).unwrap_err(), "v.csv:3:1: expected a number as value, found `x`");
    assert_eq!(
        read_csv("1\n", Some("v")).unwrap_err(),
        "v.csv:1: there is no column `v`, because the first line has numbers and no names"
    );
}

#[test]
fn other_formats_have_no_values() {
    assert!(message("scipy_dense.mtx", None).contains("values are read from files that end in .csv"));
}
