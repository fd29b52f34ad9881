use crate::events::draw_events;
use crate::layout::{BELOW, HEIGHT, LEFT, Panel, TITLE_HEIGHT, WIDTH};
use crate::names::Names;
use crate::picture::Picture;
use crate::plot::draw_title;
use crate::raster::{Bands, Dot, Panels, RasterSetup, Scatter, Y_NAME, draw_rows, rate_plot, row_plot};
use crate::window::Window;

/// Room above the raster for the labels of events.
const TOP: i32 = TITLE_HEIGHT + 38;
const ROWS_END: i32 = 640;
const RATES_START: i32 = 674;
const GAP: i32 = 56;

/// More windows than these would be narrower than their numbers.
const MAX_WINDOWS: usize = 6;

/// Windows of one raster next to each other, with the events of a protocol and the rates below.
///
/// Neurons that stand out, such as those of an assembly, are a group of the setup: they have their own colour
/// and their own rate. All windows share the neuron axis and the rate axis. Spikes are collected one by one,
/// as by a [`Raster`](crate::Raster).
#[derive(Clone, Debug, PartialEq)]
pub struct BeforeAfter {
    title: String,
    events: Vec<(f64, String)>,
    bands: Bands,
    windows: Vec<(Scatter, Panels)>,
}

impl BeforeAfter {
    /// A figure without spikes, of at most six windows.
    ///
    /// The windows have a start and an end in ms, from the left; without any, there is the one of the setup. The
    /// events have a time in ms and a label each, and are marked by upright lines.
    #[must_use]
    pub fn new(setup: &RasterSetup, windows_ms: &[(f64, f64)], events: &[(f64, String)]) -> Self {
        let bands = Bands::new(setup);
        let whole = [(setup.t_start_ms, setup.t_stop_ms)];
        let windows_ms = if windows_ms.is_empty() { &whole } else { windows_ms };
        let n = windows_ms.len().min(MAX_WINDOWS) as i32;
        let margin = Names::new(bands.names()).margin();
        let window = |(i, &(start, stop)): (i32, &(f64, f64))| {
            let panels = place(i, n, margin);
            (Scatter::new(Window::new(start, stop), setup.bin_ms, &bands, panels.rows), panels)
        };
        let windows = (0..n).zip(windows_ms).map(window).collect();
        Self { title: setup.title.clone(), events: events.to_vec(), bands, windows }
    }

    /// Adds a spike to the windows that it is in; spikes come in any order.
    pub fn add(&mut self, dot: Dot) {
        for (scatter, _) in &mut self.windows {
            scatter.add(&self.bands, dot);
        }
    }

    /// Draws the figure.
    #[must_use]
    pub fn draw(&self) -> Picture {
        let mut picture = Picture::default();
        draw_title(&mut picture, &self.title);
        let peaks = self.windows.iter().map(|(scatter, _)| scatter.histogram(&self.bands).peak());
        let peak = peaks.fold(0.0, f64::max);
        let mut numbers_end = f64::NEG_INFINITY;
        for (i, window) in self.windows.iter().enumerate() {
            numbers_end = self.draw_window(&mut picture, window, peak, i == 0, numbers_end);
        }
        if let Some((_, panels)) = self.windows.last() {
            self.bands.draw_names(&mut picture, &panels.rows);
        }
        picture
    }

    /// Draws a window and returns where the numbers under it end.
    fn draw_window(
        &self,
        picture: &mut Picture,
        (scatter, panels): &(Scatter, Panels),
        peak: f64,
        first: bool,
        free: f64,
    ) -> f64 {
        let (axis, time) = scatter.window.axis((10 / self.windows.len() as u32).max(2));
        let rows = row_plot(panels.rows, axis.clone(), &self.bands);
        let rates = rate_plot(panels.rates, axis, peak);
        let end = f64::from(panels.rows.right) + f64::from(GAP) / 2.0;
        draw_events(picture, &[&rows, &rates], &scatter.window, &self.events, end);
        draw_rows(picture, &rows, &self.bands, scatter);
        scatter.histogram(&self.bands).draw(picture, &rates);
        if first {
            rows.draw_y(picture, "neuron", Y_NAME);
            rates.draw_y(picture, "rate (Hz)", Y_NAME);
        }
        rows.draw_x(picture);
        rates.draw_x(picture);
        rates.name_x(picture, &time);
        rates.number_x(picture, |tick| rates.x.text(tick), free)
    }
}

fn place(i: i32, n: i32, margin: i32) -> Panels {
    let width = (WIDTH as i32 - LEFT - margin - (n - 1) * GAP) / n;
    let left = LEFT + i * (width + GAP);
    let place = |top, bottom| Panel { left, right: left + width, top, bottom };
    Panels { rows: place(TOP, ROWS_END), rates: place(RATES_START, HEIGHT as i32 - BELOW) }
}
