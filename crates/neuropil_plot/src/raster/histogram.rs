use super::bands::Bands;
use super::setup::histogram_bin_ms;
use crate::palette::color;
use crate::picture::{Picture, Steps};
use crate::plot::Plot;
use crate::window::Window;

/// More bins than the panel has columns would only hide each other.
const MAX_BINS: f64 = 1500.0;

/// Spikes of each series in bins of time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Counts {
    /// Ends of the bins as fractions of the window, one more than there are bins.
    edges: Vec<f64>,
    length_ms: f64,
    /// Bins in a unit of the window.
    per_window: f64,
    counts: Vec<Vec<u32>>,
}

/// Rates of the series over time.
pub(crate) struct Histogram<'a> {
    edges: &'a [f64],
    /// The rate of each series in every bin, in Hz per neuron.
    rates: Vec<Vec<f64>>,
}

impl Counts {
    pub(crate) fn new(window: &Window, bin_ms: f64, n_series: usize) -> Self {
        let length_ms = window.length_ms();
        let bin = usable_bin(window, bin_ms);
        // The last bin is short where the bins do not divide the window.
        let n_bins = (length_ms / bin - 1e-6).ceil().max(1.0) as u32;
        let inner = (0..n_bins).map(|i| f64::from(i) * bin / length_ms);
        let edges = inner.chain([1.0]).collect();
        let counts = vec![vec![0; n_bins as usize]; n_series];
        Self { edges, length_ms, per_window: length_ms / bin, counts }
    }

    pub(crate) fn add(&mut self, time: f64, series: usize) {
        let counts = &mut self.counts[series];
        // Spikes lie on a grid of time steps: rounding must not move one across an edge.
        let index = (time * self.per_window + 1e-9) as usize;
        let last = counts.len() - 1;
        counts[index.min(last)] += 1;
    }

    pub(crate) fn rates(&self, bands: &Bands) -> Histogram<'_> {
        let rates = |(counts, n_rows): (&Vec<u32>, f64)| {
            let scale = 1000.0 / (n_rows.max(1.0) * self.length_ms);
            let rate = |(&count, edges): (&u32, &[f64])| f64::from(count) * scale / (edges[1] - edges[0]);
            counts.iter().zip(self.edges.windows(2)).map(rate).collect()
        };
        let n_rows = bands.series.iter().map(|series| series.n_rows);
        Histogram { edges: &self.edges, rates: self.counts.iter().zip(n_rows).map(rates).collect() }
    }
}

impl Histogram<'_> {
    /// The highest rate in Hz.
    pub(crate) fn peak(&self) -> f64 {
        self.rates.iter().flatten().copied().fold(0.0, f64::max)
    }

    pub(crate) fn draw(&self, picture: &mut Picture, plot: &Plot) {
        for (series, rates) in self.rates.iter().enumerate() {
            let ends = self.edges.windows(2).map(|edges| (plot.panel.x(edges[0]), plot.panel.x(edges[1])));
            let steps = Steps::over(ends.zip(rates.iter().map(|&rate| plot.y(rate))));
            // Several shades on top of each other are mud.
            let alone = self.rates.len() == 1;
            let steps = if alone { steps.shaded(plot.y(0.0), 0.15) } else { steps };
            picture.steps(steps, color(series));
        }
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
