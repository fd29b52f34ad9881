//! The program learns of a new plugin: one line in each of the places that name its plugins.

use neuropil_run::Failure;

use super::File;
use super::checkout::Checkout;
use super::names::{Names, taken};
use super::template::Template;

const WORKSPACE: &str = "Cargo.toml";
const PROGRAM: &str = "crates/neuropil/Cargo.toml";
const PLUGINS: &str = "crates/neuropil/src/plugins.rs";

/// The end of the list of plugins.
const END: &str = "\n    ]\n";

/// The files of the program with a plugin more.
pub(super) fn with_plugin(
    checkout: &Checkout,
    template: &Template,
    names: &Names,
) -> Result<Vec<File>, Failure> {
    let Names { model, structure, package, .. } = names;
    let kind = template.kind;
    let plugins = checkout.read(PLUGINS)?;
    if names.clash_with(&plugins) {
        return Err(taken(model, kind, &format!("would be a struct `{structure}`, which `{PLUGINS}` has")));
    }
    let family = format!("neuropil_{kind}_");
    let plugins = with_line(&plugins, "use neuropil_", &format!("use {package}::{structure};"));
    let end = plugins.find(END).ok_or_else(|| {
        Failure::user(format!(
            "error: `{PLUGINS}` has no list of plugins that ends in a line `]`\nhelp: add it"
        ))
    })?;
    let (before, after) = plugins.split_at(end);
    let item = names.plugin(template);
    let dependency = format!("{package} = {{ path = \"plugins/{kind}_{model}\" }}");
    let used = format!("{package}.workspace = true");
    Ok(vec![
        File { path: WORKSPACE, text: with_line(&checkout.manifest, &family, &dependency) },
        File { path: PROGRAM, text: with_line(&checkout.read(PROGRAM)?, &family, &used) },
        File { path: PLUGINS, text: format!("{before}\n        {item},{after}") },
    ])
}

/// A text with a line more: at its place among those that begin like `family`, which are sorted; after the last of
/// Neuropil's crates where it is the first of its family.
fn with_line(text: &str, family: &str, line: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let last = |family: &str| lines.iter().rposition(|other| other.starts_with(family));
    let larger = lines.iter().position(|other| other.starts_with(family) && *other > line);
    let after = || last(family).or_else(|| last("neuropil_")).map_or(lines.len(), |place| place + 1);
    let place = larger.unwrap_or_else(after);
    lines.insert(place, line);
    lines.join("\n") + "\n"
}
