//! How scenes write what has arguments.

use neuropil_core::Declaration;

/// A call of what is declared, with `value` for the value of each argument.
pub(crate) fn signature(declaration: &Declaration, value: &str) -> String {
    let arguments = declaration.parameters.iter().map(|parameter| format!("{}: {value}", parameter.name));
    format!("{}({})", declaration.name, arguments.collect::<Vec<_>>().join(", "))
}
