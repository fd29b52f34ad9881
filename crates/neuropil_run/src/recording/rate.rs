//! The mean rate of some neurons, bin by bin.

use neuropil_core::TimeGrid;
use neuropil_network::{Epoch, Network, Part, Recorder};
use neuropil_record::{Batch, RateBatch};

use super::rows::Rows;
use super::selection::hold;

pub(super) struct RateRows {
    /// The neurons of each population that has any.
    neurons: Vec<Neurons>,
    bins: Bins,
    /// Neurons times the width of a bin, in seconds.
    neuron_seconds: f64,
    /// The spikes of the bin that is being filled.
    n_spikes: u64,
    batch: RateBatch,
}

/// The neurons of one population whose spikes count.
struct Neurons {
    population: u32,
    parts: Vec<Part>,
}

/// Bins of time. Bin `k` has the stamps `s` with `origin + k width < s <= origin + (k + 1) width`.
#[derive(Clone, Copy, Debug)]
struct Bins {
    origin: u64,
    width: u64,
    /// The last stamp that counts.
    stop: u64,
}

impl RateRows {
    pub(super) fn new(network: &Network, recorder: &Recorder, bin: u64) -> Self {
        let neurons = |population: u32| {
            let n = network.populations[population as usize].n;
            Neurons { population, parts: recorder.view.neurons_in(population, 0, n) }
        };
        Self {
            neurons: recorder.view.populations().into_iter().map(neurons).collect(),
            bins: Bins { origin: recorder.start.saturating_sub(1), width: bin.max(1), stop: recorder.stop },
            neuron_seconds: neuron_seconds(recorder.view.len(), bin, &network.grid),
            n_spikes: 0,
            batch: RateBatch::default(),
        }
    }

    pub(super) fn add(&mut self, epoch: &Epoch<'_>) {
        for step in epoch.steps() {
            let stamp = step + 1;
            if self.bins.contain(stamp) {
                let spikes = self.neurons.iter().map(|n| n.count(epoch.fired(n.population, step)));
                self.n_spikes += spikes.sum::<u64>();
                if self.bins.end_at(stamp) {
                    self.end_bin(stamp);
                }
            }
        }
    }

    fn end_bin(&mut self, stamp: u64) {
        self.batch.step.push(stamp);
        self.batch.rate_hz.push(self.n_spikes as f64 / self.neuron_seconds);
        self.batch.n_spikes.push(self.n_spikes);
        self.n_spikes = 0;
    }
}

impl Rows for RateRows {
    fn len(&self) -> usize {
        self.batch.step.len()
    }

    fn take(&mut self) -> Batch {
        std::mem::take(&mut self.batch).into()
    }
}

fn neuron_seconds(n: u32, bin: u64, grid: &TimeGrid) -> f64 {
    f64::from(n) * grid.time_ms(bin) / 1000.0
}

impl Neurons {
    /// How many of those that fired are among the neurons.
    fn count(&self, fired: &[u32]) -> u64 {
        if fired.len() < self.parts.len() {
            return fired.iter().filter(|&&neuron| hold(&self.parts, neuron)).count() as u64;
        }
        let below = |neuron: u32| fired.partition_point(|&f| f < neuron) as u64;
        self.parts.iter().map(|p| below(p.start + p.len) - below(p.start)).sum()
    }
}

impl Bins {
    fn contain(self, stamp: u64) -> bool {
        self.origin < stamp && stamp <= self.stop
    }

    fn end_at(self, stamp: u64) -> bool {
        (stamp - self.origin).is_multiple_of(self.width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bin_has_its_end_but_not_its_beginning() {
        let bins = Bins { origin: 10, width: 4, stop: 21 };
        let inside: Vec<u64> = (0..30).filter(|&s| bins.contain(s)).collect();
        assert_eq!(inside, (11..=21).collect::<Vec<_>>());
        assert_eq!(inside.into_iter().filter(|&s| bins.end_at(s)).collect::<Vec<_>>(), [14, 18]);
    }

    #[test]
    fn only_neurons_of_the_view_count() {
        let part = |start, len| Part { population: 0, start, len, position: 0 };
        let neurons = Neurons { population: 0, parts: vec![part(2, 3), part(9, 1)] };
        assert_eq!([neurons.count(&[]), neurons.count(&[3]), neurons.count(&[5])], [0, 1, 0]);
        assert_eq!(neurons.count(&[0, 1, 2, 4, 5, 8, 9, 10]), 3);
    }

    #[test]
    fn neuron_seconds_are_as_exact_as_can_be() {
        let grid = TimeGrid::new(0.1).unwrap();
        assert_eq!(neuron_seconds(100, 10, &grid), 0.1);
        assert_eq!(neuron_seconds(3, 30, &grid), 0.009);
    }
}
