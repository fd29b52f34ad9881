//! What files look like, and that they are there only when complete.

use std::fs;

use crate::common::small;
use neuropil_tables::{Connection, ConnectionHeader, TableError, read_connections, write_connections};

fn written(name: &str, header: &ConnectionHeader, rows: &[Connection]) -> Result<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, "before").unwrap();
    let prefix = format!("{}/", folder.path().display());
    let result = write_connections(&path, header, rows.iter().copied());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left");
    let content = fs::read_to_string(&path).unwrap();
    assert_eq!(result.is_err(), content == "before");
    result.map(|()| content).map_err(|error| error.to_string().replace(&prefix, ""))
}

#[test]
fn matrix_market() {
    let (header, rows) = small();
    let text = "%%MatrixMarket matrix coordinate real general\n3 4 2\n1 4 0.1\n3 1 -1e-300\n";
    assert_eq!(written("x.mtx", &header, &rows).unwrap(), text);
    let header = ConnectionHeader { weights: false, comment: "a\nb".into(), ..header };
    let text = "%%MatrixMarket matrix coordinate pattern general\n% a\n% b\n3 4 2\n1 4\n3 1\n";
    assert_eq!(written("x.wmat", &header, &rows).unwrap(), text);
}

#[test]
fn csv() {
    let (header, rows) = small();
    let header = ConnectionHeader { delays: true, ..header };
    let text = "source,target,weight,delay\n0,3,0.1,1.5\n2,0,-1e-300,1.5\n";
    assert_eq!(written("x.csv", &header, &rows).unwrap(), text);
}

#[test]
fn rows_that_do_not_fit_are_refused() {
    let (header, rows) = small();
    for name in ["x.mtx", "x.csv", "x.parquet"] {
        let header =
            |n_sources, n_connections| ConnectionHeader { n_sources, n_connections, ..header.clone() };
        let error = written(name, &header(3, 3), &rows).unwrap_err();
        assert_eq!(error, format!("cannot write {name}: 3 connections were announced, but 2 came"));
        let error = written(name, &header(2, 2), &rows).unwrap_err();
        assert!(error.contains("does not fit: there are 2 sources and 4 targets"), "{error}");
        let nan = rows.map(|row| Connection { weight: f64::NAN, ..row });
        assert!(written(name, &header(3, 2), &nan).unwrap_err().contains("numbers are finite"));
    }
}

#[test]
fn what_a_format_has_no_place_for_is_refused() {
    let (header, rows) = small();
    let header = ConnectionHeader { delays: true, ..header };
    assert!(written("x.mtx", &header, &rows).unwrap_err().contains("no place for delays"));
    assert!(
        written("x.npy", &header, &rows)
            .unwrap_err()
            .contains("connections are written to files that end in .mtx")
    );
}

#[test]
fn the_bytes_of_parquet_depend_on_the_rows_alone() {
    let (header, rows) = small();
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str| {
        let path = folder.path().join(name);
        write_connections(&path, &header, rows).unwrap();
        fs::read(path).unwrap()
    };
    assert_eq!(write("a.parquet"), write("b.parquet"));
    assert_eq!(read_connections(&folder.path().join("a.parquet")).unwrap().len(), 2);
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let (header, rows) = small();
    let folder = tempfile::tempdir().unwrap();
    let error = write_connections(&folder.path().join("no/x.mtx"), &header, rows).unwrap_err();
    assert!(matches!(error, TableError::Write { .. }), "{error}");
}
