//! Files that are not scenes are refused with the reason.

use std::path::{Path, PathBuf};

use neuropil_scene::SceneSource;

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn refusal(path: &Path) -> String {
    SceneSource::load(path).expect_err("this is no scene").to_string()
}

#[test]
fn a_folder_stands_for_its_scene() {
    let folder = folder("brunel_delta");
    std::fs::write(folder.join("scene.ron"), "()").unwrap();
    let source = SceneSource::load(&folder).unwrap();
    assert_eq!((source.path, source.text.as_str()), (folder.join("scene.ron"), "()"));
}

#[test]
fn missing_files_get_a_list_of_scenes_nearby() {
    let folder = folder("nearby");
    std::fs::write(folder.join("brunel.ron"), "()").unwrap();
    let message = refusal(&folder.join("brunnel.ron"));
    assert!(message.starts_with("there is no scene `") && message.contains("brunel.ron`"), "{message}");
    let message = refusal(&folder.join("nowhere/scene.ron"));
    assert!(message.contains("there is no folder `"), "{message}");
}

#[test]
fn bytes_that_are_not_text_have_a_place() {
    let path = folder("bytes").join("scene.ron");
    std::fs::write(&path, b"(\n  \xc3\xa9\xff)").unwrap();
    assert!(refusal(&path).ends_with("scene.ron:2:4: this is not UTF-8 text"), "{}", refusal(&path));
}

#[test]
fn devices_and_huge_files_are_refused() {
    if cfg!(unix) {
        assert_eq!(refusal(Path::new("/dev/zero")), "`/dev/zero` is not a regular file");
    }
    let path = folder("huge").join("scene.ron");
    let file = std::fs::File::create(&path).unwrap();
    file.set_len(SceneSource::MAX_BYTES + 1).unwrap();
    assert!(refusal(&path).ends_with("is larger than 64 MiB, too large for a scene"));
    std::fs::remove_file(path).unwrap();
}
