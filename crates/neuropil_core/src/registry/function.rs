//! Functions of expressions behind function pointers.

use crate::declare::declaration::{Declaration, ModelKind, Range};
use crate::declare::page::declaration_of;
use crate::error::ParameterError;
use crate::function::{FunctionModel, ResultUnit};

/// A registered function of expressions.
#[derive(Clone, Copy)]
pub struct FunctionEntry {
    /// What it declares.
    pub declaration: &'static Declaration,
    /// The unit of the result.
    pub result: ResultUnit,
    /// Whether it takes any number of arguments, two by two.
    pub folds: bool,
    value: fn(&[f64]) -> Result<f64, ParameterError>,
}

impl FunctionEntry {
    pub(super) fn new<M: FunctionModel>() -> Self {
        let declaration = const { &declaration_of::<M, M>(ModelKind::Function) };
        let value = |values: &[f64]| M::from_values(values).value();
        Self { declaration, result: M::RESULT, folds: M::FOLDS, value }
    }

    /// Whether its arguments are numbers, and allow what it says of the result.
    pub(super) fn is_consistent(&self) -> bool {
        let parameters = self.declaration.parameters;
        let is_number =
            |range| !matches!(range, Range::Flag | Range::Choice(_) | Range::Population | Range::Stimulus);
        let any_unit = parameters.iter().filter(|p| p.unit.is_none()).count();
        let result = match self.result {
            ResultUnit::Own(_) => true,
            ResultUnit::Same => any_unit > 0,
            ResultUnit::Root(degree) => any_unit > 0 && degree > 0,
        };
        let folds =
            !self.folds || (any_unit == 2 && parameters.len() == 2 && self.result == ResultUnit::Same);
        !parameters.is_empty() && parameters.iter().all(|p| is_number(p.range)) && result && folds
    }

    /// The result for the values of its arguments, in the order of the declaration.
    ///
    /// # Errors
    /// Where they do not fit together.
    pub fn value(&self, values: &[f64]) -> Result<f64, ParameterError> {
        (self.value)(values)
    }
}
