//! A table without rows still has its file, with the schema.

use crate::small_run::{context, names, never, rate, temporary, traces, weights};
use neuropil_record::{
    RunFolder, SpikeBatch, TableSpec, Writer, read_rate, read_spikes, read_traces, read_weights,
};

#[test]
fn an_empty_table_is_a_file() {
    let (_parent, path) = temporary();
    let folder = RunFolder::create(&path, false).unwrap();
    let tables = vec![TableSpec::Spikes, traces(true), rate(), weights(false)];
    let mut writer = Writer::start(&folder, context(), tables, never()).unwrap();
    writer.send(0, SpikeBatch::default()).unwrap();
    let report = writer.finish().unwrap();
    drop(folder);
    let expected = ["rate_all.parquet", "spikes.parquet", "traces_soma.parquet", "weights_rec-1.parquet"];
    assert_eq!(names(&path), expected);
    assert!(report.tables.iter().all(|table| table.rows == 0 && table.bytes > 0));
    let read = read_spikes(&path).unwrap();
    assert!(read.time_ms.is_empty());
    assert_eq!(read.populations, context().populations);
    assert!(read_rate(&path, "all").unwrap().time_ms.is_empty());
    assert_eq!(read_traces(&path, "soma").unwrap().count(), 0);
    assert_eq!(read_weights(&path, "rec-1").unwrap().count(), 0);
}
