//! What the engine asks of models and of a partition, and what models seldom need.

pub use crate::declare::state_column::StateColumn;
pub use crate::neuron::component::NotFinite;
pub use crate::number::real::PerPrecision;
pub use crate::number::simd::Simd;
pub use crate::number::vector_math::MATH_VERSION;
pub use crate::random::philox::philox4x32;
pub use crate::random::streams::STREAMS_VERSION;
pub use crate::random::value::root_mean_square;
pub use crate::registry::{
    ActionEntry, DistributionEntry, Extensions, FunctionEntry, NeuronEntry, ProcessEntry, RecorderEntry,
    RuleEntry, StimulusEntry, SynapseEntry,
};
pub use crate::step::directory::{Directory, ListedPopulation, ListedStimulus};
pub use crate::step::history::Heard;
pub use crate::step::input::InputBuffer;
pub use crate::step::meter::Meter;
pub use crate::step::owned::{Changes, Owned, SliceParameters, Slices, StimulusChange};
pub use crate::step::probe::{Probe, Probes, SampleBox};
pub use crate::step::slice::{Outbox, advance_clock, collect_fired, collect_spikes, keep_spikes};
pub use crate::stimulus::component::StimulusTarget;
pub use crate::time::OffGrid;
pub use crate::view::ViewError;
