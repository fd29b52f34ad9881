//! Broken scenes give the messages that stand beside them.
//!
//! `NEUROPIL_BLESS=1 cargo test -p neuropil_scene` writes them anew, to be read before they are committed.

use std::path::{Path, PathBuf};

use crate::common::registry;
use neuropil_scene::{SceneSource, compile};

const FOLDER: &str = "tests/scenes/broken";

fn broken_scenes() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(FOLDER);
    let files =
        std::fs::read_dir(folder).expect("the corpus is there").map(|entry| entry.expect("readable").path());
    let mut scenes: Vec<_> = files.filter(|path| path.extension().is_some_and(|e| e == "ron")).collect();
    scenes.sort();
    scenes
}

fn message(path: &Path) -> String {
    let source = SceneSource::load(path).expect("the corpus is text");
    let Err(errors) = compile(&source, &[], &registry()) else { panic!("{} is not broken", path.display()) };
    let message = errors.render(false) + "\n";
    let folder = path.parent().expect("a folder").join("");
    message.replace(&*folder.to_string_lossy(), "")
}

/// Whether a message points to a line and a column of a file.
fn has_a_place(message: &str, path: &Path) -> bool {
    let file = path.file_name().expect("a file").to_string_lossy();
    message.lines().any(|line| {
        let place = line.trim_start().strip_prefix("--> ").and_then(|l| l.strip_prefix(&*file));
        let numbers: Vec<_> = place.unwrap_or("").split(':').skip(1).map(str::parse::<usize>).collect();
        numbers.len() == 2 && numbers.iter().all(Result::is_ok)
    })
}

#[test]
fn broken_scenes_give_their_messages() {
    let bless = std::env::var_os("NEUROPIL_BLESS").is_some();
    let scenes = broken_scenes();
    assert!(scenes.len() >= 60, "the corpus has only {} scenes", scenes.len());
    let mut different = Vec::new();
    for path in &scenes {
        let message = message(path);
        assert!(has_a_place(&message, path), "{}: {message}", path.display());
        let golden = path.with_extension("stderr");
        if bless {
            std::fs::write(&golden, &message).expect("writable");
        } else if std::fs::read_to_string(&golden).unwrap_or_default() != message {
            different.push(format!("{}:\n{message}", path.display()));
        }
    }
    assert!(different.is_empty(), "{} messages differ:\n{}", different.len(), different.join("\n"));
}
