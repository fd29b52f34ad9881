//! A table without rows still has its file, with the schema.

use crate::small_run::{context, names, never, temporary, traces};
use neuropil_record::{RunFolder, SpikeBatch, TableSpec, Writer, read_spikes};

#[test]
fn an_empty_table_is_a_file() {
    let (_parent, path) = temporary();
    let folder = RunFolder::create(&path, false).unwrap();
    let tables = vec![TableSpec::Spikes, traces(true)];
    let mut writer = Writer::start(&folder, context(), tables, never()).unwrap();
    writer.send(0, SpikeBatch::default()).unwrap();
    let report = writer.finish().unwrap();
    drop(folder);
    assert_eq!(names(&path), ["spikes.parquet", "traces_soma.parquet"]);
    assert!(report.tables.iter().all(|table| table.rows == 0 && table.bytes > 0));
    let read = read_spikes(&path).unwrap();
    assert!(read.time_ms.is_empty());
    assert_eq!(read.populations, context().populations);
}
