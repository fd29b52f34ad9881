//! Auryn's numbers: seconds and volts, rounded to the precision of the columns before anything is derived from them.

use neuropil_core::math::exp;
use neuropil_core::{Real, TimeGrid};

/// A number of ms or mV in s or V.
pub(crate) fn si<R: Real>(milli: f64) -> R {
    // The quotient is the double nearest to the decimal number; a product with 1e-3 need not be.
    R::from_f64(milli / 1e3)
}

/// What a step of time does to a variable with a time constant.
///
/// Auryn holds the time step in double precision and the time constants in single, and rounds the results.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TimeStep {
    seconds: f64,
}

impl TimeStep {
    pub(crate) fn new(grid: &TimeGrid) -> Self {
        Self { seconds: grid.dt_ms() / 1e3 }
    }

    /// dt/tau: the share of its distance that a variable goes in an Euler step.
    pub(crate) fn euler<R: Real>(self, tau_ms: f64) -> R {
        R::from_f64(self.seconds / si::<R>(tau_ms).to_f64())
    }

    /// exp(-dt/tau): what is left after a step of decay.
    pub(crate) fn decay<R: Real>(self, tau_ms: f64) -> R {
        R::from_f64(self.decay_f64::<R>(tau_ms))
    }

    /// 1 - exp(-dt/tau): what a step of decay takes.
    pub(crate) fn loss<R: Real>(self, tau_ms: f64) -> R {
        R::from_f64(1.0 - self.decay_f64::<R>(tau_ms))
    }

    fn decay_f64<R: Real>(self, tau_ms: f64) -> f64 {
        exp(-self.seconds / si::<R>(tau_ms).to_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_the_literals_of_auryn() {
        assert_eq!(TimeStep::new(&TimeGrid::new(0.1).unwrap()).seconds, 1e-4);
        assert_eq!([5.0, 10.0, 20.0, 100.0].map(si::<f32>), [5e-3, 10e-3, 20e-3, 100e-3]);
        assert_eq!([-50.0, -60.0, -70.0, -80.0].map(si::<f64>), [-50e-3, -60e-3, -70e-3, -80e-3]);
    }
}
