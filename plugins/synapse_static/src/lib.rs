//! Synapses with a fixed weight and delay: `static`.
//!
//! ## Dynamics
//!
//! ```text
//! a spike of the source at t adds `weight` to the receptor at t + delay
//! ```
//!
//! ## Numerics
//!
//! A weight or delay that is the same for all synapses of a projection is stored once. Spikes that arrive over a
//! shared weight are counted, and the weight is multiplied by the count; otherwise weights are added one by one, in
//! the order of emission step, source and synapse. Delays drawn from a distribution are rounded to steps.
//!
//! ## Storage
//!
//! | `storage` | what is stored | for | bytes per synapse |
//! |---|---|---|---|
//! | `rows` | for each source its targets, and weights and delays that are not shared | everything | 2 or 4, and 4 or 8 for a weight |
//! | `bits` | a bit for each pair of neurons; rows are added with carry-save adders, 512 targets at once | weight and delay shared | 1/8 over the density |
//! | `dense` | a weight for each pair of neurons; rows are added as vectors | all pairs, delay shared, one receptor | 4 or 8 |
//!
//! `auto` takes bits from a density of 1/32 on, a dense matrix where all pairs are connected, and rows otherwise. The choice
//! changes time and memory but no bit of a result. Where an edit gives synapses weights of their own, bits become rows.
//!
//! Where each synapse has a weight and a delay of its own, only a few of a row arrive in the same step. Projections from the same
//! sources then have their rows together, up to 65 536 inputs of a partition: what arrives in a step lies side by side.
//!
//! Parameters are declared in [`DECLARATION`]; `neuropil models static` prints them.
#![forbid(unsafe_code)]

mod bits;
mod calendar;
mod carry_save;
mod channels;
mod counted;
mod counts;
mod delayed_rows;
mod dense;
mod plan;
mod shape;
mod store;
mod synapses;
mod weighted;

use neuropil_core::units::MS;
use neuropil_core::{Declaration, ModelKind, Parameter, Plugin, Range, Registry};

pub use synapses::StaticSynapses;

/// What the model declares about itself.
pub static DECLARATION: Declaration = Declaration {
    name: "static",
    kind: ModelKind::Synapse,
    summary: "Synapse with a fixed weight and delay.",
    equations: "a spike of the source at t adds `weight` to the receptor at t + delay",
    numerics: "\
A weight or delay that all synapses of a projection share is stored once; spikes over a shared weight are counted \
and the weight is multiplied by the count. Other weights are added one by one, in the order of emission step, source \
and synapse. Delays drawn from a distribution are rounded to steps. `storage` changes time and memory but no result: \
`rows` hold anything; `bits`, one for each pair of neurons, are for dense projections that share weight and delay; `dense` \
is a matrix of weights, for projections of all to all. `auto` chooses, and `neuropil plan` shows what.",
    parameters: &PARAMETERS,
    states: &[],
    receptors: &[],
    references: &[],
    audit: None,
};

static PARAMETERS: [Parameter; 3] = [
    Parameter::weight("weight", 1.0, "weight, in the unit of the receptor"),
    Parameter::new("delay", MS, 1.0, "time from the spike to its effect, at least one step")
        .within(Range::Positive)
        .on_grid(),
    Parameter::choice("storage", &plan::STORAGES, "shape of the storage"),
];

/// Registers `static`.
#[derive(Clone, Copy, Debug, Default)]
pub struct StaticSynapsePlugin;

impl Plugin for StaticSynapsePlugin {
    fn build(&self, registry: &mut Registry) {
        registry.add_synapse_model::<StaticSynapses<f32>, StaticSynapses<f64>>(&DECLARATION);
    }

    fn name(&self) -> &'static str {
        env!("CARGO_PKG_NAME")
    }
}
