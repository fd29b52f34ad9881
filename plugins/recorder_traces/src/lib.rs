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

#[cfg(test)]
mod tests {
    use neuropil_core::units::PA;
    use neuropil_core::{Initial, Sample, iaf};

    use super::*;

    fn recording(interval: u64, pasted: Option<(usize, f64)>) -> TraceRecording {
        const W: &StateVariable = &StateVariable::new("w", PA, Initial::Value(0.0), "");
        TraceRecording { variables: vec![W, &iaf::V_M], interval, pasted }
    }

    fn rows_of(mut recording: TraceRecording, spikes: &[(u32, &[u32])], samples: &[Sample<'_>]) -> Batch {
        let mut rows = Batch::of(&recording.table());
        recording.record(&Observation::new(3, spikes, samples, &[]), &mut rows);
        rows
    }

    #[test]
    fn each_sampled_neuron_is_a_row_and_spikes_replace_the_potential_alone() {
        let values = [1.0, -70.0, 2.0, -60.0, 3.0, -50.0];
        let sample = Sample { recorder: 0, population: 1, stamp: 3, neurons: &[2, 5, 6], values: &values };
        let plain = rows_of(recording(1, None), &[], &[sample]);
        assert_eq!([plain.cells[0].ids(), plain.cells[1].ids()], [[1, 1, 1], [2, 5, 6]]);
        assert_eq!(
            [plain.cells[2].values(), plain.cells[3].values()],
            [[1.0, 2.0, 3.0], [-70.0, -60.0, -50.0]]
        );

        // Neuron 4 is not sampled, nor is population 0.
        let pasted = rows_of(recording(1, Some((3, 20.0))), &[(0, &[2]), (1, &[4, 5])], &[sample]);
        assert_eq!(
            [pasted.cells[2].values(), pasted.cells[3].values()],
            [[1.0, 2.0, 3.0], [-70.0, 20.0, -50.0]]
        );
    }

    #[test]
    fn spikes_without_samples_are_no_rows_and_those_between_samples_are_told_of() {
        assert!(rows_of(recording(2, Some((3, 20.0))), &[(1, &[5])], &[]).is_empty());
        assert_eq!(recording(2, Some((3, 20.0))).doubts(100).len(), 1);
        assert!(
            recording(1, Some((3, 20.0))).doubts(100).is_empty() && recording(2, None).doubts(100).is_empty()
        );
    }
}
