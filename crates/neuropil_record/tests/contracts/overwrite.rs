//! An earlier run is replaced only when asked for, and nothing but its files is removed.

use std::fs;
use std::path::Path;

use crate::small_run::{manifest, names, temporary};
use neuropil_record::{RecordError, RunFolder, TableReport};

fn touch(folder: &Path, files: &[&str]) {
    for file in files {
        fs::write(folder.join(file), "x").unwrap();
    }
}

fn earlier_run(path: &Path) {
    let folder = RunFolder::create(path, false).unwrap();
    let table =
        TableReport { name: "spikes".into(), file: "spikes.parquet".into(), ..TableReport::default() };
    let files = ["run.json", "scene.ron", "../outside.txt", "raster.svg", "sub"];
    folder.write_manifest(&manifest(&files, vec![table])).unwrap();
    folder.write_text("scene.ron", "()").unwrap();
    fs::create_dir(path.join("sub")).unwrap();
    touch(path, &["spikes-000003.parquet", ".spikes-000004.parquet.tmp", ".run.json.tmp", "sub/kept"]);
}

#[test]
fn a_folder_with_files_is_refused() {
    let (_parent, path) = temporary();
    earlier_run(&path);
    let error = RunFolder::create(&path, false).unwrap_err();
    assert!(matches!(error, RecordError::Exists { .. }) && error.is_user_error());
    assert!(
        error
            .to_string()
            .ends_with("is not empty; replace the run in it with --overwrite or give another --out")
    );
    assert!(path.join("scene.ron").exists());
}

#[test]
fn only_the_files_of_the_run_are_removed() {
    let (_parent, path) = temporary();
    earlier_run(&path);
    let foreign = ["notes.txt", "rates.parquet", "spikes-12.parquet", "spikes.csv", ".spikes.swp"];
    touch(&path, &foreign);
    fs::write(path.join("../outside.txt"), "x").unwrap();
    drop(RunFolder::create(&path, true).unwrap());
    assert_eq!(
        names(&path),
        [".spikes.swp", "notes.txt", "rates.parquet", "spikes-12.parquet", "spikes.csv", "sub"]
    );
    assert!(path.join("sub/kept").exists() && path.join("../outside.txt").exists());
}

#[test]
fn a_folder_that_no_run_wrote_is_left_alone() {
    let (_parent, path) = temporary();
    fs::create_dir_all(&path).unwrap();
    touch(&path, &["thesis.tex"]);
    let error = RunFolder::create(&path, true).unwrap_err();
    assert!(matches!(error, RecordError::NotARun { .. }) && error.is_user_error());
    for foreign in ["{}", "[1]", "not json", r#"{"format": 2}"#] {
        fs::write(path.join("run.json"), foreign).unwrap();
        let error = RunFolder::create(&path, true).unwrap_err();
        assert!(matches!(error, RecordError::BadManifest { .. }) && error.is_user_error(), "{error}");
    }
    assert_eq!(names(&path), ["run.json", "thesis.tex"]);
}

#[test]
fn an_empty_folder_is_taken_as_it_is() {
    let (_parent, path) = temporary();
    for overwrite in [false, true] {
        drop(RunFolder::create(&path, overwrite).unwrap());
        assert!(names(&path).is_empty());
    }
}

#[test]
fn a_path_that_cannot_be_a_folder_is_refused() {
    let (parent, path) = temporary();
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, "x").unwrap();
    let error = RunFolder::create(&path, true).unwrap_err();
    assert!(matches!(error, RecordError::NotAFolder { .. }) && error.is_user_error());
    let error = RunFolder::create(&path.join("below"), true).unwrap_err();
    assert!(matches!(error, RecordError::Prepare { .. }) && error.is_user_error());
    assert_eq!(fs::read_to_string(&path).unwrap(), "x");
    drop(parent);
}

#[test]
fn files_stay_in_the_folder() {
    let (_parent, path) = temporary();
    let folder = RunFolder::create(&path, false).unwrap();
    for name in ["", ".", "..", "../x", "a/b", "/x", "a\0b", "x/"] {
        assert!(folder.write_text(name, "x").unwrap_err().is_user_error(), "{name}");
    }
    assert_eq!(names(&path), [".lock"]);
}
