//! When a stimulus is active.

use crate::declare::declaration::{Parameter, Range};
use crate::declare::units::MS;
use crate::error::ParameterError;
use crate::time::{OffGrid, TimeGrid};

/// The parameter `start` that stimuli share.
pub const START: Parameter =
    Parameter::new("start", MS, 0.0, "beginning of the activity").within(Range::NonNegative).on_grid();
/// The parameter `stop` that stimuli share.
pub const STOP: Parameter = Parameter::new("stop", MS, f64::INFINITY, "end of the activity")
    .within(Range::NonNegativeOrInfinite)
    .on_grid();

/// The steps in which a stimulus is active: what it emits is stamped later than `start`, up to `stop`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    start: u64,
    stop: u64,
}

impl Window {
    /// The window from `start` to `stop`, in ms; `stop` may be infinite.
    ///
    /// # Errors
    /// Where the times are off the grid or in the wrong order.
    pub fn new(start_ms: f64, stop_ms: f64, grid: &TimeGrid) -> Result<Self, ParameterError> {
        let blame = |parameter| move |e: OffGrid| ParameterError::new(parameter, e.to_string());
        let start = grid.steps(start_ms).map_err(blame("start"))?;
        let stop =
            if stop_ms == f64::INFINITY { u64::MAX } else { grid.steps(stop_ms).map_err(blame("stop"))? };
        if stop < start {
            let message = format!("`stop` ({stop_ms} ms) is before `start` ({start_ms} ms)");
            return Err(ParameterError::new("stop", message));
        }
        Ok(Self { start, stop })
    }

    /// The same window for a current, which acts one step after it arrives: it begins and ends a step earlier, so that
    /// over the shortest delay the membrane moves from `start + dt` to `stop`, as in NEST.
    #[must_use]
    pub fn of_current(self) -> Self {
        let earlier = |step: u64| if step == u64::MAX { step } else { step.saturating_sub(1) };
        Self { start: earlier(self.start), stop: earlier(self.stop) }
    }

    /// Whether the stimulus is active in this step.
    #[inline]
    #[must_use]
    pub fn contains(&self, step: u64) -> bool {
        (self.start..self.stop).contains(&step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_refuse_what_they_cannot_be() {
        let grid = TimeGrid::new(0.1).unwrap();
        let window = Window::new(1.0, 51.0, &grid).unwrap();
        assert!(!window.contains(9) && window.contains(10) && window.contains(509) && !window.contains(510));
        assert_eq!(Window::new(5.0, 1.0, &grid).unwrap_err().parameter, "stop");
        assert_eq!(Window::new(0.05, 1.0, &grid).unwrap_err().parameter, "start");
        assert!(Window::new(0.0, f64::INFINITY, &grid).unwrap().contains(u64::MAX - 1));
    }
}
