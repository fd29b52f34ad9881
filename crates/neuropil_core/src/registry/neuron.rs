//! Neuron models behind function pointers.

use bevy_ecs::prelude::*;

use crate::declare::declaration::Declaration;
use crate::error::ParameterError;
use crate::neuron::component::{NeuronHooks, NotFinite};
use crate::number::real::{PerPrecision, Precision, Real};
use crate::step::directory::ListedPopulation;
use crate::step::schedule::StepSchedule;
use crate::step::slice_setup::SliceSetup;

/// A registered neuron model.
#[derive(Clone, Copy)]
pub struct NeuronEntry {
    /// What it declares.
    pub declaration: &'static Declaration,
    pub(super) hooks: PerPrecision<NeuronHooks>,
}

impl NeuronEntry {
    /// Checks a set of parameters: those of the setup's slice.
    ///
    /// # Errors
    /// Where the parameters do not fit together.
    pub fn check(&self, setup: &SliceSetup<'_>) -> Result<(), ParameterError> {
        (self.hooks.f64.check)(setup)
    }

    /// Gives an entity the neurons of a slice.
    ///
    /// # Errors
    /// Where the parameters do not fit together.
    pub fn spawn<R: Real>(
        &self,
        entity: &mut EntityWorldMut<'_>,
        setup: &SliceSetup<'_>,
    ) -> Result<(), ParameterError> {
        (self.hooks.of::<R>().spawn)(entity, setup, self.declaration)
    }

    /// Gives the neurons of an entity's slice other parameters.
    ///
    /// # Errors
    /// Where the parameters do not fit together.
    pub fn configure<R: Real>(
        &self,
        entity: &mut EntityWorldMut<'_>,
        setup: &SliceSetup<'_>,
    ) -> Result<(), ParameterError> {
        (self.hooks.of::<R>().configure)(entity, setup)
    }

    /// Sets a state variable of one neuron of an entity's slice.
    pub fn set<R: Real>(&self, entity: &mut EntityWorldMut<'_>, variable: usize, neuron: usize, value: f64) {
        (self.hooks.of::<R>().set)(entity, variable, neuron, value);
    }

    /// The first state variable of the model's neurons in a world that is not finite.
    pub fn find_not_finite<R: Real>(&self, world: &mut World) -> Option<NotFinite> {
        (self.hooks.of::<R>().find_not_finite)(world, self.declaration)
    }

    /// A population of this model, as a directory lists it.
    #[must_use]
    pub fn list(&self, name: &str, n: u32, precision: Precision) -> ListedPopulation {
        let hooks = *self.hooks.at(precision);
        ListedPopulation { name: name.to_owned(), n, model: self.declaration, hooks }
    }

    /// Adds the systems of the model to a schedule; `probed` says whether recorders read its state.
    pub fn add_systems<R: Real>(&self, schedule: &mut StepSchedule, probed: bool) {
        (self.hooks.of::<R>().add_systems)(schedule, self.declaration, probed);
    }
}
