//! The constants of one neuron, derived from its parameters.

use neuropil_core::iaf::check_euler_step;
use neuropil_core::math::exp;
use neuropil_core::{Constants as ConstantsDerive, ParameterError, Real, TimeGrid};

/// What a step needs to know about a neuron. Times are in s, because the bits of all that follows depend on the unit.
#[derive(Clone, Copy, Debug, ConstantsDerive)]
pub(crate) struct Constants<R> {
    pub(crate) dt: R,
    pub(crate) tau_m: R,
    /// The product of `tau_rise` and `tau_decay`.
    pub(crate) tau_product: R,
    /// exp(-dt/tau_rise).
    pub(crate) rise: R,
    /// exp(-dt/tau_decay).
    pub(crate) decay: R,
    pub(crate) i_e: R,
    pub(crate) v_th: R,
    pub(crate) v_reset: R,
    pub(crate) t_ref: f64,
}

impl<R: Real> Constants<R> {
    /// The constants for the parameters, in the order of their declaration.
    pub(crate) fn new(values: [f64; 7], grid: &TimeGrid) -> Result<Self, ParameterError> {
        let [tau_m, tau_rise, tau_decay, t_ref, v_reset, v_th, i_e] = values;
        if v_reset >= v_th {
            let message = format!("`V_reset` ({v_reset} mV) must be below `V_th` ({v_th} mV)");
            return Err(ParameterError::new("V_reset", message));
        }
        check_euler_step(tau_m, grid)?;
        let (dt, tau_rise, tau_decay) = (seconds(grid.dt_ms()), seconds(tau_rise), seconds(tau_decay));
        Ok(Self {
            dt: R::from_f64(dt),
            tau_m: R::from_f64(seconds(tau_m)),
            tau_product: R::from_f64(tau_rise * tau_decay),
            rise: R::from_f64(exp(-dt / tau_rise)),
            decay: R::from_f64(exp(-dt / tau_decay)),
            i_e: R::from_f64(i_e),
            v_th: R::from_f64(v_th),
            v_reset: R::from_f64(v_reset),
            t_ref: seconds(t_ref),
        })
    }
}

/// A time in s, from one in ms.
pub(crate) fn seconds(ms: f64) -> f64 {
    ms / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The doubles that NumPy has for the parameters of the script.
    #[test]
    fn constants_have_the_bits_of_the_script() {
        let grid = TimeGrid::new(0.05).unwrap();
        let c = Constants::<f64>::new([10.0, 2.0, 20.0, 2.0, -65.0, -40.0, -40.0], &grid).unwrap();
        assert_eq!((c.dt, c.tau_m, c.t_ref), (5e-5, 1e-2, 2e-3));
        assert_eq!(c.tau_product.to_bits(), 0x3f04_f8b5_88e3_68f1);
        assert_eq!(c.rise.to_bits(), 0x3fef_35bd_21f4_0adc);
        assert_eq!(c.decay.to_bits(), 0x3fef_eb8b_ab0b_5bf7);
    }
}
