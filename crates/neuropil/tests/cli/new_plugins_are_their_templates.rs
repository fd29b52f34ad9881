//! `neuropil new-plugin` writes its template with other names, all of it or nothing, and says what is wrong.

use std::path::{Path, PathBuf};

use super::{Outcome, Place, files};

const KINDS: [&str; 6] = ["neuron", "stimulus", "rule", "process", "recorder", "action"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(path.as_ref()).unwrap_or_else(|e| panic!("{}: {e}", path.as_ref().display()))
}

/// What the template of a kind holds, with the names of `two_words`.
fn expected(kind: &str, file: &str) -> String {
    let capital = kind[..1].to_uppercase() + &kind[1..];
    let text = read(root().join("crates/neuropil/templates").join(kind).join(file));
    text.replace(&format!("my_{kind}"), "two_words").replace(&format!("My{capital}"), "TwoWords")
}

/// An empty folder, outside of a checkout.
fn elsewhere() -> Place {
    let place = Place::new("");
    std::fs::remove_file(place.path("scene.ron")).unwrap();
    place
}

/// The files of the checkout that matter here.
const OF_A_CHECKOUT: [&str; 4] =
    ["Cargo.toml", "Cargo.lock", "crates/neuropil/Cargo.toml", "crates/neuropil/src/plugins.rs"];

fn checkout() -> Place {
    let place = elsewhere();
    for folder in ["crates/neuropil/src", "crates/neuropil_core", "plugins"] {
        std::fs::create_dir_all(place.path(folder)).unwrap();
    }
    for file in OF_A_CHECKOUT {
        std::fs::copy(root().join(file), place.path(file)).unwrap();
    }
    place
}

fn new_plugin(place: &Place, kind: &str, name: &str) -> Outcome {
    place.neuropil(&["new-plugin", kind, name])
}

/// The lines of a new text that the old one lacks.
fn added(old: &str, new: &str) -> Vec<String> {
    assert!(old.lines().all(|line| new.lines().any(|other| other == line)), "nothing is lost");
    new.lines().filter(|line| !old.lines().any(|other| other == *line)).map(str::to_owned).collect()
}

#[test]
fn outside_of_a_checkout_in_a_package_with_a_program() {
    for kind in KINDS {
        let place = elsewhere();
        let said = new_plugin(&place, kind, "two_words").expect(0).stdout;
        let folder = place.path("two_words");
        let all = [".gitignore", "Cargo.lock", "Cargo.toml", "scene.ron", "src", "tests"];
        assert_eq!(files(&folder), all);
        for file in ["src/lib.rs", "src/main.rs", "tests/model.rs", "scene.ron"] {
            assert_eq!(read(folder.join(file)), expected(kind, file), "{kind}: {file}");
        }
        assert_eq!(read(folder.join("Cargo.lock")), read(root().join("Cargo.lock")));
        let manifest = read(folder.join("Cargo.toml"));
        let core = format!("neuropil_core = {{ path = \"{}/crates/neuropil_core\" }}\n", root().display());
        assert!(manifest.contains(&core) && !manifest.contains("workspace = true"), "{manifest}");
        assert!(manifest.contains("\n[workspace]\n\n[profile.dev]\nopt-level = 2\n"), "{manifest}");
        let golden = format!(
            "wrote two_words: Cargo.toml, Cargo.lock, .gitignore, src/lib.rs, src/main.rs, tests/model.rs, scene.ron\n\
             it builds with Neuropil in {}\nnext\n  cd two_words\n  cargo test\n  cargo run --release -- run scene.ron\n",
            root().display()
        );
        assert_eq!(said, golden);
        assert_eq!(files(place.folder.path()), ["two_words"]);
    }
}

