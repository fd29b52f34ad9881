use crate::palette::{Color, INK};

/// One line of text, centred on its height.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Label {
    pub(crate) text: String,
    pub(crate) at: (f64, f64),
    pub(crate) em: f64,
    pub(crate) color: Color,
    pub(crate) side: Side,
    /// Read from the bottom to the top.
    pub(crate) upright: bool,
}

/// Which part of a text is where the label is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Center,
    Right,
}

impl Label {
    pub(crate) fn new(text: String, at: (f64, f64), em: f64, side: Side) -> Self {
        Self { text, at: (at.0.round(), at.1.round()), em, color: INK, side, upright: false }
    }

    pub(crate) fn colored(self, color: Color) -> Self {
        Self { color, ..self }
    }
}
