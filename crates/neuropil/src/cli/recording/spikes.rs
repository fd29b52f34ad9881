//! The spikes of recorded neurons.

use neuropil_network::{Epoch, Network, Part, Recorder, RecorderKind};
use neuropil_record::{Batch, SpikeBatch};

use super::buffer::Rows;

/// The neurons of one population that are recorded, and when: one entry for each recorder that has any.
pub(crate) struct Selection {
    windows: Vec<(u64, u64, Vec<Part>)>,
}

impl Selection {
    /// What the spike recorders of a network select of a population.
    pub(crate) fn of(network: &Network, population: u32) -> Self {
        let n = network.populations[population as usize].n;
        let window = |r: &Recorder| {
            let parts = r.view.neurons_in(population, 0, n);
            (!parts.is_empty()).then_some((r.start, r.stop, parts))
        };
        let recorders = network.recorders.iter().filter(|r| r.kind == RecorderKind::Spikes);
        Self { windows: recorders.filter_map(window).collect() }
    }

    /// Whether all of some neurons, which are in ascending order, are recorded by one recorder.
    fn selects_all(&self, stamp: u64, neurons: &[u32]) -> bool {
        let [first, .., last] = neurons else { return false };
        let selects = |(start, stop, parts): &(u64, u64, Vec<Part>)| {
            (*start..=*stop).contains(&stamp)
                && parts.iter().any(|p| p.start <= *first && *last < p.start + p.len)
        };
        self.windows.iter().any(selects)
    }

    fn selects(&self, stamp: u64, neuron: u32) -> bool {
        let selects = |(start, stop, parts): &(u64, u64, Vec<Part>)| {
            (*start..=*stop).contains(&stamp) && hold(parts, neuron)
        };
        self.windows.iter().any(selects)
    }

    /// The recorded neurons as ranges (start, end), merged and in ascending order.
    pub(crate) fn ranges(&self) -> Vec<(u32, u32)> {
        let mut ranges: Vec<(u32, u32)> =
            self.windows.iter().flat_map(|w| &w.2).map(|p| (p.start, p.start + p.len)).collect();
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::new();
        for (start, end) in ranges {
            match merged.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => merged.push((start, end)),
            }
        }
        merged
    }
}

/// Whether a neuron is in one of the parts, which are in ascending order.
pub(super) fn hold(parts: &[Part], neuron: u32) -> bool {
    let part = parts[..parts.partition_point(|p| p.start <= neuron)].last();
    part.is_some_and(|p| neuron < p.start + p.len)
}

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
