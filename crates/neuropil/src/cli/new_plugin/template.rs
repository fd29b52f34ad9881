//! The templates: crates of the workspace, so that they compile and pass their tests.

use super::File;

/// What a plugin of one kind looks like. Its model is named `my_<kind>`.
#[derive(Debug)]
pub(crate) struct Template {
    pub(super) kind: &'static str,
    pub(super) manifest: &'static str,
    pub(super) library: &'static str,
    tests: &'static str,
    pub(super) program: &'static str,
    scene: &'static str,
}

macro_rules! template {
    ($kind:literal) => {
        Template {
            kind: $kind,
            manifest: include_str!(concat!("../../../templates/", $kind, "/Cargo.toml")),
            library: include_str!(concat!("../../../templates/", $kind, "/src/lib.rs")),
            tests: include_str!(concat!("../../../templates/", $kind, "/tests/model.rs")),
            program: include_str!(concat!("../../../templates/", $kind, "/src/main.rs")),
            scene: include_str!(concat!("../../../templates/", $kind, "/scene.ron")),
        }
    };
}

static TEMPLATES: [Template; 6] = [
    template!("neuron"),
    template!("stimulus"),
    template!("rule"),
    template!("process"),
    template!("recorder"),
    template!("action"),
];

/// What only a package of its own depends on: a member of the workspace is part of that program.
const PROGRAM: &str = "neuropil.workspace = true\n";

/// The template of a kind.
pub(crate) fn template(kind: &str) -> Result<&'static Template, String> {
    TEMPLATES.iter().find(|template| template.kind == kind).ok_or_else(|| {
        let kinds = TEMPLATES.iter().map(|template| template.kind).collect::<Vec<_>>().join(", ");
        match kind {
            "synapse" => format!("there is no template of a synapse yet, but of: {kinds}"),
            _ => format!("the kinds are: {kinds}"),
        }
    })
}

impl Template {
    /// The files of a member of the workspace; `named` puts the names of a plugin into a text.
    pub(super) fn member(&self, named: impl Fn(&str) -> String) -> Vec<File> {
        let file = |path, text: &str| File { path, text: named(text) };
        vec![
            file("Cargo.toml", &self.manifest.replace(PROGRAM, "")),
            file("src/lib.rs", self.library),
            file("tests/model.rs", self.tests),
        ]
    }

    /// The same and those of a program, but for the manifest.
    pub(super) fn sources(&self, named: impl Fn(&str) -> String) -> Vec<File> {
        let file = |path, text: &str| File { path, text: named(text) };
        vec![
            file("src/lib.rs", self.library),
            file("src/main.rs", self.program),
            file("tests/model.rs", self.tests),
            file("scene.ron", self.scene),
        ]
    }
}
