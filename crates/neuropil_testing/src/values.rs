//! Values of parameters.

use neuropil_core::{Declaration, Parameter};

/// The defaults but for `changes`.
///
/// # Panics
/// If the model does not declare a parameter.
pub(crate) fn values(declaration: &Declaration, changes: &[(&str, f64)]) -> Vec<f64> {
    let mut values: Vec<f64> = declaration.parameters.iter().map(|p| p.default).collect();
    for &(name, value) in changes {
        values[declaration.parameter(name).expect("a declared parameter")] = value;
    }
    values
}

/// Small and large values of a parameter, all in its range.
pub(crate) fn extremes(parameter: &Parameter) -> impl Iterator<Item = f64> {
    let range = parameter.range;
    let all = [0.0, 1e-9, 0.1, 1.0, 1e3, 1e9, -1e-9, -1.0, -1e3, -1e9];
    all.into_iter().filter(move |x| range.contains(*x))
}
