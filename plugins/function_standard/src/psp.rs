//! The size of postsynaptic potentials.

use neuropil_core::math;
use neuropil_core::prelude::*;

/// The peak of the potential that an alpha-shaped current of 1 pA causes: mV per pA.
///
/// # Numerics
///
/// A closed form with the Lambert W function, for time constants that differ.
#[derive(Page, Parameters)]
#[model("psp_max_alpha")]
#[expect(non_snake_case, reason = "names as in the literature")]
pub struct PspMaxAlpha {
    /// Membrane time constant.
    #[parameter(MS, required, example = 20.0, Positive)]
    tau_m: f64,
    /// Rise time of the current.
    #[parameter(MS, required, example = 2.0, Positive)]
    tau_syn: f64,
    /// Membrane capacitance.
    #[parameter(PF, required, example = 250.0, Positive)]
    C_m: f64,
}

impl FunctionModel for PspMaxAlpha {
    const RESULT: ResultUnit = ResultUnit::Own(units::GOHM);

    fn value(&self) -> Result<f64, ParameterError> {
        let (_, height) = math::psp_max_alpha(self.tau_m, self.tau_syn, self.C_m);
        if height.is_finite() && height > 0.0 {
            return Ok(height);
        }
        Err(ParameterError::new("tau_syn", "`psp_max_alpha` needs two time constants that differ"))
    }
}
