mod bands;
mod cells;
mod histogram;
mod mark;
mod panels;
mod scatter;
mod setup;
mod shading;

pub(crate) use bands::Bands;
pub(crate) use panels::{Panels, Y_NAME, draw_rows, rate_plot, row_plot};
pub(crate) use scatter::Scatter;
pub use setup::{Dot, RasterGroup, RasterPopulation, RasterSetup, histogram_bin_ms};

use crate::layout::{BELOW, HEIGHT, LEFT, Panel, TITLE_HEIGHT, WIDTH};
use crate::names::Names;
use crate::picture::Picture;
use crate::plot::draw_title;
use crate::window::Window;

/// Where the raster ends, and where the rates begin.
const ROWS_END: i32 = 666;
const RATES_START: i32 = 700;

/// A spike raster above a histogram of the population rates, collected spike by spike.
///
/// Takes memory per pixel and not per spike: spike tables of any length can be read in batches.
///
/// Whatever cannot be drawn is left out: dots outside the window or in rows that do not exist, and times
/// that are not numbers. A raster without spikes, or without populations, is an empty frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Raster {
    title: String,
    bands: Bands,
    scatter: Scatter,
    panels: Panels,
}

impl Raster {
    /// A raster without spikes.
    #[must_use]
    pub fn new(setup: &RasterSetup) -> Self {
        let bands = Bands::new(setup);
        let right = WIDTH as i32 - Names::new(bands.names()).margin();
        let place = |top, bottom| Panel { left: LEFT, right, top, bottom };
        let panels =
            Panels { rows: place(TITLE_HEIGHT, ROWS_END), rates: place(RATES_START, HEIGHT as i32 - BELOW) };
        let window = Window::new(setup.t_start_ms, setup.t_stop_ms);
        let scatter = Scatter::new(window, setup.bin_ms, &bands, panels.rows);
        Self { title: setup.title.clone(), bands, scatter, panels }
    }

    /// Adds a spike; they come in any order.
    pub fn add(&mut self, dot: Dot) {
        self.scatter.add(&self.bands, dot);
    }

    /// Draws the raster.
    #[must_use]
    pub fn draw(&self) -> Picture {
        let mut picture = Picture::default();
        draw_title(&mut picture, &self.title);
        let (axis, time) = self.scatter.window.axis(10);
        let histogram = self.scatter.histogram(&self.bands);
        let rows = row_plot(self.panels.rows, axis.clone(), &self.bands);
        let rates = rate_plot(self.panels.rates, axis, histogram.peak());
        draw_rows(&mut picture, &rows, &self.bands, &self.scatter);
        rows.draw_y(&mut picture, "neuron", Y_NAME);
        rows.draw_x(&mut picture);
        histogram.draw(&mut picture, &rates);
        rates.draw_y(&mut picture, "rate (Hz)", Y_NAME);
        rates.draw_x(&mut picture);
        rates.number_x(&mut picture, |tick| rates.x.text(tick), f64::NEG_INFINITY);
        rates.name_x(&mut picture, &time);
        self.bands.draw_names(&mut picture, &self.panels.rows);
        picture
    }
}
