use crate::axis::Axis;
use crate::font::{fitted, width};
use crate::layout::{LABEL_EM, LEFT, Panel, TICK_EM, TITLE_EM, TITLE_HEIGHT, WIDTH};
use crate::palette::{Color, FAINT, INK};
use crate::picture::{Bar, Label, Picture, Side, upright};

const TICK_LENGTH: f64 = 7.0;

/// From the horizontal axis to the middle of its numbers, and on to that of its name.
const NUMBERS: f64 = 27.0;
const NAME: f64 = 62.0;

/// Digits are taller than the small letters that text is centred by.
const DIGIT_SHIFT: f64 = 2.0;

/// From the end of one number to the start of the next.
const NUMBER_GAP: f64 = 14.0;

/// A panel with its axes.
pub(crate) struct Plot {
    pub(crate) panel: Panel,
    pub(crate) x: Axis,
    pub(crate) y: Axis,
}

impl Plot {
    pub(crate) fn x(&self, value: f64) -> f64 {
        self.panel.x(self.x.along(value))
    }

    pub(crate) fn y(&self, value: f64) -> f64 {
        self.panel.y(self.y.along(value))
    }

    /// The horizontal axis with its marks.
    pub(crate) fn draw_x(&self, picture: &mut Picture) {
        let Panel { left, right, bottom, .. } = self.panel;
        let (left, right, bottom) = (f64::from(left), f64::from(right), f64::from(bottom));
        let (top, below) = (bottom - 1.0, bottom + 1.0);
        picture.bar(Bar { left: left - 1.0, right: right + 1.0, top, bottom: below }, INK);
        for tick in self.x.ticks() {
            picture.bar(upright(self.x(tick).round(), bottom, bottom + TICK_LENGTH), INK);
        }
    }

    /// More marks on the horizontal axis, half as long.
    pub(crate) fn draw_small_marks(&self, picture: &mut Picture, values: impl Iterator<Item = f64>) {
        let bottom = f64::from(self.panel.bottom);
        for value in values {
            let x = self.x(value).round();
            picture.bar(
                Bar { left: x, right: x + 1.0, top: bottom, bottom: bottom + TICK_LENGTH / 2.0 + 1.0 },
                INK,
            );
        }
    }

    /// The numbers at the marks of the horizontal axis, as far as they begin right of `free`; returns where the
    /// last one ends.
    pub(crate) fn number_x(&self, picture: &mut Picture, text: impl Fn(f64) -> String, mut free: f64) -> f64 {
        for tick in self.x.ticks() {
            let (x, text) = (self.x(tick).round(), text(tick));
            let half = width(TICK_EM, &text) / 2.0;
            if x - half >= free {
                free = x + half + NUMBER_GAP;
                let at = (x, f64::from(self.panel.bottom) + NUMBERS);
                picture.text(Label::new(text, at, TICK_EM, Side::Center));
            }
        }
        free
    }

    pub(crate) fn name_x(&self, picture: &mut Picture, name: &str) {
        let at = (self.panel.x(0.5), f64::from(self.panel.bottom) + NAME);
        picture.text(Label::new(name.to_string(), at, LABEL_EM, Side::Center));
    }

    /// The vertical axis with its marks, their numbers, and its name `distance` left of it.
    pub(crate) fn draw_y(&self, picture: &mut Picture, name: &str, distance: f64) {
        let Panel { left, top, bottom, .. } = self.panel;
        let (left, top, bottom) = (f64::from(left), f64::from(top), f64::from(bottom));
        picture.bar(upright(left, top, bottom + 1.0), INK);
        for tick in self.y.ticks() {
            let y = self.y(tick).round();
            let mark = Bar { left: left - TICK_LENGTH, right: left, top: y - 1.0, bottom: y + 1.0 };
            picture.bar(mark, INK);
            let at = (left - 14.0, y + DIGIT_SHIFT);
            picture.text(Label::new(self.y.text(tick), at, TICK_EM, Side::Right));
        }
        self.name_y(picture, name, distance);
    }

    /// The name of the vertical axis alone.
    pub(crate) fn name_y(&self, picture: &mut Picture, name: &str, distance: f64) {
        let at = (f64::from(self.panel.left) - distance, self.panel.y(0.5));
        let text = fitted(LABEL_EM, name, f64::from(self.panel.height()).max(60.0));
        picture.text(Label { upright: true, ..Label::new(text, at, LABEL_EM, Side::Center) });
    }

    /// Says in the middle of the panel that there is nothing to show.
    pub(crate) fn draw_notice(&self, picture: &mut Picture, notice: &str) {
        let at = (self.panel.x(0.5), self.panel.y(0.5));
        picture.text(Label::new(notice.to_string(), at, LABEL_EM, Side::Center).colored(FAINT));
    }

    /// An upright line through the panel.
    pub(crate) fn draw_line(&self, picture: &mut Picture, x: f64, color: Color) {
        picture.bar(upright(x, f64::from(self.panel.top), f64::from(self.panel.bottom)), color);
    }
}

/// The end of an axis that begins at zero and shows values up to `peak`.
pub(crate) fn top_above(peak: f64) -> f64 {
    if peak > 0.0 { 1.05 * peak } else { 1.0 }
}

/// The line above a figure.
pub(crate) fn draw_title(picture: &mut Picture, title: &str) {
    let text = fitted(TITLE_EM, title, f64::from(WIDTH) - f64::from(LEFT) - 20.0);
    let at = (f64::from(LEFT), f64::from(TITLE_HEIGHT) / 2.0);
    picture.text(Label::new(text, at, TITLE_EM, Side::Left));
}
