//! The equation as the adaptive method sees it, in double precision.

use neuropil_core::prelude::*;

use crate::cell::{Cell, Drive};
use crate::dopri5::{self, SMALLEST};
use crate::{Integrator, Parameters};

/// The smallest tolerance, in mV: below, rounding would decide on the sub-steps.
const LEAST_TOLERANCE: f64 = 1e-12;

/// The fastest membrane that sub-steps can follow, as a rate per step. The method is stable up to 3.3.
const FASTEST: f64 = 3.0 / SMALLEST;

/// What the adaptive method needs to know about a neuron.
#[derive(Clone, Copy, Debug, Default, Constants)]
pub(crate) struct Adaptive {
    /// Whether the neuron takes it.
    pub(crate) on: bool,
    cell: Cell<f64>,
    /// The rates per step at which the conductances decay.
    rate_ex: f64,
    rate_in: f64,
    tolerance: f64,
}

impl Adaptive {
    pub(crate) fn new(p: &Parameters, grid: &TimeGrid) -> Result<Self, ParameterError> {
        if p.integrator == Integrator::Rk4 {
            // The same for all that do not take it: then blocks of neurons have nothing to load.
            return Ok(Self::default());
        }
        let tolerance = p.tolerance;
        if tolerance < LEAST_TOLERANCE {
            let message = format!("`tolerance` ({tolerance:e} mV) must be at least {LEAST_TOLERANCE:e} mV");
            return Err(ParameterError::new("tolerance", message));
        }
        let [rate_ex, rate_in] = [p.tau_syn_ex, p.tau_syn_in].map(|tau| grid.dt_ms() / tau);
        Ok(Self { on: true, cell: Cell::new(p, grid)?, rate_ex, rate_in, tolerance })
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
        drive.decayed(exp(-t * self.rate_ex), exp(-t * self.rate_in))
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
        let pulls = pull(g_ex, self.rate_ex, self.cell.ex.reversal)
            + pull(g_in, self.rate_in, self.cell.inh.reversal);
        rest - self.cell.scale * pulls / slope.rate / slope.rate
    }
}
