//! The spikes of recorded neurons.

use neuropil_network::{Epoch, Network};
use neuropil_record::{Batch, SpikeBatch};

use super::rows::Rows;
use super::selection::Selection;

pub(super) struct SpikeRows {
    selections: Vec<Selection>,
    batch: SpikeBatch,
}

impl SpikeRows {
    pub(super) fn new(network: &Network) -> Self {
        let populations = 0..network.populations.len() as u32;
        Self {
            selections: populations.map(|p| Selection::of(network, p)).collect(),
            batch: SpikeBatch::default(),
        }
    }

    pub(super) fn add(&mut self, epoch: &Epoch<'_>) {
        for step in epoch.steps() {
            let stamp = step + 1;
            for (population, selection) in (0..).zip(&self.selections) {
                let fired = epoch.fired(population, step);
                if selection.selects_all(stamp, fired) {
                    self.batch.neuron.extend_from_slice(fired);
                } else {
                    let selected = fired.iter().filter(|&&neuron| selection.selects(stamp, neuron));
                    self.batch.neuron.extend(selected);
                }
                self.batch.step.resize(self.batch.neuron.len(), stamp);
                self.batch.population.resize(self.batch.neuron.len(), population);
            }
        }
    }
}

impl Rows for SpikeRows {
    fn len(&self) -> usize {
        self.batch.step.len()
    }

    fn take(&mut self) -> Batch {
        std::mem::take(&mut self.batch).into()
    }
}
