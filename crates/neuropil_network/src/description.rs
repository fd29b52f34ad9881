//! What a network is, before it is built: plain data in which every name is resolved and every value checked.

use neuropil_core::{NeuronEntry, Precision, StimulusEntry, StimulusOutput, SynapseEntry, TimeGrid, Value};

use crate::rule::Rule;
use crate::view::View;

/// A network and what to record of it.
#[derive(Clone)]
pub struct Network {
    /// The grid of time.
    pub grid: TimeGrid,
    /// The seed of all random numbers.
    pub seed: u64,
    /// The populations.
    pub populations: Vec<Population>,
    /// The devices.
    pub stimuli: Vec<Stimulus>,
    /// The named synapse types, and those that projections define in place.
    pub synapses: Vec<SynapseType>,
    /// The projections, in the order that fixes their random streams and, among projections of one synapse model, the
    /// order of sums.
    pub projections: Vec<Projection>,
    /// The recorders.
    pub recorders: Vec<Recorder>,
}

/// A network with all that a run of it needs.
#[derive(Clone)]
pub struct Experiment {
    /// The name, for titles and the run folder.
    pub name: String,
    /// The network.
    pub network: Network,
    /// The precision of the simulation.
    pub precision: Precision,
    /// How long to simulate, in steps.
    pub duration: u64,
}

/// Neurons of one model.
#[derive(Clone)]
pub struct Population {
    /// The name.
    pub name: String,
    /// The number of neurons.
    pub n: u32,
    /// The model.
    pub model: NeuronEntry,
    /// The values of the declared parameters, in order and in the declared units.
    pub parameters: Vec<Value>,
    /// Values of state variables at the start, where the scene gives any; in the order of the declaration.
    pub initial: Vec<Option<Value>>,
}

/// A device.
#[derive(Clone)]
pub struct Stimulus {
    /// The name.
    pub name: String,
    /// The model.
    pub model: StimulusEntry,
    /// The values of the declared parameters, in order and in the declared units.
    pub parameters: Vec<f64>,
}

impl Stimulus {
    /// Whether it sends a current, not spikes.
    #[must_use]
    pub fn sends_current(&self) -> bool {
        self.model.output == StimulusOutput::Current
    }
}

/// A synapse model with its parameters.
#[derive(Clone)]
pub struct SynapseType {
    /// The name; for one that is defined in place, the name of its projection.
    pub name: String,
    /// The model.
    pub model: SynapseEntry,
    /// The values of the declared parameters, in order and in the declared units. A weight is in the unit of
    /// the receptor.
    pub parameters: Vec<Value>,
}

impl SynapseType {
    /// The value of a declared parameter.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&Value> {
        self.model.declaration.parameter(name).map(|i| &self.parameters[i])
    }

    /// The smallest and the largest delay, in steps: at least one.
    #[must_use]
    pub fn delay_steps(&self, grid: &TimeGrid) -> (u64, u64) {
        let (low, high) = self.parameter("delay").map_or((0.0, 0.0), Value::bounds);
        (grid.delay_steps(low), grid.delay_steps(high))
    }
}

/// Connections from a view of neurons or a device to a view of neurons.
#[derive(Clone)]
pub struct Projection {
    /// The name.
    pub name: String,
    /// Where it begins.
    pub source: Source,
    /// The neurons on which it ends.
    pub target: View,
    /// Which pairs are connected.
    pub rule: Rule,
    /// The synapse type, by its number in the network.
    pub synapse: usize,
    /// The receptor that it names, if any.
    pub receptor: Option<String>,
}

/// Where a projection begins.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// At neurons.
    Neurons(View),
    /// At a device, by its number in the network.
    Stimulus(usize),
}

/// Something that writes a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorder {
    /// The name.
    pub name: String,
    /// The neurons.
    pub view: View,
    /// The first stamp that is recorded.
    pub start: u64,
    /// The last stamp that is recorded.
    pub stop: u64,
    /// What it records.
    pub kind: RecorderKind,
    /// The synapse type that counts the connections to the recorder, by its number in the network.
    pub counted_as: Option<usize>,
}

/// What a recorder records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecorderKind {
    /// Spikes.
    Spikes,
    /// State variables.
    Traces {
        /// The names of the variables, which all populations of the view have.
        variables: Vec<String>,
        /// Steps between samples.
        interval: u64,
    },
}

impl Network {
    /// The number of neurons.
    #[must_use]
    pub fn n_neurons(&self) -> u64 {
        self.populations.iter().map(|p| u64::from(p.n)).sum()
    }

    /// The number of values that recorders sample per step.
    pub(crate) fn sampled_per_step(&self) -> f64 {
        let sampled = |r: &Recorder| match &r.kind {
            RecorderKind::Spikes => 0.0,
            RecorderKind::Traces { variables, interval } => {
                f64::from(r.view.len()) * (variables.len() + 1) as f64 / *interval as f64
            }
        };
        self.recorders.iter().map(sampled).sum()
    }

    /// The smallest and the largest delay of the projections between neurons, in steps; `None` if there are
    /// none.
    #[must_use]
    pub fn delay_bounds(&self) -> Option<(u64, u64)> {
        self.projections
            .iter()
            .filter(|p| matches!(p.source, Source::Neurons(_)))
            .map(|p| self.synapses[p.synapse].delay_steps(&self.grid))
            .reduce(|(a, b), (c, d)| (a.min(c), b.max(d)))
    }
}
