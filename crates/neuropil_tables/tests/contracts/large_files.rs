//! Twenty million connections there and back in seconds:
//! `cargo test --release -p neuropil_tables -- --ignored --nocapture twenty_million`.

use std::time::Instant;

use neuropil_tables::{Connection, ConnectionHeader, read_connections, write_connections};

const N: u64 = 20_000_000;
const N_SOURCES: u32 = 20_000;

fn row(i: u64) -> Connection {
    let random = i.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 11;
    let weight = random as f64 / (1_u64 << 53) as f64;
    Connection {
        source: (i / 1000) as u32,
        target: (i % 1000 * 17) as u32,
        weight,
        delay: (random % 64) as f64 / 10.0,
    }
}

fn measure(name: &str, delays: bool) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    let header = ConnectionHeader {
        n_sources: N_SOURCES,
        n_targets: N_SOURCES,
        n_connections: N,
        weights: true,
        delays,
        comment: String::new(),
    };
    let start = Instant::now();
    write_connections(&path, &header, (0..N).map(row)).unwrap();
    let (wrote, bytes) = (start.elapsed(), std::fs::metadata(&path).unwrap().len());
    let start = Instant::now();
    let read = read_connections(&path).unwrap();
    println!("{name}: {} MB, written in {wrote:.1?}, read in {:.1?}", bytes / 1_000_000, start.elapsed());
    assert!(
        read.iter().zip(0..).all(|(found, i)| found.source == row(i).source && found.weight == row(i).weight)
    );
    assert_eq!(read.len() as u64, N);
}

#[test]
#[ignore = "a measurement that takes a gigabyte of disk"]
fn twenty_million() {
    measure("x.mtx", false);
    measure("x.csv", true);
    measure("x.parquet", true);
}
