//! Samples of state variables.

use neuropil_core::Sample;
use neuropil_network::Epoch;
use neuropil_record::{Batch, TraceBatch};

use super::buffer::Rows;

/// The variable that spikes are pasted into.
const POTENTIAL: &str = "V_m";

pub(super) struct TraceRows {
    /// The column of the membrane potential, and what stands there in the samples of a step in which a neuron fires.
    pasted: Option<(usize, f64)>,
    batch: TraceBatch,
}

impl TraceRows {
    pub(super) fn new(variables: &[String], pasted_spikes: Option<f64>) -> Self {
        let potential = variables.iter().position(|name| name == POTENTIAL);
        Self { pasted: potential.zip(pasted_spikes), batch: empty(variables.len()) }
    }

    pub(super) fn add(&mut self, sample: &Sample<'_>, epoch: &Epoch<'_>) {
        // A spike bears the stamp of the end of its step.
        let step = sample.stamp.checked_sub(1);
        let fired = step.map_or(&[][..], |step| epoch.fired(sample.population, step));
        let n_variables = self.batch.values.len();
        for (&neuron, values) in sample.neurons.iter().zip(sample.values.chunks(n_variables)) {
            self.batch.step.push(sample.stamp);
            self.batch.population.push(sample.population);
            self.batch.neuron.push(neuron);
            for (column, &value) in self.batch.values.iter_mut().zip(values) {
                column.push(value);
            }
            if let Some((column, value)) = self.pasted
                && fired.binary_search(&neuron).is_ok()
                && let Some(potential) = self.batch.values[column].last_mut()
            {
                *potential = value;
            }
        }
    }
}

impl Rows for TraceRows {
    fn len(&self) -> usize {
        self.batch.step.len()
    }

    fn take(&mut self) -> Batch {
        let empty = empty(self.batch.values.len());
        std::mem::replace(&mut self.batch, empty).into()
    }
}

fn empty(n_variables: usize) -> TraceBatch {
    TraceBatch { values: vec![Vec::new(); n_variables], ..TraceBatch::default() }
}
