//! The constants of one neuron, derived from its parameters.

use neuropil_core::iaf::Threshold;
use neuropil_core::math::{exp, exp_m1, exponential_to_membrane};
use neuropil_core::{ParameterError, Real, TimeGrid, constants};

constants! {
    /// What a step needs to know about a neuron. Potentials are relative to `E_L`.
    pub(crate) struct Propagator<R> {
        /// exp(-dt/tau_m) - 1.
        pub(crate) p22_m1: R,
        /// From a constant current to the membrane.
        pub(crate) p20: R,
        /// The excitatory receptor.
        pub(crate) ex: Exponential<R>,
        /// The inhibitory receptor.
        pub(crate) inh: Exponential<R>,
        pub(crate) i_e: R,
        pub(crate) e_l: R,
        pub(crate) threshold: Threshold<R>,
    }
}

constants! {
    /// The propagator of an exponential current.
    pub(crate) struct Exponential<R> {
        /// The decay of the current.
        pub(crate) p11: R,
        /// From the current to the membrane.
        pub(crate) p21: R,
    }
}

impl<R: Real> Propagator<R> {
    /// The constants for the parameters, in the order of their declaration.
    pub(crate) fn new(values: [f64; 9], grid: &TimeGrid) -> Result<Self, ParameterError> {
        let [c_m, tau_m, tau_syn_ex, tau_syn_in, t_ref, e_l, v_reset, v_th, i_e] = values;
        let threshold = Threshold::new((e_l, v_reset, v_th), t_ref, grid)?;
        let h = grid.dt_ms();
        let decay = exp_m1(-h / tau_m);
        Ok(Self {
            p22_m1: R::from_f64(decay),
            p20: R::from_f64(-tau_m / c_m * decay),
            ex: Exponential::new(h, tau_m, tau_syn_ex, c_m),
            inh: Exponential::new(h, tau_m, tau_syn_in, c_m),
            i_e: R::from_f64(i_e),
            e_l: R::from_f64(e_l),
            threshold,
        })
    }
}

impl<R: Real> Exponential<R> {
    fn new(h: f64, tau_m: f64, tau_syn: f64, c_m: f64) -> Self {
        Self {
            p11: R::from_f64(exp(-h / tau_syn)),
            p21: R::from_f64(exponential_to_membrane(h, tau_m, tau_syn, c_m)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_that_do_not_fit_are_refused() {
        let grid = TimeGrid::new(0.1).unwrap();
        let with = |v_reset, t_ref| {
            Propagator::<f64>::new([250.0, 10.0, 2.0, 2.0, t_ref, -70.0, v_reset, -55.0, 0.0], &grid)
                .map_err(|e| e.parameter)
        };
        assert_eq!(with(-55.0, 2.0).err(), Some("V_reset"));
        assert_eq!(with(-54.0, 2.0).err(), Some("V_reset"));
        assert_eq!(with(-70.0, 2.03).err(), Some("t_ref"));
        assert_eq!(with(-70.0, 3e8).err(), Some("t_ref"));
        assert_eq!(with(-70.0, 1.7).unwrap().threshold.refractory, 17);
    }
}
