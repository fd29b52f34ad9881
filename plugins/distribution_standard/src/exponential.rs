//! Values that decay.

use neuropil_core::prelude::*;

/// Exponential: the larger a value above zero, the less likely it is.
#[derive(Clone, Debug, Page, Parameters)]
#[model("exponential")]
pub struct Exponential {
    /// Mean.
    #[parameter(any_unit, required, example = 2.0, Positive)]
    mean: f64,
}

impl DistributionModel for Exponential {
    fn draw(&self, random: &mut Sequence) -> f64 {
        self.mean * random.exponential()
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn sd(&self) -> f64 {
        self.mean
    }

    fn bounds(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn is_positive(&self) -> bool {
        true
    }
}
