//! The exponential and its inverse.

use neuropil_core::math;
use neuropil_core::prelude::*;

/// Exponential function.
#[derive(Page, Parameters)]
#[model("exp")]
pub struct Exp {
    /// Exponent.
    #[parameter(NONE, required, example = 1.0, AnyOrInfinite)]
    x: f64,
}

impl FunctionModel for Exp {
    const RESULT: ResultUnit = ResultUnit::Own(units::NONE);

    fn value(&self) -> Result<f64, ParameterError> {
        Ok(exp(self.x))
    }
}

/// Natural logarithm.
#[derive(Page, Parameters)]
#[model("ln")]
pub struct Ln {
    /// What the logarithm is taken of.
    #[parameter(NONE, required, example = 2.0, Positive)]
    x: f64,
}

impl FunctionModel for Ln {
    const RESULT: ResultUnit = ResultUnit::Own(units::NONE);

    fn value(&self) -> Result<f64, ParameterError> {
        Ok(math::ln(self.x))
    }
}
