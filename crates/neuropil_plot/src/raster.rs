use std::path::Path;

use crate::axis::nice_step;
use crate::error::{DrawFault, PlotError};
use crate::figure::Figure;
use crate::file::write_whole;
use crate::{bitmap, svg};

/// A spike raster above a histogram of the population rates.
///
/// Whatever cannot be drawn is left out: dots outside the window or in rows that do not exist, and times
/// that are not numbers. A raster without spikes, or without populations, is an empty frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Raster {
    /// The line above the plot.
    pub title: String,
    /// Start of the time axis in ms.
    pub t_start_ms: f64,
    /// End of the time axis in ms; times are shown in s if the axis is longer than 10 s or ends beyond 100 s.
    pub t_stop_ms: f64,
    /// Width of a histogram bin in ms; see [`histogram_bin_ms`], which also stands in for an unusable width.
    pub bin_ms: f64,
    /// The bands of rows, the first one at the bottom.
    pub populations: Vec<RasterPopulation>,
    /// The spikes, in any order.
    pub spikes: Vec<Dot>,
}

/// A band of rows in one colour.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RasterPopulation {
    /// The label beside the band.
    pub name: String,
    /// Number of recorded neurons, silent ones included: rates are per neuron.
    pub n_rows: u32,
}

/// One spike.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Dot {
    /// Time of the spike in ms.
    pub time_ms: f64,
    /// Index into [`Raster::populations`].
    pub population: u32,
    /// Row within the population's band, from the bottom.
    pub row: u32,
}

impl Raster {
    /// Writes the plot as a PNG file.
    ///
    /// # Errors
    ///
    /// [`PlotError`] if the file cannot be written; a file that was there before is then untouched.
    pub fn write_png(&self, path: &Path) -> Result<(), PlotError> {
        self.write(path, bitmap::render)
    }

    /// Writes the plot as an SVG file.
    ///
    /// # Errors
    ///
    /// [`PlotError`] if the file cannot be written; a file that was there before is then untouched.
    pub fn write_svg(&self, path: &Path) -> Result<(), PlotError> {
        self.write(path, svg::render)
    }

    fn write(&self, path: &Path, render: fn(&Figure) -> Result<Vec<u8>, DrawFault>) -> Result<(), PlotError> {
        let bytes = render(&Figure::new(self))
            .map_err(|source| PlotError::Draw { path: path.to_path_buf(), source })?;
        write_whole(path, &bytes)
    }
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
