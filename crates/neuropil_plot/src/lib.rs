//! Figures of spiking networks, as PNG and SVG.
//!
//! | figure | shows | is fed |
//! |--------|-------|--------|
//! | [`Raster`] | spikes above population rates | spike by spike |
//! | [`BeforeAfter`] | windows of a raster side by side, around the events of a protocol | spike by spike |
//! | [`Distributions`] | rates, inter-spike intervals and their irregularity | spike by spike, through [`SpikeStatistics`] |
//! | [`Traces`] | state variables of some neurons | sample by sample, through [`Trace`] |
//! | [`Rates`] | rates of groups of neurons | with its bins |
//!
//! What is fed piece by piece takes memory per pixel or per neuron: tables of any length can be read in batches, and
//! one pass over the spikes fills several figures.
//!
//! Every figure draws a [`Picture`] of 1600 x 1000 pixels that can go on a slide as it is: each population has its own
//! colour, told apart by colour-blind readers, and the font is part of the crate, so a plot looks alike on every
//! machine. A picture is a function of what it shows: the same data give the same bytes.
//!
//! Up to 20 000 dots of a raster are drawn one by one. Beyond that they would only cover each other, and
//! a density image is drawn instead: the more spikes fall on a pixel (on a log scale), the stronger its colour. An SVG of
//! a million spikes stays below 2 MB that way.
//!
//! ## Example
//!
//! ```
//! use neuropil_plot::{Dot, Raster, RasterPopulation, RasterSetup, histogram_bin_ms};
//!
//! let mut raster = Raster::new(&RasterSetup {
//!     title: "Asynchronous irregular".to_string(),
//!     t_start_ms: 0.0,
//!     t_stop_ms: 1000.0,
//!     bin_ms: histogram_bin_ms(0.0, 1000.0),
//!     populations: vec![
//!         RasterPopulation { name: "E".to_string(), n_rows: 50 },
//!         RasterPopulation { name: "I".to_string(), n_rows: 50 },
//!     ],
//!     groups: Vec::new(),
//! });
//! raster.add(Dot { time_ms: 12.5, population: 1, row: 7 });
//! let picture = raster.draw();
//! let folder = std::env::temp_dir();
//! picture.write_png(&folder.join("neuropil_plot_example.png"))?;
//! picture.write_svg(&folder.join("neuropil_plot_example.svg"))?;
//! # Ok::<(), neuropil_plot::PlotError>(())
//! ```

mod axis;
mod before_after;
mod distributions;
mod error;
mod events;
mod file;
mod font;
mod layout;
mod names;
mod palette;
mod picture;
mod plot;
mod raster;
mod rates;
mod traces;
mod window;

pub use before_after::BeforeAfter;
pub use distributions::{Distributions, SpikeStatistics};
pub use error::PlotError;
pub use picture::Picture;
pub use raster::{Dot, Raster, RasterGroup, RasterPopulation, RasterSetup, histogram_bin_ms};
pub use rates::{RateSeries, Rates};
pub use traces::{Trace, TracePanel, Traces};
