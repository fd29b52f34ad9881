//! Statistics of all spikes of a network, kept up while it runs.

use xxhash_rust::xxh3::Xxh3;

use crate::description::Network;
use crate::observer::Epoch;

/// Rates, interval statistics and the digest of all spikes of a network.
pub struct SpikeStatistics {
    populations: Vec<PopulationStatistics>,
    digest: Xxh3,
}

/// The spikes of one population.
pub struct PopulationStatistics {
    intervals: Vec<Intervals>,
    n_spikes: u64,
}

/// The intervals between the spikes of one neuron, in steps. Sums stay exact: they are integers below 2^64 for
/// runs of up to 2^32 steps.
#[derive(Clone, Copy, Default)]
struct Intervals {
    last: u64,
    n_spikes: u32,
    sum: u64,
    sum_of_squares: u64,
}

impl SpikeStatistics {
    /// No spikes yet.
    #[must_use]
    pub fn new(network: &Network) -> Self {
        let population =
            |n: u32| PopulationStatistics { intervals: vec![Intervals::default(); n as usize], n_spikes: 0 };
        Self {
            populations: network.populations.iter().map(|p| population(p.n)).collect(),
            digest: Xxh3::new(),
        }
    }

    /// Adds the spikes of an epoch.
    pub fn add(&mut self, epoch: &Epoch<'_>) {
        for step in epoch.steps() {
            for (number, population) in (0..).zip(&mut self.populations) {
                let fired = epoch.fired(number, step);
                if !fired.is_empty() {
                    population.add(step + 1, fired);
                    add_to_digest(&mut self.digest, step + 1, number, fired);
                }
            }
        }
    }

    /// The populations, in the order of the network.
    #[must_use]
    pub fn populations(&self) -> &[PopulationStatistics] {
        &self.populations
    }

    /// The number of all spikes.
    #[must_use]
    pub fn n_spikes(&self) -> u64 {
        self.populations.iter().map(|p| p.n_spikes).sum()
    }

    /// The digest of the sorted list of all spikes: XXH3 over stamp (u64), population (u32) and neuron (u32) of
    /// each, in little-endian order.
    #[must_use]
    pub fn digest(&self) -> String {
        format!("xxh3:{:016x}", self.digest.digest())
    }
}

/// Records are handed over many at a time: an update costs more than the hash of a record.
fn add_to_digest(digest: &mut Xxh3, stamp: u64, population: u32, fired: &[u32]) {
    let mut record = [0; 16];
    record[..8].copy_from_slice(&stamp.to_le_bytes());
    record[8..12].copy_from_slice(&population.to_le_bytes());
    let mut records = [record; 16];
    for neurons in fired.chunks(records.len()) {
        for (record, neuron) in records.iter_mut().zip(neurons) {
            record[12..].copy_from_slice(&neuron.to_le_bytes());
        }
        digest.update(records[..neurons.len()].as_flattened());
    }
}

impl PopulationStatistics {
    fn add(&mut self, stamp: u64, fired: &[u32]) {
        self.n_spikes += fired.len() as u64;
        for &neuron in fired {
            self.intervals[neuron as usize].add(stamp);
        }
    }

    /// The number of spikes.
    #[must_use]
    pub fn n_spikes(&self) -> u64 {
        self.n_spikes
    }

    /// The mean rate over `duration_ms`, in Hz.
    #[must_use]
    pub fn rate_hz(&self, duration_ms: f64) -> f64 {
        let neuron_seconds = self.intervals.len() as f64 * duration_ms / 1000.0;
        if neuron_seconds > 0.0 { self.n_spikes as f64 / neuron_seconds } else { 0.0 }
    }

    /// The coefficient of variation of interspike intervals: the mean over neurons with at least three spikes;
    /// `None` if there are none.
    #[must_use]
    pub fn cv_isi(&self) -> Option<f64> {
        let (sum, n) =
            self.intervals.iter().filter_map(Intervals::cv).fold((0.0, 0), |(s, n), cv| (s + cv, n + 1));
        (n > 0).then(|| sum / f64::from(n))
    }
}

impl Intervals {
    fn add(&mut self, stamp: u64) {
        if self.n_spikes > 0 {
            let interval = stamp - self.last;
            self.sum += interval;
            self.sum_of_squares = self.sum_of_squares.saturating_add(interval.saturating_mul(interval));
        }
        self.last = stamp;
        self.n_spikes = self.n_spikes.saturating_add(1);
    }

    fn cv(&self) -> Option<f64> {
        if self.n_spikes < 3 {
            return None;
        }
        let n = f64::from(self.n_spikes - 1);
        let mean = self.sum as f64 / n;
        let variance = (self.sum_of_squares as f64 / n - mean * mean).max(0.0);
        Some(variance.sqrt() / mean)
    }
}