#[test]
fn in_a_checkout_as_a_plugin_of_the_program() {
    for kind in KINDS {
        let place = checkout();
        let said = new_plugin(&place, kind, "two_words").expect(0).stdout;
        let (folder, package) = (format!("plugins/{kind}_two_words"), format!("neuropil_{kind}_two_words"));
        assert_eq!(files(&place.path(&folder)), ["Cargo.toml", "src", "tests"]);
        for file in ["src/lib.rs", "tests/model.rs"] {
            assert_eq!(read(place.path(&folder).join(file)), expected(kind, file), "{kind}: {file}");
        }
        let manifest = expected(kind, "Cargo.toml").replace("neuropil.workspace = true\n", "");
        assert_eq!(read(place.path(&folder).join("Cargo.toml")), manifest);
        let item = if kind == "rule" { "TwoWords::default()" } else { "TwoWords" };
        let lines = OF_A_CHECKOUT.map(|file| added(&read(root().join(file)), &read(place.path(file))));
        assert_eq!(lines[0], [format!("{package} = {{ path = \"{folder}\" }}")]);
        assert!(lines[1].is_empty(), "Cargo changes its lock file itself");
        assert_eq!(lines[2], [format!("{package}.workspace = true")]);
        assert_eq!(lines[3], [format!("use {package}::TwoWords;"), format!("        Box::new({item}),")]);
        let golden = format!(
            "wrote {folder}: Cargo.toml, src/lib.rs, tests/model.rs\n\
             added it to the program: Cargo.toml, crates/neuropil/Cargo.toml, crates/neuropil/src/plugins.rs\n\
             next\n  cargo test -p {package}\n  cargo run --release -- models two_words\n\
             plugins/README.md says what else a model in this repository needs\n"
        );
        assert_eq!(said, golden);
    }
}

#[test]
fn names_that_cannot_be_are_refused_with_another_one() {
    let place = elsewhere();
    for (name, message) in [
        (
            "MyModel",
            "`MyModel` cannot be the name of a model\nhelp: write it in snake_case, such as `my_model`",
        ),
        ("2nd", "such as `my_neuron`"),
        ("../up", "`../up` cannot be the name of a model"),
        ("loop", "`loop` is a keyword of Rust\nhelp: choose another name, such as `loop_neuron`"),
        ("iaf_psc_exp", "`iaf_psc_exp` names a model already (neuron)"),
        ("fixed_indegree", "`fixed_indegree` names a model already (connection rule)"),
        ("state", "`state` would be a struct `State`, which means something else"),
        ("auryn", "`auryn` would be the package `neuropil_neuron_auryn`, which there is"),
    ] {
        new_plugin(&place, "neuron", name).expect(2).says(message);
    }
    assert!(files(place.folder.path()).is_empty());
    let place = checkout();
    new_plugin(&place, "neuron", "if_group").expect(2).says("`crates/neuropil/src/plugins.rs` has");
    new_plugin(&place, "neuron", "a").expect(0);
    new_plugin(&place, "neuron", "a").expect(2).says("`plugins/neuron_a` exists already");
}

#[test]
fn there_is_a_template_of_each_kind_but_synapses() {
    let place = elsewhere();
    new_plugin(&place, "synapse", "a")
        .expect(2)
        .says("there is no template of a synapse yet, but of: neuron");
    new_plugin(&place, "nueron", "a").expect(2).says("the kinds are: neuron, stimulus, rule");
}

#[test]
fn nothing_is_written_where_something_is_missing_or_in_the_way() {
    let place = elsewhere();
    std::fs::write(place.path("mine"), "mine").unwrap();
    new_plugin(&place, "neuron", "mine").expect(2).says("`mine` exists already");
    place
        .neuropil(&["new-plugin", "neuron", "a", "--neuropil", "mine"])
        .expect(2)
        .says("`mine` is no checkout");
    assert_eq!(read(place.path("mine")), "mine");
    assert_eq!(files(place.folder.path()), ["mine"]);

    let place = checkout();
    place
        .neuropil(&["new-plugin", "neuron", "a", "--neuropil", "."])
        .expect(2)
        .says("leave out `--neuropil`");
    std::fs::remove_dir(place.path("plugins")).unwrap();
    std::fs::write(place.path("plugins"), "no folder").unwrap();
    new_plugin(&place, "neuron", "a").expect(4).says("cannot write");
    std::fs::write(place.path("crates/neuropil/src/plugins.rs"), "").unwrap();
    new_plugin(&place, "neuron", "a").expect(2).says("has no list of plugins");
    assert_eq!(files(place.folder.path()), ["Cargo.lock", "Cargo.toml", "crates", "plugins"]);
    assert_eq!(read(place.path("Cargo.toml")), read(root().join("Cargo.toml")));
}
