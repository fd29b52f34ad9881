//! The constants of one neuron, and its equation.

use neuropil_core::iaf::Threshold;
use neuropil_core::math::exp;
use neuropil_core::{Constants as ConstantsDerive, ParameterError, Real, TimeGrid};

use crate::{DOPRI5, INTEGRATOR, PARAMETERS};

/// What a step needs to know about a neuron. Time is counted in steps, and potentials are relative to `E_L`.
#[derive(Clone, Copy, Debug, ConstantsDerive)]
pub(crate) struct Cell<R> {
    /// How fast the leak alone moves the membrane: `dt g_L/C_m`.
    leak: R,
    /// What 1 pA moves in a step, in mV; for 1 nS, the rate per step: `dt/C_m`.
    pub(crate) scale: R,
    i_e: R,
    pub(crate) e_l: R,
    pub(crate) ex: Conductance<R>,
    pub(crate) inh: Conductance<R>,
    pub(crate) threshold: Threshold<R>,
}

/// Beyond so many time constants in a step the method of fixed steps is unstable.
const RK4_LIMIT: f64 = 2.78;

/// The constants of one conductance.
#[derive(Clone, Copy, Debug, ConstantsDerive)]
pub(crate) struct Conductance<R> {
    /// The reversal potential.
    pub(crate) reversal: R,
    /// What is left of the conductance after half a step.
    pub(crate) half: R,
    /// What is left of it after a step.
    pub(crate) full: R,
}

/// The state of a neuron on which the membrane moves.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Drive<R> {
    /// The current of devices.
    pub(crate) i_stim: R,
    pub(crate) g_ex: R,
    pub(crate) g_in: R,
}

/// The equation at one instant: `dV/dt = push - rate min(V, V_th)`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slope<R> {
    pub(crate) push: R,
    pub(crate) rate: R,
    v_th: R,
}

impl<R: Real> Cell<R> {
    /// The constants for the parameters, in the order of their declaration.
    pub(crate) fn new(values: [f64; PARAMETERS.len()], grid: &TimeGrid) -> Result<Self, ParameterError> {
        let [c_m, g_l, e_ex, e_in, tau_syn_ex, tau_syn_in, t_ref, e_l, v_reset, v_th, i_e, ..] = values;
        let h = grid.dt_ms();
        if values[INTEGRATOR] != DOPRI5 && h * g_l / c_m > RK4_LIMIT {
            let message = format!(
                "the membrane time constant C_m/g_L ({} ms) is too short for fixed steps of {h} ms; take shorter steps, or \
                 `integrator: dopri5`",
                c_m / g_l
            );
            return Err(ParameterError::new("g_L", message));
        }
        Ok(Self {
            leak: R::from_f64(h * g_l / c_m),
            scale: R::from_f64(h / c_m),
            i_e: R::from_f64(i_e),
            e_l: R::from_f64(e_l),
            ex: Conductance::new(e_ex - e_l, h / tau_syn_ex),
            inh: Conductance::new(e_in - e_l, h / tau_syn_in),
            threshold: Threshold::new((e_l, v_reset, v_th), t_ref, grid)?,
        })
    }

    /// The equation for these conductances.
    #[inline(always)]
    pub(crate) fn slope(&self, drive: Drive<R>) -> Slope<R> {
        let Drive { i_stim, g_ex, g_in } = drive;
        let current = i_stim + self.i_e + g_ex * self.ex.reversal + g_in * self.inh.reversal;
        Slope {
            push: self.scale * current,
            rate: self.leak + self.scale * (g_ex + g_in),
            v_th: self.threshold.v_th,
        }
    }
}

impl<R: Real> Conductance<R> {
    /// A conductance that decays at `rate` per step.
    fn new(reversal: f64, rate: f64) -> Self {
        Self {
            reversal: R::from_f64(reversal),
            half: R::from_f64(exp(-0.5 * rate)),
            full: R::from_f64(exp(-rate)),
        }
    }
}

impl<R: Real> Slope<R> {
    /// How much the potential `v` would move in a step.
    #[inline(always)]
    pub(crate) fn at(&self, v: R) -> R {
        let bounded = if v > self.v_th { self.v_th } else { v };
        self.push - self.rate * bounded
    }
}
