//! `neuropil new-plugin`: the crate of a new plugin, which builds and passes its tests at once.

mod checkout;
mod names;
mod package;
mod program;
pub(super) mod template;
mod write;

use std::path::Path;

use neuropil_core::Registry;
use neuropil_run::{Failure, FailureKind};

use super::args::NewPluginArguments;
use checkout::Checkout;
use names::Names;
use template::Template;

/// A file that is to be written, by its path within a folder.
struct File {
    path: &'static str,
    text: String,
}

/// Writes the plugin: into the checkout that the working folder belongs to, or else as a package of its own.
pub(super) fn new_plugin(arguments: &NewPluginArguments, registry: &Registry) -> Result<String, Failure> {
    let NewPluginArguments { kind: template, name, neuropil } = arguments;
    let names = Names::new(template, name, registry)?;
    let here = std::env::current_dir();
    let here = here.map_err(|e| io(format!("error: cannot tell which folder this is: {e}")))?;
    match (Checkout::around(&here)?, neuropil) {
        (Some(checkout), None) => in_checkout(&checkout, template, &names),
        (Some(checkout), Some(_)) => Err(Failure::user(format!(
            "error: `{}` is a checkout of Neuropil, into which the plugin would go\n\
             help: leave out `--neuropil`, or go to a folder outside of it",
            checkout.root.display()
        ))),
        (None, path) => as_package(&here, &Checkout::given(path.as_deref())?, template, &names),
    }
}

/// A member of the workspace, which the program is told about.
fn in_checkout(checkout: &Checkout, template: &Template, names: &Names) -> Result<String, Failure> {
    let folder = format!("plugins/{}_{}", template.kind, names.model);
    let path = checkout.root.join(&folder);
    refuse_existing(&path, &folder)?;
    let edits = program::with_plugin(checkout, template, names)?;
    let files = template.member(|text| names.put_into(text));
    write::write(&path, &files, &checkout.root, &edits)?;
    Ok(format!(
        "wrote {folder}: {}\n\
         added it to the program: {}\n\
         next\n  \
           cargo test -p {}\n  \
           cargo run --release -- models {}\n\
         plugins/README.md says what else a model in this repository needs",
        list(&files),
        list(&edits),
        names.package,
        names.model
    ))
}

/// A package of its own with a program, beside a checkout.
fn as_package(
    here: &Path,
    checkout: &Checkout,
    template: &Template,
    names: &Names,
) -> Result<String, Failure> {
    let path = here.join(&names.model);
    refuse_existing(&path, &names.model)?;
    let files = package::files(checkout, template, names)?;
    write::write(&path, &files, &path, &[])?;
    Ok(format!(
        "wrote {name}: {}\n\
         it builds with Neuropil in {}\n\
         next\n  \
           cd {name}\n  \
           cargo test\n  \
           cargo run --release -- run scene.ron",
        list(&files),
        checkout.root.display(),
        name = names.model,
    ))
}

fn refuse_existing(path: &Path, shown: &str) -> Result<(), Failure> {
    if path.symlink_metadata().is_err() {
        return Ok(());
    }
    Err(Failure::user(format!("error: `{shown}` exists already\nhelp: choose another name, or remove it")))
}

fn list(files: &[File]) -> String {
    files.iter().map(|file| file.path).collect::<Vec<_>>().join(", ")
}

fn io(message: String) -> Failure {
    Failure::new(FailureKind::Io, message)
}
