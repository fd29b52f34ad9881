//! The source of Neuropil.

use std::path::{Path, PathBuf};

use neuropil_run::Failure;

use super::io;

/// A checkout, and what its workspace says.
pub(super) struct Checkout {
    pub(super) root: PathBuf,
    pub(super) manifest: String,
}

/// Where the source was when this program was built.
const BUILT_FROM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

impl Checkout {
    /// The checkout that a folder belongs to.
    pub(super) fn around(folder: &Path) -> Result<Option<Self>, Failure> {
        folder.ancestors().find(|root| is_checkout(root)).map(Self::at).transpose()
    }

    /// The one at a path, or the one that the program was built from.
    pub(super) fn given(path: Option<&Path>) -> Result<Self, Failure> {
        let root = path.unwrap_or(Path::new(BUILT_FROM));
        if is_checkout(root) {
            return Self::at(root);
        }
        Err(Failure::user(match path {
            Some(path) => format!(
                "error: `{}` is no checkout of Neuropil\n\
                 help: it should hold `Cargo.toml` and `crates/neuropil_core`",
                path.display()
            ),
            None => {
                "error: the source of Neuropil, from which this program was built, is not there any more\n\
                     help: say where a checkout is: `--neuropil PATH`"
                    .to_owned()
            }
        }))
    }

    fn at(root: &Path) -> Result<Self, Failure> {
        let absolute = root.canonicalize();
        let root = absolute.map_err(|e| io(format!("error: cannot find `{}`: {e}", root.display())))?;
        let mut checkout = Self { root, manifest: String::new() };
        checkout.manifest = checkout.read("Cargo.toml")?;
        Ok(checkout)
    }

    /// The text of a file.
    pub(super) fn read(&self, path: &str) -> Result<String, Failure> {
        let path = self.root.join(path);
        std::fs::read_to_string(&path)
            .map_err(|e| io(format!("error: cannot read `{}`: {e}", path.display())))
    }

    /// The line with which the workspace says what its members share, such as `edition = "2024"`; paths are absolute.
    pub(super) fn shared(&self, key: &str) -> Result<String, Failure> {
        let line =
            self.manifest.lines().find(|line| line.strip_prefix(key).is_some_and(|l| l.starts_with(" = ")));
        let root = self.root.display().to_string().replace('\\', "\\\\").replace('"', "\\\"");
        line.map(|line| line.replace("path = \"", &format!("path = \"{root}/"))).ok_or_else(|| {
            Failure::user(format!(
                "error: `{}` has no `{key}`\nhelp: take a checkout of version {}, that of this program",
                self.root.join("Cargo.toml").display(),
                env!("CARGO_PKG_VERSION")
            ))
        })
    }

    /// How the workspace compiles: its profiles.
    pub(super) fn profiles(&self) -> String {
        let sections = self.manifest.split("\n[").filter(|section| section.starts_with("profile."));
        sections.map(|section| format!("\n[{}\n", section.trim_end())).collect()
    }
}

fn is_checkout(root: &Path) -> bool {
    root.join("Cargo.toml").is_file() && root.join("crates/neuropil_core").is_dir()
}
