//! The equation of the membrane, and one Runge–Kutta step of it.

use neuropil_core::prelude::*;

use crate::{Integrator, Parameters};

/// What the membrane needs to know. Time is counted in steps, and potentials are relative to `E_L`.
#[derive(Clone, Copy, Debug, Default, Constants)]
pub(crate) struct Cell<R> {
    /// How fast the leak alone moves the membrane: `dt g_L/C_m`.
    leak: R,
    /// What 1 pA moves in a step, in mV; for 1 nS, the rate per step: `dt/C_m`.
    pub(crate) scale: R,
    I_e: R,
    pub(crate) ex: Conductance<R>,
    pub(crate) inh: Conductance<R>,
    pub(crate) threshold: Threshold<R>,
}

/// The constants of one conductance.
#[derive(Clone, Copy, Debug, Default, Constants)]
pub(crate) struct Conductance<R> {
    pub(crate) reversal: R,
    /// What is left of the conductance after half a step, and after a step.
    half: R,
    pub(crate) full: R,
}

/// The state of a neuron on which the membrane moves.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Drive<R> {
    /// The current of stimuli.
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

/// Beyond so many time constants in a step the method of fixed steps is unstable.
const RK4_LIMIT: f64 = 2.78;

impl Cell<f64> {
    pub(crate) fn new(p: &Parameters, grid: &TimeGrid) -> Result<Self, ParameterError> {
        let h = grid.dt_ms();
        if p.integrator == Integrator::Rk4 && h * p.g_L / p.C_m > RK4_LIMIT {
            let message = format!(
                "the membrane time constant C_m/g_L ({} ms) is too short for fixed steps of {h} ms; take shorter steps, or \
                 `integrator: dopri5`",
                p.C_m / p.g_L
            );
            return Err(ParameterError::new("g_L", message));
        }
        let conductance = |reversal: f64, tau: f64| {
            let rate = h / tau;
            Conductance { reversal: reversal - p.E_L, half: exp(-0.5 * rate), full: exp(-rate) }
        };
        Ok(Self {
            leak: h * p.g_L / p.C_m,
            scale: h / p.C_m,
            I_e: p.I_e,
            ex: conductance(p.E_ex, p.tau_syn_ex),
            inh: conductance(p.E_in, p.tau_syn_in),
            threshold: Threshold::new((p.E_L, p.V_reset, p.V_th), p.t_ref, grid)?,
        })
    }
}

impl<R: Real> Cell<R> {
    /// The equation for these conductances.
    #[inline(always)]
    pub(crate) fn slope(&self, drive: Drive<R>) -> Slope<R> {
        let Drive { i_stim, g_ex, g_in } = drive;
        let current = i_stim + self.I_e + g_ex * self.ex.reversal + g_in * self.inh.reversal;
        Slope {
            push: self.scale * current,
            rate: self.leak + self.scale * (g_ex + g_in),
            v_th: self.threshold.v_th,
        }
    }

    /// The potential at the end of a step, by the method of order four, whose stages take the exact conductances.
    #[inline(always)]
    pub(crate) fn rk4(&self, v: R, drive: Drive<R>) -> R {
        let half = R::from_f64(0.5);
        let middle = self.slope(drive.decayed(self.ex.half, self.inh.half));
        let end = self.slope(drive.decayed(self.ex.full, self.inh.full));
        let k1 = self.slope(drive).at(v);
        let k2 = middle.at(v + half * k1);
        let k3 = middle.at(v + half * k2);
        let k4 = end.at(v + k3);
        let inner = k2 + k3;
        v + R::from_f64(1.0 / 6.0) * (k1 + inner + inner + k4)
    }
}

impl<R: Real> Drive<R> {
    /// What is left when so much is left of each conductance.
    #[inline(always)]
    pub(crate) fn decayed(self, ex: R, inh: R) -> Self {
        Self { g_ex: self.g_ex * ex, g_in: self.g_in * inh, ..self }
    }

    pub(crate) fn to_f64(self) -> Drive<f64> {
        Drive { i_stim: self.i_stim.to_f64(), g_ex: self.g_ex.to_f64(), g_in: self.g_in.to_f64() }
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
