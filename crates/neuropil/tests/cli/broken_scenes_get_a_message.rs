//! `neuropil check` on the corpus of broken scenes: exit 2, the golden message.

use std::path::Path;
use std::process::Command;

use super::Outcome;

/// The message without lists of all models: those grow with every plugin.
fn without_lists(message: &str) -> String {
    let line = |line: &str| line.split_once(" models are ").map_or(line, |(before, _)| before).to_owned();
    message.trim_end().lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn each_with_its_place() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scenes/broken");
    let mut scenes: Vec<_> = std::fs::read_dir(&corpus)
        .expect("the corpus exists")
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "ron"))
        .collect();
    scenes.sort();
    assert!(scenes.len() >= 60, "{} scenes", scenes.len());
    for scene in &scenes {
        let name = scene.file_name().unwrap().to_str().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_neuropil"));
        let outcome = Outcome::of(command.args(["check", name]).current_dir(&corpus)).expect(2);
        assert_eq!(outcome.stdout, "", "{name}");
        let golden = std::fs::read_to_string(scene.with_extension("stderr")).expect("a golden message");
        assert_eq!(without_lists(&outcome.stderr), without_lists(&golden), "{name}");
    }
}
