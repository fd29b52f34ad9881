//! When the disk is full, what was saved before stays, and the error says where.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::small_run::{context, every_rows, names, part, spike_table, spikes};
use neuropil_record::{RecordError, RunFolder, Writer, read_spikes};

const DISK: &str = "NEUROPIL_TEST_DISK";
const SEGMENT: usize = 20_000;

/// Runs the test of this name again, in a namespace with a disk of 1 MB. Whether that could be done.
fn run_on_small_disk(test: &str) -> bool {
    let Ok(disk) = tempfile::tempdir() else {
        return false;
    };
    let script = "mount -t tmpfs -o size=1m none \"$0\" || exit 77; exec \"$1\" --exact \"$2\" --nocapture";
    let status = Command::new("unshare")
        .args(["-rm", "sh", "-c", script])
        .args([disk.path(), &std::env::current_exe().unwrap(), Path::new(test)])
        .env(DISK, disk.path())
        .status();
    match status {
        Ok(status) if status.success() => true,
        Ok(status) if ![Some(1), Some(77)].contains(&status.code()) => panic!("{test} failed: {status}"),
        other => {
            println!("skipped, no disk can be mounted here: {other:?}");
            false
        }
    }
}

fn small_disk() -> Option<PathBuf> {
    std::env::var_os(DISK).map(|disk| PathBuf::from(disk).join("run"))
}

fn is_disk_full(error: &RecordError) -> bool {
    matches!(error, RecordError::Write { reason, .. } if reason.kind() == std::io::ErrorKind::StorageFull)
}

#[test]
fn segments_outlive_a_full_disk() {
    let Some(path) = small_disk() else {
        run_on_small_disk("full_disk::segments_outlive_a_full_disk");
        return;
    };
    let folder = RunFolder::create(&path, false).unwrap();
    let mut writer = Writer::start(&folder, context(), vec![spike_table()], every_rows(SEGMENT)).unwrap();
    let all = spikes(100 * SEGMENT);
    let mut batches = (0..100).map(|k| part(&all, k * SEGMENT, (k + 1) * SEGMENT));
    let error = batches.find_map(|batch| writer.send(0, batch).err());
    let error = error.or(writer.finish().err()).unwrap();
    assert!(is_disk_full(&error) && !error.is_user_error(), "{error}");
    assert!(error.to_string().contains("the rows saved before are in"), "{error}");
    println!("{error}");
    assert_complete(&path, &all.step);
}

#[test]
fn segments_outlive_a_join_without_room() {
    let Some(path) = small_disk() else {
        run_on_small_disk("full_disk::segments_outlive_a_join_without_room");
        return;
    };
    let folder = RunFolder::create(&path, false).unwrap();
    let mut writer = Writer::start(&folder, context(), vec![spike_table()], every_rows(SEGMENT)).unwrap();
    // Some 0.6 MB: there is room for it once, not twice. The last rows are not in a segment yet.
    let all = spikes(8 * SEGMENT + SEGMENT / 2);
    for start in (0..all.step.len()).step_by(SEGMENT) {
        writer.send(0, part(&all, start, all.step.len().min(start + SEGMENT))).unwrap();
    }
    let error = writer.finish().unwrap_err();
    assert!(is_disk_full(&error), "{error}");
    println!("{error}");
    assert_eq!(assert_complete(&path, &all.step), all.step.len());
}

/// Checks that the segments hold the first rows, whole segments of them, and nothing is half written.
fn assert_complete(path: &Path, steps: &[u64]) -> usize {
    assert!(
        names(path).iter().all(|name| name == ".lock" || name.starts_with("spikes-")),
        "{:?}",
        names(path)
    );
    let read = read_spikes(path).unwrap().step;
    assert!(!read.is_empty() && read == steps[..read.len()]);
    read.len()
}
