//! A run that ends without its leave keeps complete, readable segments.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::small_run::{context, every_rows, names, part, samples, spike_table, spikes, temporary, traces};
use neuropil_record::{FlushPolicy, RunFolder, TableReader, Writer, read_spikes};

/// The deadline only turns a hang into a failure.
fn wait_until(what: impl Fn() -> bool) {
    let started = Instant::now();
    while !what() {
        assert!(started.elapsed() < Duration::from_secs(60), "waited in vain");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn start(path: &Path, flush: FlushPolicy) -> (RunFolder, Writer) {
    let folder = RunFolder::create(path, false).unwrap();
    let writer = Writer::start(&folder, context(), vec![spike_table()], flush).unwrap();
    (folder, writer)
}

#[test]
fn segments_are_complete_at_any_moment() {
    let (_parent, path) = temporary();
    let (_folder, mut writer) = start(&path, every_rows(1000));
    let all = spikes(2500);
    for at in (0..2500).step_by(500) {
        writer.send(0, part(&all, at, at + 500)).unwrap();
    }
    let segments = ["spikes-000000.parquet", "spikes-000001.parquet"];
    wait_until(|| path.join(segments[1]).exists());
    // As if it had been killed now: nothing more is done for these files.
    std::mem::forget(writer);
    assert_eq!(names(&path), [".lock", segments[0], segments[1]]);
    assert_eq!(read_spikes(&path).unwrap().step, all.step[..2000]);
    assert_eq!(read_spikes(&path.join(segments[1])).unwrap().step, all.step[1000..2000]);
}

#[test]
fn rows_are_saved_after_a_while_though_no_more_come() {
    let (_parent, path) = temporary();
    let flush = FlushPolicy { interval: Duration::from_millis(50), ..FlushPolicy::default() };
    let (_folder, mut writer) = start(&path, flush);
    writer.send(0, spikes(100)).unwrap();
    wait_until(|| path.join("spikes-000000.parquet").exists());
    assert_eq!(read_spikes(&path).unwrap().step, spikes(100).step);
}

#[test]
fn a_writer_that_is_dropped_saves_what_it_has() {
    let (_parent, path) = temporary();
    let (folder, mut writer) = start(&path, FlushPolicy::default());
    writer.send(0, spikes(100)).unwrap();
    drop((writer, folder));
    assert_eq!(names(&path), ["spikes-000000.parquet"]);
    assert_eq!(read_spikes(&path).unwrap().step, spikes(100).step);
}

#[test]
fn segments_of_any_table_are_read_as_one() {
    let (_parent, path) = temporary();
    let folder = RunFolder::create(&path, false).unwrap();
    let mut writer = Writer::start(&folder, context(), vec![traces()], every_rows(1000)).unwrap();
    let all = samples(2500);
    for at in (0..2500).step_by(500) {
        writer.send(0, part(&all, at, at + 500)).unwrap();
    }
    drop((writer, folder));
    assert_eq!(names(&path).len(), 3);
    let read: Vec<_> =
        TableReader::open(&path, "traces_soma").unwrap().flat_map(|rows| rows.unwrap().step).collect();
    assert_eq!(read, all.step);
    // With a segment of another run among them:
    let other = path.join("other");
    let folder = RunFolder::create(&other, false).unwrap();
    let other_context = neuropil_record::TableContext { scene_hash: "cd".repeat(32), ..context() };
    let mut writer = Writer::start(&folder, other_context, vec![traces()], every_rows(1000)).unwrap();
    writer.send(0, part(&all, 0, 500)).unwrap();
    drop((writer, folder));
    std::fs::copy(other.join("traces_soma-000000.parquet"), path.join("traces_soma-000001.parquet")).unwrap();
    let error = TableReader::open(&path, "traces_soma").unwrap().find_map(Result::err).unwrap();
    assert!(error.to_string().ends_with("it is of another run than the segments before it"), "{error}");
}
