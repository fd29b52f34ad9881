//! Calls of functions.

use neuropil_core::engine::FunctionEntry;
use neuropil_core::units::{Dimension, NONE, Unit};
use neuropil_core::{Parameter, ParameterError, ResultUnit};

use super::error::ExpressionError;
use super::quantity::Quantity;
use crate::ranges::out_of_range;

/// The result of a function. Errors are about the whole call, to which the caller gives a place.
pub(super) fn call(function: &FunctionEntry, arguments: &[Quantity]) -> Result<Quantity, ExpressionError> {
    match arguments {
        [first, rest @ ..] if function.folds => {
            rest.iter().try_fold(*first, |result, x| apply(function, &[result, *x]))
        }
        _ => apply(function, arguments),
    }
}

fn apply(function: &FunctionEntry, given: &[Quantity]) -> Result<Quantity, ExpressionError> {
    let parameters = function.declaration.parameters;
    check_number(function, given.len())?;
    let shared = shared_unit(function, given)?;
    let number = |(parameter, x): (&Parameter, &Quantity)| argument(function, parameter, x, shared);
    let mut numbers = parameters.iter().zip(given).map(number).collect::<Result<Vec<f64>, _>>()?;
    numbers.extend(parameters[given.len()..].iter().map(|parameter| parameter.default));
    let result = function.value(&numbers).map_err(refused)?;
    let unit = match function.result {
        ResultUnit::Own(unit) => unit,
        ResultUnit::Same => shared,
        ResultUnit::Root(degree) => root(shared, degree)?,
    };
    Ok(Quantity::new(result, unit))
}

/// Those behind the last that is required may be left out.
fn check_number(function: &FunctionEntry, given: usize) -> Result<(), ExpressionError> {
    let parameters = function.declaration.parameters;
    let least = parameters.iter().rposition(|p| p.required).map_or(0, |last| last + 1);
    if (least..=parameters.len()).contains(&given) {
        return Ok(());
    }
    let names: Vec<&str> = parameters.iter().map(|parameter| parameter.name).collect();
    let wanted = match parameters.len() {
        1 => "one argument".to_owned(),
        most if most == least => format!("{most} arguments, {}", names.join(", ")),
        most => format!("from {least} to {most} arguments, {}", names.join(", ")),
    };
    let message = format!("`{}` takes {wanted}; these are {given}", function.declaration.name);
    Err(ExpressionError::here(message))
}

/// The unit in which a function gets the arguments that may have any: theirs where they agree, and a coherent one where they do not.
fn shared_unit(function: &FunctionEntry, given: &[Quantity]) -> Result<Unit, ExpressionError> {
    let parameters = function.declaration.parameters;
    let mut quantities = parameters.iter().zip(given).filter(|(p, _)| p.unit.is_none()).map(|(_, x)| x);
    let Some(first) = quantities.next() else { return Ok(NONE) };
    let coherent = Unit { scale: 1.0, ..first.unit() };
    let is_root = matches!(function.result, ResultUnit::Root(_));
    quantities.try_fold(if is_root { coherent } else { first.unit() }, |unit, x| {
        if x.dimension == unit.dimension {
            return Ok(if x.unit() == unit { unit } else { coherent });
        }
        let (name, dimensions) = (function.declaration.name, (unit.dimension, x.dimension));
        let message = format!("`{name}` cannot take {} together with {}", dimensions.0, dimensions.1);
        Err(ExpressionError::here(message))
    })
}

/// An argument, as a number in the unit that the function wants.
fn argument(
    function: &FunctionEntry,
    parameter: &Parameter,
    x: &Quantity,
    shared: Unit,
) -> Result<f64, ExpressionError> {
    let name = function.declaration.name;
    let is_only = function.declaration.parameters.len() == 1;
    let unit = parameter.unit.unwrap_or(shared);
    if x.dimension != unit.dimension {
        let (wanted, found) = (unit.dimension, x.dimension);
        let error = ExpressionError::here(if is_only {
            format!("`{name}` takes {wanted}, but this is {found}")
        } else {
            format!("the argument `{}` of `{name}` is {wanted}, but this is {found}", parameter.name)
        });
        return Err(if unit == NONE { error.help(divided(found)) } else { error });
    }
    let number = x.in_unit(unit);
    if parameter.range.contains(number) {
        return Ok(number);
    }
    let unit = parameter.unit.or(x.dimension.unit());
    let number = unit.map_or(x.coherent(), |unit| x.in_unit(unit));
    let what = format!("the argument `{}` of `{name}`", parameter.name);
    Err(ExpressionError::here(out_of_range(&what, unit, number, parameter.range)))
}

/// How a quantity becomes a pure number.
fn divided(dimension: Dimension) -> String {
    let example = dimension.unit().map(|unit| format!(", as in `x / (1 {unit})`"));
    format!("divide it by a quantity of the same kind{}", example.unwrap_or_default())
}

fn root(unit: Unit, degree: i8) -> Result<Unit, ExpressionError> {
    let dimension = unit.dimension.root(degree);
    let dimension = dimension
        .ok_or_else(|| ExpressionError::here(format!("{} has no root of that kind", unit.dimension)))?;
    Ok(Unit { dimension, ..unit })
}

/// What a function says of its arguments together.
fn refused(error: ParameterError) -> ExpressionError {
    ExpressionError { range: None, message: error.message, help: error.help }
}
