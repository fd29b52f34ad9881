//! What the contracts share: a scene in, spikes and traces out.

pub mod auryn;
pub mod comparison;
pub mod spike_statistics;

/// The code of the tutorial for authors of plugins, as doc tests.
#[cfg(doctest)]
#[doc = include_str!("../../plugins/README.md")]
struct PluginsReadme;

use std::path::Path;

use neuropil::core::{Plugin, Precision, Registry};
use neuropil::network::Experiment;
use neuropil::scene::{Override, SceneSource, compile};

pub use neuropil_testing::{Collector, Outcome};

/// The registry of the program.
#[must_use]
pub fn registry() -> Registry {
    neuropil::registry(&neuropil::default_plugins())
}

/// Compiles a scene from its text, with overrides such as `duration="2 s"`.
///
/// # Panics
/// With the messages of the compiler, if it is wrong.
#[must_use]
pub fn scene(text: &str, overrides: &[&str]) -> Experiment {
    compile_source(&SceneSource { path: "scene.ron".into(), text: text.into() }, overrides)
}

/// Compiles a scene from its text, with a plugin besides those of the program.
///
/// # Panics
/// With the messages of the compiler, if it is wrong.
#[must_use]
pub fn scene_with(plugin: &dyn Plugin, text: &str) -> Experiment {
    compile_with(plugin, text).unwrap_or_else(|errors| panic!("{errors}"))
}

/// The same, with the messages of the compiler.
///
/// # Errors
/// Where the scene is wrong.
pub fn compile_with(plugin: &dyn Plugin, text: &str) -> Result<Experiment, String> {
    let mut registry = registry();
    registry.add_plugin(plugin);
    let source = SceneSource { path: "scene.ron".into(), text: text.into() };
    let compiled = compile(&source, &[], &registry);
    compiled.map(|compiled| compiled.experiment).map_err(|errors| errors.render(false))
}

/// Compiles the scene of an experiment folder.
///
/// # Panics
/// With the messages of the compiler, if it is wrong.
#[must_use]
pub fn experiment(name: &str, overrides: &[&str]) -> Experiment {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../experiments").join(name);
    compile_source(&SceneSource::load(&folder).unwrap_or_else(|e| panic!("{e}")), overrides)
}

fn compile_source(source: &SceneSource, overrides: &[&str]) -> Experiment {
    let parse = |text: &&str| Override::set(text).unwrap_or_else(|e| panic!("{e}"));
    let overrides: Vec<Override> = overrides.iter().map(parse).collect();
    let compiled = compile(source, &overrides, &registry());
    compiled.unwrap_or_else(|errors| panic!("{}", errors.render(false))).experiment
}

/// Simulates an experiment on so many threads, in pieces of so many steps; the last piece takes the rest.
///
/// # Panics
/// If the network cannot be built, or the run breaks off.
#[must_use]
pub fn simulate_in_pieces(
    experiment: &Experiment,
    precision: Precision,
    threads: usize,
    pieces: &[u64],
) -> Outcome {
    neuropil_testing::simulate(&experiment.network, experiment.duration, precision, (threads, pieces))
}

/// Simulates an experiment in its own precision, on one thread.
#[must_use]
pub fn simulate(experiment: &Experiment) -> Outcome {
    simulate_in_pieces(experiment, experiment.precision, 1, &[])
}
