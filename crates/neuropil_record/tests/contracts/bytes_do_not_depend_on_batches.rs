//! The bytes of a finished table depend on its rows, not on how they were cut into batches and segments.

use std::fs;
use std::time::Duration;

use crate::small_run::{FILES, every_rows, never, temporary, write_run};
use neuropil_record::FlushPolicy;

/// More than a row group of traces, and no round number.
const ROWS: usize = 300_123;

fn bytes(sizes: &[usize], flush: FlushPolicy) -> [Vec<u8>; FILES.len()] {
    let (_parent, path) = temporary();
    let report = write_run(&path, ROWS, sizes, flush);
    let mut expected = FILES;
    expected.sort_unstable();
    assert_eq!(crate::small_run::names(&path), expected, "only whole tables are left");
    assert!(report.tables.iter().all(|table| table.rows == ROWS as u64));
    FILES.map(|name| fs::read(path.join(name)).unwrap())
}

#[test]
fn batches_and_segments_leave_no_mark() {
    let whole = bytes(&[ROWS], never());
    let cuts: [(&[usize], FlushPolicy); 5] = [
        (&[1000, 1, 77_777], never()),
        (&[65_536], every_rows(65_536)),
        (&[500, 30_000, 3], every_rows(20_000)),
        (&[10_000], FlushPolicy { bytes: 1 << 20, ..never() }),
        (&[50_000], FlushPolicy { interval: Duration::ZERO, ..never() }),
    ];
    for (sizes, flush) in cuts {
        assert!(bytes(sizes, flush) == whole, "{sizes:?} {flush:?}");
    }
}

#[test]
fn the_hash_of_a_table_is_pinned() {
    let [spikes, traces, rate, weights] = bytes(&[ROWS], never());
    // When these change, so do the files of every user: say so in the change log.
    assert_eq!((spikes.len(), fnv(&spikes)), (1_529_522, 14_603_470_851_200_993_810));
    assert_eq!((traces.len(), fnv(&traces)), (2_943_090, 18_055_653_474_853_554_000));
    assert_eq!((rate.len(), fnv(&rate)), (3_862_220, 5_821_198_252_056_261_517));
    assert_eq!((weights.len(), fnv(&weights)), (1_819_921, 15_163_107_265_325_172_392));
}

fn fnv(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}
