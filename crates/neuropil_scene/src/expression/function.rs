//! The functions of expressions.

use neuropil_core::math;
use neuropil_core::units::{Dimension, MS, MV, PA, PF};

use super::Fault;
use super::quantity::Quantity;

/// The functions that expressions can call.
pub(crate) const FUNCTIONS: &[&str] =
    &["abs", "ceil", "exp", "floor", "int", "ln", "max", "min", "psp_max_alpha", "round", "sqrt"];

/// Calls a function. Faults are about the whole call, to which the caller gives a place.
pub(super) fn call(name: &str, arguments: &[Quantity]) -> Result<Quantity, Fault> {
    match name {
        "min" => fold(name, arguments, f64::min),
        "max" => fold(name, arguments, f64::max),
        "psp_max_alpha" => psp_max_alpha(arguments),
        "abs" => one(name, arguments).map(|x| x.map(f64::abs)),
        "sqrt" => sqrt(one(name, arguments)?),
        "exp" => pure(name, arguments).map(|x| Quantity::pure(math::exp(x))),
        "ln" => ln(pure(name, arguments)?),
        "int" => pure(name, arguments).map(|x| Quantity::pure(x.trunc())),
        "round" => pure(name, arguments).map(|x| Quantity::pure(x.round())),
        "floor" => pure(name, arguments).map(|x| Quantity::pure(x.floor())),
        "ceil" => pure(name, arguments).map(|x| Quantity::pure(x.ceil())),
        _ => Err(Fault::here(format!("there is no function `{name}`"))),
    }
}

fn count(name: &str, arguments: &[Quantity], wanted: &str) -> Fault {
    Fault::here(format!("`{name}` takes {wanted}, not {}", arguments.len()))
}

fn one<'q>(name: &str, arguments: &'q [Quantity]) -> Result<&'q Quantity, Fault> {
    match arguments {
        [x] => Ok(x),
        _ => Err(count(name, arguments, "one argument")),
    }
}

fn pure(name: &str, arguments: &[Quantity]) -> Result<f64, Fault> {
    let x = one(name, arguments)?;
    x.as_pure().ok_or_else(|| {
        let unit =
            if matches!(name, "int" | "round" | "floor" | "ceil") { ", as in `x / (1 ms)`" } else { "" };
        Fault::here(format!("`{name}` takes a pure number, but this is {}", x.dimension))
            .help(format!("divide it by a quantity of the same kind{unit}"))
    })
}

fn ln(x: f64) -> Result<Quantity, Fault> {
    if x > 0.0 {
        Ok(Quantity::pure(math::ln(x)))
    } else {
        Err(Fault::here(format!("the logarithm of {} is not a number", crate::numbers::number(x))))
    }
}

fn sqrt(x: &Quantity) -> Result<Quantity, Fault> {
    if x.coherent() < 0.0 {
        return Err(Fault::here("the square root of a negative number is not a number"));
    }
    x.sqrt().ok_or_else(|| Fault::here(format!("{} has no square root", x.dimension)))
}

fn fold(name: &str, arguments: &[Quantity], f: impl Fn(f64, f64) -> f64) -> Result<Quantity, Fault> {
    let [first, rest @ ..] = arguments else { return Err(count(name, arguments, "one or more arguments")) };
    rest.iter().try_fold(*first, |result, x| {
        result.combine(x, &f).ok_or_else(|| {
            Fault::here(format!("`{name}` compares {} with {}", result.dimension, x.dimension))
        })
    })
}

/// The peak of the potential that an alpha-shaped current of 1 pA causes.
fn psp_max_alpha(arguments: &[Quantity]) -> Result<Quantity, Fault> {
    let [tau_m, tau_syn, c_m] = arguments else {
        return Err(count("psp_max_alpha", arguments, "three arguments: tau_m, tau_syn, C_m"));
    };
    let units = [MS, MS, PF];
    for ((x, unit), name) in arguments.iter().zip(units).zip(["tau_m", "tau_syn", "C_m"]) {
        if x.dimension != unit.dimension {
            let message = format!(
                "the argument {name} of `psp_max_alpha` is {}, but this is {}",
                unit.dimension, x.dimension
            );
            return Err(Fault::here(message));
        }
    }
    let height = math::psp_max_alpha(tau_m.in_unit(MS), tau_syn.in_unit(MS), c_m.in_unit(PF)).1;
    let resistance = MV.dimension.over(PA.dimension).unwrap_or(Dimension::NONE);
    if height.is_finite() && height > 0.0 {
        Ok(Quantity::coherent_of(height, resistance))
    } else {
        Err(Fault::here(
            "`psp_max_alpha` needs two different time constants and a capacitance, all above zero",
        ))
    }
}
