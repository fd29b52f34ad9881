//! A plugin in a package of its own.

use neuropil_run::Failure;

use super::File;
use super::checkout::Checkout;
use super::names::{Names, taken};
use super::template::Template;

/// What a manifest has only in the workspace of Neuropil.
const OF_THE_WORKSPACE: [&str; 2] = ["license.workspace = true\n", "[lints]\nworkspace = true\n\n"];

/// All files of the package. The lock file is that of the checkout, so that the same versions are built; Cargo leaves out what
/// this package does not need.
pub(super) fn files(checkout: &Checkout, template: &Template, names: &Names) -> Result<Vec<File>, Failure> {
    let lock = checkout.read("Cargo.lock")?;
    if lock.contains(&format!("name = \"{}\"", names.package)) {
        return Err(taken(
            &names.model,
            template.kind,
            &format!("would be the package `{}`, which there is", names.package),
        ));
    }
    let mut files = vec![
        File { path: "Cargo.toml", text: manifest(checkout, template, names)? },
        File { path: "Cargo.lock", text: lock },
        File { path: ".gitignore", text: "/target\n/runs\n".to_owned() },
    ];
    files.extend(template.sources(|text| names.put_into(text)));
    Ok(files)
}

/// The manifest of the template, with what it takes from its workspace written out.
fn manifest(checkout: &Checkout, template: &Template, names: &Names) -> Result<String, Failure> {
    let mut text = names.put_into(template.manifest);
    for part in OF_THE_WORKSPACE {
        text = text.replace(part, "");
    }
    let mut manifest = String::new();
    for line in text.lines() {
        match line.strip_suffix(".workspace = true") {
            Some(key) => manifest += &checkout.shared(key)?,
            None => manifest += line,
        }
        manifest.push('\n');
    }
    Ok(manifest + "\n# A workspace of its own, wherever it lies.\n[workspace]\n" + &checkout.profiles())
}
