use super::bands::Bands;
use super::cells::Cells;
use super::histogram::{Counts, Histogram};
use super::mark::Mark;
use super::setup::Dot;
use super::shading::shaded;
use crate::layout::Panel;
use crate::palette::color;
use crate::picture::{Bar, Picture};
use crate::window::Window;

/// With more dots than this, most of them are hidden behind others.
const MAX_MARKS: usize = 20_000;

/// Fewer dots than this are drawn a little larger.
const FEW: usize = 2000;

/// The spikes in a window of a raster, as far as can be seen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scatter {
    pub(crate) window: Window,
    panel: Panel,
    spikes: Spikes,
    counts: Counts,
}

/// One by one, or how many of them fall on each pixel.
#[derive(Clone, Debug, PartialEq)]
enum Spikes {
    Marks(Vec<Mark>),
    Cells(Cells),
}

impl Scatter {
    pub(crate) fn new(window: Window, bin_ms: f64, bands: &Bands, panel: Panel) -> Self {
        let counts = Counts::new(&window, bin_ms, bands.series.len());
        Self { window, panel, spikes: Spikes::Marks(Vec::new()), counts }
    }

    pub(crate) fn add(&mut self, bands: &Bands, dot: Dot) {
        let Some(time) = self.window.along(dot.time_ms) else { return };
        let Some((band, row)) = bands.find(dot.population, dot.row) else { return };
        let mark = Mark { time, row, band };
        self.counts.add(time, bands.bands[band].series);
        match &mut self.spikes {
            Spikes::Marks(marks) if marks.len() < MAX_MARKS => marks.push(mark),
            Spikes::Marks(marks) => {
                let mut cells = Cells::new(bands, &self.panel);
                marks.iter().chain([&mark]).for_each(|mark| cells.add(bands, mark));
                self.spikes = Spikes::Cells(cells);
            }
            Spikes::Cells(cells) => cells.add(bands, &mark),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        matches!(&self.spikes, Spikes::Marks(marks) if marks.is_empty())
    }

    pub(crate) fn histogram(&self, bands: &Bands) -> Histogram<'_> {
        self.counts.rates(bands)
    }

    pub(crate) fn draw(&self, picture: &mut Picture, bands: &Bands) {
        match &self.spikes {
            Spikes::Marks(marks) => self.draw_marks(picture, bands, marks),
            Spikes::Cells(cells) => picture.density(shaded(cells, bands, &self.panel)),
        }
    }

    /// Short upright bars, all of one size.
    fn draw_marks(&self, picture: &mut Picture, bands: &Bands, marks: &[Mark]) {
        let side = if marks.len() < FEW { 3.6 } else { 2.8 };
        let row = f64::from(self.panel.height()) / bands.height();
        let height = (0.95 * row).clamp(side, 30.0);
        let mut strokes = vec![Vec::new(); bands.series.len()];
        for mark in marks {
            let (x, y) = (self.panel.x(mark.time), self.panel.y((mark.row + 0.5) / bands.height()));
            let (left, right) = (x - side / 2.0, x + side / 2.0);
            let bar = Bar { left, right, top: y - height / 2.0, bottom: y + height / 2.0 };
            strokes[bands.bands[mark.band].series].push(bar);
        }
        for (series, strokes) in strokes.into_iter().enumerate() {
            picture.strokes(strokes, color(series));
        }
    }
}
