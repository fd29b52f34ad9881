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
fn missing_files_get_the_name_of_a_scene_nearby() {
    let folder = folder("nearby");
    std::fs::create_dir_all(folder.join("cortex")).unwrap();
    for scene in ["brunel.ron", "chain.ron", "cortex/scene.ron"] {
        std::fs::write(folder.join(scene), "()").unwrap();
    }
    let help = |name: &str| {
        let path = folder.join(name);
        let message = refusal(&path);
        let (error, help) = message.split_once("\nhelp: ").unwrap();
        assert_eq!(error, format!("error: there is no scene `{}`", path.display()));
        help.replace(&*folder.to_string_lossy(), "s")
    };
    assert_eq!(help("brunnel.ron"), "did you mean `s/brunel.ron`?");
    assert_eq!(help("chain"), "did you mean `s/chain.ron`?");
    assert_eq!(help("cortx"), "did you mean `s/cortex`?");
    assert_eq!(help("cortx/scene.ron"), "did you mean `s/cortex`?");
    assert_eq!(help("retina.ron"), "in `s` there are `s/brunel.ron`, `s/chain.ron` and `s/cortex`");
    assert_eq!(help("nowhere/retina.ron"), "there is no folder `s/nowhere`");
}

#[test]
fn bytes_that_are_not_text_have_a_place() {
    let path = folder("bytes").join("scene.ron");
    std::fs::write(&path, b"(\n  \xc3\xa9\xff)").unwrap();
    let place = format!("{}:2:4", path.display());
    assert_eq!(
        refusal(&path),
        format!("error: this is not UTF-8 text\n --> {place}\nhelp: save the file as UTF-8")
    );
}

#[test]
fn devices_and_huge_files_are_refused() {
    if cfg!(unix) {
        let message = refusal(Path::new("/dev/zero"));
        assert!(message.starts_with("error: `/dev/zero` is not a regular file\nhelp: "), "{message}");
    }
    let path = folder("huge").join("scene.ron");
    let file = std::fs::File::create(&path).unwrap();
    file.set_len(SceneSource::MAX_BYTES + 1).unwrap();
    let message = refusal(&path);
    assert!(message.starts_with("error: ") && message.contains("is larger than 64 MiB"), "{message}");
    std::fs::remove_file(path).unwrap();
}
