//! Poisson processes: [`poisson_generator`](PoissonGenerator), a stimulus that sends each target a train of its own, and
//! [`poisson`](Poisson), a population whose members fire at random.
//!
//! The stimulus costs no memory per target and has no ids; where several targets shall see the same train, or spikes shall
//! be recorded, use the population.
#![forbid(unsafe_code)]

mod generator;
mod population;
mod table;

use neuropil_core::prelude::*;
use neuropil_core::{Declaration, ModelKind, Plugin, Registry, Streams, declaration_of};

pub use generator::PoissonTargets;
pub use population::PoissonPopulation;
pub use table::PoissonTable;

/// What scenes set, of either.
#[derive(Clone, Copy, Parameters)]
struct Parameters {
    /// Mean number of spikes per second.
    #[parameter(HZ, default = 0.0, NonNegative)]
    rate: f64,
    #[parameter(window::START)]
    start: f64,
    #[parameter(window::STOP)]
    stop: f64,
}

/// Stimulus that sends each of its targets a Poisson train of its own.
///
/// # Dynamics
///
/// each target gets n ~ Poisson(rate dt) spikes in every step with start <= t < stop
///
/// # Numerics
///
/// Drawn by inversion of the distribution, resolved to 2^-53, for each target and step. Spikes are stamped with
/// the end of their step (start < t <= stop) and arrive `delay` later. They have no ids and can't be recorded: use a
/// population of the model `poisson` where trains shall be shared or seen.
#[derive(Page)]
#[model("poisson_generator")]
pub struct PoissonGenerator;

/// Population whose members fire as independent Poisson processes.
///
/// # Dynamics
///
/// each member fires with probability rate dt in every step with start <= t < stop
///
/// # Numerics
///
/// A Bernoulli process on the grid: at most one spike per member and step, with the exact mean rate. Spikes are stamped
/// with the end of their step (start < t <= stop).
#[derive(Page)]
#[model("poisson")]
pub struct Poisson;

static GENERATOR: Declaration = declaration_of::<PoissonGenerator, Parameters>(ModelKind::Stimulus);
static POPULATION: Declaration = declaration_of::<Poisson, Parameters>(ModelKind::Neuron);

impl Plugin for PoissonGenerator {
    fn build(&self, registry: &mut Registry) {
        registry.add_stimulus_model::<PoissonTargets<f32>, PoissonTargets<f64>>(&GENERATOR);
    }

    fn name(&self) -> &'static str {
        env!("CARGO_PKG_NAME")
    }
}

impl Plugin for Poisson {
    fn build(&self, registry: &mut Registry) {
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
