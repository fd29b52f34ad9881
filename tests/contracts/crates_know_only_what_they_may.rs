//! The dependency law: plugins depend on the core and never on each other; only `neuropil_record` and `neuropil_tables` know
//! Arrow; only `neuropil_scene` knows RON.

use std::path::{Path, PathBuf};

fn manifests(folder: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
    let entries = std::fs::read_dir(&folder).expect("the workspace has this folder");
    let paths = entries.map(|e| e.unwrap().path().join("Cargo.toml")).filter(|p| p.exists());
    paths.map(|p| (p.clone(), std::fs::read_to_string(p).unwrap())).collect()
}

/// The names in the `[dependencies]` section.
fn dependencies(manifest: &str) -> Vec<&str> {
    let section = manifest.split("\n[dependencies]").nth(1).unwrap_or("");
    let section = section.split("\n[").next().unwrap_or("");
    section
        .lines()
        .filter_map(|l| l.split(['.', '=']).next())
        .map(str::trim)
        .filter(|n| !n.is_empty())
        .collect()
}

#[test]
fn plugins() {
    for (path, manifest) in manifests("plugins") {
        let ours: Vec<_> =
            dependencies(&manifest).into_iter().filter(|d| d.starts_with("neuropil")).collect();
        assert_eq!(ours, ["neuropil_core"], "{}", path.display());
    }
}

#[test]
fn crates() {
    for (path, manifest) in manifests("crates") {
        let name = path.parent().unwrap().file_name().unwrap().to_str().unwrap().to_owned();
        for dependency in dependencies(&manifest) {
            let allowed = match dependency {
                d if d.starts_with("arrow") || d == "parquet" => {
                    ["neuropil_record", "neuropil_tables"].contains(&name.as_str())
                }
                "ron" | "annotate-snippets" => name == "neuropil_scene",
                "neuropil" => false,
                d if d.starts_with("neuropil_") => match name.as_str() {
                    "neuropil_core" => d == "neuropil_macros",
                    "neuropil" => true,
                    // Not the plugins: a program says which it has.
                    "neuropil_run" => ["core", "network", "scene", "tables", "record", "plot"]
                        .contains(&&d["neuropil_".len()..]),
                    "neuropil_scene" => ["neuropil_core", "neuropil_network", "neuropil_tables"].contains(&d),
                    "neuropil_record" => ["neuropil_core", "neuropil_tables"].contains(&d),
                    "neuropil_network" => d == "neuropil_core",
                    "neuropil_testing" => ["neuropil_core", "neuropil_network"].contains(&d),
                    _ => false,
                },
                _ => true,
            };
            assert!(allowed, "{name} may not depend on {dependency}");
        }
    }
}
