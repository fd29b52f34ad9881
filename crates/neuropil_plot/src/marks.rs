use crate::figure::Figure;
use crate::frame::Panel;

/// With more dots than this, most of them are hidden behind others.
const MAX_BARS: usize = 20_000;

/// Fewer dots than this are drawn a little larger.
const FEW: usize = 2000;

/// An upright rectangle in pixels.
pub(crate) struct Bar {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
}

/// The spikes as short upright bars, all of one size.
pub(crate) struct Bars<'a> {
    figure: &'a Figure,
    panel: &'a Panel,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl Figure {
    pub(crate) fn marks_hide_each_other(&self) -> bool {
        self.marks.len() > MAX_BARS
    }
}

impl<'a> Bars<'a> {
    pub(crate) fn new(figure: &'a Figure, panel: &'a Panel) -> Self {
        let row = f64::from(panel.height()) / figure.rows.height();
        let side = if figure.marks.len() < FEW { 3.6 } else { 2.8 };
        Self { figure, panel, width: side, height: (0.95 * row).clamp(side, 30.0) }
    }

    /// All bars, each with its population.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, Bar)> {
        self.figure.marks.iter().map(|mark| {
            let x = self.panel.x(mark.time);
            let y = self.panel.y((mark.row + 0.5) / self.figure.rows.height());
            let bar = Bar {
                left: x - self.width / 2.0,
                right: x + self.width / 2.0,
                top: y - self.height / 2.0,
                bottom: y + self.height / 2.0,
            };
            (mark.population, bar)
        })
    }
}
