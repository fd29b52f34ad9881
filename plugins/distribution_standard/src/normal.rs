//! Values around a mean.

use neuropil_core::prelude::*;

use crate::order::in_order;

/// Normal (Gaussian), cut off at both ends where a scene says so.
///
/// # Numerics
///
/// Drawn again until the value lies from `low` to `high`, both included. Mean and standard deviation are those before the cut.
#[derive(Clone, Debug, Page, Parameters)]
#[model("normal")]
pub struct Normal {
    /// Mean.
    #[parameter(any_unit, required, example = 2.0)]
    mean: f64,
    /// Standard deviation.
    #[parameter(any_unit, required, example = 0.5, NonNegative)]
    sd: f64,
    /// The smallest value.
    #[parameter(any_unit, default = f64::NEG_INFINITY, AnyOrInfinite)]
    low: f64,
    /// The largest value.
    #[parameter(any_unit, default = f64::INFINITY, AnyOrInfinite)]
    high: f64,
}

/// [`Normal::check`] refuses ends between which less than about a millionth of the values lie; this bound keeps a value finite
/// even so.
const MAX_REDRAWS: usize = 100_000_000;

impl DistributionModel for Normal {
    fn draw(&self, random: &mut Sequence) -> f64 {
        let Self { mean, sd, low, high } = *self;
        let mut draw = || mean + sd * random.normal();
        let mut value = draw();
        for _ in 0..MAX_REDRAWS {
            if (low..=high).contains(&value) {
                break;
            }
            value = draw();
        }
        value.clamp(low, high)
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn sd(&self) -> f64 {
        self.sd
    }

    fn bounds(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    fn check(&self, show: &dyn Fn(f64) -> String) -> Result<(), ParameterError> {
        let Self { mean, low, high, .. } = *self;
        in_order(low, high, show)?;
        if !self.is_rare() {
            return Ok(());
        }
        let message = format!("this distribution has hardly any values from {} to {}", show(low), show(high));
        let help = format!("move `low` and `high` nearer to the mean, {}", show(mean));
        Err(ParameterError::new(if low > mean { "low" } else { "high" }, message).help(help))
    }
}

impl Normal {
    /// Whether less than about a millionth of the values lie between `low` and `high`, so that drawing them would take forever.
    fn is_rare(&self) -> bool {
        let Self { mean, sd, low, high } = *self;
        let distance = (low - mean).max(mean - high).max(0.0);
        if sd == 0.0 {
            return distance > 0.0;
        }
        let z = distance / sd;
        ((high - low) / sd).min(1.0) * exp(-0.5 * z * z) < 5e-6
    }
}
