//! Functions of quantities of any unit.

use neuropil_core::prelude::*;

/// The size of a quantity, without its sign.
#[derive(Page, Parameters)]
#[model("abs")]
pub struct Abs {
    /// The quantity.
    #[parameter(any_unit, required, example = -2.0, AnyOrInfinite)]
    x: f64,
}

impl FunctionModel for Abs {
    const RESULT: ResultUnit = ResultUnit::Same;

    fn value(&self) -> Result<f64, ParameterError> {
        Ok(self.x.abs())
    }
}

/// The largest of any number of quantities.
#[derive(Page, Parameters)]
#[model("max")]
pub struct Max {
    /// One.
    #[parameter(any_unit, required, example = 1.0, AnyOrInfinite)]
    a: f64,
    /// Another.
    #[parameter(any_unit, required, example = 2.0, AnyOrInfinite)]
    b: f64,
}

impl FunctionModel for Max {
    const RESULT: ResultUnit = ResultUnit::Same;
    const FOLDS: bool = true;

    fn value(&self) -> Result<f64, ParameterError> {
        Ok(self.a.max(self.b))
    }
}

/// The smallest of any number of quantities.
#[derive(Page, Parameters)]
#[model("min")]
pub struct Min {
    /// One.
    #[parameter(any_unit, required, example = 1.0, AnyOrInfinite)]
    a: f64,
    /// Another.
    #[parameter(any_unit, required, example = 2.0, AnyOrInfinite)]
    b: f64,
}

impl FunctionModel for Min {
    const RESULT: ResultUnit = ResultUnit::Same;
    const FOLDS: bool = true;

    fn value(&self) -> Result<f64, ParameterError> {
        Ok(self.a.min(self.b))
    }
}

/// Square root.
#[derive(Page, Parameters)]
#[model("sqrt")]
pub struct Sqrt {
    /// A quantity whose unit has a root, such as a number or an area.
    #[parameter(any_unit, required, example = 4.0, NonNegativeOrInfinite)]
    x: f64,
}

impl FunctionModel for Sqrt {
    const RESULT: ResultUnit = ResultUnit::Root(2);

    fn value(&self) -> Result<f64, ParameterError> {
        Ok(self.x.sqrt())
    }
}
