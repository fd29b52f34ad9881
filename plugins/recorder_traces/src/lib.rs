//! State variables of neurons over time: `traces`.
#![forbid(unsafe_code)]

use neuropil_core::prelude::*;
use neuropil_core::{
    Argument, Batch, Observation, Plot, PlotPanel, RecorderModel, RecorderSetup, Recording, Sees,
    StateVariable, Table, TableColumn,
};

/// The variable that spikes are pasted into.
const POTENTIAL: &str = "V_m";

/// The columns of population and neuron, before those of the variables.
const KEYS: usize = 2;

/// State variables of neurons over time.
///
/// # Numerics
///
/// A sample is that of the end of a step. The first is at `start`, or an interval later where that is the beginning of the run.
#[derive(Clone, Copy, Debug, Default, Recorder)]
#[model("traces")]
pub struct Traces;

/// What a scene gives it.
#[derive(Clone, Copy, Debug, Parameters)]
pub struct TraceParameters {
    /// Time between samples: a step, where it is not given.
    #[parameter(MS, default = 0.0, Positive, on_grid)]
    interval: f64,
    /// A number that stands in for `V_m` in the samples of a step in which the neuron fires.
    #[parameter(MV, default = f64::INFINITY)]
    pasted_spikes: f64,
}

/// A recorder of traces at work.
#[derive(Clone, Debug)]
pub struct TraceRecording {
    variables: Vec<&'static StateVariable>,
    interval: u64,
    /// The column of the membrane potential, and what stands there in the samples of a step in which a neuron fires.
    pasted: Option<(usize, f64)>,
}

impl RecorderModel for Traces {
    type Parameters = TraceParameters;
    type Recording = TraceRecording;

    const ARGUMENTS: &'static [Argument] = &[Argument::Neurons, Argument::Variables];

    fn begin(p: TraceParameters, setup: &RecorderSetup<'_>) -> Result<TraceRecording, ParameterError> {
        let variables: Vec<_> = setup.variables.iter().filter_map(|name| setup.variable(name)).collect();
        let potential = variables.iter().position(|variable| variable.name == POTENTIAL);
        let pasted = p.pasted_spikes.is_finite().then_some(p.pasted_spikes);
        if pasted.is_some() && potential.is_none() {
            let message = format!("spikes are pasted into `{POTENTIAL}`, which is not recorded");
            let error = ParameterError::new("pasted_spikes", message);
            return Err(error.help(format!("add \"{POTENTIAL}\" to `variables`")));
        }
        let pasted = potential.map(|nth| KEYS + nth).zip(pasted);
        Ok(TraceRecording { variables, interval: setup.steps(p.interval), pasted })
    }
}

impl Recording for TraceRecording {
    fn sees(&self) -> Sees {
        let sees = Sees::samples(self.variables.iter().map(|variable| variable.name), self.interval);
        if self.pasted.is_some() { sees.with_spikes() } else { sees }
    }

    fn table(&self) -> Table {
        Table::of_neurons(self.variables.iter().map(|variable| TableColumn::state(variable)))
    }

    fn record(&mut self, seen: &Observation<'_>, rows: &mut Batch) {
        if !seen.has_samples() {
            return;
        }
        let begin = rows.len();
        rows.push_samples(seen);
        let Some((column, value)) = self.pasted else { return };
        let Some(potentials) = rows.values_mut(column) else { return };
        for (population, neurons) in seen.spikes() {
            let places = neurons.iter().filter_map(|&neuron| seen.position_of(population, neuron));
            places.for_each(|place| potentials[begin + place] = value);
        }
    }

    fn doubts(&self, _end: u64) -> Vec<ParameterError> {
        if self.pasted.is_none() || self.interval == 1 {
            return Vec::new();
        }
        let doubt = ParameterError::new("pasted_spikes", "spikes between two samples are not pasted");
        vec![doubt.help("leave `interval` out, to sample in every step")]
    }

    fn plot(&self) -> Option<Plot> {
        let panel = |variable: &&StateVariable| {
            PlotPanel::new(variable.name, variable.unit.symbol, &TableColumn::state(variable).name)
        };
        Some(Plot::Curves(self.variables.iter().map(panel).collect()))
    }
}
