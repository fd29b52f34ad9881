//! All values alike.

use neuropil_core::prelude::*;

use crate::order::in_order;

/// Uniform between two ends: all values are equally likely.
///
/// # Numerics
///
/// The lower end can be drawn, the upper cannot. The position between them is resolved to 2^-53.
#[derive(Clone, Debug, Page, Parameters)]
#[model("uniform")]
pub struct Uniform {
    /// Lower end.
    #[parameter(any_unit, required, example = 1.0)]
    low: f64,
    /// Upper end, above `low`.
    #[parameter(any_unit, required, example = 2.0)]
    high: f64,
}

impl DistributionModel for Uniform {
    fn draw(&self, random: &mut Sequence) -> f64 {
        self.low + (self.high - self.low) * random.uniform()
    }

    fn mean(&self) -> f64 {
        0.5 * (self.low + self.high)
    }

    fn sd(&self) -> f64 {
        (self.high - self.low) / 12.0_f64.sqrt()
    }

    fn bounds(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    fn check(&self, show: &dyn Fn(f64) -> String) -> Result<(), ParameterError> {
        in_order(self.low, self.high, show)
    }
}
