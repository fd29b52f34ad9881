//! Samples of state variables.

use neuropil_core::Sample;
use neuropil_network::Epoch;
use neuropil_record::{Batch, TraceBatch};

use super::rows::Rows;

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
        let TraceBatch { step, population, neuron, values } = &mut self.batch;
        let begin = neuron.len();
        neuron.extend_from_slice(sample.neurons);
        step.resize(neuron.len(), sample.stamp);
        population.resize(neuron.len(), sample.population);
        let n_variables = values.len();
        for (nth, column) in values.iter_mut().enumerate() {
            column.extend(sample.values[nth..].iter().step_by(n_variables));
        }
        if let Some((column, value)) = self.pasted {
            let fired = spikes_at(sample, epoch).iter();
            for row in fired.filter_map(|neuron| sample.neurons.binary_search(neuron).ok()) {
                values[column][begin + row] = value;
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

/// The neurons that fired in the step of a sample: a spike bears the stamp of the step's end.
fn spikes_at<'a>(sample: &Sample<'_>, epoch: &Epoch<'a>) -> &'a [u32] {
    let step = sample.stamp.checked_sub(1);
    step.map_or(&[], |step| epoch.fired(sample.population, step))
}

fn empty(n_variables: usize) -> TraceBatch {
    TraceBatch { values: vec![Vec::new(); n_variables], ..TraceBatch::default() }
}
