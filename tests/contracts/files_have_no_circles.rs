//! No file needs, over others, itself: within a crate, files can be read one after the other. Only a module and its parts may need
//! each other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A module by its path in the crate; that of `lib.rs` is empty.
type Module = Vec<String>;

/// The files of a folder and of those in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The module that a file of `src` is.
fn module(src: &Path, file: &Path) -> Module {
    let path = file.strip_prefix(src).unwrap().with_extension("");
    let names = path.iter().map(|name| name.to_str().unwrap().to_owned());
    names.filter(|name| !["lib", "main", "mod"].contains(&name.as_str())).collect()
}

/// The code of a file, without comments and tests.
fn code(file: &Path) -> String {
    let text = std::fs::read_to_string(file).unwrap();
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The modules that a file names, as `crate::...` or `super::...`.
fn named(this: &Module, code: &str, all: &BTreeMap<Module, String>) -> BTreeSet<Module> {
    let mut named = BTreeSet::new();
    for (start, base) in [("crate::", &[][..]), ("super::", &this[..this.len().saturating_sub(1)])] {
        for rest in code.split(start).skip(1) {
            let path = rest.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).next().unwrap();
            let names = path.split("::").filter(|name| !name.is_empty()).map(str::to_owned);
            let mut module: Module = base.iter().cloned().chain(names).collect();
            while !all.contains_key(&module) {
                module.pop();
            }
            named.insert(module);
        }
    }
    named.retain(|other| !other.starts_with(this) && !this.starts_with(other));
    named
}

/// A way from a module back to itself, if there is one.
fn circle(from: &Module, needs: &BTreeMap<Module, BTreeSet<Module>>) -> Option<Vec<Module>> {
    let mut seen = BTreeSet::new();
    let mut ways = vec![vec![from.clone()]];
    while let Some(way) = ways.pop() {
        for next in &needs[way.last()?] {
            let longer = [&way[..], std::slice::from_ref(next)].concat();
            if next == from {
                return Some(longer);
            }
            if seen.insert(next.clone()) {
                ways.push(longer);
            }
        }
    }
    None
}

#[test]
fn in_any_crate() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let crates = ["crates", "plugins"].map(|folder| std::fs::read_dir(root.join(folder)).unwrap());
    let mut n_files = 0;
    for folder in crates.into_iter().flatten().map(|entry| entry.unwrap().path()) {
        let src = folder.join("src");
        let rust = files(&src).into_iter().filter(|file| file.extension().is_some_and(|e| e == "rs"));
        let all: BTreeMap<Module, String> = rust.map(|file| (module(&src, &file), code(&file))).collect();
        let needs = all.iter().map(|(this, code)| (this.clone(), named(this, code, &all))).collect();
        n_files += all.len();
        for module in all.keys() {
            assert_eq!(circle(module, &needs), None, "{}", folder.display());
        }
    }
    assert!(n_files > 200, "{n_files} files");
}
