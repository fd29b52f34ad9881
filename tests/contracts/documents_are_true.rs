//! The README's scenes compile and run, the message it shows is the one that is printed, it lists all experiments and models,
//! and the paths that documents name exist.

use std::path::{Path, PathBuf};

use neuropil::scene::{SceneSource, compile};
use neuropil_tests::{registry, scene, simulate};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The folders of experiments.
fn experiments() -> Vec<String> {
    let folders = std::fs::read_dir(root().join("experiments")).expect("there are experiments");
    folders.map(|f| f.unwrap().file_name().into_string().unwrap()).collect()
}

/// The blocks of a language in a Markdown text.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    text.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn the_scenes_of_the_readme_run() {
    let scenes = blocks(&read("README.md"), "ron");
    assert_eq!(scenes.len(), 2);
    for text in scenes {
        let outcome = simulate(&scene(&text, &[]));
        assert!(outcome.spikes.len() > 100, "{} spikes", outcome.spikes.len());
    }
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

/// Every experiment has a README that says how to run it, and the README of the project lists it.
#[test]
fn every_experiment_is_described() {
    let list = read("README.md");
    for name in experiments() {
        assert!(list.contains(&format!("(experiments/{name})")), "README.md does not list {name}");
        let text = read(&format!("experiments/{name}/README.md"));
        let heading = format!("# {name}\n");
        let command = format!("cargo run --release -- run experiments/{name}");
        assert!(text.starts_with(&heading) && text.contains(&command), "{name}");
    }
}

/// Every model of the program is in the README's list.
#[test]
fn every_model_is_listed() {
    let list = read("README.md");
    for declaration in registry().declarations() {
        let name = declaration.name;
        assert!(list.contains(&format!("`{name}`")), "README.md does not list {name}");
    }
}

/// Words in backquotes that look like paths.
#[test]
fn paths_exist() {
    let mut documents =
        ["README.md", "crates/README.md", "benches/README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
            .map(String::from)
            .to_vec();
    documents.extend(experiments().iter().map(|name| format!("experiments/{name}/README.md")));
    for document in documents {
        let text = read(&document);
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
