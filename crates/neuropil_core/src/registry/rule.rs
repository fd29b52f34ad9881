//! Connection rules behind function pointers.

use crate::declare::declaration::Declaration;
use crate::rule::Rule;

/// A registered connection rule.
#[derive(Clone, Copy)]
pub struct RuleEntry {
    /// What it declares.
    pub declaration: &'static Declaration,
    pub(super) make: fn(Vec<f64>) -> Rule,
}

impl RuleEntry {
    /// The rule with the values of its parameters, in the order of the declaration.
    #[must_use]
    pub fn rule(&self, values: Vec<f64>) -> Rule {
        (self.make)(values)
    }
}
