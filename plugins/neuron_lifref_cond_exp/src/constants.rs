//! The constants of one neuron, derived from its parameters.

use neuropil_core::math::exp;
use neuropil_core::{Constants as ConstantsDerive, ParameterError, Real, TimeGrid};

use crate::gigaohm;

/// What a step needs to know about a neuron.
#[derive(Clone, Copy, Debug, ConstantsDerive)]
pub(crate) struct Constants<R> {
    /// dt / `tau_m`.
    pub(crate) rate: R,
    /// The resistance, in mV per pA.
    pub(crate) r_m: R,
    /// Where the potential rests without conductances: `E_L` + `R_m` `I_e`.
    pub(crate) rest: R,
    pub(crate) ex: Conductance<R>,
    pub(crate) inh: Conductance<R>,
    pub(crate) v_th: R,
    pub(crate) v_reset: R,
    /// `V_th` - `V_reset`.
    pub(crate) fall: R,
    pub(crate) hard: bool,
    /// For how many steps after that of its spike a neuron is held.
    pub(crate) held: i32,
}

/// The constants of a conductance.
#[derive(Clone, Copy, Debug, ConstantsDerive)]
pub(crate) struct Conductance<R> {
    pub(crate) decay: R,
    pub(crate) reversal: R,
}

impl<R: Real> Constants<R> {
    /// The constants for the parameters, in the order of their declaration.
    pub(crate) fn new(values: [f64; 12], grid: &TimeGrid) -> Result<Self, ParameterError> {
        let [tau_m, r_m, e_l, v_reset, v_th, e_ex, e_in, tau_syn_ex, tau_syn_in, i_e, t_ref, reset] = values;
        if v_reset >= v_th {
            let message = format!("`V_reset` ({v_reset} mV) must be below `V_th` ({v_th} mV)");
            return Err(ParameterError::new("V_reset", message));
        }
        let refractory = grid.refractory_steps(t_ref).map_err(|e| ParameterError::new("t_ref", e))?;
        let h = grid.dt_ms();
        let conductance = |tau: f64, reversal: f64| Conductance {
            decay: R::from_f64(exp(-h / tau)),
            reversal: R::from_f64(reversal),
        };
        Ok(Self {
            rate: R::from_f64(h / tau_m),
            r_m: R::from_f64(gigaohm(r_m)),
            rest: R::from_f64(e_l + gigaohm(r_m) * i_e),
            ex: conductance(tau_syn_ex, e_ex),
            inh: conductance(tau_syn_in, e_in),
            v_th: R::from_f64(v_th),
            v_reset: R::from_f64(v_reset),
            fall: R::from_f64(v_th - v_reset),
            hard: reset == 1.0,
            held: (refractory - 1).max(0),
        })
    }
}
