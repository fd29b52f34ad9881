//! Functions of the expressions of scenes.

use std::fmt;

use crate::declare::page::Page;
use crate::declare::parameters::Parameters;
use crate::declare::units::{NONE, Unit};
use crate::error::ParameterError;

/// A function that expressions can call: a struct of its arguments, in their order.
///
/// An argument is a number in the unit that it declares. Those of `any_unit` must all have one dimension, and are numbers in a unit
/// that they share. An argument with a default may be left out.
///
/// ```
/// use neuropil_core::prelude::*;
///
/// /// The time constant of a membrane.
/// #[derive(Debug, Default, Parameters, Function)]
/// #[model("time_constant")]
/// pub struct TimeConstant {
///     /// Capacitance.
///     #[parameter(PF, required, example = 250.0, Positive)]
///     c: f64,
///     /// Leak conductance.
///     #[parameter(NS, required, example = 12.5, Positive)]
///     g: f64,
/// }
///
/// impl FunctionModel for TimeConstant {
///     const RESULT: ResultUnit = ResultUnit::Own(units::MS);
///
///     fn value(&self) -> Result<f64, ParameterError> {
///         Ok(self.c / self.g)
///     }
/// }
///
/// let mut registry = neuropil_core::Registry::default();
/// registry.add_plugin(&TimeConstant::default());
/// assert_eq!(registry.function("time_constant").unwrap().value(&[250.0, 12.5]), Ok(20.0));
/// ```
pub trait FunctionModel: Page + Parameters {
    /// The unit of the result.
    const RESULT: ResultUnit;

    /// Whether a function of two arguments takes any number of them: `f(a, b, c)` is `f(f(a, b), c)` then, and `f(a)` is `a`.
    const FOLDS: bool = false;

    /// The result.
    ///
    /// # Errors
    /// Where the arguments do not fit together.
    fn value(&self) -> Result<f64, ParameterError>;
}

/// The unit of the result of a function.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ResultUnit {
    /// This one.
    Own(Unit),
    /// That of the arguments of any unit.
    Same,
    /// The root of such a degree of the unit of the arguments of any unit: 2 for a square root.
    Root(i8),
}

impl fmt::Display for ResultUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own(unit) if *unit == NONE => f.write_str("a pure number"),
            Self::Own(unit) => write!(f, "{}, in {unit}", unit.dimension),
            Self::Same => f.write_str("in the unit of the arguments"),
            Self::Root(degree) => write!(f, "in the root of degree {degree} of the unit of the argument"),
        }
    }
}
