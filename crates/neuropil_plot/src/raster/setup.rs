use std::ops::Range;

use crate::axis::nice_step;

/// What a raster shows, before it has spikes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RasterSetup {
    /// The line above the plot.
    pub title: String,
    /// Start of the time axis in ms.
    pub t_start_ms: f64,
    /// End of the time axis in ms; times are shown in s if the axis is longer than 10 s or ends beyond 100 s.
    pub t_stop_ms: f64,
    /// Width of a histogram bin in ms; see [`histogram_bin_ms`], which is used also where this width makes no sense.
    pub bin_ms: f64,
    /// The bands of rows, the first one at the bottom.
    pub populations: Vec<RasterPopulation>,
    /// Rows that stand out of their populations; where groups share a row, the first one has it.
    pub groups: Vec<RasterGroup>,
}

/// A band of rows in one colour.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RasterPopulation {
    /// The label beside the band.
    pub name: String,
    /// Number of recorded neurons, silent ones included: rates are per neuron.
    pub n_rows: u32,
}

/// Rows of a population, such as those of an assembly, with a name, a colour and a rate of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RasterGroup {
    /// The label beside the rows.
    pub name: String,
    /// Index into [`RasterSetup::populations`].
    pub population: u32,
    /// The rows within the population's band; those that it does not have are left out.
    pub rows: Range<u32>,
}

/// One spike.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Dot {
    /// Time of the spike in ms.
    pub time_ms: f64,
    /// Index into [`RasterSetup::populations`].
    pub population: u32,
    /// Row within the population's band, from the bottom.
    pub row: u32,
}

/// A width for the bins of the histogram: about 200 bins, but none shorter than 1 ms (5 ms for a run of 1 s).
///
/// ```
/// assert_eq!(neuropil_plot::histogram_bin_ms(0.0, 1000.0), 5.0);
/// assert_eq!(neuropil_plot::histogram_bin_ms(0.0, 60_000.0), 500.0);
/// ```
#[must_use]
pub fn histogram_bin_ms(t_start_ms: f64, t_stop_ms: f64) -> f64 {
    let span = t_stop_ms - t_start_ms;
    if span.is_finite() && span > 0.0 { nice_step(span / 200.0).max(1.0) } else { 1.0 }
}
