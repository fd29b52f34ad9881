//! What a network is, before it is built: plain data in which every name is resolved and every value checked.

use neuropil_core::engine::{
    ActionEntry, Directory, Extensions, NeuronEntry, ProcessEntry, StimulusEntry, SynapseEntry,
};
use neuropil_core::rule::Rule;
use neuropil_core::{
    Declaration, ParameterError, Precision, ReceptorChoice, RecorderSetup, Recording, StimulusOutput,
    TimeGrid, Value, View,
};

use crate::protocol::{Action, Event};
use crate::recorder::Recorder;

/// A network and what to record of it.
#[derive(Clone)]
pub struct Network {
    /// The grid of time.
    pub grid: TimeGrid,
    /// The seed of all random numbers.
    pub seed: u64,
    /// The populations.
    pub populations: Vec<Population>,
    /// The views that have names, for programs.
    pub views: Vec<(String, View)>,
    /// The stimuli.
    pub stimuli: Vec<Stimulus>,
    /// The named synapse types, and those that projections define in place.
    pub synapses: Vec<SynapseType>,
    /// The projections, in the order that fixes their random streams and, among projections of one synapse model, the
    /// order of sums.
    pub projections: Vec<Projection>,
    /// The recorders.
    pub recorders: Vec<Recorder>,
    /// The processes, in the order in which they act.
    pub processes: Vec<Process>,
    /// What is changed while the network runs, in the order of time.
    pub protocol: Vec<Event>,
    /// The systems and resources that plugins add to every network.
    pub extensions: Extensions,
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

/// A stimulus.
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
        matches!(self.model.output, StimulusOutput::Current(_))
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

/// Connections from a view of neurons or a stimulus to a view of neurons.
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
    /// Whether the mean weight of each target's synapses is subtracted from them.
    pub zero_mean: bool,
}

impl Projection {
    /// The smallest and the largest delay of the synapses, in steps: at least one.
    #[must_use]
    pub fn delay_steps(&self, network: &Network) -> (u64, u64) {
        match self.rule.own_delays() {
            Some((low, high)) => (network.grid.delay_steps(low), network.grid.delay_steps(high)),
            None => network.synapses[self.synapse].delay_steps(&network.grid),
        }
    }

    /// The receptor that it reaches on a population.
    pub(crate) fn receptor_choice(&self, network: &Network, population: u32) -> ReceptorChoice {
        let declaration = network.populations[population as usize].model.declaration;
        let named = self
            .receptor
            .as_deref()
            .and_then(|name| declaration.receptors.iter().position(|r| r.name == name));
        ReceptorChoice { declaration, named }
    }
}

/// Where a projection begins.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// At neurons.
    Neurons(View),
    /// At a stimulus, by its number in the network.
    Stimulus(usize),
}

/// What runs beside the network, and acts on it.
#[derive(Clone)]
pub struct Process {
    /// The name.
    pub name: String,
    /// The model.
    pub model: ProcessEntry,
    /// The neurons that it is about.
    pub of: View,
    /// The values of the declared parameters, in order and in the declared units.
    pub parameters: Vec<f64>,
    /// Steps between two acts.
    pub interval: u64,
}

impl Network {
    /// The populations and stimuli, as plugins see them.
    #[must_use]
    pub fn directory(&self, precision: Precision) -> Directory {
        let population = |p: &Population| p.model.list(&p.name, p.n, precision);
        let stimulus = |s: &Stimulus| s.model.list(&s.name, &s.parameters, precision);
        Directory {
            grid: self.grid,
            seed: self.seed,
            precision,
            populations: self.populations.iter().map(population).collect(),
            stimuli: self.stimuli.iter().map(stimulus).collect(),
        }
    }

    /// Begins to record.
    ///
    /// # Errors
    /// Where the parameters of the recorder do not fit together.
    pub fn begin_recording(&self, recorder: &Recorder) -> Result<Box<dyn Recording>, ParameterError> {
        let model = |&population: &u32| self.populations[population as usize].model.declaration;
        let models: Vec<&'static Declaration> = recorder.view.populations().iter().map(model).collect();
        let setup = RecorderSetup {
            grid: self.grid,
            view: &recorder.view,
            models: &models,
            variables: &recorder.variables,
            at: &recorder.at,
            start: recorder.start,
            stop: recorder.stop,
        };
        recorder.model.begin(&recorder.parameters, &setup)
    }

    /// The number of neurons.
    #[must_use]
    pub fn n_neurons(&self) -> u64 {
        self.populations.iter().map(|p| u64::from(p.n)).sum()
    }

    /// The actions of plugins in the protocol.
    pub(crate) fn actions(&self) -> impl Iterator<Item = &ActionEntry> {
        self.protocol.iter().filter_map(|event| match &event.action {
            Action::Plugin { model, .. } => Some(model),
            _ => None,
        })
    }

    /// Whether code of plugins may add to the inputs of neurons.
    pub(crate) fn is_extended(&self) -> bool {
        !self.extensions.is_empty() || !self.processes.is_empty() || self.actions().next().is_some()
    }

    /// The number of values that recorders sample per step.
    pub(crate) fn sampled_per_step(&self) -> f64 {
        self.recorders.iter().map(Recorder::sampled_per_step).sum()
    }

    /// The smallest and the largest delay of the projections between neurons, in steps; `None` if there are
    /// none.
    #[must_use]
    pub fn delay_bounds(&self) -> Option<(u64, u64)> {
        self.projections
            .iter()
            .filter(|p| matches!(p.source, Source::Neurons(_)))
            .map(|p| p.delay_steps(self))
            .reduce(|(a, b), (c, d)| (a.min(c), b.max(d)))
    }
}
