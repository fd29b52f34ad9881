//! What a synapse model is told about the synapses that it is to hold.

use crate::declare::declaration::Declaration;
use crate::number::real::Precision;
use crate::random::value::Value;
use crate::step::slice::Slice;
use crate::synapse::sources::SourceRows;
use crate::synapse::wiring::Wiring;
use crate::time::TimeGrid;

/// What synapses take in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorageSize {
    /// How many synapses.
    pub n_synapses: u64,
    /// Bytes of all arrays together.
    pub bytes: u64,
    /// The shape of the storage, in a few words.
    pub shape: String,
}

/// What decides how the synapses of a projection onto one slice are stored.
#[derive(Clone, Copy, Debug)]
pub struct SynapsePlan<'a> {
    /// The number of source neurons.
    pub n_rows: u32,
    /// The place of the slice's first input among the inputs of its partition.
    pub first_input: u64,
    /// The number of inputs of the slice: its neurons times the receptors of their model.
    pub n_inputs: u64,
    /// The number of synapses, or its expectation.
    pub n_synapses: u64,
    /// The number of synapses of all parts that are stored with these, themselves included, or its expectation.
    pub n_together: u64,
    /// Whether every source is connected once to every neuron of the slice, but for itself perhaps.
    pub complete: bool,
    /// The largest number of synapses that one neuron can have in this projection.
    pub max_indegree: u64,
    /// The values of the declared parameters, in order; times in ms.
    pub parameters: &'a [Value],
    /// Whether the wiring brings a weight for each synapse.
    pub own_weights: bool,
    /// The smallest and the largest delay in ms, where the wiring brings one for each synapse.
    pub own_delays: Option<(f64, f64)>,
    /// Whether the mean weight of each target's synapses is subtracted from them.
    pub zero_mean: bool,
    /// The receptors that they reach.
    pub receptor_choice: ReceptorChoice,
    /// The precision of the simulation.
    pub precision: Precision,
    /// The grid of time.
    pub grid: TimeGrid,
}

/// What a model needs to know to build the synapses of a projection onto one slice.
pub struct SynapseSetup<'a> {
    /// The connections.
    pub wiring: &'a dyn Wiring,
    /// Which row each source neuron has.
    pub sources: Vec<SourceRows>,
    /// The slice on which the synapses end.
    pub slice: Slice,
    /// The number of the projection in the scene, the entity of its random streams.
    pub projection: u32,
    /// The seed of the simulation.
    pub seed: u64,
    /// The sizes, the values of the declared parameters, and the grid.
    pub plan: SynapsePlan<'a>,
}

/// The receptor that the synapses of a projection reach.
#[derive(Clone, Copy, Debug)]
pub struct ReceptorChoice {
    /// The model of the targets.
    pub declaration: &'static Declaration,
    /// The channel that the projection names; otherwise the sign of a weight chooses.
    pub named: Option<usize>,
}

impl ReceptorChoice {
    /// The channel that a spike of this weight reaches.
    #[must_use]
    pub fn channel(&self, weight: f64) -> Option<usize> {
        match self.named {
            Some(named) => {
                Some(named).filter(|&c| self.declaration.receptors[c].accepts.takes_weight(weight))
            }
            None => self.declaration.receptor_for_weight(weight),
        }
    }

    /// Whether weights of either sign reach the same channel, or one sign alone is taken.
    #[must_use]
    pub fn has_one_channel(&self) -> bool {
        match (self.channel(1.0), self.channel(-1.0)) {
            (Some(positive), Some(negative)) => positive == negative,
            _ => true,
        }
    }
}
