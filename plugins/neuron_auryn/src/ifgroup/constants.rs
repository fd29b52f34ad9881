//! The constants of one neuron, derived from its parameters.

use neuropil_core::iaf::check_euler_step;
use neuropil_core::{Constants as ConstantsDerive, ParameterError, Real, TimeGrid};

use crate::si::{TimeStep, si};

/// What a step needs to know about a neuron, in s and V.
#[derive(Clone, Copy, Debug, ConstantsDerive)]
pub(crate) struct Constants<R> {
    /// `dt/tau_m`.
    pub(crate) membrane: R,
    /// exp(-dt/tau) of conductances and threshold.
    pub(crate) decay_ampa: R,
    pub(crate) decay_gaba: R,
    pub(crate) decay_thr: R,
    /// 1 - exp(-dt/tau_nmda).
    pub(crate) loss_nmda: R,
    /// The shares of the excitatory conductances.
    pub(crate) a_ampa: R,
    pub(crate) a_nmda: R,
    pub(crate) e_l: R,
    pub(crate) e_gaba: R,
    pub(crate) v_reset: R,
    pub(crate) v_th: R,
    pub(crate) dthr: R,
}

impl<R: Real> Constants<R> {
    /// The constants for the parameters, in the order of their declaration.
    pub(crate) fn new(values: [f64; 11], grid: &TimeGrid) -> Result<Self, ParameterError> {
        check(&values)?;
        let [tau_m, tau_ampa, tau_nmda, tau_gaba, tau_thr, ratio, e_l, e_gaba, v_reset, v_th, dthr] = values;
        check_euler_step(tau_m, grid)?;
        let step = TimeStep::new(grid);
        let ratio = R::from_f64(ratio).to_f64();
        Ok(Self {
            membrane: step.euler(tau_m),
            decay_ampa: step.decay(tau_ampa),
            decay_gaba: step.decay(tau_gaba),
            decay_thr: step.decay(tau_thr),
            loss_nmda: step.loss(tau_nmda),
            a_ampa: R::from_f64(ratio / (ratio + 1.0)),
            a_nmda: R::from_f64(1.0 / (ratio + 1.0)),
            e_l: si(e_l),
            e_gaba: si(e_gaba),
            v_reset: si(v_reset),
            v_th: si(v_th),
            dthr: si(dthr),
        })
    }
}

/// Whether the parameters fit together.
fn check(values: &[f64; 11]) -> Result<(), ParameterError> {
    let [_, tau_ampa, tau_nmda, _, _, _, _, e_gaba, v_reset, v_th, _] = values;
    let (parameter, message) = if v_reset >= v_th {
        ("V_reset", format!("`V_reset` ({v_reset} mV) must be below `V_th` ({v_th} mV)"))
    } else if tau_nmda < tau_ampa {
        ("tau_nmda", format!("`tau_nmda` ({tau_nmda} ms) must not be below `tau_ampa` ({tau_ampa} ms)"))
    } else if *e_gaba > 0.0 {
        (
            "E_gaba",
            format!("`E_gaba` ({e_gaba} mV), the lower bound of `V_m`, must not be above 0 mV, the upper"),
        )
    } else {
        return Ok(());
    };
    Err(ParameterError::new(parameter, message))
}
