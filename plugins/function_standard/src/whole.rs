//! Whole numbers.

use neuropil_core::prelude::*;

/// The next whole number above.
#[derive(Page, Parameters)]
#[model("ceil")]
pub struct Ceil {
    /// A number.
    #[parameter(NONE, required, example = 2.5, AnyOrInfinite)]
    x: f64,
}

impl FunctionModel for Ceil {
    const RESULT: ResultUnit = ResultUnit::Own(units::NONE);

    fn value(&self) -> Result<f64, ParameterError> {
        Ok(self.x.ceil())
    }
}

/// The next whole number below.
#[derive(Page, Parameters)]
#[model("floor")]
pub struct Floor {
    /// A number.
    #[parameter(NONE, required, example = 2.5, AnyOrInfinite)]
    x: f64,
}

impl FunctionModel for Floor {
    const RESULT: ResultUnit = ResultUnit::Own(units::NONE);

    fn value(&self) -> Result<f64, ParameterError> {
        Ok(self.x.floor())
    }
}

/// The next whole number towards zero.
#[derive(Page, Parameters)]
#[model("int")]
pub struct Int {
    /// A number.
    #[parameter(NONE, required, example = 2.5, AnyOrInfinite)]
    x: f64,
}

impl FunctionModel for Int {
    const RESULT: ResultUnit = ResultUnit::Own(units::NONE);

    fn value(&self) -> Result<f64, ParameterError> {
        Ok(self.x.trunc())
    }
}

/// The nearest whole number; halves go away from zero.
#[derive(Page, Parameters)]
#[model("round")]
pub struct Round {
    /// A number.
    #[parameter(NONE, required, example = 2.5, AnyOrInfinite)]
    x: f64,
}

impl FunctionModel for Round {
    const RESULT: ResultUnit = ResultUnit::Own(units::NONE);

    fn value(&self) -> Result<f64, ParameterError> {
        Ok(self.x.round())
    }
}
