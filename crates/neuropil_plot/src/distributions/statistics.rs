/// Shortest and longest interval that the distribution tells apart, as powers of ten of a ms.
pub(crate) const DECADES: std::ops::Range<i32> = -2..6;
pub(crate) const BINS_PER_DECADE: usize = 12;

/// What the spikes of one population say about rates and intervals, collected spike by spike.
///
/// Takes memory per neuron and not per spike: spike tables of any length can be read in batches.
///
/// ```
/// let mut statistics = neuropil_plot::SpikeStatistics::new("E", 2, 0.0, 1000.0);
/// for time_ms in [10.0, 20.0, 30.0] {
///     statistics.add(time_ms, 0);
/// }
/// assert_eq!(statistics.rates_hz(), [3.0, 0.0]);
/// assert_eq!(statistics.cvs(), [0.0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct SpikeStatistics {
    pub(crate) name: String,
    t_start_ms: f64,
    t_stop_ms: f64,
    neurons: Vec<Neuron>,
    /// Intervals by length, on a log scale.
    pub(crate) intervals: Vec<u64>,
}

/// Running moments of the intervals of one neuron.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Neuron {
    n_spikes: u64,
    last_ms: f64,
    mean: f64,
    squares: f64,
}

impl SpikeStatistics {
    /// No spikes yet, of `n_neurons` neurons that are recorded from `t_start_ms` to `t_stop_ms`.
    #[must_use]
    pub fn new(name: &str, n_neurons: u32, t_start_ms: f64, t_stop_ms: f64) -> Self {
        let n_bins = DECADES.len() * BINS_PER_DECADE;
        Self {
            name: name.to_string(),
            t_start_ms,
            t_stop_ms,
            neurons: vec![Neuron::default(); n_neurons as usize],
            intervals: vec![0; n_bins],
        }
    }

    /// Adds a spike; those of a neuron come in order of time.
    ///
    /// Neurons that do not exist and times outside the window are left out, and so are spikes that come
    /// before the last one of their neuron.
    pub fn add(&mut self, time_ms: f64, neuron: u32) {
        if !(self.t_start_ms <= time_ms && time_ms <= self.t_stop_ms) {
            return;
        }
        let Some(neuron) = self.neurons.get_mut(neuron as usize) else { return };
        if neuron.n_spikes > 0 && time_ms < neuron.last_ms {
            return;
        }
        if neuron.n_spikes > 0 {
            let interval = time_ms - neuron.last_ms;
            neuron.count(interval);
            self.intervals[bin(interval)] += 1;
        }
        neuron.n_spikes += 1;
        neuron.last_ms = time_ms;
    }

    /// The rate of every neuron in Hz, of silent ones too.
    #[must_use]
    pub fn rates_hz(&self) -> Vec<f64> {
        let length = self.t_stop_ms - self.t_start_ms;
        let per_spike = if length.is_finite() && length > 0.0 { 1000.0 / length } else { 0.0 };
        self.neurons.iter().map(|neuron| neuron.n_spikes as f64 * per_spike).collect()
    }

    /// The coefficient of variation of the intervals of every neuron with at least 3 spikes.
    #[must_use]
    pub fn cvs(&self) -> Vec<f64> {
        let enough = self.neurons.iter().filter(|neuron| neuron.n_spikes >= 3 && neuron.mean > 0.0);
        enough.map(|neuron| (neuron.squares / (neuron.n_spikes - 1) as f64).sqrt() / neuron.mean).collect()
    }
}

impl Neuron {
    /// Welford's update, which does not lose digits in long recordings.
    fn count(&mut self, interval: f64) {
        let before = interval - self.mean;
        self.mean += before / self.n_spikes as f64;
        self.squares += before * (interval - self.mean);
    }
}

fn bin(interval: f64) -> usize {
    let place = (libm::log10(interval.max(1e-9)) - f64::from(DECADES.start)) * BINS_PER_DECADE as f64;
    (place.max(0.0) as usize).min(DECADES.len() * BINS_PER_DECADE - 1)
}
