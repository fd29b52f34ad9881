//! What integrate-and-fire models share: declarations, and the constants and rules of threshold, reset and
//! refractoriness.

use std::hint::select_unpredictable;

use neuropil_macros::Constants;

use crate::declare::declaration::{Accepts, Initial, Parameter, Range, Receptor, StateVariable};
use crate::declare::units::{MS, MV, PA, PF};
use crate::error::ParameterError;
use crate::number::real::Real;
use crate::time::TimeGrid;

/// The membrane capacitance.
pub const C_M: Parameter = Parameter::new("C_m", PF, 250.0, "membrane capacitance").within(Range::Positive);
/// The membrane time constant.
pub const TAU_M: Parameter =
    Parameter::new("tau_m", MS, 10.0, "membrane time constant").within(Range::Positive);
/// The refractory period.
pub const T_REF: Parameter =
    Parameter::new("t_ref", MS, 2.0, "refractory period").within(Range::NonNegative).on_grid();
/// The resting potential.
pub const E_L: Parameter = Parameter::new("E_L", MV, -70.0, "resting potential");
/// The reset potential.
pub const V_RESET: Parameter = Parameter::new("V_reset", MV, -70.0, "reset potential, below V_th");
/// The threshold.
pub const V_TH: Parameter = Parameter::new("V_th", MV, -55.0, "threshold");
/// The constant input current.
pub const I_E: Parameter = Parameter::new("I_e", PA, 0.0, "constant input current");
/// The lower bound of the potential.
pub const V_MIN: Parameter =
    Parameter::new("V_min", MV, f64::NEG_INFINITY, "lower bound of V_m").within(Range::AnyOrInfinite);

/// The membrane potential.
pub const V_M: StateVariable = StateVariable::new("V_m", MV, Initial::Parameter("E_L"), "membrane potential");

/// The receptor for the current of stimuli.
pub const CURRENT: Receptor =
    Receptor { name: "current", unit: PA, accepts: Accepts::Current, meaning: "current of stimuli, I_stim" };

/// Threshold, reset and refractoriness of a neuron, with potentials relative to `E_L`.
#[derive(Clone, Copy, Debug, Default, Constants)]
pub struct Threshold<R> {
    /// The threshold.
    pub v_th: R,
    /// The reset potential.
    pub v_reset: R,
    /// The refractory period, in steps.
    pub refractory: i32,
}

impl<R: Real> Threshold<R> {
    /// The constants for potentials in mV and a refractory period in ms.
    ///
    /// # Errors
    /// Where the reset is not below the threshold, or the refractory period is off the grid or too long.
    pub fn new(
        (e_l, v_reset, v_th): (f64, f64, f64),
        t_ref: f64,
        grid: &TimeGrid,
    ) -> Result<Self, ParameterError> {
        check_reset(v_reset, v_th)?;
        Ok(Self {
            v_th: R::from_f64(v_th - e_l),
            v_reset: R::from_f64(v_reset - e_l),
            refractory: refractory_steps(t_ref, grid)?,
        })
    }

    /// The potential and the refractory count at the end of a step, and whether the neuron fires in it.
    ///
    /// `potential` is what the potential would be; while the neuron is refractory, that is the reset.
    #[inline(always)]
    pub fn apply(&self, potential: R, refractory: i32) -> (R, i32, bool) {
        let spike = potential >= self.v_th;
        let waiting = refractory - i32::from(refractory != 0);
        // Not `if`, which the compiler may turn into a branch that keeps the loop from running on vectors.
        let v = select_unpredictable(spike, self.v_reset, potential);
        (v, select_unpredictable(spike, self.refractory, waiting), spike)
    }

    /// The same in place: sets the potential and the refractory count of the end of a step.
    #[inline(always)]
    #[must_use]
    pub fn fire(&self, potential: R, v_m: &mut R, refractory: &mut i32) -> bool {
        let spike;
        (*v_m, *refractory, spike) = self.apply(potential, *refractory);
        spike
    }
}

/// The refractory period in steps, from one in ms.
///
/// # Errors
/// Where it is off the grid or too long.
pub fn refractory_steps(t_ref: f64, grid: &TimeGrid) -> Result<i32, ParameterError> {
    grid.refractory_steps(t_ref).map_err(|e| ParameterError::new("t_ref", e))
}

/// Checks that the reset is below the threshold.
///
/// # Errors
/// Where it is not.
pub fn check_reset(v_reset: f64, v_th: f64) -> Result<(), ParameterError> {
    if v_reset >= v_th {
        let message = format!("`V_reset` ({v_reset} mV) must be below `V_th` ({v_th} mV)");
        return Err(ParameterError::new("V_reset", message));
    }
    Ok(())
}

/// Checks that the lower bound of the potential leaves the reset free.
///
/// # Errors
/// Where it does not.
pub fn check_v_min(v_min: f64, v_reset: f64) -> Result<(), ParameterError> {
    if v_min > v_reset {
        let message = format!("`V_min` ({v_min} mV) must not be above `V_reset` ({v_reset} mV)");
        return Err(ParameterError::new("V_min", message));
    }
    Ok(())
}

/// Checks that a step of forward Euler does not overshoot the rest.
///
/// # Errors
/// Where the step is longer than the membrane time constant.
pub fn check_euler_step(tau_m: f64, grid: &TimeGrid) -> Result<(), ParameterError> {
    let dt = grid.dt_ms();
    if dt > tau_m {
        let message =
            format!("`tau_m` ({tau_m} ms) is shorter than `dt` ({dt} ms): forward Euler would overshoot");
        return Err(ParameterError::new("tau_m", message));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_that_do_not_fit_are_refused() {
        let grid = TimeGrid::new(0.1).unwrap();
        let with = |v_reset, t_ref| {
            Threshold::<f64>::new((-70.0, v_reset, -55.0), t_ref, &grid).map_err(|e| e.parameter)
        };
        assert_eq!(with(-55.0, 2.0).err(), Some("V_reset"));
        assert_eq!(with(-54.0, 2.0).err(), Some("V_reset"));
        assert_eq!(with(-70.0, 2.03).err(), Some("t_ref"));
        assert_eq!(with(-70.0, 3e8).err(), Some("t_ref"));
        assert_eq!(with(-70.0, 1.7).unwrap().refractory, 17);
        assert_eq!(check_v_min(-60.0, -70.0).unwrap_err().parameter, "V_min");
        assert!(check_v_min(f64::NEG_INFINITY, -70.0).is_ok());
    }
}
