/// An upright rectangle in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bar {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
}

/// An upright line of two pixels.
pub(crate) fn upright(x: f64, top: f64, bottom: f64) -> Bar {
    Bar { left: x - 1.0, right: x + 1.0, top, bottom }
}
