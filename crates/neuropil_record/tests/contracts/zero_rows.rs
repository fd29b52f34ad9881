//! A table without rows still has its file, with the schema.

use crate::small_run::{context, names, never, rate, spike_table, temporary, traces, weights};
use neuropil_core::Batch;
use neuropil_record::{RunFolder, TableReader, Writer, read_spikes, read_table};

#[test]
fn an_empty_table_is_a_file() {
    let (_parent, path) = temporary();
    let folder = RunFolder::create(&path, false).unwrap();
    let tables = vec![spike_table(), traces(), rate(), weights()];
    let mut writer = Writer::start(&folder, context(), tables, never()).unwrap();
    writer.send(0, Batch::of(&spike_table().table)).unwrap();
    let report = writer.finish().unwrap();
    drop(folder);
    let expected = ["rate_all.parquet", "spikes.parquet", "traces_soma.parquet", "weights_rec-1.parquet"];
    assert_eq!(names(&path), expected);
    assert!(report.tables.iter().all(|table| table.rows == 0 && table.bytes > 0));
    let read = read_spikes(&path).unwrap();
    assert!(read.time_ms.is_empty());
    assert_eq!(read.populations, context().populations);
    assert!(read_table(&path, "rate_all").unwrap().time_ms.is_empty());
    assert_eq!(TableReader::open(&path, "traces_soma").unwrap().count(), 0);
    assert_eq!(TableReader::open(&path, "weights_rec-1").unwrap().count(), 0);
}
