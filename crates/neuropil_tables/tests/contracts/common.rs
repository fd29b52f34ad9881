//! Files and connections that several tests use.

use std::path::{Path, PathBuf};

use neuropil_tables::{Connection, ConnectionHeader, Connections, TableError, read_connections};

/// A folder of the tests.
pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// A file that another program wrote.
pub(crate) fn fixture(name: &str) -> PathBuf {
    folder("fixtures").join(name)
}

/// Reads connections from a file of this name and content.
pub(crate) fn read_as(name: &str, content: &[u8]) -> Result<Connections, TableError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    read_connections(&path)
}

/// The connections as rows.
pub(crate) fn triples(connections: &Connections) -> Vec<(u32, u32, f64)> {
    connections.iter().map(|row| (row.source, row.target, row.weight)).collect()
}

/// A network of two connections from three neurons to four.
pub(crate) fn small() -> (ConnectionHeader, [Connection; 2]) {
    let header = ConnectionHeader {
        n_sources: 3,
        n_targets: 4,
        n_connections: 2,
        weights: true,
        delays: false,
        comment: String::new(),
    };
    let row = |source, target, weight| Connection { source, target, weight, delay: 1.5 };
    (header, [row(0, 3, 0.1), row(2, 0, -1e-300)])
}

/// Random numbers that are good enough to spoil files with.
pub(crate) struct SplitMix(pub(crate) u64);

impl SplitMix {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}
