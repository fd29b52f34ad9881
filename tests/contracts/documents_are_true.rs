//! The scenes of the documents compile and run, the message that the README shows is the one that is printed, it lists all
//! experiments and models, and the paths and pages that documents name exist.

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

/// All documents of the project.
fn documents() -> Vec<String> {
    let of = |folder: &str| -> Vec<String> {
        let entries = std::fs::read_dir(root().join(folder)).into_iter().flatten();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.ends_with(".md")).map(|name| format!("{folder}{name}")).collect()
    };
    let mut documents: Vec<String> = ["", "crates/", "plugins/", "benches/", "docs/"].map(of).concat();
    documents.extend(experiments().iter().map(|name| format!("experiments/{name}/README.md")));
    documents
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

/// What stands around the parts of a scene that a page shows alone.
const FRAME: [(&str, &str); 5] = [
    ("duration", r#""200 ms""#),
    ("constants", r#"(w: "20 pA")"#),
    ("populations", "(E: (n: 800, model: iaf_psc_exp()), I: (n: 200, model: iaf_psc_exp()))"),
    ("stimuli", r#"(noise: poisson_generator(rate: "8 kHz"))"#),
    (
        "projections",
        r#"[(from: "E", to: "E", rule: fixed_indegree(indegree: 9), synapse: static(weight: "w"))]"#,
    ),
];

/// A part of a scene with all that it lacks.
fn completed(part: &str) -> String {
    let has = |field: &str| part.lines().any(|line| line.starts_with(&format!("{field}:")));
    let lacks = |field: &str| !(has(field) || field == "duration" && has("protocol"));
    let rest = FRAME.iter().filter(|(field, _)| lacks(field));
    let rest: String = rest.map(|(field, value)| format!("{field}: {value},\n")).collect();
    format!("({rest}{part})")
}

#[test]
fn the_scenes_of_the_pages_run() {
    let pages: Vec<String> = documents().into_iter().filter(|name| name.starts_with("docs/")).collect();
    assert!(pages.len() >= 7, "{pages:?}");
    for page in pages {
        for text in blocks(&read(&page), "ron") {
            if text.lines().any(|line| line == "(") {
                let outcome = simulate(&scene(&text, &[]));
                assert!(outcome.spikes.len() > 100, "{page}: {} spikes", outcome.spikes.len());
            } else {
                assert!(scene(&completed(&text), &[]).duration > 0, "{page}");
            }
        }
    }
}

/// What stands between `](` and `)`, without places within a page.
#[test]
fn linked_pages_exist() {
    for document in documents() {
        for link in read(&document).split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let page = link.split('#').next().unwrap_or_default();
            let found = page.contains("://") || root().join(&document).parent().unwrap().join(page).exists();
            assert!(found, "{document} has a link to {link}");
        }
    }
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
        let listed = [format!("`{name}`"), format!("`{name}(")].iter().any(|entry| list.contains(entry));
        assert!(listed, "README.md does not list {name}");
    }
}

/// Words in backquotes that look like paths.
#[test]
fn paths_exist() {
    for document in documents() {
        let text = read(&document);
        for word in text.split('`').skip(1).step_by(2) {
            let is_path = word.ends_with('/') || word.ends_with(".rs") || word.ends_with(".py");
            let ours = ["crates", "plugins", "tests", "tools", "benches", "docs", "experiments", "neuropil_"];
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
