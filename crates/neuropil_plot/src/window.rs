use crate::axis::Axis;

/// A stretch of time that is not empty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Window {
    pub(crate) start_ms: f64,
    pub(crate) stop_ms: f64,
}

impl Window {
    /// Times beyond this many ms (a century) cannot be told apart to a ms on an axis.
    const FARTHEST_MS: f64 = 3.2e12;

    pub(crate) fn new(start_ms: f64, stop_ms: f64) -> Self {
        let usable = |time: f64| time.is_finite() && time.abs() <= Self::FARTHEST_MS;
        let start_ms = if usable(start_ms) { start_ms } else { 0.0 };
        let stop_ms = if usable(stop_ms) && stop_ms - start_ms > 1e-6 { stop_ms } else { start_ms + 1.0 };
        Self { start_ms, stop_ms }
    }

    pub(crate) fn length_ms(&self) -> f64 {
        self.stop_ms - self.start_ms
    }

    /// Where a time lies, as a fraction of the window; nothing for one outside of it, or that is no number.
    pub(crate) fn along(&self, time_ms: f64) -> Option<f64> {
        let along = (time_ms - self.start_ms) / self.length_ms();
        (0.0..=1.0).contains(&along).then_some(along)
    }

    /// An axis with at most `n` steps, and its name.
    pub(crate) fn axis(&self, n: u32) -> (Axis, String) {
        let (unit, unit_ms) = self.unit();
        let axis = Axis::new(self.start_ms / unit_ms, self.stop_ms / unit_ms, n);
        (axis.thinned(), format!("time ({unit})"))
    }

    /// Long and late times are read in seconds.
    fn unit(&self) -> (&'static str, f64) {
        let seconds = self.length_ms() > 10_000.0 || self.stop_ms.abs() >= 100_000.0;
        if seconds { ("s", 1000.0) } else { ("ms", 1.0) }
    }
}
