//! A plot that cannot be written says where, and leaves nothing behind.

use std::fs;

use neuropil_plot::{Picture, PlotError};

use crate::support::{drawn, setup};

fn picture() -> Picture {
    drawn(&setup(&[]), &[])
}

#[test]
fn a_missing_folder_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("missing").join("raster.png");
    let error = picture().write_png(&path).unwrap_err();
    assert!(matches!(error, PlotError::Write { .. }));
    assert!(error.to_string().contains(&path.display().to_string()), "{error}");
}

#[test]
fn a_folder_in_the_way_stays_and_no_half_file_does() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("raster.svg");
    fs::create_dir(&path).unwrap();
    picture().write_svg(&path).unwrap_err();
    assert!(path.is_dir());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_path_without_a_name_is_an_error() {
    picture().write_png("..".as_ref()).unwrap_err();
}

#[test]
fn an_old_plot_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("raster.svg");
    fs::write(&path, "old").unwrap();
    picture().write_svg(&path).unwrap();
    assert!(fs::read_to_string(&path).unwrap().starts_with("<svg"));
}
