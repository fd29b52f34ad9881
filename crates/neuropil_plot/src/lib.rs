//! Spike rasters with a histogram of the population rates, as PNG and SVG.
//!
//! A [`Raster`] holds the dots and says how the rows are grouped into populations. It draws itself into a
//! file of 1600 x 1000 pixels that can go on a slide as it is: every population has its own colour, the
//! same in both panels and told apart by colour-blind readers, and the font is part of the crate, so a plot
//! looks alike on every machine.
//!
//! Up to 20 000 dots are drawn one by one. Beyond that they would only cover each other: a density image
//! takes their place, in which a pixel is the stronger the more spikes (on a log scale) fall on it. An SVG of
//! a million spikes stays below 2 MB that way.
//!
//! ## Example
//!
//! ```
//! use neuropil_plot::{Dot, Raster, RasterPopulation, histogram_bin_ms};
//!
//! let raster = Raster {
//!     title: "Asynchronous irregular".to_string(),
//!     t_start_ms: 0.0,
//!     t_stop_ms: 1000.0,
//!     bin_ms: histogram_bin_ms(0.0, 1000.0),
//!     populations: vec![
//!         RasterPopulation { name: "E".to_string(), n_rows: 50 },
//!         RasterPopulation { name: "I".to_string(), n_rows: 50 },
//!     ],
//!     spikes: vec![Dot { time_ms: 12.5, population: 1, row: 7 }],
//! };
//! let folder = std::env::temp_dir();
//! raster.write_png(&folder.join("neuropil_plot_example.png"))?;
//! raster.write_svg(&folder.join("neuropil_plot_example.svg"))?;
//! # Ok::<(), neuropil_plot::PlotError>(())
//! ```

mod axis;
mod bands;
mod bitmap;
mod canvas;
mod density;
mod error;
mod figure;
mod file;
mod font;
mod frame;
mod histogram;
mod labels;
mod marks;
mod palette;
mod panels;
mod raster;
mod svg;

pub use error::PlotError;
pub use raster::{Dot, Raster, RasterPopulation, histogram_bin_ms};
