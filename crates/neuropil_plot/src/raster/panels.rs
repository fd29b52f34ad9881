use super::bands::Bands;
use super::scatter::Scatter;
use crate::axis::Axis;
use crate::layout::Panel;
use crate::palette::RULE;
use crate::picture::{Bar, Picture};
use crate::plot::{Plot, top_above};

/// From the vertical axes to their names.
pub(crate) const Y_NAME: f64 = 118.0;

/// With more bands than this, lines between them would be all one sees.
const MAX_RULES: usize = 12;

/// Where the spikes of a window go, and where the rates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Panels {
    pub(crate) rows: Panel,
    pub(crate) rates: Panel,
}

pub(crate) fn row_plot(panel: Panel, x: Axis, bands: &Bands) -> Plot {
    Plot { panel, x, y: Axis::new(0.0, bands.height(), 8).whole() }
}

pub(crate) fn rate_plot(panel: Panel, x: Axis, peak: f64) -> Plot {
    Plot { panel, x, y: Axis::new(0.0, top_above(peak), 5) }
}

/// The spikes, over a line between one band and the next.
pub(crate) fn draw_rows(picture: &mut Picture, plot: &Plot, bands: &Bands, scatter: &Scatter) {
    if bands.bands.len() <= MAX_RULES {
        for band in bands.bands.iter().skip(1) {
            let top = plot.y(band.first_row).round();
            let (left, right) = (f64::from(plot.panel.left), f64::from(plot.panel.right));
            picture.bar(Bar { left, right, top, bottom: top + 1.0 }, RULE);
        }
    }
    if scatter.is_empty() {
        plot.draw_notice(picture, "no spikes");
    }
    scatter.draw(picture, bands);
}
