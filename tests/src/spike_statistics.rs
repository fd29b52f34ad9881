//! Statistics of spike trains, defined as for the reference figures (`tests/data/reference.json`).

use neuropil::core::{Purpose, Streams};

/// Statistics of the neurons of a group in a window of time.
#[derive(Clone, Copy, Debug)]
pub struct SpikeTrainStatistics {
    /// The mean rate, in Hz.
    pub rate_hz: f64,
    /// The coefficient of variation of interspike intervals: the mean over neurons with at least three spikes.
    pub cv_isi: f64,
    /// The mean correlation of spike counts in bins of 5 ms, over the pairs of 200 random neurons that fire.
    pub corr_5ms: f64,
}

/// The spike trains of a group of neurons in a window of time.
pub struct SpikeTrains {
    /// For each neuron the times of its spikes, in ms.
    trains: Vec<Vec<f64>>,
    start_ms: f64,
    stop_ms: f64,
}

const BIN_MS: f64 = 5.0;
const CORRELATED: usize = 200;

impl SpikeTrains {
    /// No spikes yet, of `n` neurons between two times.
    #[must_use]
    pub fn new(n: usize, (start_ms, stop_ms): (f64, f64)) -> Self {
        Self { trains: vec![Vec::new(); n], start_ms, stop_ms }
    }

    /// Adds a spike, if it falls into the window.
    pub fn add(&mut self, neuron: usize, time_ms: f64) {
        if (self.start_ms..self.stop_ms).contains(&time_ms) {
            self.trains[neuron].push(time_ms);
        }
    }

    /// The trains of some of the neurons.
    #[must_use]
    pub fn of(&self, neurons: std::ops::Range<usize>) -> Self {
        Self { trains: self.trains[neurons].to_vec(), ..*self }
    }

    /// The trains in a part of the window.
    #[must_use]
    pub fn within(&self, (start_ms, stop_ms): (f64, f64)) -> Self {
        let part = |train: &Vec<f64>| {
            train[train.partition_point(|t| *t < start_ms)..train.partition_point(|t| *t < stop_ms)].to_vec()
        };
        Self { trains: self.trains.iter().map(part).collect(), start_ms, stop_ms }
    }

    /// The statistics of all spikes that were added.
    #[must_use]
    pub fn statistics(&self) -> SpikeTrainStatistics {
        SpikeTrainStatistics { rate_hz: self.rate_hz(), cv_isi: self.cv_isi(3), corr_5ms: self.correlation() }
    }

    /// The mean rate, in Hz.
    #[must_use]
    pub fn rate_hz(&self) -> f64 {
        let n_spikes: usize = self.trains.iter().map(Vec::len).sum();
        n_spikes as f64 / self.trains.len() as f64 / ((self.stop_ms - self.start_ms) / 1000.0)
    }

    /// The coefficient of variation of interspike intervals: the mean over neurons with so many spikes.
    #[must_use]
    pub fn cv_isi(&self, min_spikes: usize) -> f64 {
        let cvs: Vec<f64> = self.trains.iter().filter(|t| t.len() >= min_spikes).map(|t| cv(t)).collect();
        mean(&cvs)
    }

    /// The rate in each bin of `bin_ms`, in Hz.
    #[must_use]
    pub fn population_rate(&self, bin_ms: f64) -> Vec<f64> {
        let mut counts = vec![0.0; ((self.stop_ms - self.start_ms) / bin_ms).round() as usize];
        for time in self.trains.iter().flatten() {
            let bin = ((time - self.start_ms) / bin_ms + 1e-9) as usize;
            let last = counts.len() - 1;
            counts[bin.min(last)] += 1000.0 / bin_ms / self.trains.len() as f64;
        }
        counts
    }

    fn correlation(&self) -> f64 {
        let active: Vec<&Vec<f64>> = self.trains.iter().filter(|t| !t.is_empty()).collect();
        let picked = picked(&active);
        let counts: Vec<Vec<f64>> = picked.iter().filter_map(|train| self.normalised_counts(train)).collect();
        let n = counts.len();
        // Of n series with variance one, the sum has variance n + n (n - 1) times their mean correlation.
        let bins = counts.first().map_or(0, Vec::len);
        let summed = (0..bins).map(|bin| counts.iter().map(|c| c[bin]).sum::<f64>());
        let variance = summed.map(|x| x * x).sum::<f64>() / bins as f64;
        (variance - n as f64) / (n * (n - 1)) as f64
    }

    /// Counts in bins, with mean zero and variance one; nothing where they do not vary.
    fn normalised_counts(&self, train: &[f64]) -> Option<Vec<f64>> {
        let bins = ((self.stop_ms - self.start_ms) / BIN_MS).round() as usize;
        let mut counts = vec![0.0; bins];
        for time in train {
            counts[(((time - self.start_ms) / BIN_MS + 1e-9) as usize).min(bins - 1)] += 1.0;
        }
        let (mean, sd) = (mean(&counts), sd(&counts));
        (sd > 0.0).then(|| counts.iter().map(|c| (c - mean) / sd).collect())
    }
}

/// So many of the trains, each at most once, at random.
fn picked<'a>(active: &[&'a Vec<f64>]) -> Vec<&'a Vec<f64>> {
    let mut rng = Streams::new(1, Purpose::Connectivity, 0).sequence(0);
    let mut shuffled = active.to_vec();
    for i in 0..CORRELATED.min(shuffled.len()) {
        let other = i + rng.below((shuffled.len() - i) as u32) as usize;
        shuffled.swap(i, other);
    }
    shuffled.truncate(CORRELATED);
    shuffled
}

fn cv(times: &[f64]) -> f64 {
    let intervals: Vec<f64> = times.windows(2).map(|w| w[1] - w[0]).collect();
    sd(&intervals) / mean(&intervals)
}

/// The mean; NaN of nothing.
#[must_use]
pub fn mean(x: &[f64]) -> f64 {
    x.iter().sum::<f64>() / x.len() as f64
}

/// The standard deviation, with n in the denominator.
#[must_use]
pub fn sd(x: &[f64]) -> f64 {
    let m = mean(x);
    (x.iter().map(|v| (v - m) * (v - m)).sum::<f64>() / x.len() as f64).sqrt()
}
