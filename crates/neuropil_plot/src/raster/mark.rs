/// One visible spike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Mark {
    /// Time as a fraction of the window.
    pub(crate) time: f64,
    /// Row from the bottom of the raster.
    pub(crate) row: f64,
    pub(crate) band: usize,
}
