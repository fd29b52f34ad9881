//! What the compiler checks of the names in a neuron model.

use crate::declare::declaration::{Initial, Parameter, StateVariable};
use crate::declare::parameters::same_text;
use crate::declare::state::Shown;

/// The variables, if each parameter that they name is there.
///
/// # Panics
/// If one is not: at compile time.
pub(crate) const fn check_names(
    parameters: &[Parameter],
    states: &'static [StateVariable],
    shown: &[Shown],
) -> &'static [StateVariable] {
    let mut i = 0;
    while i < states.len() {
        if let Initial::Parameter(name) = states[i].initial {
            assert!(has(parameters, name), "a variable starts at a parameter that the model does not have");
        }
        if let Shown::RelativeTo(name) = shown[i] {
            assert!(
                has(parameters, name),
                "a variable is relative to a parameter that the model does not have"
            );
        }
        i += 1;
    }
    states
}

const fn has(parameters: &[Parameter], name: &str) -> bool {
    let mut i = 0;
    while i < parameters.len() {
        if same_text(parameters[i].name, name) {
            return true;
        }
        i += 1;
    }
    false
}
