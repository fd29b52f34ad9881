use crate::bands::{Bands, printable};
use crate::histogram::Histogram;
use crate::raster::{Dot, Raster};

/// What is drawn: a raster without everything that cannot be.
pub(crate) struct Figure {
    pub(crate) title: String,
    pub(crate) window: Window,
    pub(crate) rows: Bands,
    pub(crate) marks: Vec<Mark>,
    pub(crate) histogram: Histogram,
}

/// One visible spike.
pub(crate) struct Mark {
    /// Time as a fraction of the window.
    pub(crate) time: f64,
    /// Row from the bottom of the raster.
    pub(crate) row: f64,
    pub(crate) population: usize,
}

/// A stretch of time that is not empty.
#[derive(Clone, Copy)]
pub(crate) struct Window {
    pub(crate) start_ms: f64,
    pub(crate) stop_ms: f64,
}

impl Figure {
    pub(crate) fn new(raster: &Raster) -> Self {
        let window = Window::new(raster.t_start_ms, raster.t_stop_ms);
        let rows = Bands::new(&raster.populations);
        let marks: Vec<Mark> =
            raster.spikes.iter().filter_map(|dot| Mark::new(dot, &window, &rows)).collect();
        let histogram = Histogram::new(&window, raster.bin_ms, &rows, &marks);
        Self { title: printable(&raster.title), window, rows, marks, histogram }
    }
}

impl Mark {
    fn new(dot: &Dot, window: &Window, rows: &Bands) -> Option<Self> {
        let population = dot.population as usize;
        let band = rows.bands.get(population).filter(|band| dot.row < band.n_rows)?;
        let time = (dot.time_ms - window.start_ms) / window.length_ms();
        // A time that is not a number is in no range.
        (0.0..=1.0).contains(&time).then(|| Self {
            time,
            row: band.first_row + f64::from(dot.row),
            population,
        })
    }
}

impl Window {
    /// Times beyond this many ms (a century) cannot be told apart to a ms on an axis.
    const FARTHEST_MS: f64 = 3.2e12;

    fn new(start_ms: f64, stop_ms: f64) -> Self {
        let usable = |time: f64| time.is_finite() && time.abs() <= Self::FARTHEST_MS;
        let start_ms = if usable(start_ms) { start_ms } else { 0.0 };
        let stop_ms = if usable(stop_ms) && stop_ms - start_ms > 1e-6 { stop_ms } else { start_ms + 1.0 };
        Self { start_ms, stop_ms }
    }

    pub(crate) fn length_ms(&self) -> f64 {
        self.stop_ms - self.start_ms
    }

    /// Long and late times are read in seconds.
    pub(crate) fn unit(&self) -> (&'static str, f64) {
        let seconds = self.length_ms() > 10_000.0 || self.stop_ms.abs() >= 100_000.0;
        if seconds { ("s", 1000.0) } else { ("ms", 1.0) }
    }
}
