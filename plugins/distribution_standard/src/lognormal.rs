//! Values with a normal logarithm.

use neuropil_core::math;
use neuropil_core::prelude::*;

/// Log-normal: the logarithm of the values is normal.
///
/// # Numerics
///
/// Mean and standard deviation are those of the values themselves, not of their logarithm.
#[derive(Clone, Debug, Page, Parameters)]
#[model("lognormal")]
pub struct Lognormal {
    /// Mean of the values.
    #[parameter(any_unit, required, example = 2.0, Positive)]
    mean: f64,
    /// Standard deviation of the values.
    #[parameter(any_unit, required, example = 0.5, NonNegative)]
    sd: f64,
}

/// The square of a larger ratio of standard deviation and mean could overflow.
const MAX_RATIO: f64 = 1e100;

impl DistributionModel for Lognormal {
    fn draw(&self, random: &mut Sequence) -> f64 {
        let Self { mean, sd } = *self;
        let variance = math::ln_1p((sd / mean) * (sd / mean));
        exp(math::ln(mean) - 0.5 * variance + variance.sqrt() * random.normal())
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn sd(&self) -> f64 {
        self.sd
    }

    fn bounds(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn is_positive(&self) -> bool {
        true
    }

    fn check(&self, _show: &dyn Fn(f64) -> String) -> Result<(), ParameterError> {
        if self.sd / self.mean < MAX_RATIO {
            return Ok(());
        }
        Err(ParameterError::new("sd", "`sd` is too large for this mean"))
    }
}
