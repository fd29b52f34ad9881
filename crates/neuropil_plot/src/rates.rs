use crate::axis::Axis;
use crate::events::draw_events;
use crate::font::fitted;
use crate::layout::{BELOW, HEIGHT, LABEL_LINE, LEFT, Panel, TICK_EM, TITLE_HEIGHT, WIDTH};
use crate::names::Names;
use crate::palette::{FAINT, color};
use crate::picture::{Label, Picture, Side, Steps};
use crate::plot::{Plot, draw_title, top_above};
use crate::window::Window;

/// Room above the panel for the labels of events.
const TOP: i32 = TITLE_HEIGHT + 38;

/// With more steps than this, neighbouring bins are drawn as one.
const MAX_STEPS: f64 = 500.0;

/// From the vertical axis to its name.
const Y_NAME: f64 = 118.0;

/// Rates of groups of neurons over time, one line for each group, with the events of a protocol.
///
/// Where there are more than 500 bins, a whole number of neighbours is shown as their mean. Rates that are no
/// finite numbers leave a gap.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rates {
    /// The line above the plot.
    pub title: String,
    /// Start of the time axis in ms.
    pub t_start_ms: f64,
    /// End of the time axis in ms.
    pub t_stop_ms: f64,
    /// The lines, each in its colour.
    pub series: Vec<RateSeries>,
    /// Times in ms with a label each, marked by upright lines.
    pub events: Vec<(f64, String)>,
}

/// The rate of a group of neurons in adjacent bins of time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RateSeries {
    /// The label beside the plot.
    pub name: String,
    /// Start of the first bin in ms.
    pub t_start_ms: f64,
    /// Width of a bin in ms.
    pub bin_ms: f64,
    /// The mean rate in each bin in Hz.
    pub rates_hz: Vec<f64>,
}

/// A series with bins wide enough to be seen.
struct Merged {
    t_start_ms: f64,
    bin_ms: f64,
    rates_hz: Vec<f64>,
}

impl Rates {
    /// Draws the figure.
    #[must_use]
    pub fn draw(&self) -> Picture {
        let mut picture = Picture::default();
        draw_title(&mut picture, &self.title);
        let window = Window::new(self.t_start_ms, self.t_stop_ms);
        let series: Vec<Merged> = self.series.iter().map(|series| Merged::new(series, &window)).collect();
        let names = Names::new(self.series.iter().map(|series| &series.name));
        let (left, right) = (LEFT, WIDTH as i32 - names.margin());
        let panel = Panel { left, right, top: TOP, bottom: HEIGHT as i32 - BELOW };
        let peak =
            series.iter().flat_map(|series| series.inside(&window)).map(|bin| bin.1).fold(0.0, f64::max);
        let (x, time) = window.axis(10);
        let plot = Plot { panel, x, y: Axis::new(0.0, top_above(peak), 10) };
        draw_events(&mut picture, &[&plot], &window, &self.events, f64::from(WIDTH) - 16.0);
        for (number, series) in series.iter().enumerate() {
            series.draw(&mut picture, &plot, &window, number);
        }
        plot.draw_y(&mut picture, "rate (Hz)", Y_NAME);
        plot.draw_x(&mut picture);
        plot.number_x(&mut picture, |tick| plot.x.text(tick), f64::NEG_INFINITY);
        plot.name_x(&mut picture, &time);
        if peak <= 0.0 {
            plot.draw_notice(&mut picture, "no spikes");
        }
        let line = |number: usize| f64::from(TOP) + number as f64 * LABEL_LINE;
        names.draw(&mut picture, &panel, &(0..series.len()).map(line).collect::<Vec<_>>());
        self.draw_bins(&mut picture, &panel, &series);
        picture
    }

    /// Says how wide the bins are that are shown, if all are the same.
    fn draw_bins(&self, picture: &mut Picture, panel: &Panel, series: &[Merged]) {
        let Some(bin_ms) = series.first().map(|series| series.bin_ms) else { return };
        if series.iter().all(|series| series.bin_ms == bin_ms) {
            let text = fitted(TICK_EM, &format!("bins of {bin_ms} ms"), f64::from(panel.width()));
            let at = (f64::from(WIDTH) - 30.0, f64::from(panel.bottom) + 62.0);
            picture.text(Label::new(text, at, TICK_EM, Side::Right).colored(FAINT));
        }
    }
}

impl Merged {
    fn new(series: &RateSeries, window: &Window) -> Self {
        let usable = series.bin_ms.is_finite() && series.bin_ms > 0.0 && series.t_start_ms.is_finite();
        let (bin_ms, rates) = if usable { (series.bin_ms, &series.rates_hz[..]) } else { (1.0, &[][..]) };
        let n_shown = (window.length_ms() / bin_ms).min(rates.len() as f64);
        let n = (n_shown / MAX_STEPS).ceil().max(1.0) as usize;
        let mean = |rates: &[f64]| rates.iter().sum::<f64>() / rates.len() as f64;
        Self {
            t_start_ms: series.t_start_ms,
            bin_ms: bin_ms * n as f64,
            // The last bins may be too few for a mean like the others.
            rates_hz: rates.chunks_exact(n).map(mean).collect(),
        }
    }

    /// The ends of the bins within the window, as fractions of it, and their rates.
    fn inside(&self, window: &Window) -> impl Iterator<Item = ((f64, f64), f64)> {
        let (first, bin) =
            ((self.t_start_ms - window.start_ms) / window.length_ms(), self.bin_ms / window.length_ms());
        let bins = self.rates_hz.iter().enumerate();
        let bins = bins.map(move |(i, &rate)| ((first + i as f64 * bin, first + (i + 1) as f64 * bin), rate));
        bins.filter(|((left, right), _)| *right > 0.0 && *left < 1.0 - 1e-9)
            .map(|((left, right), rate)| ((left.max(0.0), right.min(1.0)), rate))
    }

    fn draw(&self, picture: &mut Picture, plot: &Plot, window: &Window, number: usize) {
        let bins: Vec<_> = self.inside(window).collect();
        for run in bins.chunk_by(|a, b| a.1.is_finite() == b.1.is_finite()) {
            if run[0].1.is_finite() {
                let ends = |&((left, right), rate)| ((plot.panel.x(left), plot.panel.x(right)), plot.y(rate));
                picture.steps(Steps::over(run.iter().map(ends)), color(number));
            }
        }
    }
}
