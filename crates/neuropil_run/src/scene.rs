//! Compiled scenes.

use std::path::{Path, PathBuf};

use neuropil_core::Registry;
use neuropil_network::Experiment;
use neuropil_record::SceneFile;
use neuropil_scene::{Compiled, Diagnostics, Override, SceneSource, compile};

use crate::Failure;

/// A scene, compiled and ready to run, with where it came from.
pub struct Scene {
    pub(crate) source: SceneSource,
    pub(crate) overrides: Vec<Override>,
    pub(crate) compiled: Compiled,
    /// The plugins whose models it could use.
    pub(crate) plugins: Vec<String>,
}

impl Scene {
    /// Reads and compiles a `.ron` file, or the `scene.ron` of a folder; `overrides` replace values of it.
    ///
    /// # Errors
    /// Where there is no such file, or the scene has mistakes: all of them in one message.
    pub fn load(path: &Path, overrides: Vec<Override>, registry: &Registry) -> Result<Self, Failure> {
        let source = SceneSource::load(path).map_err(|e| Failure::user(e.to_string()))?;
        Self::compile(source, overrides, registry)
    }

    /// Compiles a scene from memory. Paths in it are relative to the working folder.
    ///
    /// # Errors
    /// Where the scene has mistakes: all of them in one message.
    pub fn from_text(text: &str, registry: &Registry) -> Result<Self, Failure> {
        Self::compile(SceneSource::new("scene.ron", text), Vec::new(), registry)
    }

    /// Compiles a scene; `overrides` replace values of it.
    ///
    /// # Errors
    /// Where the scene has mistakes: all of them in one message.
    pub fn compile(
        source: SceneSource,
        overrides: Vec<Override>,
        registry: &Registry,
    ) -> Result<Self, Failure> {
        let compiled = compile(&source, &overrides, registry)?;
        let plugins = registry.plugins().iter().map(|&name| name.to_owned()).collect();
        Ok(Self { source, overrides, compiled, plugins })
    }

    /// The path of the scene.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.source.path
    }

    /// The experiment: a network as plain data, and how long it is simulated.
    #[must_use]
    pub fn experiment(&self) -> &Experiment {
        &self.compiled.experiment
    }

    /// What the compiler warns of.
    #[must_use]
    pub fn warnings(&self) -> &Diagnostics {
        &self.compiled.warnings
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
