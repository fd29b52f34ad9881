//! The equation as the adaptive method sees it, in double precision.

use neuropil_core::math::exp;
use neuropil_core::{ParameterError, TimeGrid};

use crate::PARAMETERS;
use crate::cell::{Cell, Drive};
use crate::dopri5::{self, SMALLEST};

/// The smallest tolerance, in mV: below, rounding would decide on the sub-steps.
const LEAST_TOLERANCE: f64 = 1e-12;

/// The fastest membrane that sub-steps can follow, as a rate per step. The method is stable up to 3.3.
const FASTEST: f64 = 3.0 / SMALLEST;

/// What the adaptive method needs to know about a neuron.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Adaptive {
    cell: Cell<f64>,
    /// The rates per step at which the conductances decay.
    rates: [f64; 2],
    tolerance: f64,
}

impl Adaptive {
    /// The constants for the parameters, in the order of their declaration.
    pub(crate) fn new(values: [f64; PARAMETERS.len()], grid: &TimeGrid) -> Result<Self, ParameterError> {
        let [_, _, _, _, tau_syn_ex, tau_syn_in, .., tolerance] = values;
        if tolerance < LEAST_TOLERANCE {
            let message = format!("`tolerance` ({tolerance:e} mV) must be at least {LEAST_TOLERANCE:e} mV");
            return Err(ParameterError::new("tolerance", message));
        }
        let rates = [tau_syn_ex, tau_syn_in].map(|tau| grid.dt_ms() / tau);
        Ok(Self { cell: Cell::new(values, grid)?, rates, tolerance })
    }

    /// The potential at the end of a step. `sub_step` is the one to begin with, as a part of the step.
    pub(crate) fn advance(&self, v: f64, drive: Drive<f64>, sub_step: &mut f64) -> f64 {
        let slope = |t, [v]: [f64; 1]| [self.cell.slope(self.decayed(drive, t)).at(v)];
        let (start, v) = self.skip_fastest(v, drive);
        let [v] = dopri5::advance(slope, [self.tolerance], start, [v], sub_step);
        v
    }

    /// The conductances at time `t` of the step.
    fn decayed(&self, drive: Drive<f64>, t: f64) -> Drive<f64> {
        let [ex, inh] = self.rates;
        Drive { g_ex: drive.g_ex * exp(-t * ex), g_in: drive.g_in * exp(-t * inh), ..drive }
    }

    /// Where sub-steps would be unstable at first: when they no longer are, and the potential then.
    ///
    /// A membrane as fast as that sits where the conductances drive it.
    fn skip_fastest(&self, v: f64, drive: Drive<f64>) -> (f64, f64) {
        let is_fast = |t| self.cell.slope(self.decayed(drive, t)).rate > FASTEST;
        if !is_fast(0.0) {
            return (0.0, v);
        }
        let (mut fast, mut end) = (0.0, 1.0);
        if is_fast(end) {
            return (end, self.driven(self.decayed(drive, end)));
        }
        while end - fast > SMALLEST {
            let middle = 0.5 * (fast + end);
            *(if is_fast(middle) { &mut fast } else { &mut end }) = middle;
        }
        (end, self.driven(self.decayed(drive, end)))
    }

    /// The potential of a fast membrane: where it would rest, less by how much it lags behind as that place moves.
    fn driven(&self, drive: Drive<f64>) -> f64 {
        let Drive { g_ex, g_in, .. } = drive;
        let slope = self.cell.slope(drive);
        let rest = slope.push / slope.rate;
        let pull = |g, rate, reversal| g * rate * (rest - reversal);
        let pulls = pull(g_ex, self.rates[0], self.cell.ex.reversal)
            + pull(g_in, self.rates[1], self.cell.inh.reversal);
        rest - self.cell.scale * pulls / slope.rate / slope.rate
    }
}
