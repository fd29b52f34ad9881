//! The README's scene compiles and runs, the message it shows is the one that is printed, and the paths that
//! documents name exist.

use std::path::{Path, PathBuf};

use neuropil::scene::{SceneSource, compile};
use neuropil_tests::{registry, scene, simulate};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The blocks of a language in a Markdown text.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    text.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn the_scene_of_the_readme_runs() {
    let scenes = blocks(&read("README.md"), "ron");
    assert_eq!(scenes.len(), 1);
    let outcome = simulate(&scene(&scenes[0], &[]));
    assert!(outcome.spikes.len() > 100, "{} spikes", outcome.spikes.len());
}

#[test]
fn the_message_of_the_readme_is_printed() {
    let readme = read("README.md");
    let broken = blocks(&readme, "ron")[0].replace("iaf_psc_alpha(tau_m:", "iaf_psc_alpha(tau_memm:");
    let source = SceneSource { path: "scene.ron".into(), text: broken };
    let Err(errors) = compile(&source, &[], &registry()) else { panic!("the scene is broken") };
    let message = errors.render(false);
    assert!(readme.contains(message.trim_end()), "the README should show:\n{message}");
}

/// Words in backquotes that look like paths.
#[test]
fn paths_exist() {
    for document in ["README.md", "crates/README.md", "CONTRIBUTING.md", "experiments/brunel_alpha/README.md"]
    {
        let text = read(document);
        for word in text.split('`').skip(1).step_by(2) {
            let is_path = word.ends_with('/') || word.ends_with(".rs") || word.ends_with(".py");
            let ours = ["crates", "plugins", "tests", "tools", "benches", "experiments", "neuropil_"];
            if is_path
                && ours.iter().any(|p| word.starts_with(p))
                && !word.contains('<')
                && !word.contains("ramp")
            {
                let found = [root().join(word), root().join("crates").join(word)].iter().any(|p| p.exists());
                assert!(found, "{document} names {word}");
            }
        }
    }
}
