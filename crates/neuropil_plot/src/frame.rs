use plotters::backend::DrawingBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, IntoFont, RGBColor, TextStyle, WHITE};

use crate::figure::Figure;
use crate::font::{self, FAMILY, Face, SIZE_PER_EM};
use crate::labels::spread;
use crate::palette::rgb;
use crate::panels::{LEFT, draw_rates, draw_rows};

/// Size of the image in pixels.
pub(crate) const WIDTH: u32 = 1600;
pub(crate) const HEIGHT: u32 = 1000;

const TITLE_HEIGHT: i32 = 72;
const RASTER_HEIGHT: i32 = 606;

const TITLE_EM: f64 = 31.0;
pub(crate) const LABEL_EM: f64 = 25.0;
/// Space from one population's name to the next.
const NAME_LINE: f64 = 31.0;
/// From the raster to the names, and from the names to the edge of the image.
const NAME_INDENT: f64 = 30.0;
const NAME_ROOM: f64 = 260.0;

pub(crate) const INK: RGBColor = RGBColor(40, 40, 40);

/// The rectangle of the image in which the spikes go.
pub(crate) struct Panel {
    pub(crate) left: i32,
    pub(crate) right: i32,
    pub(crate) top: i32,
    pub(crate) bottom: i32,
}

pub(crate) type Drawn<T, DB> = Result<T, DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// Draws everything but the spikes and says where they go.
pub(crate) fn draw_frame<DB: DrawingBackend>(backend: DB, figure: &Figure) -> Drawn<Panel, DB> {
    font::register();
    let root = backend.into_drawing_area();
    root.fill(&WHITE)?;
    let names = Names::new(figure);
    draw_title(&root, figure)?;
    let (upper, lower) = root.split_vertically(TITLE_HEIGHT).1.split_vertically(RASTER_HEIGHT);
    let panel = draw_rows(&upper, figure, names.margin())?;
    draw_rates(&lower, figure, names.margin())?;
    names.draw(&root, figure, &panel)?;
    root.present()?;
    Ok(panel)
}

impl Panel {
    pub(crate) fn width(&self) -> u32 {
        self.right.abs_diff(self.left)
    }

    pub(crate) fn height(&self) -> u32 {
        self.bottom.abs_diff(self.top)
    }

    /// Where a fraction of the width lies.
    pub(crate) fn x(&self, along: f64) -> f64 {
        f64::from(self.left) + along * f64::from(self.width())
    }

    /// Where a fraction of the height lies, from the bottom.
    pub(crate) fn y(&self, along: f64) -> f64 {
        f64::from(self.bottom) - along * f64::from(self.height())
    }
}

/// Text in the bundled font.
pub(crate) fn style<'a>(em: f64, color: RGBColor, h: HPos, v: VPos) -> TextStyle<'a> {
    (FAMILY, em * SIZE_PER_EM).into_font().color(&color).pos(Pos::new(h, v))
}

fn draw_title<DB: DrawingBackend>(root: &DrawingArea<DB, Shift>, figure: &Figure) -> Drawn<(), DB> {
    let title = fitted(TITLE_EM, &figure.title, f64::from(WIDTH) - f64::from(LEFT) - 20.0);
    let style = style(TITLE_EM, INK, HPos::Left, VPos::Center);
    root.draw(&Text::new(title, (LEFT, TITLE_HEIGHT / 2), style))
}

/// The names of the populations beside their bands.
struct Names(Vec<String>);

impl Names {
    fn new(figure: &Figure) -> Self {
        Self(figure.rows.bands.iter().map(|band| fitted(LABEL_EM, &band.name, NAME_ROOM)).collect())
    }

    /// Space on the right of the panels.
    fn margin(&self) -> i32 {
        let widest = self.0.iter().map(|name| width(LABEL_EM, name)).fold(0.0, f64::max);
        (widest + 2.0 * NAME_INDENT) as i32
    }

    fn draw<DB: DrawingBackend>(
        &self,
        root: &DrawingArea<DB, Shift>,
        figure: &Figure,
        panel: &Panel,
    ) -> Drawn<(), DB> {
        let height = figure.rows.height();
        for (population, band) in figure.rows.bands.iter().enumerate() {
            let ends = [band.end_row(), band.first_row].map(|row| panel.y(row / height).round() as i32);
            let corners = [(panel.right + 8, ends[0] + 1), (panel.right + 14, ends[1].max(ends[0] + 4))];
            root.draw(&Rectangle::new(corners, rgb(population).filled()))?;
        }
        for (population, y) in self.places(figure, panel) {
            let style = style(LABEL_EM, rgb(population), HPos::Left, VPos::Center);
            let at = (panel.right + NAME_INDENT as i32 - 6, y as i32);
            root.draw(&Text::new(self.0[population].clone(), at, style))?;
        }
        Ok(())
    }

    /// Populations whose names are shown, from the top, and where: all of them if there is room.
    fn places(&self, figure: &Figure, panel: &Panel) -> Vec<(usize, f64)> {
        let room = f64::from(panel.height()) / NAME_LINE;
        let every = (self.0.len() as f64 / room.floor()).ceil().max(1.0) as usize;
        let shown: Vec<usize> = (0..self.0.len()).step_by(every).rev().collect();
        let middle = |&population: &usize| figure.rows.bands[population].middle() / figure.rows.height();
        let wanted: Vec<f64> = shown.iter().map(|population| panel.y(middle(population))).collect();
        let half = NAME_LINE / 2.0;
        let ends = (f64::from(panel.top) + half, f64::from(panel.bottom) - half);
        shown.into_iter().zip(spread(&wanted, NAME_LINE, ends.0, ends.1)).collect()
    }
}

fn width(em: f64, text: &str) -> f64 {
    Face::new(em).map_or(0.0, |face| face.width(text))
}

fn fitted(em: f64, text: &str, room: f64) -> String {
    Face::new(em).map_or(text.to_string(), |face| face.fitted(text, room))
}
