//! The constants of one neuron, derived from its parameters.

use neuropil_core::iaf::check_euler_step;
use neuropil_core::{Constants as ConstantsDerive, ParameterError, Real, TimeGrid};

use crate::si::{TimeStep, si};

/// What a step needs to know about a neuron, in s and V.
#[derive(Clone, Copy, Debug, ConstantsDerive)]
pub(crate) struct Constants<R> {
    /// `dt/tau_m`.
    pub(crate) membrane: R,
    /// exp(-dt/tau) of the conductances.
    pub(crate) decay_ampa: R,
    pub(crate) decay_gaba: R,
    pub(crate) e_l: R,
    pub(crate) e_gaba: R,
    pub(crate) v_th: R,
    pub(crate) background: R,
    /// The refractory period, in steps.
    pub(crate) refractory: i32,
}

impl<R: Real> Constants<R> {
    /// The constants for the parameters, in the order of their declaration.
    pub(crate) fn new(values: [f64; 8], grid: &TimeGrid) -> Result<Self, ParameterError> {
        let [tau_m, tau_ampa, tau_gaba, t_ref, e_l, e_gaba, v_th, bg_current] = values;
        if e_l >= v_th {
            let message =
                format!("`E_L` ({e_l} mV), to which `V_m` is reset, must be below `V_th` ({v_th} mV)");
            return Err(ParameterError::new("E_L", message));
        }
        check_euler_step(tau_m, grid)?;
        let step = TimeStep::new(grid);
        Ok(Self {
            membrane: step.euler(tau_m),
            decay_ampa: step.decay(tau_ampa),
            decay_gaba: step.decay(tau_gaba),
            e_l: si(e_l),
            e_gaba: si(e_gaba),
            v_th: si(v_th),
            background: si(bg_current),
            refractory: grid.refractory_steps(t_ref).map_err(|e| ParameterError::new("t_ref", e))?,
        })
    }
}
