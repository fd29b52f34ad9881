//! What is written is read back, to the last bit.

use neuropil_tables::{Connection, ConnectionHeader, Connections, read_connections, write_connections};
use proptest::prelude::*;

const SIZES: (u32, u32) = (u32::MAX, 1000);

fn finite() -> impl Strategy<Value = f64> {
    any::<u64>().prop_map(f64::from_bits).prop_filter("finite", |number| number.is_finite())
}

fn rows() -> impl Strategy<Value = Vec<Connection>> {
    let row = (0..SIZES.0, 0..SIZES.1, finite(), finite());
    let row = row.prop_map(|(source, target, weight, delay)| Connection { source, target, weight, delay });
    prop::collection::vec(row, 0..1000)
}

fn header(rows: &[Connection], weights: bool, delays: bool) -> ConnectionHeader {
    ConnectionHeader {
        n_sources: SIZES.0,
        n_targets: SIZES.1,
        n_connections: rows.len() as u64,
        weights,
        delays,
        comment: "one\ntwo".into(),
    }
}

fn round_trip(name: &str, header: &ConnectionHeader, rows: &[Connection]) -> Connections {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    write_connections(&path, header, rows.iter().copied()).unwrap();
    read_connections(&path).unwrap()
}

fn bits(column: Option<&Vec<f64>>) -> Option<Vec<u64>> {
    column.map(|column| column.iter().map(|number| number.to_bits()).collect())
}

fn check(name: &str, rows: &[Connection], weights: bool, delays: bool) {
    let read = round_trip(name, &header(rows, weights, delays), rows);
    let column =
        |wanted: bool, value: fn(&Connection) -> f64| wanted.then(|| rows.iter().map(value).collect());
    assert_eq!(read.source, rows.iter().map(|row| row.source).collect::<Vec<_>>());
    assert_eq!(read.target, rows.iter().map(|row| row.target).collect::<Vec<_>>());
    assert_eq!(bits(read.weight.as_ref()), bits(column(weights, |row| row.weight).as_ref()));
    assert_eq!(bits(read.delay.as_ref()), bits(column(delays, |row| row.delay).as_ref()));
    if !name.ends_with(".csv") {
        assert_eq!((read.n_sources, read.n_targets), (Some(SIZES.0), Some(SIZES.1)));
    }
}

proptest! {
    // Few cases of many rows: every file is synced to the disk.
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn matrix_market(rows in rows(), weights: bool) {
        check("x.mtx", &rows, weights, false);
    }

    #[test]
    fn csv(rows in rows(), weights: bool, delays: bool) {
        check("x.csv", &rows, weights, delays);
    }

    #[test]
    fn parquet(rows in rows(), weights: bool, delays: bool) {
        check("x.parquet", &rows, weights, delays);
    }
}

#[test]
fn several_row_groups_and_dictionaries_that_overflow() {
    let row =
        |i: u32| Connection { source: i / 1000, target: i % 1000, weight: f64::from(i).sqrt(), delay: 1.5 };
    let rows: Vec<_> = (0..1_100_000).map(row).collect();
    check("x.parquet", &rows, true, true);
}

#[test]
fn connections_are_rows_again() {
    let rows = [Connection { source: 7, target: 3, weight: 0.5, delay: 2.0 }];
    let read = round_trip("x.parquet", &header(&rows, true, true), &rows);
    assert_eq!(read.iter().collect::<Vec<_>>(), rows);
    let header = ConnectionHeader::of(&read, 1, 1);
    assert_eq!((header.n_sources, header.n_connections, header.delays), (u32::MAX, 1, true));
}
