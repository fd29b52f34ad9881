//! A distribution of weights and delays.

use neuropil_core::Value;
use neuropil_core::prelude::*;

/// Any number between two.
#[derive(Debug, Default, Parameters, Distribution)]
#[model("between")]
pub(crate) struct Between {
    /// The smallest.
    #[parameter(any_unit, required, example = 0.0)]
    low: f64,
    /// The largest.
    #[parameter(any_unit, required, example = 1.0)]
    high: f64,
}

impl DistributionModel for Between {
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
}

/// Numbers between two.
pub(crate) fn between(low: f64, high: f64) -> Value {
    Value::Random(neuropil_core::Distribution::new::<Between>(vec![low, high]))
}
