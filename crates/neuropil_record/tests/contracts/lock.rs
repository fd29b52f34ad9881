//! A folder has one run at a time.

use crate::small_run::{context, names, never, spike_table, temporary};
use neuropil_record::{RecordError, RunFolder, Writer};

#[test]
fn a_second_run_is_refused_until_the_first_ends() {
    let (_parent, path) = temporary();
    let first = RunFolder::create(&path, false).unwrap();
    for overwrite in [false, true] {
        let error = RunFolder::create(&path, overwrite).unwrap_err();
        assert!(matches!(error, RecordError::Locked { .. }) && error.is_user_error());
    }
    drop(first);
    assert!(names(&path).is_empty(), "the lock leaves nothing behind");
    drop(RunFolder::create(&path, false).unwrap());
}

#[test]
fn a_writer_keeps_the_folder() {
    let (_parent, path) = temporary();
    let folder = RunFolder::create(&path, false).unwrap();
    let writer = Writer::start(&folder, context(), vec![spike_table()], never()).unwrap();
    drop(folder);
    assert!(matches!(RunFolder::create(&path, true), Err(RecordError::Locked { .. })));
    writer.finish().unwrap();
    assert!(matches!(RunFolder::create(&path, false), Err(RecordError::Exists { .. })));
}

#[test]
fn of_many_at_once_only_one_gets_it() {
    for _ in 0..50 {
        let (_parent, path) = temporary();
        let folders: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| RunFolder::create(&path, false))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(folders.iter().filter(|folder| folder.is_ok()).count(), 1);
    }
}
