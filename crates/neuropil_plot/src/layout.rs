//! Sizes and places, in pixels.

/// Size of the image.
pub(crate) const WIDTH: u32 = 1600;
pub(crate) const HEIGHT: u32 = 1000;

pub(crate) const TITLE_HEIGHT: i32 = 72;

/// From the edge of the image to the panels: room for the numbers and the name of an axis.
pub(crate) const LEFT: i32 = 146;

/// From the lowest panel to the edge of the image: room for the time axis.
pub(crate) const BELOW: i32 = 96;

pub(crate) const TITLE_EM: f64 = 31.0;
pub(crate) const LABEL_EM: f64 = 25.0;
pub(crate) const TICK_EM: f64 = 23.0;

/// From one line of labels to the next.
pub(crate) const LABEL_LINE: f64 = 31.0;

/// A part of the image between two axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Panel {
    pub(crate) left: i32,
    pub(crate) right: i32,
    pub(crate) top: i32,
    pub(crate) bottom: i32,
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
