use crate::bands::Bands;
use crate::figure::{Mark, Window};
use crate::raster::histogram_bin_ms;

/// More bins than the panel has columns would only hide each other.
const MAX_BINS: f64 = 1500.0;

/// Rates of the populations over time.
pub(crate) struct Histogram {
    pub(crate) populations: Vec<Rates>,
    /// Ends of the bins, one more than there are bins.
    pub(crate) edges_ms: Vec<f64>,
}

/// The rate of one population in every bin, in Hz per neuron.
pub(crate) type Rates = Vec<f64>;

impl Histogram {
    pub(crate) fn new(window: &Window, bin_ms: f64, rows: &Bands, marks: &[Mark]) -> Self {
        let edges_ms = edges(window, usable_bin(window, bin_ms));
        let n_bins = edges_ms.len() - 1;
        let bin = edges_ms[1] - edges_ms[0];
        let mut counts = vec![vec![0_u32; n_bins]; rows.bands.len()];
        for mark in marks {
            // Spikes lie on a grid of time steps: rounding must not move one across an edge.
            let index = (mark.time * window.length_ms() / bin + 1e-9) as usize;
            counts[mark.population][index.min(n_bins - 1)] += 1;
        }
        let rate = |(counts, n_rows): (&Vec<u32>, u32)| rates(counts, &edges_ms, n_rows);
        let populations = counts.iter().zip(rows.bands.iter().map(|band| band.n_rows)).map(rate).collect();
        Self { populations, edges_ms }
    }

    /// The highest rate in Hz.
    pub(crate) fn peak(&self) -> f64 {
        self.populations.iter().flatten().copied().fold(0.0, f64::max)
    }
}

fn usable_bin(window: &Window, bin_ms: f64) -> f64 {
    let length = window.length_ms();
    let bin = if bin_ms.is_finite() && bin_ms > 0.0 {
        bin_ms
    } else {
        histogram_bin_ms(window.start_ms, window.stop_ms)
    };
    let merged = (length / bin / MAX_BINS).ceil().max(1.0);
    (bin * merged).min(length)
}

/// The last bin is short where the bins do not divide the window.
fn edges(window: &Window, bin: f64) -> Vec<f64> {
    let n_bins = (window.length_ms() / bin - 1e-6).ceil().max(1.0) as u32;
    let inner = (0..n_bins).map(|i| window.start_ms + f64::from(i) * bin);
    inner.chain([window.stop_ms]).collect()
}

fn rates(counts: &[u32], edges_ms: &[f64], n_rows: u32) -> Rates {
    let neurons = f64::from(n_rows.max(1));
    let rate = |(&count, edge): (&u32, &[f64])| f64::from(count) * 1000.0 / (neurons * (edge[1] - edge[0]));
    counts.iter().zip(edges_ms.windows(2)).map(rate).collect()
}
