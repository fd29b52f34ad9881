//! From the command line to a compiled scene.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use neuropil_core::Registry;
use neuropil_record::SceneFile;
use neuropil_scene::{Compiled, Override, SceneSource, compile};

use super::args::SceneArguments;
use super::failure::Failure;

/// A compiled scene, with where it came from.
pub(crate) struct Scene {
    pub(crate) source: SceneSource,
    pub(crate) overrides: Vec<Override>,
    pub(crate) compiled: Compiled,
}

/// Reads and compiles the scene that the arguments name.
pub(crate) fn load(arguments: &SceneArguments, registry: &Registry) -> Result<Scene, Failure> {
    let source = SceneSource::load(&arguments.scene).map_err(|e| Failure::user(e.to_string()))?;
    let overrides = overrides(arguments)?;
    let coloured = std::io::stderr().is_terminal();
    let compiled = compile(&source, &overrides, registry)
        .map_err(|errors| Failure::user(errors.render(coloured).trim_end().to_owned()))?;
    Ok(Scene { source, overrides, compiled })
}

impl Scene {
    /// The warnings, as text for standard error; nothing where there are none.
    pub(crate) fn warnings(&self) -> Option<String> {
        let warnings = &self.compiled.warnings;
        (!warnings.is_empty()).then(|| warnings.render(std::io::stderr().is_terminal()).trim_end().to_owned())
    }

    /// The files that the scene names, with their hashes. One that has gone since it was read has none.
    pub(crate) fn files(&self) -> Vec<SceneFile> {
        let hash = |path: &Path| std::fs::read(path).map(|bytes| blake3::hash(&bytes).to_hex().to_string());
        let file = |path: &PathBuf| SceneFile {
            path: path.display().to_string(),
            blake3: hash(path).unwrap_or_default(),
        };
        self.compiled.files.iter().map(file).collect()
    }

    /// The hash of the scene with the overrides applied.
    pub(crate) fn hash(&self) -> String {
        blake3::hash(self.compiled.resolved.as_bytes()).to_hex().to_string()
    }
}

fn overrides(arguments: &SceneArguments) -> Result<Vec<Override>, Failure> {
    let set = arguments.set.iter().map(|argument| Override::set(argument));
    let mut overrides =
        set.collect::<Result<Vec<_>, _>>().map_err(|e| Failure::user(format!("error: {e}")))?;
    if let Some(seed) = arguments.seed {
        overrides.push(Override::option("seed", &seed.to_string()));
    }
    if let Some(precision) = arguments.precision {
        overrides.push(Override::option("precision", precision.name()));
    }
    if let Some(duration) = &arguments.duration {
        overrides.push(Override::option("duration", duration));
    }
    Ok(overrides)
}
