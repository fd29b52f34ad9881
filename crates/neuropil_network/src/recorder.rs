//! What a network is asked to record.

use neuropil_core::engine::RecorderEntry;
use neuropil_core::{Sees, View};

/// Something that writes a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorder {
    /// The name.
    pub name: String,
    /// Its kind.
    pub model: RecorderEntry,
    /// The values of the declared parameters.
    pub parameters: Vec<f64>,
    /// The neurons; of synapses the targets.
    pub view: View,
    /// The variables that it was given, where its kind takes any.
    pub variables: Vec<String>,
    /// The synapses that it was given, where its kind takes any.
    pub synapses: Option<SynapseBlock>,
    /// The steps that it was given, in ascending order, where its kind takes any.
    pub at: Vec<u64>,
    /// When it starts, in steps.
    pub start: u64,
    /// The last stamp that is recorded.
    pub stop: u64,
    /// What it wants to see.
    pub sees: Sees,
    /// The synapse type that counts the connections to the recorder, by its number in the network.
    pub counted_as: Option<usize>,
}

/// Synapses of a projection that begin at some of its neurons.
#[derive(Clone, Debug, PartialEq)]
pub struct SynapseBlock {
    /// The projection, by its number in the network.
    pub projection: usize,
    /// The neurons at which they begin.
    pub sources: View,
}

impl Recorder {
    /// The first stamp that is recorded.
    #[must_use]
    pub fn first(&self) -> u64 {
        self.sees.first_stamp(self.start)
    }

    /// The first step after `step` before which it reads synapses.
    pub(crate) fn next_synapses(&self, step: u64) -> Option<u64> {
        self.sees.synapses_at.iter().copied().find(|&at| at > step)
    }

    pub(crate) fn reads_synapses_at(&self, step: u64) -> bool {
        self.synapses.is_some() && self.sees.synapses_at.contains(&step)
    }

    /// The number of values that it samples per step.
    pub(crate) fn sampled_per_step(&self) -> f64 {
        self.sees.samples.as_ref().map_or(0.0, |samples| {
            f64::from(self.view.len()) * (samples.variables.len() + 1) as f64 / samples.interval as f64
        })
    }
}
