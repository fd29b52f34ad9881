//! The constants of one neuron, derived from its parameters.

use neuropil_core::iaf::{Threshold, check_v_min};
use neuropil_core::math::exp_m1;
use neuropil_core::{ParameterError, Real, TimeGrid, constants};

constants! {
    /// What a step needs to know about a neuron. Potentials are relative to `E_L`.
    pub(crate) struct Propagator<R> {
        /// exp(-dt/tau_m) - 1.
        pub(crate) decay_m1: R,
        /// From a constant current to the membrane.
        pub(crate) from_current: R,
        pub(crate) i_e: R,
        pub(crate) e_l: R,
        pub(crate) threshold: Threshold<R>,
        pub(crate) v_min: R,
    }
}

impl<R: Real> Propagator<R> {
    /// The constants for the parameters, in the order of their declaration.
    pub(crate) fn new(values: [f64; 8], grid: &TimeGrid) -> Result<Self, ParameterError> {
        let [c_m, tau_m, t_ref, e_l, v_reset, v_th, i_e, v_min] = values;
        let threshold = Threshold::new((e_l, v_reset, v_th), t_ref, grid)?;
        check_v_min(v_min, v_reset)?;
        let decay_m1 = exp_m1(-grid.dt_ms() / tau_m);
        Ok(Self {
            decay_m1: R::from_f64(decay_m1),
            from_current: R::from_f64(-tau_m / c_m * decay_m1),
            i_e: R::from_f64(i_e),
            e_l: R::from_f64(e_l),
            threshold,
            v_min: R::from_f64(v_min - e_l),
        })
    }
}
