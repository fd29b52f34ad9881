//! The smallest right model of each kind: what small networks are made of, and what mistakes are seeded in.

mod distribution;
mod neuron;
mod recorder;
mod rule;
mod stimulus;
mod synapse;

pub(crate) use distribution::between;
pub use neuron::TestNeuron;
pub(crate) use recorder::TestRecorder;
pub(crate) use rule::TestRule;
pub use stimulus::TestNoise;
pub(crate) use synapse::{ListedSynapses, SYNAPSE, add_arrivals};
