//! The constants of one neuron, derived from its parameters.

use std::f64::consts::E;

use neuropil_core::iaf::{Threshold, check_v_min};
use neuropil_core::math::{exp, exp_m1, exponential_to_membrane, ramp_to_membrane};
use neuropil_core::{ParameterError, Real, TimeGrid, constants};

constants! {
    /// What a step needs to know about a neuron. Potentials are relative to `E_L`.
    pub(crate) struct Propagator<R> {
        /// exp(-dt/tau_m) - 1.
        pub(crate) p33_m1: R,
        /// From a constant current to the membrane.
        pub(crate) p30: R,
        /// The excitatory receptor.
        pub(crate) ex: Alpha<R>,
        /// The inhibitory receptor.
        pub(crate) inh: Alpha<R>,
        pub(crate) i_e: R,
        pub(crate) e_l: R,
        pub(crate) threshold: Threshold<R>,
        pub(crate) v_min: R,
    }
}

constants! {
    /// The propagator of an alpha-shaped current.
    pub(crate) struct Alpha<R> {
        /// The decay of the current and its derivative.
        pub(crate) p11: R,
        /// From the derivative to the current.
        pub(crate) p21: R,
        /// From the derivative to the membrane.
        pub(crate) p31: R,
        /// From the current to the membrane.
        pub(crate) p32: R,
        /// The jump of the derivative that gives a current with a peak of one.
        pub(crate) jump: R,
    }
}

impl<R: Real> Propagator<R> {
    /// The constants for the parameters, in the order of their declaration.
    pub(crate) fn new(values: [f64; 10], grid: &TimeGrid) -> Result<Self, ParameterError> {
        let [c_m, tau_m, tau_syn_ex, tau_syn_in, t_ref, e_l, v_reset, v_th, i_e, v_min] = values;
        let threshold = Threshold::new((e_l, v_reset, v_th), t_ref, grid)?;
        check_v_min(v_min, v_reset)?;
        let h = grid.dt_ms();
        let decay = exp_m1(-h / tau_m);
        Ok(Self {
            p33_m1: R::from_f64(decay),
            p30: R::from_f64(-tau_m / c_m * decay),
            ex: Alpha::new(h, tau_m, tau_syn_ex, c_m),
            inh: Alpha::new(h, tau_m, tau_syn_in, c_m),
            i_e: R::from_f64(i_e),
            e_l: R::from_f64(e_l),
            threshold,
            v_min: R::from_f64(v_min - e_l),
        })
    }
}

impl<R: Real> Alpha<R> {
    fn new(h: f64, tau_m: f64, tau_syn: f64, c_m: f64) -> Self {
        let p11 = exp(-h / tau_syn);
        Self {
            p11: R::from_f64(p11),
            p21: R::from_f64(h * p11),
            p31: R::from_f64(ramp_to_membrane(h, tau_m, tau_syn, c_m)),
            p32: R::from_f64(exponential_to_membrane(h, tau_m, tau_syn, c_m)),
            jump: R::from_f64(E / tau_syn),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_that_do_not_fit_are_refused() {
        let grid = TimeGrid::new(0.1).unwrap();
        let with = |v_reset, t_ref, v_min| {
            Propagator::<f64>::new([250.0, 10.0, 2.0, 2.0, t_ref, -70.0, v_reset, -55.0, 0.0, v_min], &grid)
                .map_err(|e| e.parameter)
        };
        assert_eq!(with(-55.0, 2.0, -90.0).err(), Some("V_reset"));
        assert_eq!(with(-70.0, 2.03, -90.0).err(), Some("t_ref"));
        assert_eq!(with(-70.0, 2.0, -60.0).err(), Some("V_min"));
        assert_eq!(with(-70.0, 1.7, f64::NEG_INFINITY).unwrap().threshold.refractory, 17);
    }
}
