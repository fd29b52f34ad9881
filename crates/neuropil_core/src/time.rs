//! Model time on an integer grid.

use std::fmt;

/// The grid of model time: a step is an integer, `dt` is its length.
///
/// A step number `k` names both the interval from `k dt` to `(k + 1) dt` that is simulated as step `k`,
/// and, as a stamp, the instant `k dt`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeGrid {
    dt_ms: f64,
    steps_per_ms: Option<u64>,
}

/// A time that is not a whole number of steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OffGrid {
    /// The time asked for, in ms.
    pub time_ms: f64,
    /// The length of a step, in ms.
    pub dt_ms: f64,
    /// The nearest time on the grid that is not later, in ms.
    pub below_ms: f64,
    /// The nearest time on the grid that is not earlier, in ms.
    pub above_ms: f64,
}

impl fmt::Display for OffGrid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Twelve digits: a product of steps that is not exact in binary prints as the decimal that is meant.
        let decimal = |ms: f64| format!("{ms:.12}").parse().unwrap_or(ms);
        write!(f, "{} ms is not a whole number of steps of {} ms", self.time_ms, self.dt_ms)?;
        if self.below_ms > 0.0 {
            write!(f, "; the nearest are {} ms and {} ms", decimal(self.below_ms), decimal(self.above_ms))
        } else {
            write!(f, "; the nearest is {} ms", decimal(self.above_ms))
        }
    }
}

impl std::error::Error for OffGrid {}

/// Steps beyond this are refused: at 2^53 a step is no longer exact as an `f64`.
const MAX_STEP: f64 = 9_007_199_254_740_992.0;

impl TimeGrid {
    /// A grid with steps of `dt_ms`; `None` unless it is finite and positive.
    #[must_use]
    pub fn new(dt_ms: f64) -> Option<Self> {
        if !(dt_ms.is_finite() && dt_ms > 0.0) {
            return None;
        }
        let inverse = 1.0 / dt_ms;
        let whole = inverse.round();
        let integral = (1.0..MAX_STEP).contains(&whole) && (inverse - whole).abs() <= 1e-9 * whole;
        Some(Self { dt_ms, steps_per_ms: integral.then_some(whole as u64) })
    }

    /// The length of a step, in ms.
    #[must_use]
    pub fn dt_ms(&self) -> f64 {
        self.dt_ms
    }

    /// The instant `step dt`, in ms.
    ///
    /// Where a millisecond is a whole number of steps this is the double nearest to the decimal number,
    /// so that `time_ms == 299.9` finds what it says.
    #[must_use]
    pub fn time_ms(&self, step: u64) -> f64 {
        match self.steps_per_ms {
            Some(per_ms) => step as f64 / per_ms as f64,
            None => step as f64 * self.dt_ms,
        }
    }

    /// A refractory period in steps, as neuron models count it down.
    ///
    /// # Errors
    /// A sentence, where the time is off the grid or too long.
    pub fn refractory_steps(&self, t_ref_ms: f64) -> Result<i32, String> {
        let steps = self.steps(t_ref_ms).map_err(|e| e.to_string())?;
        i32::try_from(steps).map_err(|_| format!("{steps} steps are too many"))
    }

    /// A delay in steps: the nearest whole number, at least one.
    ///
    /// Scenes refuse constant delays that are off the grid; delays drawn from a distribution are rounded to it.
    #[must_use]
    pub fn delay_steps(&self, delay_ms: f64) -> u64 {
        ((delay_ms / self.dt_ms).round() as u64).max(1)
    }

    /// The number of steps in `time_ms`.
    ///
    /// # Errors
    /// [`OffGrid`] where the time is negative, not finite, too long, or not a whole number of steps
    /// (to one part in 10^9 of a step or the rounding of the two numbers, whichever is larger).
    pub fn steps(&self, time_ms: f64) -> Result<u64, OffGrid> {
        let steps = match self.steps_per_ms {
            Some(per_ms) => time_ms * per_ms as f64,
            None => time_ms / self.dt_ms,
        };
        let whole = steps.round();
        let tolerance = 1e-9_f64.max(4.0 * f64::EPSILON * whole.abs());
        if steps.is_finite() && (0.0..MAX_STEP).contains(&whole) && (steps - whole).abs() <= tolerance {
            return Ok(whole as u64);
        }
        let clamp =
            |s: f64| if s.is_finite() { self.time_ms(s.clamp(0.0, MAX_STEP) as u64) } else { self.dt_ms };
        Err(OffGrid {
            time_ms,
            dt_ms: self.dt_ms,
            below_ms: clamp(steps.floor()),
            above_ms: clamp(steps.ceil().max(1.0)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_times_are_the_nearest_doubles() {
        let grid = TimeGrid::new(0.1).unwrap();
        assert_eq!(grid.time_ms(2999).to_bits(), 299.9_f64.to_bits());
        assert_eq!(grid.time_ms(3).to_bits(), 0.3_f64.to_bits());
    }

    #[test]
    fn times_on_the_grid_are_counted_and_others_refused() {
        let grid = TimeGrid::new(0.1).unwrap();
        assert_eq!(grid.steps(1.5), Ok(15));
        assert_eq!(grid.steps(1e9), Ok(10_000_000_000));
        let off = grid.steps(1.53).unwrap_err();
        assert_eq!((off.below_ms, off.above_ms), (1.5, 1.6));
        assert!(grid.steps(f64::NAN).is_err() && grid.steps(-1.0).is_err() && grid.steps(1e300).is_err());
    }

    #[test]
    fn grids_that_do_not_divide_a_millisecond_work() {
        let grid = TimeGrid::new(0.03).unwrap();
        assert_eq!(grid.steps(0.09), Ok(3));
        assert!(grid.steps(1.0).is_err());
        assert!(TimeGrid::new(0.0).is_none() && TimeGrid::new(f64::INFINITY).is_none());
    }
}
