//! The constants of one neuron, derived from its parameters.

use neuropil_core::math::exp_m1;
use neuropil_core::{ParameterError, Real, TimeGrid};

/// What a step needs to know about a neuron. Potentials are relative to `E_L`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Propagator<R> {
    /// exp(-dt/tau_m) - 1.
    pub(crate) decay_m1: R,
    /// From a constant current to the membrane.
    pub(crate) from_current: R,
    pub(crate) i_e: R,
    pub(crate) e_l: R,
    pub(crate) v_reset: R,
    pub(crate) v_th: R,
    pub(crate) v_min: R,
    /// The refractory period, in steps.
    pub(crate) refractory: i32,
}

impl<R: Real> Propagator<R> {
    /// The constants for the parameters, in the order of their declaration.
    pub(crate) fn new(values: [f64; 8], grid: &TimeGrid) -> Result<Self, ParameterError> {
        let [c_m, tau_m, t_ref, e_l, v_reset, v_th, i_e, v_min] = values;
        if v_reset >= v_th {
            let message = format!("`V_reset` ({v_reset} mV) must be below `V_th` ({v_th} mV)");
            return Err(ParameterError::new("V_reset", message));
        }
        if v_min > v_reset {
            let message = format!("`V_min` ({v_min} mV) must not be above `V_reset` ({v_reset} mV)");
            return Err(ParameterError::new("V_min", message));
        }
        let refractory = grid.refractory_steps(t_ref).map_err(|e| ParameterError::new("t_ref", e))?;
        let decay_m1 = exp_m1(-grid.dt_ms() / tau_m);
        Ok(Self {
            decay_m1: R::from_f64(decay_m1),
            from_current: R::from_f64(-tau_m / c_m * decay_m1),
            i_e: R::from_f64(i_e),
            e_l: R::from_f64(e_l),
            v_reset: R::from_f64(v_reset - e_l),
            v_th: R::from_f64(v_th - e_l),
            v_min: R::from_f64(v_min - e_l),
            refractory,
        })
    }
}
