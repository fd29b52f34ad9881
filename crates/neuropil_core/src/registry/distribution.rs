//! Random distributions behind function pointers.

use crate::declare::declaration::{Declaration, ModelKind};
use crate::declare::page::{Page, declaration_of};
use crate::declare::parameters::Parameters;
use crate::random::distribution::{Distribution, DistributionModel};

/// A registered random distribution.
#[derive(Clone, Copy)]
pub struct DistributionEntry {
    /// What it declares.
    pub declaration: &'static Declaration,
    make: fn(Vec<f64>) -> Distribution,
}

impl DistributionEntry {
    pub(super) fn new<M: DistributionModel + Page + Parameters>() -> Self {
        let declaration = const { &declaration_of::<M, M>(ModelKind::Distribution) };
        Self { declaration, make: Distribution::new::<M> }
    }

    /// The distribution with the values of its arguments, in the order of the declaration.
    #[must_use]
    pub fn distribution(&self, values: Vec<f64>) -> Distribution {
        (self.make)(values)
    }
}
