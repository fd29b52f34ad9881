//! Poisson processes: `poisson_generator`, a stimulus that sends each target a train of its own, and `poisson`, a
//! population whose members fire at random.
//!
//! ## Dynamics
//!
//! ```text
//! poisson_generator   each target gets n ~ Poisson(rate dt) spikes in every step of the window
//! poisson             each member fires with probability rate dt in every step of the window
//! ```
//!
//! ## Numerics
//!
//! Numbers are drawn by inversion of the distribution, resolved to 2^-53. The stimulus costs no memory per
//! target and has no ids; where several targets shall see the same train, or spikes shall be recorded, use the
//! population. A member of the population fires at most once per step.
//!
//! Parameters are declared in [`GENERATOR`] and [`POPULATION`]; `neuropil models` prints them.
#![forbid(unsafe_code)]

mod generator;
mod population;
mod table;

use neuropil_core::units::HZ;
use neuropil_core::{Declaration, ModelKind, Parameter, Plugin, Range, Registry, START, STOP, Streams};

pub use generator::PoissonGenerator;
pub use population::PoissonPopulation;
pub use table::PoissonTable;

static PARAMETERS: [Parameter; 3] = [
    Parameter::new("rate", HZ, 0.0, "mean number of spikes per second").within(Range::NonNegative),
    START,
    STOP,
];

/// What the stimulus declares about itself.
pub static GENERATOR: Declaration = Declaration {
    name: "poisson_generator",
    kind: ModelKind::Stimulus,
    summary: "Stimulus that sends each of its targets a Poisson train of its own.",
    equations: "each target gets n ~ Poisson(rate dt) spikes in every step with start <= t < stop",
    numerics: "\
Drawn by inversion of the distribution, resolved to 2^-53, for each target and step. Spikes are stamped with \
the end of their step (start < t <= stop) and arrive `delay` later. They have no ids and can't be recorded: use a \
population of the model `poisson` where trains shall be shared or seen.",
    parameters: &PARAMETERS,
    states: &[],
    receptors: &[],
    references: &[],
    audit: None,
};

/// What the population declares about itself.
pub static POPULATION: Declaration = Declaration {
    name: "poisson",
    kind: ModelKind::Neuron,
    summary: "Population whose members fire as independent Poisson processes.",
    equations: "each member fires with probability rate dt in every step with start <= t < stop",
    numerics: "\
A Bernoulli process on the grid: at most one spike per member and step, with the exact mean rate. Spikes are stamped \
with the end of their step (start < t <= stop).",
    parameters: &PARAMETERS,
    states: &[],
    receptors: &[],
    references: &[],
    audit: None,
};

/// Registers `poisson_generator` and `poisson`.
#[derive(Clone, Copy, Debug, Default)]
pub struct PoissonPlugin;

impl Plugin for PoissonPlugin {
    fn build(&self, registry: &mut Registry) {
        registry.add_stimulus::<PoissonGenerator<f32>, PoissonGenerator<f64>>(&GENERATOR);
        registry.add_neuron_model::<PoissonPopulation<f32>, PoissonPopulation<f64>>(&POPULATION);
    }

    fn name(&self) -> &'static str {
        env!("CARGO_PKG_NAME")
    }
}

/// 48 bits for the neuron `index` at `step`.
fn further_bits(streams: &Streams, index: u32, step: u64) -> u64 {
    let [low, high, ..] = streams.block(index, step);
    u64::from(high & 0xFFFF) << 32 | u64::from(low)
}
