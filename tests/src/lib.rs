//! What the contracts share: a scene in, spikes and traces out.

pub mod auryn;
pub mod comparison;
pub mod spike_statistics;

/// The code of the tutorial for authors of plugins, as doc tests.
#[cfg(doctest)]
#[doc = include_str!("../../plugins/README.md")]
struct PluginsReadme;

use std::collections::BTreeMap;
use std::path::Path;

use neuropil::core::{Plugin, Precision, Registry};
use neuropil::network::{Epoch, Experiment, Observer, Simulation, SpikeStatistics};
use neuropil::scene::{Override, SceneSource, compile};

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

/// All that a simulation showed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// Stamp, population and neuron of each spike.
    pub spikes: Vec<(u64, u32, u32)>,
    /// Of each recorder, population and neuron: the samples as (stamp, values).
    pub traces: BTreeMap<(u32, u32, u32), Vec<(u64, Vec<f64>)>>,
    /// The digest of the spikes.
    pub digest: String,
}

impl Outcome {
    /// The stamps of the spikes of a neuron.
    #[must_use]
    pub fn spikes_of(&self, population: u32, neuron: u32) -> Vec<u64> {
        self.spikes.iter().filter(|s| (s.1, s.2) == (population, neuron)).map(|s| s.0).collect()
    }

    /// The values of one variable of a neuron that the first recorder samples in every step, by stamp.
    /// Index 0 is the first sample.
    #[must_use]
    pub fn trace(&self, population: u32, neuron: u32, variable: usize) -> Vec<f64> {
        let samples = self.traces.iter().find(|(key, _)| (key.1, key.2) == (population, neuron));
        samples.map_or(Vec::new(), |(_, samples)| samples.iter().map(|s| s.1[variable]).collect())
    }
}

/// Collects an [`Outcome`].
pub struct Collector {
    outcome: Outcome,
    statistics: SpikeStatistics,
    n_populations: u32,
}

impl Collector {
    /// An empty collector.
    #[must_use]
    pub fn new(experiment: &Experiment) -> Self {
        Self {
            outcome: Outcome::default(),
            statistics: SpikeStatistics::new(&experiment.network),
            n_populations: experiment.network.populations.len() as u32,
        }
    }

    /// What was collected.
    #[must_use]
    pub fn outcome(mut self) -> Outcome {
        self.outcome.digest = self.statistics.digest();
        self.outcome
    }
}

impl Observer for Collector {
    fn epoch(&mut self, epoch: &Epoch<'_>) -> bool {
        self.statistics.add(epoch);
        for step in epoch.steps() {
            for population in 0..self.n_populations {
                let spikes = epoch.fired(population, step).iter().map(|&n| (step + 1, population, n));
                self.outcome.spikes.extend(spikes);
            }
        }
        for sample in epoch.samples() {
            let n = sample.values.len() / sample.neurons.len();
            for (&neuron, values) in sample.neurons.iter().zip(sample.values.chunks(n)) {
                let key = (sample.recorder, sample.population, neuron);
                self.outcome.traces.entry(key).or_default().push((sample.stamp, values.to_vec()));
            }
        }
        true
    }
}

/// Simulates an experiment on so many threads, in pieces of so many steps; the last piece takes the rest.
///
/// # Panics
/// If the network cannot be built.
#[must_use]
pub fn simulate_in_pieces(
    experiment: &Experiment,
    precision: Precision,
    threads: usize,
    pieces: &[u64],
) -> Outcome {
    let mut simulation =
        Simulation::build(&experiment.network, precision, threads).expect("the network is built");
    let mut collector = Collector::new(experiment);
    for &piece in pieces {
        simulation.run(piece, &mut collector).expect("no partition panics");
    }
    let rest = experiment.duration - simulation.step();
    simulation.run(rest, &mut collector).expect("no partition panics");
    collector.outcome()
}

/// Simulates an experiment in its own precision, on one thread.
#[must_use]
pub fn simulate(experiment: &Experiment) -> Outcome {
    simulate_in_pieces(experiment, experiment.precision, 1, &[])
}
