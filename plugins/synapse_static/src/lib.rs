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
and synapse. Delays drawn from a distribution are rounded to steps.",
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
    Parameter::choice("storage", &shape::STORAGES, "how synapses are stored, which changes time and memory alone"),
];

/// Registers `static`.
#[derive(Clone, Copy, Debug, Default)]
pub struct StaticSynapsePlugin;

impl Plugin for StaticSynapsePlugin {
    fn build(&self, registry: &mut Registry) {
        registry.add_synapse::<StaticSynapses<f32>, StaticSynapses<f64>>(&DECLARATION);
    }

    fn name(&self) -> &'static str {
        env!("CARGO_PKG_NAME")
    }
}
